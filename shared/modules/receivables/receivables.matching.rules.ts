import type { PlainDay } from '#shared/kernel/dates.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { combinationOf, type Combination } from './receivables.combination.rules.ts'

/** A line of a bank statement; money that came in is above zero. Fen. */
export interface BankLine {
  readonly id: string
  readonly day: PlainDay
  readonly amount: number
  readonly payerName: string
  readonly payerAccount: string
  /** Purpose, remark and reference, as the bank gives them. */
  readonly text: string
}

/** A customer as it may appear on a statement. */
export interface KnownPayer {
  readonly customerId: string
  /** Its names: the file's, the invoice title, others it has paid under. */
  readonly names: readonly string[]
  readonly accounts: readonly string[]
}

/** An instalment that is open. Fen. */
export interface OpenItem {
  readonly id: string
  readonly customerId: string
  readonly dueDay: PlainDay | null
  readonly outstanding: number
  readonly contractNumber: string
  readonly invoiceNumbers: readonly string[]
}

/** One possible reading of a line. Without items the money would be an advance of the customer. */
export interface MatchSuggestion {
  readonly customerId: string
  readonly items: readonly { readonly id: string; readonly amount: number }[]
  /** 0–100: how sure, by `SCORES`. */
  readonly score: number
  readonly reasons: readonly Reason[]
}

/**
 * `sure` may be booked in one go, `likely` has one best reading to look at, `ambiguous` several that are as good,
 * `unknown` none; `outgoing` lines are not receipts.
 */
export type MatchState = 'sure' | 'likely' | 'ambiguous' | 'unknown' | 'outgoing'

export interface LineMatch {
  readonly lineId: string
  readonly state: MatchState
  readonly suggestions: readonly MatchSuggestion[]
}

/** Points for who paid (the best one counts) and for what was paid. */
export const SCORES = {
  account: 55,
  number: 50,
  name: 45,
  nameBegins: 25,
  amountOnly: 15,
  one: 40,
  all: 35,
  earliest: 30,
  some: 20,
  part: 5,
  named: 10,
} as const

const SURE = 80
/** A reading that is this close to the best makes it doubtful. */
const CLOSE = 15
const SHOWN = 5
/** Letters and digits long enough to be a contract's or an invoice's number. */
const NUMBER_IN_TEXT = /[A-Z0-9][A-Z0-9\-/._]{4,}/g
/** The shortest beginning of a name that says anything. */
const NAME_HEAD = 4
/** A sign that so many customers share says nothing, and is not followed up. */
const TOO_MANY = 20

const plainNumber = (text: string) => normaliseCode(text).replace(/[^A-Z0-9]/g, '')

/** An item under one of its numbers, as the number is printed. */
interface Named {
  readonly number: string
  readonly item: OpenItem
}

interface Index {
  readonly byAccount: ReadonlyMap<string, ReadonlySet<string>>
  readonly byName: ReadonlyMap<string, ReadonlySet<string>>
  readonly byHead: ReadonlyMap<string, readonly { readonly name: string; readonly customerId: string }[]>
  readonly byNumber: ReadonlyMap<string, readonly Named[]>
  readonly byAmount: ReadonlyMap<number, readonly OpenItem[]>
  readonly byCustomer: ReadonlyMap<string, readonly OpenItem[]>
}

/**
 * Reads a bank statement: for each line which customer and which instalments it pays, with a score and its reasons. A
 * line that is sure takes what it pays out of what is open, so that two equal payments do not pay the same instalment.
 * Lines are read by day. Indexed by name, account, number and amount: no line is compared with every instalment.
 */
export function matchStatement(
  lines: readonly BankLine[],
  payers: readonly KnownPayer[],
  items: readonly OpenItem[],
): LineMatch[] {
  const index = indexOf(payers, items)
  const taken = new Set<string>()
  const found = new Map<string, LineMatch>()
  for (const line of lines.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : 1))) {
    const match = matchLine(line, index, taken)
    if (match.state === 'sure') for (const item of match.suggestions[0]?.items ?? []) taken.add(item.id)
    found.set(line.id, match)
  }
  return lines.flatMap((line) => found.get(line.id) ?? [])
}

