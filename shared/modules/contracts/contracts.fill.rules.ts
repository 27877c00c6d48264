import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { rmbInWords } from '#shared/kernel/english-amount.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import type { ContractDocumentInput } from './contracts.documents.ts'
import { formatPrice, formatQuantity, formatShare } from './contracts.format.ts'
import { inSecondLanguage, secondLanguageOf, SECOND_TEXTS, sideIn } from './contracts.languages.ts'
import { contractPlaceholders } from './contracts.placeholders.ts'
import { contractSums, isPriceList, lineSums, splitPlan, type Sums } from './contracts.rules.ts'
import type { ContractDraft, ContractLine, Party, PlanLine } from './contracts.schema.ts'
import { planCondition } from './contracts.tables.ts'
import type { Annex, SecondText } from './contracts.texts.schema.ts'

export { markOf, type ContractDocumentInput } from './contracts.documents.ts'

/**
 * How a text of a contract is written: as it was typed, an amount in figures, in capitals or in English words, a day
 * `YYYY-MM-DD`, a whole or decimal number, a percentage; or only yes and no, for a passage that is there or not.
 */
export const TEXT_KINDS = ['text', 'figures', 'capitals', 'words', 'day', 'number', 'rate', 'condition'] as const
export type TextKind = (typeof TEXT_KINDS)[number]

interface Whole {
  readonly input: ContractDocumentInput
  /** What the document's own template says, by the names it uses. */
  readonly said: ReadonlyMap<string, string>
  readonly sums: Sums
  /** Fen by instalment. */
  readonly parts: readonly number[]
  readonly t: Translate
}

interface One<Row> extends Whole {
  readonly row: Row
  readonly index: number
}

interface TextOf<From> {
  readonly kind: TextKind
  readonly of: (from: From) => string
}
type Texts<From> = Readonly<Record<string, TextOf<From>>>

const kindOf =
  (kind: TextKind) =>
  <From>(of: (from: From) => string): TextOf<From> => ({ kind, of })
const text = kindOf('text')
const day = kindOf('day')
const number = kindOf('number')
const rate = kindOf('rate')
const condition = <From>(holds: (from: From) => boolean): TextOf<From> => ({
  kind: 'condition',
  of: (from) => (holds(from) ? 'yes' : ''),
})
const said = (name: string) => (from: Whole) => from.said.get(name) ?? ''

/**
 * An amount in fen under its name in figures, under `<name>.capitals` in capitals and under `<name>.words` in English
 * words; empty where there is none.
 */
function money<From extends Whole>(name: string, fen: (from: From) => number | null): Texts<From> {
  const written = (write: (amount: number, from: From) => string) => (from: From) => {
    const amount = fen(from)
    return amount === null ? '' : write(amount, from)
  }
  const capitals = (amount: number, { input }: From) =>
    rmbCapitals(amount, input.fields.language === 'zh-TW' ? 'zh-TW' : 'zh-CN')
  return {
    [name]: { kind: 'figures', of: written((amount) => formatYuan(amount)) },
    [`${name}.capitals`]: { kind: 'capitals', of: written(capitals) },
    // A plan that is still being typed may come to less than nothing.
    [`${name}.words`]: { kind: 'words', of: written((amount) => (amount < 0 ? '' : rmbInWords(amount))) },
  }
}

const PARTY_PARTS = [
  'name',
  'uscc',
  'address',
  'legalRepresentative',
  'phone',
  'bankName',
  'bankAccount',
] as const satisfies readonly (keyof Party)[]

function partyTexts(side: string, of: (from: Whole) => Party): Texts<Whole> {
  return Object.fromEntries(PARTY_PARTS.map((part) => [`${side}.${part}`, text((from: Whole) => of(from)[part])]))
}

/** An amount of a contract that has one: a price list has none. */
const unlessListed = (fen: (from: Whole) => number) => (from: Whole) =>
  isPriceList(from.input.fields) ? null : fen(from)

/** What of the plan is a deposit, in fen; null where nothing is. */
function depositOf({ input, parts }: Whole): number | null {
  const deposits = input.fields.plan.flatMap((line, index) => (line.isDeposit ? [parts[index] ?? 0] : []))
  return deposits.length === 0 ? null : deposits.reduce((sum, amount) => sum + amount, 0)
}

const terms = (from: Whole) => from.input.fields.terms

/** A text as the second language of the contract has it, as far as it was translated; empty without such a language. */
function secondText(name: SecondText): TextOf<Whole> {
  return text(({ input: { fields, seller } }) => {
    const language = secondLanguageOf(fields)
    if (language === null) return ''
    return secondOf(inSecondLanguage(fields, language), seller, fields)[name]
  })
}

