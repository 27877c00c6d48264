import type { Translate } from '#shared/i18n/translate.ts'
import {
  figureRows,
  indicatorNamed,
  parseFigure,
  type FigureCells,
  type FigurePerson,
  type KnownEntries,
} from './performance.figures.sheet.ts'
import type { FigureLine } from './performance.figures.schema.ts'
import { CATALOGUE, type Indicator } from './performance.indicators.schema.ts'
import { customerReview, REVIEW_CRITERIA, type CustomerReview } from './performance.review.schema.ts'
import { entryFields, type EntryFields } from './performance.schema.ts'
import { targetFigure } from './performance.schemes.schema.ts'

/** What the rows of a file are judged against. */
export interface FigureKnowledge {
  readonly month: string
  /** Whoever imports: nobody enters his own figures. */
  readonly me: string
  readonly people: readonly FigurePerson[]
  readonly entries: KnownEntries
  /** Ratings of customers that are there, by `ratingKey`. */
  readonly ratings: ReadonlyMap<string, readonly KnownRating[]>
  readonly translators: readonly Translate[]
}

/** What a customer said before. */
export type KnownRating = Pick<CustomerReview, 'marks' | 'comment'>

/** A judged row with what it would write. */
export interface JudgedFigure {
  readonly line: FigureLine
  readonly userId: string
  readonly entry: EntryFields | null
  readonly rating: CustomerReview | null
}

type Problem = FigureLine['problems'][number]

/** What a customer is compared by within a month and person. */
export const ratingKey = (userId: string, customerName: string): string =>
  `${userId} ${customerName.normalize('NFKC').trim().toLowerCase()}`

/**
 * Every row of a file of figures with what it changes or what is wrong with it; null where no sheet has our headings.
 * An empty cell leaves its figure alone, and so does a row of ratings without a customer and without marks.
 */
export function judgeFigures(
  sheets: readonly { readonly rows: readonly (readonly string[])[] }[],
  known: FigureKnowledge,
): JudgedFigure[] | null {
  const rows = figureRows(sheets, known.translators)
  if (!rows) return null
  const seen = new Set<string>()
  return rows.filter(isFilled).map((row, at) => {
    const base = { row: at + 1, sheet: row.sheet, line: row.line, userName: row.cells['person'] ?? '' }
    return row.sheet === 'figures' ? judgeFigure(row, base, known, seen) : judgeRating(row, base, known, seen)
  })
}

/** Beyond what a prepared row says by itself. */
function isFilled({ sheet, cells }: FigureCells): boolean {
  const columns = sheet === 'figures' ? ['person', 'indicator', 'target', 'actual'] : ['customer', ...REVIEW_CRITERIA]
  return columns.some((column) => (cells[column] ?? '') !== '')
}

type Base = Pick<FigureLine, 'row' | 'sheet' | 'line' | 'userName'>

/** The person of a row: by name, and by team where two share it. */
function personOf(row: FigureCells, known: FigureKnowledge, problems: Problem[]): FigurePerson | null {
  const { month, person, team } = row.cells
  if (month !== undefined && month.slice(0, 7) !== known.month) {
    problems.push({ field: 'month', key: 'performance:figures.errors.month', params: { month: known.month } })
  }
  const named = known.people.filter((one) => one.name === person)
  const [found, other] = named.length > 1 ? named.filter((one) => one.teamName === (team ?? '')) : named
  if (found && !other) return found
  problems.push({ field: 'person', key: `performance:figures.errors.${named.length > 1 ? 'twoPeople' : 'nobody'}` })
  return null
}

function judgeFigure(row: FigureCells, base: Base, known: FigureKnowledge, seen: Set<string>): JudgedFigure {
  const problems: Problem[] = []
  const person = personOf(row, known, problems)
  const indicator = indicatorNamed(row.cells['indicator'] ?? '', known.translators)
  if (!indicator) problems.push({ field: 'indicator', key: 'performance:figures.errors.indicator' })
  const item = person?.items.find((one) => one.indicator === indicator)
  if (person && indicator && !item) problems.push({ field: 'indicator', key: 'performance:figures.errors.notMeasured' })
  if (person && indicator) once(`${person.id} ${indicator}`, 'indicator', seen, problems)
  const target = indicator ? readCell(row, 'target', indicator, problems) : null
  const actual = indicator ? readCell(row, 'actual', indicator, problems) : null
  const entry = person && indicator && actual !== null ? entryOf(row, person, indicator, actual, known, problems) : null
  const before = known.entries.get(`${person?.id} ${indicator}`)?.value ?? null
  const line: FigureLine = {
    ...base,
    state: 'same',
    indicator,
    target: item && target !== null && target !== item.target ? { before: item.target, after: target } : null,
    actual: entry ? { before, after: entry.value } : null,
    customerName: '',
    problems,
  }
  return { line: { ...line, state: stateOf(line) }, userId: person?.id ?? '', entry, rating: null }
}

