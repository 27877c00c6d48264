import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import {
  bonusLine,
  gradeShares,
  type BonusFacts,
  type BonusLine,
} from '#shared/modules/performance/performance.bonus.rules.ts'
import type {
  AbsenceFields,
  BonusBaseFields,
  BonusRow,
  BonusSheet,
} from '#shared/modules/performance/performance.bonus.schema.ts'
import type { MonthSheet, PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, inScope, makeScope, type Scope } from '#core/kernel/scope.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { baseHistory, keptBonusFacts, openBonusFacts } from './performance.bonus.repo.ts'
import { assertOpen } from './performance.months.ts'
import { appraisedOther } from './performance.plans.ts'
import type { ScopeFor } from './performance.reviews.ts'
import type { MonthFor } from './performance.signed.ts'

const openFacts = (db: Reader | Writer, { month, people }: Pick<MonthSheet, 'month' | 'people'>) =>
  openBonusFacts(
    db,
    month,
    people.map((person) => person.userId),
  )

/** The line of everybody of whom it is known what his bonus is counted from. */
const linesOf = (people: readonly PersonSheet[], facts: ReadonlyMap<string, BonusFacts>): BonusLine[] =>
  people.flatMap((person) => {
    const his = facts.get(person.userId)
    return his ? [bonusLine(person, his)] : []
  })

/** Keeps with a month that is being locked what its bonuses are counted from, and what they come to. */
export async function keepBonuses(uow: UnitOfWork, { month, people }: MonthSheet): Promise<void> {
  const lines = linesOf(people, await openFacts(uow.db, { month, people }))
  if (lines.length === 0) return
  await uow.db
    .insertInto('performance_bonuses')
    .values(
      lines.map((line) => ({
        month,
        user_id: line.userId,
        base: line.base,
        base_from: line.baseFrom,
        workdays: line.workdays,
        in_service: line.inService,
        absent: line.absent,
        absent_reason: line.absentReason,
        coefficient: line.coefficient,
        presence: line.presence,
        bonus: line.bonus,
      })),
    )
    .execute()
}

/** The bonus lines of a month's people: as they were kept with the lock and corrected since, or as they are now. */
export async function bonusLines(db: Reader, sheet: MonthSheet) {
  const facts = sheet.locked ? await keptBonusFacts(db, sheet.month) : await openFacts(db, sheet)
  return { lines: linesOf(sheet.people, facts), kept: facts.size > 0 || sheet.people.length === 0 }
}

const both = (a: Scope | null, b: Scope | null): Scope => {
  if (a?.kind === 'all' || b?.kind === 'all') return makeScope.all()
  return makeScope.users([a, b].flatMap((one) => (one?.kind === 'users' ? [...one.userIds] : [])))
}
const covers = (scope: Scope | null, userId: string) => scope !== null && inScope(scope, userId)

