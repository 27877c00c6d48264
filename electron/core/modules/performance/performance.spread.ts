import { invalid, refuse } from '#shared/kernel/app-error.ts'
import { asMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { spreadYear, type SpreadIndicator } from '#shared/modules/performance/performance.spread.rules.ts'
import type { SpreadFields, SpreadPerson } from '#shared/modules/performance/performance.spread.schema.ts'
import { monthsOf } from '#shared/modules/performance/performance.year.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { lockedAmong, lockedSheets } from './performance.months.ts'
import { appraisedPeople, planBook } from './performance.plans.ts'
import { putTargets } from './performance.targets.ts'

/** A year's target, shared over its months. */
export function createSpreadService({ store }: CoreDeps) {
  /** What everybody of the scope is to reach in each month of the year, and which months can still be set. */
  async function yearOfTargets(db: Reader | Writer, scope: Scope, year: number, indicator: SpreadIndicator) {
    const months = monthsOf(year).map(asMonth)
    const locked = await lockedAmong(db, months)
    const planOf = await planBook(db, months)
    const people = await appraisedPeople(db, scope)
    const rows = people.map((person): SpreadPerson => ({
      userId: person.id,
      userName: person.name,
      months: months.map((month) => {
        const item = planOf(person, month).items.find((one) => one.indicator === indicator)
        const state = locked.has(month) ? 'locked' : item ? 'open' : 'unmeasured'
        return { month, state, target: item?.target ?? 0 }
      }),
    }))
    return { people, planOf, rows }
  }

  /** What the locked months of a year came to, of everybody in the scope together. */
  async function shapeOf(scope: Scope, year: number, indicator: SpreadIndicator): Promise<number[] | null> {
    const months = monthsOf(year)
    const sheets = await lockedSheets(store.read, months.map(asMonth))
    const sums = new Map(
      sheets.map((sheet) => {
        const his = sheet.people.filter((person) => inScope(scope, person.userId))
        const actuals = his.flatMap((person) => person.indicators.filter((one) => one.indicator === indicator))
        return [sheet.month as string, actuals.reduce((sum, one) => sum + Math.max(0, one.actual), 0)]
      }),
    )
    const shape = months.map((month) => sums.get(month) ?? 0)
    return shape.some((one) => one > 0) ? shape : null
  }

  return {
    async look(ctx: CallContext, { year, indicator }: { year: number; indicator: SpreadIndicator }) {
      const { rows } = await yearOfTargets(store.read, ctx.scope, year, indicator)
      return { shape: await shapeOf(ctx.scope, year - 1, indicator), people: rows }
    },

    /** Sets the target of every month that can still be set; weights and other targets stay as they are. */
    save: (ctx: CallContext, input: SpreadFields) =>
      store.write(ctx.actor, async (uow) => {
        const { year, indicator } = input
        for (const row of input.rows) assertInScope(ctx.scope, row.userId, 'user')
        const { people, planOf, rows } = await yearOfTargets(uow.db, ctx.scope, year, indicator)
        let changed = 0
        for (const [at, { userId, total }] of input.rows.entries()) {
          const person = people.find((one) => one.id === userId)
          const months = rows.find((one) => one.userId === userId)?.months
          if (!person || !months) throw refuse('NOT_FOUND', { entity: 'user' })
          const kept = months.map((one) => (one.state === 'open' ? null : one.target))
          const targets = spreadYear(total, input.weights, kept)
          if (!targets) throw invalid([{ path: ['rows', at, 'total'], key: 'performance:spread.errors.total' }])
          for (const [i, { month, state, target }] of months.entries()) {
            if (state !== 'open' || target === targets[i]) continue
            const items = planOf(person, month as PlainMonth).items.map((item) => ({
              indicator: item.indicator,
              weight: item.weight,
              target: item.indicator === indicator ? (targets[i] ?? 0) : item.target,
            }))
            await putTargets(uow, month as PlainMonth, { userId: userId as never, items })
            changed += 1
          }
        }
        return { months: changed }
      }),
  }
}
