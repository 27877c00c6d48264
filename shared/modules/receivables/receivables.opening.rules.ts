import type { Translate } from '#shared/i18n/translate.ts'
import { parseDay, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'

/** The columns of a list of opening balances. */
export const OPENING_COLUMNS = [
  'customer',
  'uscc',
  'contract',
  'invoice',
  'label',
  'sinceDay',
  'dueDay',
  'amount',
  'settled',
] as const
export type OpeningColumn = (typeof OPENING_COLUMNS)[number]
type Cells = Readonly<Record<string, string>>

/** What a column may be called in somebody else's sheet, in any language. */
export function openingNames(column: OpeningColumn, translators: readonly Translate[]): string[] {
  return translators
    .flatMap((t) => [
      t(`receivables:opening.columns.${column}`),
      ...t(`receivables:opening.synonyms.${column}`).split('|'),
    ])
    .filter(Boolean)
}

/** One payment still owed out of books kept before. Amounts in fen; `settled` of it had come in already. */
export interface Opening {
  readonly contractNumber: string
  readonly invoiceNumber: string
  readonly label: string
  readonly sinceDay: PlainDay
  readonly dueDay: PlainDay | null
  readonly amount: number
  readonly settled: number
}

interface Problem {
  readonly field: OpeningColumn | null
  readonly key: string
  readonly params?: Record<string, string | number>
}

const LONGEST = 40

const cell = (cells: Cells, column: OpeningColumn): string => (cells[column] ?? '').normalize('NFKC').trim()

/** By what two rows are the same payment of a customer, whatever amounts they say. */
export function openingKey(customer: string, cells: Cells): string {
  const day = parseDay(cell(cells, 'dueDay')) ?? ''
  const parts = [cell(cells, 'contract'), cell(cells, 'invoice'), cell(cells, 'label')]
  return [customer, ...parts.map((part) => part.toUpperCase()), day].join('\u001f')
}

/** Reads a row: an amount that something is left of, days that exist. The debt is as old as its due day at least. */
export function readOpening(cells: Cells): { opening: Opening | null; problems: Problem[] } {
  const problems: Problem[] = []
  const say = (field: OpeningColumn, key: string, params?: Problem['params']) =>
    problems.push({ field, key, ...(params ? { params } : {}) })
  if (cell(cells, 'customer') === '') say('customer', 'validation:required')
  for (const column of ['contract', 'invoice', 'label'] as const) {
    if (cell(cells, column).length > LONGEST) say(column, 'validation:tooLong', { max: LONGEST })
  }
  const day = (column: 'sinceDay' | 'dueDay'): PlainDay | null => {
    const text = cell(cells, column).split(/[ T]/)[0] ?? ''
    const read = text === '' ? null : parseDay(text)
    if (text !== '' && !read) say(column, 'validation:noSuchDay')
    return read
  }
  const dueDay = day('dueDay')
  const since = day('sinceDay') ?? dueDay
  if (!since && problems.length === 0) say('dueDay', 'receivables:opening.noDay')
  if (since && dueDay && dueDay < since) say('dueDay', 'receivables:errors.dueBeforeSince')
  const money = (column: 'amount' | 'settled'): number | null => {
    const text = cell(cells, column)
    if (text === '') return column === 'settled' ? 0 : null
    return parseYuan(text)
  }
  const amount = money('amount')
  const settled = money('settled')
  if (amount === null) say('amount', cell(cells, 'amount') === '' ? 'validation:required' : 'validation:notANumber')
  else if (amount <= 0) say('amount', 'validation:notPositive')
  if (settled === null) say('settled', 'validation:notANumber')
  else if (settled < 0 || (amount !== null && amount > 0 && settled >= amount)) {
    say('settled', 'receivables:opening.nothingLeft', { amount: formatYuan(amount ?? 0) })
  }
  if (problems.length > 0 || !since || amount === null || settled === null) return { opening: null, problems }
  const opening = {
    contractNumber: cell(cells, 'contract'),
    invoiceNumber: cell(cells, 'invoice'),
    label: cell(cells, 'label'),
    sinceDay: since,
    dueDay,
    amount,
    settled,
  }
  return { opening, problems }
}
