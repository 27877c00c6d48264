import { formatRate } from '#shared/i18n/formatters.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import { fillWording } from './dunning.rules.ts'
import type { LevelWording } from './dunning.schema.ts'

export interface LetterLine {
  readonly contractNumber: string
  readonly label: string
  readonly dueDay: string
  readonly daysOverdue: number
  readonly outstanding: number
  readonly interest: number
}

export interface LetterInput {
  readonly number: string
  readonly language: Locale
  readonly day: string
  readonly deadlineDay: string
  readonly firm: FirmProfile
  readonly customer: { readonly name: string; readonly address: string; readonly contactName: string }
  readonly wording: LevelWording
  readonly lines: readonly LetterLine[]
  /** Whether interest is claimed; then the basis and its source are printed. */
  readonly interest: { readonly dailyRate: number; readonly source: string } | null
  /** Printed across a letter that is only looked at. */
  readonly preview: boolean
}

/** A dunning letter: what is owed by instalment, by when to pay, where to, and that nothing is waived. */
export function letterDocument(input: LetterInput, t: Translate): DocumentModel {
  const principal = input.lines.reduce((sum, line) => sum + line.outstanding, 0)
  const interest = input.interest ? input.lines.reduce((sum, line) => sum + line.interest, 0) : 0
  const total = principal + interest
  const capitals = rmbCapitals(total, input.language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
  const amount = t('dunning:letter.amount', { figures: formatYuan(total), capitals })
  const values = {
    amount,
    deadline: input.deadlineDay,
    firm: input.firm.name,
    customer: input.customer.name,
  }
  const paragraph = (text: string): DocumentBlock => ({
    kind: 'paragraph',
    runs: [{ text: fillWording(text, values) }],
    indent: input.language !== 'en',
  })
  const withInterest = input.interest !== null
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
        ],
        rows: input.lines.map((line) => [
          line.contractNumber,
          line.label,
          line.dueDay,
          String(line.daysOverdue),
          formatYuan(line.outstanding),
          ...(withInterest ? [formatYuan(line.interest)] : []),
        ]),
        sums: [
          [t('dunning:letter.sum'), '', '', '', formatYuan(principal), ...(withInterest ? [formatYuan(interest)] : [])],
        ],
      },
      { kind: 'paragraph', runs: [{ text: t('dunning:letter.total', { amount }), bold: true }] },
      ...(input.interest
        ? [
            {
              kind: 'paragraph' as const,
              runs: [
                {
                  text: t('dunning:letter.basis', {
                    rate: formatRate(input.interest.dailyRate),
                    day: input.day,
                    source: input.interest.source,
                  }),
                },
              ],
            },
          ]
        : []),
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
      paragraph(t('dunning:letter.reservation')),
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
