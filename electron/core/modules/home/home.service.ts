import { addDays, endOfMonth, monthOf, shiftMonth, startOfMonth, type PlainDay } from '#shared/kernel/dates.ts'
import type { Overview } from '#shared/modules/home/home.contract.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { contractAmounts, countDrafts, newCustomers } from '#core/modules/contracts/contracts.api.ts'
import { countByStage, customerBriefs } from '#core/modules/customers/customers.api.ts'
import { countOpenLetters } from '#core/modules/dunning/dunning.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { ageingNow, collectedSums, dueBetween, openTotals } from '#core/modules/receivables/receivables.api.ts'
import { countVisits } from '#core/modules/visits/visits.api.ts'

/** Whose rows this session may see under an action; null where it may not at all. */
export type ScopeFor = (ctx: CallContext, action: Action) => Promise<Scope | null>

const MONTHS = 12
const SOON_DAYS = 14
const SOON_ROWS = 8

/** The first page. Each part asks the matrix by itself, so that a role sees exactly what its lists would show. */
export function createHomeService(deps: CoreDeps, scopeFor: ScopeFor) {
  return {
    async overview(ctx: CallContext): Promise<Overview> {
      const db = deps.store.read
      const today = deps.clock.today()
      const month = monthOf(today)
      const [from, to] = [startOfMonth(month), endOfMonth(month)]
      const receivables = await scopeFor(ctx, 'receivables.read')
      const contracts = await scopeFor(ctx, 'contracts.read')
      const customers = await scopeFor(ctx, 'customers.read')
      const dunning = await scopeFor(ctx, 'dunning.read')
      const performance = await scopeFor(ctx, 'performance.read')
      const signed = contracts ? await contractAmounts(db, contracts, from, to) : []
      const sum = (rows: readonly { amount: number }[]) => rows.reduce((total, row) => total + row.amount, 0)

      return {
        today,
        receivables: receivables ? await openTotals(db, receivables, today) : null,
        month:
          contracts && receivables
            ? {
                month,
                contractAmount: sum(signed),
                collected: sum(await collectedSums(db, receivables, from, to)),
                newCustomers: (await newCustomers(db, contracts, from, to)).length,
                visits: performance
                  ? [...(await countVisits(db, performance, from, to)).values()].reduce((a, b) => a + b, 0)
                  : 0,
              }
            : null,
        collected: receivables && contracts ? await months(receivables, contracts, today) : null,
        ageing: receivables ? await ageingNow(db, receivables, today) : null,
        ranking: performance && receivables ? await ranking(receivables, from, to) : null,
        drafts: contracts ? await countDrafts(db, contracts) : null,
        dueSoon: receivables ? await soon(receivables, today) : null,
        lettersOpen: dunning ? await countOpenLetters(db, dunning) : null,
        stages: customers ? [...(await countByStage(db, customers))].map(([stage, count]) => ({ stage, count })) : null,
        calendarValidThrough: (await readSetting(db, 'workCalendar')).value.validThrough,
      }
    },
  }

  async function months(receivables: Scope, contracts: Scope, today: PlainDay) {
    const first = shiftMonth(monthOf(today), 1 - MONTHS)
    const [from, to] = [startOfMonth(first), endOfMonth(monthOf(today))]
    const byMonth = (rows: readonly { month: string; amount: number }[]) => {
      const sums = new Map<string, number>()
      for (const row of rows) sums.set(row.month, (sums.get(row.month) ?? 0) + row.amount)
      return sums
    }
    const collected = byMonth(await collectedSums(deps.store.read, receivables, from, to))
    const signed = byMonth(await contractAmounts(deps.store.read, contracts, from, to))
    return Array.from({ length: MONTHS }, (_, i) => {
      const month = shiftMonth(first, i)
      return { month, amount: collected.get(month) ?? 0, signed: signed.get(month) ?? 0 }
    })
  }

  async function ranking(scope: Scope, from: PlainDay, to: PlainDay) {
    const rows = await collectedSums(deps.store.read, scope, from, to)
    const names = await userBriefs(
      deps.store.read,
      rows.map((row) => row.ownerId),
    )
    return rows
      .map((row) => ({ userId: row.ownerId, userName: names.get(row.ownerId)?.name ?? '', total: row.amount }))
      .sort((a, b) => b.total - a.total)
      .slice(0, 10)
  }

  async function soon(scope: Scope, today: PlainDay) {
    const rows = await dueBetween(deps.store.read, scope, today, addDays(today, SOON_DAYS), SOON_ROWS)
    const names = await customerBriefs(
      deps.store.read,
      rows.map((row) => row.customerId),
    )
    return rows.map(({ customerId, ...row }) => ({ ...row, customerName: names.get(customerId)?.name ?? '' }))
  }
}
