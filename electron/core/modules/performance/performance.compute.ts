import type { Translate } from '#shared/i18n/translate.ts'
import { endOfMonth, startOfMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { figureOf, ranked, scoreAll } from '#shared/modules/performance/performance.rules.ts'
import { USUAL_WEIGHTS, type ReviewWeights } from '#shared/modules/performance/performance.review.schema.ts'
import type { MonthSheet, SourceRow } from '#shared/modules/performance/performance.schema.ts'
import type { SchemeItem } from '#shared/modules/performance/performance.schemes.schema.ts'
import { restOf, totalOf, type FigureSources } from '#shared/modules/performance/performance.sources.rules.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { teamNames } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'
import type { AppraisedPerson, PersonPlan } from './performance.plans.ts'
import { SOURCES, SUMS } from './performance.sources.ts'
import type { CountedRow, SourceQuery } from './sources/source.ts'

/** What a month is computed with. */
export interface ComputeInput {
  readonly db: Reader
  readonly scope: Scope
  readonly month: PlainMonth
  readonly today: PlainDay
  readonly t: Translate
  /** The month is being locked. */
  readonly closing?: boolean
}

type ReviewsOf = (userId: string) => ReviewWeights

const keyOf = (item: Pick<SchemeItem, 'indicator' | 'param'>) => `${item.indicator} ${item.param ?? 0}`

const queryOf = (
  { month, closing, ...input }: ComputeInput,
  item: SchemeItem,
  reviews: ReviewsOf,
  most = Infinity,
): SourceQuery => ({
  ...input,
  from: startOfMonth(month),
  to: endOfMonth(month),
  param: item.param ?? 0,
  reviewWeights: reviews,
  closing: closing ?? false,
  most,
})

const rowsFrom = (input: ComputeInput, item: SchemeItem, reviews: ReviewsOf, most?: number) =>
  SOURCES[item.indicator](queryOf(input, item, reviews, most))

/** What the data file sums for this indicator, each person as if he had one row. */
const sumsFrom = async (input: ComputeInput, item: SchemeItem, reviews: ReviewsOf) =>
  (await SUMS[item.indicator]?.(queryOf(input, item, reviews))) ?? []

type Amounts = Pick<CountedRow, 'ownerId' | 'amount' | 'received'>

/** Every indicator that some plan asks for, by person: one read for each, however many people there are. */
async function countedRows<Row extends Amounts>(
  plans: ReadonlyMap<string, PersonPlan>,
  wanted: (indicator: Indicator) => boolean,
  read: (item: SchemeItem) => Promise<readonly Row[]>,
) {
  const asked = [...plans.values()].flatMap((plan) => plan.items).filter((item) => wanted(item.indicator))
  const found = new Map<string, ReadonlyMap<string, readonly Row[]>>()
  for (const [key, item] of new Map(asked.map((one) => [keyOf(one), one]))) {
    found.set(
      key,
      Map.groupBy(await read(item), (row) => row.ownerId),
    )
  }
  return (userId: string, item: Pick<SchemeItem, 'indicator' | 'param'>): readonly Row[] =>
    found.get(keyOf(item))?.get(userId) ?? []
}

/** Puts the names of their customers to rows, as they are shown and kept. */
async function naming(db: Reader, rows: readonly CountedRow[]): Promise<(row: CountedRow) => SourceRow> {
  const names = await customerBriefs(db, [...new Set(rows.flatMap((row) => row.customerId ?? []))])
  return ({ customerId, ownerId: _owner, ...row }) => ({
    ...row,
    customerName: customerId === null ? '' : (names.get(customerId)?.name ?? ''),
  })
}

/** The sheet of these people by their plans, and on demand the rows behind every figure of it. */
export async function computeSheet(
  input: ComputeInput,
  people: readonly AppraisedPerson[],
  planOf: (person: AppraisedPerson) => PersonPlan,
) {
  const plans = new Map(people.map((person) => [person.id, planOf(person)]))
  const reviews: ReviewsOf = (userId) => plans.get(userId)?.review ?? USUAL_WEIGHTS
  const read = (item: SchemeItem) => rowsFrom(input, item, reviews)
  const isSummed = (indicator: Indicator) => SUMS[indicator] !== undefined
  const rowsOf = await countedRows(plans, (indicator) => !isSummed(indicator), read)
  const sumsOf = await countedRows(plans, isSummed, (item) => sumsFrom(input, item, reviews))
  const teams = await teamNames(input.db)
  const sheets = people.map((person) => {
    const plan = plans.get(person.id) as PersonPlan
    const items = new Map(plan.items.map((item) => [item.indicator, item]))
    return {
      userId: person.id,
      userName: person.name,
      teamName: person.teamId === null ? null : (teams.get(person.teamId) ?? null),
      schemeName: plan.scheme?.body.name ?? '',
      ...scoreAll(plan.items, plan.grades, (indicator) => {
        const item = items.get(indicator) as SchemeItem
        return figureOf(indicator, isSummed(indicator) ? sumsOf(person.id, item) : rowsOf(person.id, item))
      }),
    }
  })
  const sheet: MonthSheet = { month: input.month, locked: false, lockedAt: null, people: ranked(sheets) }
  /** The rows behind every figure: all, or as many of each as there is room for when there are so many. */
  const sources = async (mostOf: (counts: readonly number[]) => number = () => Infinity): Promise<FigureSources[]> => {
    const figures = sheet.people.flatMap(({ userId, indicators }) =>
      indicators.map((item) => {
        const summed = isSummed(item.indicator)
        return { userId, item, all: summed ? (sumsOf(userId, item)[0] ?? totalOf([])) : totalOf(rowsOf(userId, item)) }
      }),
    )
    const most = mostOf(figures.map(({ all }) => all.rows))
    const fewOf = await countedRows(plans, isSummed, (item) => rowsFrom(input, item, reviews, most))
    const found = figures
      .filter(({ all }) => all.rows > 0)
      .map(({ userId, item, all }) => {
        const { indicator } = item
        const rows = (isSummed(indicator) ? fewOf : rowsOf)(userId, item).slice(0, most)
        return { userId, indicator, rows, rest: restOf(all, totalOf(rows)) }
      })
    const shown = await naming(
      input.db,
      found.flatMap(({ rows }) => rows),
    )
    return found.map((figure) => ({ ...figure, rows: figure.rows.map(shown) }))
  }
  return { sheet, sources }
}

/** The rows of one figure. */
export async function figureRows(
  input: ComputeInput,
  userId: string,
  plan: PersonPlan,
  item: SchemeItem,
): Promise<SourceRow[]> {
  const rows = (await rowsFrom(input, item, () => plan.review)).filter((row) => row.ownerId === userId)
  return rows.map(await naming(input.db, rows))
}
