import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import type { StepKind } from './dunning.ladder.rules.ts'
import { fillWording } from './dunning.policy.rules.ts'
import type { LetterWording } from './dunning.policy.schema.ts'

export interface LetterLine {
  readonly contractNumber: string
  readonly label: string
  readonly dueDay: string
  readonly daysOverdue: number
  readonly outstanding: number
  readonly interest: number
  readonly costs: number
  /** By what the interest is counted; null where none is claimed. */
  readonly basis: Reason | null
}

export interface LetterInput {
  readonly kind: StepKind
  readonly number: string
  readonly language: Locale
  readonly day: string
  readonly deadlineDay: string
  readonly firm: FirmProfile
  readonly customer: { readonly name: string; readonly address: string; readonly contactName: string }
  /** Who looks after the customer. */
  readonly handler: string
  readonly wording: LetterWording
  readonly lines: readonly LetterLine[]
  /** Whether interest is claimed; then its basis is printed. */
  readonly withInterest: boolean
  /** Asked for once in the letter; fen. */
  readonly fee: number
  /** Whether the letter says that nothing is waived. */
  readonly reservation: boolean
  /** Printed across a letter that is only looked at. */
  readonly preview: boolean
}

/** A dunning letter: what is owed by instalment, by when to pay, where to, and that nothing is waived. */
export function letterDocument(input: LetterInput, t: Translate): DocumentModel {
  const { withInterest } = input
  const sum = (of: (line: LetterLine) => number) => input.lines.reduce((all, line) => all + of(line), 0)
  const principal = sum((line) => line.outstanding)
  const interest = withInterest ? sum((line) => line.interest) : 0
  const costs = (withInterest ? sum((line) => line.costs) : 0) + input.fee
  const total = principal + interest + costs
  const bases = basesOf(input.lines, t)
  const several = bases.length > 1
  const capitals = rmbCapitals(total, input.language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
  const amount = t('dunning:letter.amount', { figures: formatYuan(total), capitals })
  const values = {
    amount,
    deadline: input.deadlineDay,
    firm: input.firm.name,
    customer: input.customer.name,
    handler: input.handler,
  }
  const paragraph = (text: string): DocumentBlock => ({
    kind: 'paragraph',
    runs: [{ text: fillWording(text, values) }],
    indent: input.language !== 'en',
  })
  return {
    title: input.wording.title,
    language: input.language,
    number: input.number,
    issuer: input.firm.name,
    pageLabel: t('dunning:letter.pageLabel'),
    ...(input.preview ? { watermark: t('dunning:letter.watermark') } : {}),
    blocks: [
      { kind: 'title', text: input.wording.title, subtitle: t('dunning:letter.numberLine', { number: input.number }) },
      { kind: 'paragraph', runs: [{ text: t('dunning:letter.to', { name: input.customer.name }), bold: true }] },
      ...(input.customer.address === '' && input.customer.contactName === ''
        ? []
        : [
            {
              kind: 'paragraph' as const,
              runs: [{ text: [input.customer.address, input.customer.contactName].filter(Boolean).join('  ') }],
            },
          ]),
      // A lawyer's letter goes out under the lawyer's name, never as it was drafted here.
      ...(input.kind === 'lawyer' ? [paragraph(t('dunning:letter.lawyerDraft'))] : []),
      paragraph(input.wording.opening),
      {
        kind: 'table',
        columns: [
          { head: t('dunning:letter.contract'), width: 84 },
          { head: t('dunning:letter.instalment'), width: '*' },
          { head: t('dunning:letter.dueDay'), width: 62 },
          { head: t('dunning:letter.daysOverdue'), width: 48, align: 'right' },
          { head: t('dunning:letter.outstanding'), width: 78, align: 'right' },
          ...(withInterest ? [{ head: t('dunning:letter.interest'), width: 62, align: 'right' as const }] : []),
          ...(several ? [{ head: t('dunning:letter.basisNumber'), width: 34, align: 'right' as const }] : []),
        ],
        rows: input.lines.map((line) => [
          line.contractNumber,
          line.label,
          line.dueDay,
          line.daysOverdue === 0 ? '' : String(line.daysOverdue),
          formatYuan(line.outstanding),
          ...(withInterest ? [formatYuan(line.interest)] : []),
          ...(several
            ? [line.basis === null ? '' : String(bases.indexOf(t(line.basis.key, line.basis.params)) + 1)]
            : []),
        ]),
        sums: [
          [
            t('dunning:letter.sum'),
            '',
            '',
            '',
            formatYuan(principal),
            ...(withInterest ? [formatYuan(interest)] : []),
            ...(several ? [''] : []),
          ],
        ],
      },
      ...(costs > 0 ? [sentence(t('dunning:letter.costs', { amount: formatYuan(costs) }))] : []),
      { kind: 'paragraph', runs: [{ text: t('dunning:letter.total', { amount }), bold: true }] },
      ...(bases.length > 0 ? [sentence(t('dunning:letter.basis', { day: input.day, bases: numbered(bases) }))] : []),
      paragraph(input.wording.demand),
      {
        kind: 'facts',
        columns: 1,
        items: [
          { label: t('dunning:letter.payee'), value: input.firm.name },
          { label: t('dunning:letter.bank'), value: input.firm.bankName },
          { label: t('dunning:letter.account'), value: input.firm.bankAccount },
          { label: t('dunning:letter.deadline'), value: input.deadlineDay },
        ].filter((item) => item.value !== ''),
      },
      paragraph(input.wording.closing),
      ...(input.reservation ? [paragraph(t('dunning:letter.reservation'))] : []),
      {
        kind: 'signatures',
        parties: [
          { heading: '', name: '', lines: [], seal: '' },
          {
            heading: input.firm.name,
            name: '',
            lines: [t('dunning:letter.handler'), t('dunning:letter.phone', { phone: input.firm.phone }), input.day],
            seal: t('dunning:letter.seal', { seal: input.firm.sealName || input.firm.name }),
          },
        ],
      },
    ],
  }
}

const sentence = (text: string): DocumentBlock => ({ kind: 'paragraph', runs: [{ text }] })

/** What interest is counted by, each said once, in the order of the lines. */
function basesOf(lines: readonly LetterLine[], t: Translate): readonly string[] {
  return [...new Set(lines.flatMap(({ basis }) => (basis === null ? [] : [t(basis.key, basis.params)])))]
}

const numbered = (bases: readonly string[]): string =>
  bases.length === 1 ? (bases[0] ?? '') : bases.map((text, at) => `(${at + 1}) ${text}`).join(' ')