/** What a month's result is worth. Amounts are seen by the person himself and by whoever answers for the firm. */
export function createBonusService(deps: CoreDeps, monthOf: MonthFor, scopeFor: ScopeFor) {
  const { store } = deps

  async function sheetOf(ctx: CallContext, month: PlainMonth): Promise<BonusSheet> {
    const db = store.read
    const leads = await scopeFor(ctx, 'performance.targets')
    const sets = await scopeFor(ctx, 'bonuses.set')
    const { sheet } = await monthOf(db, { ...ctx, scope: both(ctx.scope, leads) }, month)
    const { lines, kept } = await bonusLines(db, sheet)
    const me = ctx.session?.userId
    const rows = lines.map((line): BonusRow => {
      const shown = inScope(ctx.scope, line.userId)
      const another = line.userId !== me
      const { lockedBonus, ...rest } = line
      return {
        ...rest,
        ...(shown ? {} : { base: null, baseFrom: null, bonus: null }),
        ...(shown && lockedBonus !== undefined ? { lockedBonus } : {}),
        shown,
        mayBase: another && covers(sets, line.userId),
        mayDays: another && !sheet.locked && covers(leads, line.userId),
      }
    })
    const seen = rows.filter((row) => row.shown)
    return {
      month,
      locked: sheet.locked,
      kept,
      rows,
      sum: seen.reduce((all, row) => all + (row.bonus ?? 0), 0),
      without: seen.filter((row) => row.base === null).length,
      shares: ctx.scope.kind === 'all' ? [...gradeShares(sheet.people)] : [],
    }
  }

  return {
    sheet: sheetOf,

    history: (ctx: CallContext, userId: string) => {
      assertInScope(ctx.scope, userId, 'user')
      return baseHistory(store.read, userId)
    },

    setBase: (ctx: CallContext, { userId, fromMonth, base }: BonusBaseFields) =>
      store.write(ctx.actor, async (uow) => {
        await appraisedOther(uow, ctx.scope, userId)
        await assertOpen(uow.db, fromMonth)
        const before = await uow.db
          .updateTable('performance_bonus_bases')
          .set({ replaced_at: uow.now })
          .where('user_id', '=', userId)
          .where('from_month', '=', fromMonth)
          .where('replaced_at', 'is', null)
          .returning(['id', 'base'])
          .executeTakeFirst()
        const id = newId()
        await uow.db
          .insertInto('performance_bonus_bases')
          .values({
            id,
            user_id: userId,
            from_month: fromMonth,
            base,
            set_at: uow.now,
            set_by: uow.actor.userId as string,
            replaced_at: null,
          })
          .execute()
        await uow.audit({
          action: 'performance.bonusBase',
          entity: 'performance-bonus',
          entityId: id,
          ...(before ? { before } : {}),
          after: { userId, fromMonth, base },
        })
        uow.changed('performance', fromMonth)
        return { id }
      }),

    setAbsence: (ctx: CallContext, { month, userId, days, reason }: AbsenceFields) =>
      store.write(ctx.actor, async (uow) => {
        await appraisedOther(uow, ctx.scope, userId)
        await assertOpen(uow.db, month)
        const of = uow.db.deleteFrom('performance_absences').where('month', '=', month).where('user_id', '=', userId)
        const before = await of.returning(['days', 'reason']).executeTakeFirst()
        if (days > 0) {
          await uow.db
            .insertInto('performance_absences')
            .values({ month, user_id: userId, days, reason, set_at: uow.now, set_by: uow.actor.userId as string })
            .execute()
        }
        await uow.audit({
          action: 'performance.absence',
          entity: 'performance-month',
          entityId: `${month}:${userId}`,
          ...(before ? { before } : {}),
          after: { month, userId, days, reason },
        })
        uow.changed('performance', month)
        return { month }
      }),

    export(ctx: CallContext, month: PlainMonth) {
      const t = makeTranslator(ctx.locale)
      const word = (key: string) => t(`performance:bonus.${key}`)
      const column = (key: string) => t(`performance:columns.${key}`)
      const columns: readonly ExportColumn<BonusRow>[] = [
        { head: column('person'), width: 14, format: 'text', value: (row) => row.userName },
        { head: column('team'), width: 16, format: 'text', value: (row) => row.teamName ?? '' },
        { head: column('total'), width: 10, format: 'score', value: (row) => row.total },
        { head: column('grade'), width: 10, format: 'text', value: (row) => row.grade ?? '' },
        { head: column('coefficient'), width: 10, format: 'percent', value: (row) => row.coefficient },
        { head: word('workdays'), width: 10, format: 'count', value: (row) => row.workdays },
        { head: word('inService'), width: 10, format: 'count', value: (row) => row.inService },
        { head: word('absent'), width: 10, format: 'score', value: (row) => row.absent },
        { head: word('absentReason'), width: 24, format: 'text', value: (row) => row.absentReason },
        { head: word('presence'), width: 10, format: 'percent', value: (row) => row.presence },
        { head: word('base'), width: 14, format: 'yuan', value: (row) => row.base },
        { head: word('bonus'), width: 14, format: 'yuan', value: (row) => row.bonus },
      ]
      return deps.jobs.start(ctx, {
        kind: 'performance.bonus',
        steps: [
          { key: 'jobs:steps.rows', weight: 1 },
          { key: 'jobs:steps.file', weight: 1 },
        ],
        run: async (job) => {
          job.step('jobs:steps.rows', 0, 1)
          const rows = (await sheetOf(ctx, month)).rows.filter((row) => row.shown)
          job.step('jobs:steps.file', 0, 1)
          const sum = { label: word('sum'), columns: [columns.length - 1] }
          const table = {
            nameParts: [word('title'), month],
            sheet: word('title'),
            format: 'xlsx',
            columns,
            sum,
          } as const
          const made = await exportTable(deps, job, table, rows)
          await store.write(withoutReplay(ctx.actor), async (uow) => {
            const after = { ...made, bonus: true }
            await uow.audit({ action: 'performance.export', entity: 'export', entityId: month, after })
          })
          job.step('jobs:steps.file', 1, 1)
          return made
        },
      })
    },
  }
}