function secondOf(
  said: ContractDraft,
  seller: Party,
  { terms: { second } }: ContractDraft,
): Record<SecondText, string> {
  const { name: sellerName, address: sellerAddress } = sideIn(seller, second.sellerName, second.sellerAddress)
  const { name: buyerName, address: buyerAddress } = said.buyer
  return { ...said.terms, title: said.title, sellerName, sellerAddress, buyerName, buyerAddress }
}

/** Every text of a contract by its name, in groups and in the order in which a contract is read. */
const WHOLE_TEXTS = {
  contract: {
    'contract.number': text((from: Whole) => from.input.number),
    'contract.title': text((from: Whole) => from.input.fields.title),
    'contract.kind': text((from: Whole) => from.t(`contracts:kinds.${from.input.fields.kind}`)),
    'contract.signDay': day((from: Whole) => from.input.signDay ?? ''),
    'contract.signPlace': text((from: Whole) => from.input.fields.signPlace),
    'contract.startDay': day(said('startDay')),
    'contract.endDay': day(said('endDay')),
    'contract.endsItself': condition((from: Whole) => terms(from).renewal === 'ends'),
    'contract.renewsItself': condition((from: Whole) => terms(from).renewal === 'automatic'),
    'contract.noticeDays': number(said('noticeDays')),
    'contract.copies': number(said('copies')),
    'contract.languages': text(said('languages')),
    'contract.draft': condition((from: Whole) => from.input.state === 'draft'),
  },
  seller: {
    ...partyTexts('seller', (from) => from.input.seller),
    'seller.signer': text((from: Whole) => from.input.fields.ourSigner),
    'seller.authority': text((from: Whole) => terms(from).ourAuthority.letter),
    'seller.seal': text((from: Whole) => from.input.sealName),
  },
  buyer: {
    ...partyTexts('buyer', (from) => from.input.fields.buyer),
    'buyer.signer': text((from: Whole) => from.input.fields.theirSigner),
    'buyer.authority': text((from: Whole) => terms(from).theirAuthority.letter),
    'buyer.serviceAddress': text(said('serviceAddress')),
    'buyer.serviceEmail': text(said('serviceEmail')),
  },
  amount: {
    ...money(
      'total',
      unlessListed((from) => from.sums.amount),
    ),
    ...money(
      'net',
      unlessListed((from) => from.sums.net),
    ),
    ...money(
      'tax',
      unlessListed((from) => from.sums.tax),
    ),
    priceDay: day(said('priceDay')),
    priceAdjust: text(said('priceAdjust')),
  },
  payment: {
    ...money<Whole>('deposit', depositOf),
    settlement: text(said('settlement')),
    retainTitle: condition((from: Whole) => terms(from).retainTitle),
    smeNotice: condition((from: Whole) => terms(from).smeNotice),
  },
  delivery: {
    'delivery.place': text(said('deliveryPlace')),
    'delivery.terms': text(said('deliveryTerms')),
    'delivery.day': day(said('deliveryDay')),
    packaging: text(said('packaging')),
    callOff: text(said('callOff')),
  },
  quality: {
    quality: text(said('quality')),
    inspection: text(said('inspection')),
    'inspection.days': number(said('inspectionDays')),
    'warranty.months': number(said('warrantyMonths')),
    warranty: text(said('warranty')),
    serviceLevel: text(said('serviceLevel')),
  },
  breach: {
    'penalty.rate': rate(said('penaltyRate')),
    'penalty.cap': rate((from: Whole) => {
      const cap = terms(from).penaltyCap
      return cap === null ? '' : formatRate(cap)
    }),
    breach: text(said('breach')),
    'dispute.way': text((from: Whole) => from.t(`contracts:disputes.${terms(from).disputeWay}`)),
    'dispute.court': text(said('disputeCourt')),
    'dispute.arbitration': text(said('disputeArbitration')),
    other: text(said('other')),
  },
  second: Object.fromEntries(SECOND_TEXTS.map((name) => [`second.${name}`, secondText(name)])),
} satisfies Readonly<Record<string, Texts<Whole>>>

/** An amount of a row in figures, unless the contract is a price list. */
const figures = <Row>(fen: (row: Row) => number): TextOf<One<Row>> => ({
  kind: 'figures',
  of: ({ row, input }) => (isPriceList(input.fields) ? '' : formatYuan(fen(row))),
})