function matchLine(line: BankLine, index: Index, taken: ReadonlySet<string>): LineMatch {
  if (line.amount <= 0) return { lineId: line.id, state: 'outgoing', suggestions: [] }
  const named = numbersIn(line.text).flatMap((number) =>
    (index.byNumber.get(number) ?? []).filter(({ item }) => !taken.has(item.id)),
  )
  const suggestions: MatchSuggestion[] = []
  for (const [customerId, payer] of whoPaid(line, index, named, taken)) {
    const open = (index.byCustomer.get(customerId) ?? []).filter((item) => !taken.has(item.id))
    const mine = named.filter(({ item }) => item.customerId === customerId)
    suggestions.push(suggest(customerId, payer, line.amount, open, mine))
  }
  suggestions.sort((a, b) => b.score - a.score || (a.customerId < b.customerId ? -1 : 1))
  return { lineId: line.id, state: stateOf(suggestions), suggestions: suggestions.slice(0, SHOWN) }
}

function stateOf([best, second]: readonly MatchSuggestion[]): MatchState {
  if (!best) return 'unknown'
  if (second && best.score - second.score < CLOSE) return 'ambiguous'
  const doubtful = best.items.length === 0 || best.reasons.some(({ key }) => key === AMBIGUOUS)
  return best.score >= SURE && !doubtful ? 'sure' : 'likely'
}

interface Payer {
  readonly points: number
  readonly reason: Reason
}
const payer = (name: keyof typeof SCORES, params?: Reason['params']): Payer => ({
  points: SCORES[name],
  reason: { key: `receivables:matching.${name}`, ...(params ? { params } : {}) },
})
const AMBIGUOUS = 'receivables:matching.ambiguous'

/** Who may have paid, each with the best sign of it; by the amount alone only where there is no other sign. */
function whoPaid(
  line: BankLine,
  index: Index,
  named: readonly Named[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, Payer> {
  const who = new Map<string, Payer>()
  const add = (ids: Iterable<string>, sign: Payer) => {
    for (const id of ids) if ((who.get(id)?.points ?? 0) < sign.points) who.set(id, sign)
  }
  add(index.byAccount.get(plainNumber(line.payerAccount)) ?? [], payer('account', { account: line.payerAccount }))
  for (const { number, item } of named) add([item.customerId], payer('number', { number }))
  const name = normaliseFirmName(line.payerName)
  add(index.byName.get(name) ?? [], payer('name', { name: line.payerName }))
  if (who.size === 0) {
    // A branch pays for its firm, or the bank cuts a long name off.
    const alike = (index.byHead.get(headOf(name)) ?? []).filter(
      (known) => known.name.startsWith(name) || name.startsWith(known.name),
    )
    add(few(alike), payer('nameBegins', { name: line.payerName }))
  }
  if (who.size === 0) {
    const same = index.byAmount.get(line.amount) ?? []
    add(few(same.filter((item) => !taken.has(item.id))), payer('amountOnly'))
  }
  return who
}

/** The customers of rows, or none where there are too many to tell anything. */
function few(rows: readonly { readonly customerId: string }[]): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { customerId } of rows) {
    ids.add(customerId)
    if (ids.size > TOO_MANY) return new Set()
  }
  return ids
}

/** What of a customer the amount pays, with its points. */
function suggest(
  customerId: string,
  who: Payer,
  amount: number,
  open: readonly OpenItem[],
  named: readonly Named[],
): MatchSuggestion {
  const reasons = [who.reason]
  let score: number = who.points
  const chosen = new Set(named.map(({ item }) => item))
  const combination: Combination | null =
    (chosen.size > 0 ? combinationOf(amount, [...chosen]) : null) ?? combinationOf(amount, open)
  if (!combination) return { customerId, items: [], score, reasons }
  const { kind, picked, unique } = combination
  const rows = [...picked.keys()]
  score += SCORES[kind]
  reasons.push({ key: `receivables:matching.${kind}`, params: { count: rows.length } })
  const [mention] = named
  if (mention && kind !== 'part' && rows.every((row) => chosen.has(row as OpenItem))) {
    score += SCORES.named
    reasons.push({ key: 'receivables:matching.named', params: { number: mention.number } })
  }
  if (!unique) reasons.push({ key: AMBIGUOUS })
  const items = rows.map((row) => ({ id: row.id, amount: picked.get(row) ?? 0 }))
  return { customerId, items, score: Math.min(100, score), reasons }
}

