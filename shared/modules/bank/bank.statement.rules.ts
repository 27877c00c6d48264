import { parseDay, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'
import { plainAccount, sameAccount } from './bank.rules.ts'

/** What a column of a statement may be. */
export const STATEMENT_COLUMNS = [
  'day',
  'time',
  'credit',
  'debit',
  'amount',
  'direction',
  'balance',
  'payerName',
  'payerAccount',
  'payerBank',
  'summary',
  'purpose',
  'remark',
  'reference',
  'currency',
  'ownAccount',
] as const
export type StatementColumn = (typeof STATEMENT_COLUMNS)[number]
export type StatementCells = Readonly<Record<string, string>>

/** The words by which a statement speaks; in every language, lower case. */
export interface StatementWords {
  /** Money came in, or went out, in a column of its own. */
  readonly in: readonly string[]
  readonly out: readonly string[]
  /** Of a row that is no line: totals, what is carried over, who printed it. */
  readonly passed: readonly string[]
  /** Renminbi. */
  readonly currency: readonly string[]
}

/** A row of the sheet with its number there. */
export interface StatementRow {
  readonly row: number
  readonly cells: StatementCells
}

export interface StatementProblem {
  readonly field: StatementColumn | null
  readonly key: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** A line as the bank gives it. Money that came in is above zero; fen. */
export interface StatementLine {
  readonly row: number
  readonly day: PlainDay
  /** `10:21:33`, or nothing. */
  readonly time: string
  readonly amount: number
  readonly balance: number | null
  readonly payerName: string
  readonly payerAccount: string
  readonly payerBank: string
  /** Summary, purpose and remark, each said once. */
  readonly text: string
  readonly reference: string
}

/** Where a balance is not the one before it and the amount together: a line is missing, or was changed. Fen. */
export interface BalanceBreak {
  readonly row: number
  readonly expected: number
  readonly found: number
}

export interface ReadStatement {
  /** In the order in which the money moved. */
  readonly lines: readonly StatementLine[]
  /** Rows that are no lines: totals and the like. */
  readonly passed: readonly number[]
  readonly failed: readonly { readonly row: number; readonly problems: readonly StatementProblem[] }[]
  /** Before the first line and after the last; null without a column of balances. */
  readonly opening: number | null
  readonly closing: number | null
  readonly breaks: readonly BalanceBreak[]
}

/** What a statement is held against. */
export interface StatementFrame {
  readonly accountNumber: string
  readonly openedDay: PlainDay | null
  readonly closedDay: PlainDay | null
  readonly today: PlainDay
}

const MOST = { payerName: 80, payerAccount: 40, payerBank: 80, text: 300, reference: 60 } as const
const TIME = /(\d{1,2}):(\d{2})(?::(\d{2}))?/
const DIGIT_TIME = /^(\d{2})(\d{2})(\d{2})$/
const DAY_AND_TIME = /^(\d{8})(\d{6})$/

const cell = (cells: StatementCells, column: StatementColumn): string => (cells[column] ?? '').normalize('NFKC').trim()

/**
 * Reads the rows of a statement, in whichever order the bank lists them. Rows without a day that are totals, and rows
 * without an amount, are passed over; every other row is a line or fails with what is wrong in which cell.
 */
export function readStatement(
  rows: readonly StatementRow[],
  words: StatementWords,
  frame: StatementFrame,
): ReadStatement {
  const read: StatementLine[] = []
  const passed: number[] = []
  const failed: { row: number; problems: readonly StatementProblem[] }[] = []
  for (const row of rows) {
    const found = readRow(row, words, frame)
    if (found === 'passed') passed.push(row.row)
    else if ('problems' in found) failed.push({ row: row.row, problems: found.problems })
    else read.push(found)
  }
  const lines = inOrder(read)
  const breaks = breaksOf(lines)
  const first = lines.find((line) => line.balance !== null)
  const upToFirst = first ? lines.slice(0, lines.indexOf(first) + 1).reduce((sum, line) => sum + line.amount, 0) : 0
  const last = lines.findLast((line) => line.balance !== null)
  const afterLast = last ? lines.slice(lines.indexOf(last) + 1).reduce((sum, line) => sum + line.amount, 0) : 0
  return {
    lines,
    passed,
    failed,
    opening: balanceFrom(first, -upToFirst),
    closing: balanceFrom(last, afterLast),
    breaks,
  }
}

/** A line's balance moved on by what lies before or after it; null where none is given. */
function balanceFrom(line: StatementLine | undefined, moved: number): number | null {
  const balance = line?.balance ?? null
  return balance === null ? null : balance + moved
}

function readRow(
  { row, cells }: StatementRow,
  words: StatementWords,
  frame: StatementFrame,
): StatementLine | 'passed' | { readonly problems: readonly StatementProblem[] } {
  const problems: StatementProblem[] = []
  const typedDay = cell(cells, 'day') || cell(cells, 'time')
  const moment = DAY_AND_TIME.exec(typedDay)
  const day = parseDay(moment?.[1] ?? typedDay.split(/[ T]/)[0] ?? '')
  const amount = amountOf(cells, words, problems)
  if (problems.length === 0 && (amount === 0 || (amount === null && !day))) return 'passed'
  if (!day || amount === null) {
    const text = Object.values(cells).join(' ').toLowerCase()
    if (words.passed.some((word) => text.includes(word))) return 'passed'
  }
  if (amount === null && problems.length === 0) problems.push({ field: null, key: 'bank:problems.noAmount' })
  if (day) problems.push(...dayProblems(day, frame))
  else problems.unshift({ field: 'day', key: typedDay === '' ? 'validation:required' : 'validation:noSuchDay' })
  const typedBalance = cell(cells, 'balance')
  const balance = typedBalance === '' ? null : moneyOf(typedBalance)
  if (typedBalance !== '' && balance === null) problems.push({ field: 'balance', key: 'validation:notANumber' })
  const currency = cell(cells, 'currency').toLowerCase()
  if (currency !== '' && !words.currency.includes(currency)) {
    problems.push({ field: 'currency', key: 'bank:problems.currency' })
  }
  const own = plainAccount(cell(cells, 'ownAccount'))
  if (own !== '' && !sameAccount(own, frame.accountNumber)) {
    problems.push({ field: 'ownAccount', key: 'bank:problems.otherAccount' })
  }
  if (!day || amount === null || problems.length > 0) return { problems }
  const cut = (text: string, most: number) => text.replace(/\s+/g, ' ').slice(0, most)
  const said = (['summary', 'purpose', 'remark'] as const).map((column) => cell(cells, column)).filter(Boolean)
  return {
    row,
    day,
    time: timeOf(cell(cells, 'time')) || (moment?.[2] ? timeOf(moment[2]) : timeOf(typedDay.slice(8))),
    amount,
    balance,
    payerName: cut(cell(cells, 'payerName'), MOST.payerName),
    payerAccount: cut(plainAccount(cell(cells, 'payerAccount')), MOST.payerAccount),
    payerBank: cut(cell(cells, 'payerBank'), MOST.payerBank),
    text: cut([...new Set(said)].join(' '), MOST.text),
    reference: cut(cell(cells, 'reference'), MOST.reference),
  }
}

function dayProblems(day: PlainDay, frame: StatementFrame): StatementProblem[] {
  const { today, openedDay, closedDay } = frame
  if (day > today) return [{ field: 'day', key: 'bank:problems.dayAhead' }]
  if (openedDay && day < openedDay)
    return [{ field: 'day', key: 'bank:problems.beforeOpened', params: { day: openedDay } }]
  if (closedDay && day > closedDay)
    return [{ field: 'day', key: 'bank:problems.afterClosed', params: { day: closedDay } }]
  return []
}

/** An amount as banks write it: also `(1,234.50)` for a negative one, and a stroke for none. */
function moneyOf(text: string): number | null {
  if (/^[-\u2010-\u2015\u2212]+$/.test(text)) return 0
  const bracketed = /^\((.+)\)$/.exec(text)
  const fen = parseYuan(bracketed?.[1] ?? text)
  return fen === null || !bracketed ? fen : fen * -1
}

/** What came in, in fen; 0 where a row moves nothing, null where it does not tell (with or without a problem). */
function amountOf(cells: StatementCells, words: StatementWords, problems: StatementProblem[]): number | null {
  const money = (column: 'credit' | 'debit' | 'amount'): number | null | undefined => {
    const text = cell(cells, column)
    if (text === '') return undefined
    const fen = moneyOf(text)
    if (fen === null) problems.push({ field: column, key: 'validation:notANumber' })
    return fen
  }
  const [credit, debit, amount] = [money('credit'), money('debit'), money('amount')]
  if (credit === null || debit === null || amount === null) return null
  const split = (credit ?? 0) - (debit ?? 0)
  if (credit && debit) {
    problems.push({ field: 'debit', key: 'bank:problems.bothSides' })
    return null
  }
  if (credit !== undefined || debit !== undefined) {
    if (split !== 0 || amount === undefined) return split
  }
  if (amount === undefined) return null
  const direction = cell(cells, 'direction').toLowerCase()
  if (direction === '' || amount < 0) return amount
  const [isIn, isOut] = [says(direction, words.in), says(direction, words.out)]
  if (isIn !== isOut) return isIn ? amount : -amount
  problems.push({ field: 'direction', key: 'bank:problems.direction' })
  return null
}

/** A word of one letter must be all there is; a longer one may stand among others. */
const says = (text: string, words: readonly string[]): boolean =>
  words.some(
    (word) => text === word || (/[^\u0000-\u007f]/.test(word) || word.length > 2 ? text.includes(word) : false),
  )

function timeOf(text: string): string {
  const found = TIME.exec(text) ?? DIGIT_TIME.exec(text.trim())
  if (!found) return ''
  const [, hour = '', minute = '', second = '00'] = found
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}:${second}` : ''
}

/** Banks list the newest line first or last: the order whose balances add up, else the one whose days rise. */
function inOrder(lines: readonly StatementLine[]): readonly StatementLine[] {
  const turned = lines.toReversed()
  const [up, down] = [breaksOf(lines).length, breaksOf(turned).length]
  if (up !== down) return up < down ? lines : turned
  const [first, last] = [lines[0]?.day ?? '', lines.at(-1)?.day ?? '']
  if (first !== last) return first < last ? lines : turned
  const [early, late] = [lines[0]?.time ?? '', lines.at(-1)?.time ?? '']
  return early <= late ? lines : turned
}

function breaksOf(lines: readonly StatementLine[]): BalanceBreak[] {
  const breaks: BalanceBreak[] = []
  let running: number | null = null
  for (const { row, amount, balance } of lines) {
    const expected: number | null = running === null ? null : running + amount
    if (balance !== null && expected !== null && balance !== expected) breaks.push({ row, expected, found: balance })
    running = balance ?? expected
  }
  return breaks
}

/** A break in words: what the balance should be and what it is. */
export function breakReason({ expected, found }: BalanceBreak): StatementProblem {
  const params = { expected: formatYuan(expected), found: formatYuan(found) }
  return { field: 'balance', key: 'bank:problems.balance', params }
}

/** Account numbers in the lines above the headings, where banks print whose statement it is. */
export function accountsAbove(rows: readonly (readonly string[])[]): string[] {
  const found = rows.flat().flatMap((text) => text.normalize('NFKC').match(/\d[\d* ]{6,}[\d*]/g) ?? [])
  return [...new Set(found.map(plainAccount))]
}

/** Which column is the day where a bank only gives a moment: the column of times. */
export function withDay<Key extends string | null>(mapping: readonly Key[]): (Key | 'day')[] {
  return mapping.includes('day' as Key) ? [...mapping] : mapping.map((key) => (key === 'time' ? 'day' : key))
}

/** Whether a choice of columns is enough to read lines: a day and some amount. */
export function mappingTells(mapping: readonly (string | null)[]): boolean {
  const has = (key: StatementColumn) => mapping.includes(key)
  return has('day') && (has('credit') || has('debit') || has('amount'))
}