/** What is said of each of the goods. */
const LINE_TEXTS: Texts<One<ContractLine>> = {
  'line.no': number(({ index }) => String(index + 1)),
  'line.name': text(({ row }) => row.name),
  'line.spec': text(({ row }) => row.spec),
  'line.unit': text(({ row }) => row.unit),
  'line.quantity': number(({ row, input }) => (isPriceList(input.fields) ? '' : formatQuantity(row.quantity))),
  'line.price': { kind: 'figures', of: ({ row }) => formatPrice(row.price) },
  'line.rate': rate(({ row }) => formatRate(row.rate)),
  'line.amount': figures((row) => lineSums(row).amount),
  'line.net': figures((row) => lineSums(row).net),
  'line.tax': figures((row) => lineSums(row).tax),
  'line.deliveryDay': day(({ row, input }) => row.deliveryDay ?? input.fields.terms.deliveryDay ?? ''),
}

/** What is said of each instalment. */
const PLAN_TEXTS: Texts<One<PlanLine>> = {
  'plan.no': number(({ index }) => String(index + 1)),
  'plan.label': text(({ row }) => row.label),
  'plan.condition': text(({ row, t }) => planCondition(row, t)),
  'plan.share': rate(({ row, parts, index, sums, input, t }) =>
    row.share.kind === 'rest' && isPriceList(input.fields)
      ? t('contracts:document.planRest')
      : formatShare(parts[index] ?? 0, sums.amount, row.share),
  ),
  ...money<One<PlanLine>>('plan.amount', ({ parts, index, input }) =>
    isPriceList(input.fields) ? null : (parts[index] ?? 0),
  ),
  'plan.deposit': condition(({ row }) => row.isDeposit),
}

/** What is said of each annex. */
const ANNEX_TEXTS: Texts<One<Annex>> = {
  'annex.no': number(({ index }) => String(index + 1)),
  'annex.title': text(({ row }) => row.title),
  'annex.text': text(({ row }) => row.text),
}

/** A list within a contract: its name, and what is said of each of its rows. */
export const TEXT_LISTS = ['lines', 'plan', 'annexes'] as const
export type TextList = (typeof TEXT_LISTS)[number]
export const TEXT_GROUPS = [
  'contract',
  'seller',
  'buyer',
  'lines',
  'amount',
  'plan',
  'payment',
  'delivery',
  'quality',
  'breach',
  'annexes',
  'second',
] as const
export type TextGroup = (typeof TEXT_GROUPS)[number]

/** What a contract can say: the name of each text, how it is written, and within which list it stands. */
export interface ContractText {
  readonly code: string
  readonly kind: TextKind
  readonly group: TextGroup
  readonly within: TextList | null
}

const namesOf = <From>(texts: Texts<From>, group: TextGroup, within: TextList | null): ContractText[] =>
  Object.entries(texts).map(([code, { kind }]) => ({ code, kind, group, within }))

/** Every text of a contract that somebody else's form can be filled with; this is the one place that lists them. */
export const CONTRACT_TEXTS: readonly ContractText[] = TEXT_GROUPS.flatMap((group) => {
  if (group === 'lines') return namesOf(LINE_TEXTS, group, 'lines')
  if (group === 'plan') return namesOf(PLAN_TEXTS, group, 'plan')
  if (group === 'annexes') return namesOf(ANNEX_TEXTS, group, 'annexes')
  return namesOf<Whole>(WHOLE_TEXTS[group], group, null)
})

/** The texts of one contract by their names; an empty one was not agreed, or there is nothing to say. */
export interface FilledTexts {
  readonly texts: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<TextList, readonly Readonly<Record<string, string>>[]>>
}

const fill = <From>(texts: Texts<From>, from: From): [string, string][] =>
  Object.entries(texts).map(([code, { of }]) => [code, of(from)])

/** What a contract says, in the language of `t`: everything that `CONTRACT_TEXTS` names. */
export function contractTexts(input: ContractDocumentInput, t: Translate): FilledTexts {
  const { lines, plan, terms: agreed } = input.fields
  const sums = contractSums(lines)
  const { amounts: parts } = splitPlan(sums.amount, plan)
  const whole: Whole = { input, said: contractPlaceholders(input, t), sums, parts, t }
  const rows = <Row>(texts: Texts<One<Row>>, from: readonly Row[]) =>
    from.map((row, index) => Object.fromEntries(fill(texts, { ...whole, row, index })))
  return {
    texts: Object.fromEntries(Object.values(WHOLE_TEXTS).flatMap((texts) => fill<Whole>(texts, whole))),
    lists: {
      lines: rows(LINE_TEXTS, lines),
      plan: rows(PLAN_TEXTS, plan),
      annexes: rows(ANNEX_TEXTS, agreed.annexes),
    },
  }
}