/** By what of a line its payer and what it pays can be looked up. */
export interface LineSigns {
  readonly account: string
  /** The payer's name as names are compared, and the beginning that a longer or shorter one shares with it. */
  readonly name: string
  readonly head: string
  /** What may be a number of a contract or an invoice, as it is printed. */
  readonly numbers: readonly string[]
}

export function signsOf(line: Pick<BankLine, 'payerName' | 'payerAccount' | 'text'>): LineSigns {
  const name = normaliseFirmName(line.payerName)
  return { account: plainNumber(line.payerAccount), name, head: headOf(name), numbers: wordsIn(line.text) }
}

/** Everything in a text that may be a number, whole and by the parts between strokes. */
function wordsIn(text: string): string[] {
  const words = text.normalize('NFKC').toUpperCase().match(NUMBER_IN_TEXT) ?? []
  return [...new Set(words.flatMap((word) => [word, ...word.split(/[/_]/)]))]
}
const numbersIn = (text: string): string[] => [...new Set(wordsIn(text).map(plainNumber))]

const headOf = (name: string) => [...name].slice(0, NAME_HEAD).join('')

function indexOf(payers: readonly KnownPayer[], items: readonly OpenItem[]): Index {
  const byAccount = new Map<string, Set<string>>()
  const byName = new Map<string, Set<string>>()
  const heads: { head: string; name: string; customerId: string }[] = []
  const put = (map: Map<string, Set<string>>, key: string, id: string) => {
    if (key === '') return
    const known = map.get(key)
    if (known) known.add(id)
    else map.set(key, new Set([id]))
  }
  for (const { customerId, names, accounts } of payers) {
    for (const account of accounts) put(byAccount, plainNumber(account), customerId)
    for (const name of names.map(normaliseFirmName)) {
      put(byName, name, customerId)
      if ([...name].length >= NAME_HEAD) heads.push({ head: headOf(name), name, customerId })
    }
  }
  const inOrder = items.filter((item) => item.outstanding > 0).toSorted(byDue)
  const numbers = inOrder.flatMap((item) =>
    [item.contractNumber, ...item.invoiceNumbers].map((number): Named => ({ number, item })),
  )
  return {
    byAccount,
    byName,
    byHead: Map.groupBy(heads, ({ head }) => head),
    byNumber: Map.groupBy(numbers, ({ number }) => plainNumber(number)),
    byAmount: Map.groupBy(inOrder, (item) => item.outstanding),
    byCustomer: Map.groupBy(inOrder, (item) => item.customerId),
  }
}

/** Earliest due first, without a due day last. */
function byDue(a: OpenItem, b: OpenItem): number {
  const [left, right] = [a.dueDay ?? '~', b.dueDay ?? '~']
  return left < right ? -1 : left > right ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/**
 * A key by which each line of a statement is known again when it is imported twice: account, day, amount, payer, text,
 * and which one it is where a bank prints the same line more than once.
 */
export function bankLineKeys(account: string, lines: readonly Omit<BankLine, 'id'>[]): string[] {
  const seen = new Map<string, number>()
  return lines.map(({ day, amount, payerName, payerAccount, text }) => {
    const parts = [plainNumber(account), day, amount, normaliseFirmName(payerName), plainNumber(payerAccount)]
    const key = [...parts, text.normalize('NFKC').replace(/\s+/g, '')].join('|')
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return nth === 1 ? key : `${key}|${nth}`
  })
}
