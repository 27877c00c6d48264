import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { rmbInWords } from '#shared/kernel/english-amount.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import type { Forum } from './dunning.court.rules.ts'

/** One side of the suit. */
export interface ComplaintParty {
  readonly name: string
  readonly uscc: string
  readonly legalRepresentative: string
  readonly address: string
  readonly phone: string
}

/** What the draft of a complaint says. Fen. */
export interface ComplaintInput {
  readonly language: Locale
  readonly day: string
  readonly plaintiff: ComplaintParty
  readonly defendant: ComplaintParty
  readonly forum: Forum
  readonly contracts: readonly {
    readonly number: string
    readonly title: string
    readonly signDay: string
    readonly amount: number
    readonly goods: readonly string[]
  }[]
  readonly debts: readonly {
    readonly contractNumber: string
    readonly label: string
    readonly dueDay: string | null
    readonly outstanding: number
  }[]
  readonly principal: number
  readonly interest: number
  readonly costs: number
  /** By what interest is counted, each basis once. */
  readonly bases: readonly Reason[]
  /** Deliveries that stand: from the first to the last day. */
  readonly delivered: { readonly from: string; readonly to: string } | null
  readonly letters: number
  /** The last demand that can be proven to have arrived. */
  readonly arrived: string | null
  /** What he confirmed in writing. */
  readonly confirmed: boolean
  readonly pieces: number
}

/**
 * A draft of the complaint (民事诉讼法 124): parties, claims with interest to date and onward, facts and reasons, court,
 * list of evidence; an application where the contracts agree on arbitration. A lawyer goes over it before it is filed.
 */
export function complaintDocument(input: ComplaintInput, t: Translate): DocumentModel {
  const arbitration = input.forum.kind === 'arbitration'
  const word = (key: string, params?: Record<string, string | number>) => t(`dunning:complaint.${key}`, params)
  const title = word(arbitration ? 'titleArbitration' : 'title')
  const amount = (fen: number) => {
    const capitals =
      input.language === 'en'
        ? rmbInWords(fen)
        : rmbCapitals(fen, input.language === 'zh-TW' ? 'zh-TW' : 'zh-CN', { prefix: false })
    return word('amount', { figures: formatYuan(fen), capitals })
  }
  const bases = input.bases.map((basis) => t(basis.key, basis.params)).join(word('between'))
  const paragraph = (text: string, indent = input.language !== 'en'): DocumentBlock => ({
    kind: 'paragraph',
    runs: [{ text }],
    indent,
  })
  const side = (party: ComplaintParty): DocumentBlock => ({
    kind: 'facts',
    columns: 1,
    items: [
      { label: word('name'), value: party.name },
      { label: word('uscc'), value: blank(party.uscc) },
      { label: word('representative'), value: blank(party.legalRepresentative) },
      { label: word('address'), value: blank(party.address) },
      { label: word('phone'), value: blank(party.phone) },
    ],
  })
  const claims = [
    word('claims.principal', { amount: amount(input.principal) }),
    ...(input.interest > 0 || input.bases.length > 0
      ? [word('claims.interest', { day: input.day, amount: amount(input.interest), bases })]
      : []),
    ...(input.costs > 0 ? [word('claims.costs', { amount: amount(input.costs) })] : []),
    word(arbitration ? 'claims.arbitrationFees' : 'claims.fees'),
  ]
  const facts = [
    ...input.contracts.map((contract) =>
      word('facts.contract', {
        day: contract.signDay,
        title: contract.title,
        number: contract.number,
        amount: formatYuan(contract.amount),
        goods: contract.goods.slice(0, MOST_GOODS).join(word('list')),
      }),
    ),
    ...(input.delivered === null ? [] : [word('facts.delivered', input.delivered)]),
    word('facts.owed', { count: input.debts.length, amount: formatYuan(input.principal) }),
    ...(input.letters === 0 ? [] : [word('facts.letters', { count: input.letters })]),
    ...(input.arrived === null ? [] : [word('facts.arrived', { day: input.arrived })]),
    ...(input.confirmed ? [word('facts.confirmed')] : []),
    word('facts.reasons'),
  ]
  return {
    title,
    language: input.language,
    number: '',
    issuer: '',
    pageLabel: t('dunning:letter.pageLabel'),
    footNote: word('draft'),
    watermark: word('watermark'),
    blocks: [
      { kind: 'title', text: title },
      { kind: 'heading', text: word(arbitration ? 'applicant' : 'plaintiff') },
      side(input.plaintiff),
      { kind: 'heading', text: word(arbitration ? 'respondent' : 'defendant') },
      side(input.defendant),
      { kind: 'heading', text: word(arbitration ? 'claimsArbitration' : 'claimsTitle') },
      { kind: 'list', items: claims },
      { kind: 'heading', text: word('factsTitle') },
      ...facts.map((text) => paragraph(text)),
      {
        kind: 'table',
        columns: [
          { head: t('dunning:letter.contract'), width: 110 },
          { head: t('dunning:letter.instalment'), width: '*' },
          { head: t('dunning:letter.dueDay'), width: 80 },
          { head: t('dunning:letter.outstanding'), width: 100, align: 'right' },
        ],
        rows: input.debts.map((debt) => [
          debt.contractNumber,
          debt.label,
          debt.dueDay ?? '',
          formatYuan(debt.outstanding),
        ]),
        sums: [[t('dunning:letter.sum'), '', '', formatYuan(input.principal)]],
      },
      paragraph(word(`forum.${input.forum.kind}`, { place: blank(input.forum.place) })),
      paragraph(word('to'), true),
      paragraph(addressee(input.forum, word), false),
      {
        kind: 'signatures',
        parties: [
          { heading: '', name: '', lines: [], seal: '' },
          {
            heading: word(arbitration ? 'applicant' : 'plaintiff'),
            name: input.plaintiff.name,
            lines: [word('signature'), word('date')],
            seal: '',
          },
        ],
      },
      { kind: 'paragraph', small: true, runs: [{ text: word('annex', { count: input.pieces }) }] },
      { kind: 'paragraph', small: true, runs: [{ text: word('review') }] },
    ],
  }
}

const MOST_GOODS = 5
/** Left to be written by hand. */
const blank = (text: string) => (text === '' ? '____________' : text)

function addressee({ kind, place }: Forum, word: (key: string) => string): string {
  if (kind === 'agreed' || kind === 'arbitration') return place === '' ? blank('') : place
  return `${blank('')}${word('court')}`
}