function stateOf({ problems, target, actual }: FigureLine): FigureLine['state'] {
  if (problems.length > 0) return 'failed'
  return target || actual ? 'change' : 'same'
}

function once(key: string, field: string, seen: Set<string>, problems: Problem[]): void {
  if (seen.has(key)) problems.push({ field, key: 'performance:figures.errors.twice' })
  seen.add(key)
}

function readCell(row: FigureCells, column: 'target' | 'actual', indicator: Indicator, problems: Problem[]) {
  const cell = row.cells[column] ?? ''
  if (cell === '') return null
  const value = parseFigure(indicator, cell)
  const checked = targetFigure.safeParse(value)
  if (checked.success) return checked.data
  problems.push({ field: column, key: value === null ? 'validation:notANumber' : 'validation:amountTooLarge' })
  return null
}

/** The entry that a row makes; null where it says what is there already, or may not. */
function entryOf(
  row: FigureCells,
  person: FigurePerson,
  indicator: Indicator,
  value: number,
  known: FigureKnowledge,
  problems: Problem[],
): EntryFields | null {
  const [note, evidence] = [row.cells['note'] ?? '', row.cells['evidence'] ?? '']
  const before = known.entries.get(`${person.id} ${indicator}`)
  if (before?.value === value && before.note === note && before.evidence === evidence) return null
  if (CATALOGUE[indicator].source !== 'manual') {
    problems.push({ field: 'actual', key: 'performance:figures.errors.fromRecords' })
    return null
  }
  if (person.id === known.me) {
    problems.push({ field: 'actual', key: 'performance:figures.errors.own' })
    return null
  }
  const fields = entryFields.safeParse({ month: known.month, userId: person.id, indicator, value, note, evidence })
  if (fields.success) return fields.data
  problems.push(...fields.error.issues.map((one) => ({ field: String(one.path[0]), key: keyOf(one.message) })))
  return null
}

/** The words of an issue; those that the library made itself say only that it is not valid. */
const keyOf = (message: string): string => (/^\w+:[\w.]+$/.test(message) ? message : 'validation:invalid')

/**
 * Whether a rating says nothing new. The sheet takes one rating of a customer and person in a month: another one is a
 * fault of its row, never passed over in silence.
 */
function isKnown(given: KnownRating, before: readonly KnownRating[], problems: Problem[]): boolean {
  if (before.length === 0) return false
  const same = before.some(
    (one) => one.comment === given.comment && REVIEW_CRITERIA.every((key) => one.marks[key] === given.marks[key]),
  )
  if (!same) problems.push({ field: 'customer', key: 'performance:figures.errors.rated' })
  return same
}

function judgeRating(row: FigureCells, base: Base, known: FigureKnowledge, seen: Set<string>): JudgedFigure {
  const problems: Problem[] = []
  const person = personOf(row, known, problems)
  const customerName = row.cells['customer'] ?? ''
  const key = ratingKey(person?.id ?? '', customerName)
  if (person?.id === known.me) problems.push({ field: 'person', key: 'performance:figures.errors.own' })
  if (person && customerName !== '') once(key, 'customer', seen, problems)
  const marks = Object.fromEntries(
    REVIEW_CRITERIA.map((one) => [one, /^[1-5]$/.test(row.cells[one] ?? '') ? Number(row.cells[one]) : null]),
  )
  const comment = row.cells['comment'] ?? ''
  const rated = { month: known.month, userId: person?.id, customerName, marks, comment }
  const fields = person ? customerReview.safeParse(rated) : null
  for (const issue of fields?.error?.issues ?? []) {
    const field = String(issue.path.at(-1))
    const wrong = issue.path[0] === 'marks' ? 'performance:figures.errors.mark' : keyOf(issue.message)
    problems.push({ field: field === 'customerName' ? 'customer' : field, key: wrong })
  }
  const there = fields?.success === true && isKnown(fields.data, known.ratings.get(key) ?? [], problems)
  const good = problems.length === 0 && fields?.success
  return {
    line: {
      ...base,
      state: problems.length > 0 ? 'failed' : there ? 'same' : 'change',
      indicator: null,
      target: null,
      actual: null,
      customerName,
      problems,
    },
    userId: person?.id ?? '',
    entry: null,
    rating: good && !there ? fields.data : null,
  }
}
