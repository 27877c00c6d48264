import { refuse } from '#shared/kernel/app-error.ts'
import { endOfMonth, startOfMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { INDICATORS, type IndicatorTargets } from '#shared/modules/office/office.schema.ts'
import { performanceWorkbook } from '#shared/modules/performance/performance.documents.ts'
import { ranked, ratio, scoreAll, totalScore, type Measured } from '#shared/modules/performance/performance.rules.ts'
import {
  monthSheet,
  sourceRow,
  targetRow,
  type Indicator,
  type MonthSheet,
  type SourceRow,
  type TargetRow,
} from '#shared/modules/performance/performance.schema.ts'
import { z } from 'zod'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope, inScope, makeScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { XLSX } from '#core/kernel/table-export.ts'
import { contractAmounts, newCustomers } from '#core/modules/contracts/contracts.api.ts'
import { activeUsersWithRole, teamNames } from '#core/modules/people/people.api.ts'
import { collectedSums, collectionInputs } from '#core/modules/receivables/receivables.api.ts'
import { countVisits } from '#core/modules/visits/visits.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { APPRAISED } from './performance.api.ts'
import { sourceRowsOf } from './performance.sources.ts'

const snapshotSchema = z.object({
  sheet: monthSheet,
  sources: z.array(z.object({ userId: z.string(), indicator: z.enum(INDICATORS), rows: z.array(sourceRow) })),
})
type Sources = z.infer<typeof snapshotSchema>['sources']

/** The month's appraisal from the records. */
export function createPerformanceService(deps: CoreDeps) {
  const period = (month: PlainMonth): [PlainDay, PlainDay] => [startOfMonth(month), endOfMonth(month)]

  async function snapshotOf(db: Reader | Writer, month: PlainMonth) {
    const row = await db.selectFrom('performance_months').selectAll().where('month', '=', month).executeTakeFirst()
    return row ? { ...snapshotSchema.parse(JSON.parse(row.snapshot)), lockedAt: row.locked_at } : null
  }

  async function targetsOf(db: Reader | Writer, month: PlainMonth, userIds: readonly string[]) {
    const rows = await db
      .selectFrom('performance_targets')
      .selectAll()
      .where('month', '=', month)
      .where('user_id', 'in', [...userIds, ''])
      .execute()
    return new Map(rows.map((row) => [row.user_id, targetRow.parse(JSON.parse(row.targets))]))
  }

  /** Computes the sheet of everybody in the scope: six aggregates, however many people there are. */
  async function compute(db: Reader | Writer, scope: Scope, month: PlainMonth): Promise<MonthSheet> {
    const [from, to] = period(month)
    const people = (await activeUsersWithRole(db, APPRAISED)).filter((person) => inScope(scope, person.id))
    const defaults = (await readSetting(db, 'indicatorTargets')).value
    const targets = await targetsOf(
      db,
      month,
      people.map((person) => person.id),
    )
    const teams = await teamNames(db)
    const contracts = new Map((await contractAmounts(db, scope, from, to)).map((row) => [row.ownerId, row.amount]))
    const collected = new Map((await collectedSums(db, scope, from, to)).map((row) => [row.ownerId, row.amount]))
    const due = new Map((await collectionInputs(db, scope, from, to)).map((row) => [row.ownerId, row]))
    const fresh = Map.groupBy(await newCustomers(db, scope, from, to), (row) => row.ownerId)
    const visits = await countVisits(db, scope, from, to)
    const plain = (actual: number): Measured => ({ actual, part: 0, whole: 0 })
    const sheets = people.map((person) => {
      const half = due.get(person.id)
      const [part, whole] = [half?.collected ?? 0, half?.due ?? 0]
      const indicators = scoreAll(targets.get(person.id) ?? defaults, {
        contractAmount: plain(contracts.get(person.id) ?? 0),
        collected: plain(collected.get(person.id) ?? 0),
        collectionRate: { actual: ratio(part, whole), part, whole },
        newCustomers: plain(fresh.get(person.id)?.length ?? 0),
        visits: plain(visits.get(person.id) ?? 0),
      })
      return {
        userId: person.id,
        userName: person.name,
        teamName: person.teamId === null ? null : (teams.get(person.teamId) ?? null),
        indicators,
        total: totalScore(indicators),
      }
    })
    return { month, locked: false, lockedAt: null, people: ranked(sheets) }
  }

  async function sheetOf(db: Reader | Writer, scope: Scope, month: PlainMonth): Promise<MonthSheet> {
    const kept = await snapshotOf(db, month)
    if (!kept) return compute(db, scope, month)
    return { ...kept.sheet, people: kept.sheet.people.filter((person) => inScope(scope, person.userId)) }
  }

  async function allSources(db: Reader, sheet: MonthSheet): Promise<Sources> {
    const [from, to] = period(sheet.month as PlainMonth)
    const t = makeTranslator('zh-CN')
    const sources: Sources = []
    for (const { userId } of sheet.people) {
      for (const indicator of INDICATORS) {
        const rows = await sourceRowsOf(db, userId, indicator, from, to, t)
        if (rows.length > 0) sources.push({ userId, indicator, rows })
      }
    }
    return sources
  }

  async function assertOpen(db: Reader | Writer, month: PlainMonth): Promise<void> {
    const locked = await db
      .selectFrom('performance_months')
      .select('month')
      .where('month', '=', month)
      .executeTakeFirst()
    if (locked) throw refuse('PERFORMANCE_LOCKED')
  }

  const defaultRow = (userId: string, defaults: IndicatorTargets): TargetRow => ({ userId, ...defaults }) as TargetRow

  return {
    sheet: (ctx: CallContext, month: PlainMonth) => sheetOf(deps.store.read, ctx.scope, month),

    async sourceRows(
      ctx: CallContext,
      input: { month: PlainMonth; userId: string; indicator: Indicator },
    ): Promise<SourceRow[]> {
      assertInScope(ctx.scope, input.userId, 'user')
      const kept = await snapshotOf(deps.store.read, input.month)
      if (kept) {
        const found = kept.sources.find((s) => s.userId === input.userId && s.indicator === input.indicator)
        return found?.rows ?? []
      }
      const [from, to] = period(input.month)
      return sourceRowsOf(deps.store.read, input.userId, input.indicator, from, to, makeTranslator(ctx.locale))
    },

    async targets(ctx: CallContext, month: PlainMonth) {
      const db = deps.store.read
      const people = (await activeUsersWithRole(db, APPRAISED)).filter((person) => inScope(ctx.scope, person.id))
      const defaults = (await readSetting(db, 'indicatorTargets')).value
      const own = await targetsOf(
        db,
        month,
        people.map((person) => person.id),
      )
      return people.map((person) => ({
        userId: person.id,
        userName: person.name,
        own: own.has(person.id),
        row: own.get(person.id) ?? defaultRow(person.id, defaults),
      }))
    },

    saveTargets: (ctx: CallContext, input: { month: PlainMonth; rows: readonly TargetRow[] }) =>
      deps.store.write(ctx.actor, async (uow) => {
        await assertOpen(uow.db, input.month)
        const appraised = new Set((await activeUsersWithRole(uow.db, APPRAISED)).map((person) => person.id))
        for (const row of input.rows) {
          assertInScope(ctx.scope, row.userId, 'user')
          if (!appraised.has(row.userId)) throw refuse('NOT_FOUND', { entity: 'user' })
          const targets = JSON.stringify(row)
          await uow.db
            .insertInto('performance_targets')
            .values({ month: input.month, user_id: row.userId, targets, updated_at: uow.now })
            .onConflict((oc) => oc.columns(['month', 'user_id']).doUpdateSet({ targets, updated_at: uow.now }))
            .execute()
          await uow.audit({
            action: 'performance.targets',
            entity: 'performance-target',
            entityId: `${input.month}:${row.userId}`,
            after: row,
          })
        }
        uow.changed('performance', input.month)
        return { saved: input.rows.length }
      }),

    async lock(ctx: CallContext, month: PlainMonth) {
      if (endOfMonth(month) >= deps.clock.today()) throw refuse('PERFORMANCE_NOT_OVER')
      return deps.store.write(ctx.actor, async (uow) => {
        await assertOpen(uow.db, month)
        // The whole firm's month is locked, whoever locks it.
        const sheet = { ...(await compute(uow.db, makeScope.all(), month)), locked: true, lockedAt: uow.now }
        const sources = await allSources(uow.db as unknown as Reader, sheet)
        await uow.db
          .insertInto('performance_months')
          .values({
            month,
            locked_at: uow.now,
            locked_by: uow.actor.userId,
            snapshot: JSON.stringify({ sheet, sources }),
          })
          .execute()
        const after = { people: sheet.people.map((p) => ({ userId: p.userId, total: p.total, rank: p.rank })) }
        await uow.audit({ action: 'performance.lock', entity: 'performance-month', entityId: month, after })
        uow.changed('performance', month)
        return { people: sheet.people.length }
      })
    },

    workbook(ctx: CallContext, month: PlainMonth) {
      const t = makeTranslator(ctx.locale)
      return deps.jobs.start(ctx, {
        kind: 'performance.workbook',
        steps: [
          { key: 'jobs:steps.rows', weight: 1 },
          { key: 'jobs:steps.file', weight: 2 },
        ],
        run: async (job) => {
          const db = deps.store.read
          job.step('jobs:steps.rows', 0, 1)
          const sheet = await sheetOf(db, ctx.scope, month)
          const kept = await snapshotOf(db, month)
          const within = new Set(sheet.people.map((person) => person.userId))
          const sources = kept ? kept.sources.filter((s) => within.has(s.userId)) : await allSources(db, sheet)
          const head = await db.selectFrom('audit_log').select('mac').orderBy('seq', 'desc').limit(1).executeTakeFirst()
          job.step('jobs:steps.file', 0, 1)
          const model = performanceWorkbook(
            {
              sheet,
              firmName: (await readSetting(db, 'firm')).value.name,
              createdAt: deps.clock.now(),
              sources,
              anchor: (head?.mac ?? '').slice(0, 12),
            },
            t,
          )
          const bytes = await deps.workers.run('xlsx', model, { signal: job.signal })
          await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
            const after = { people: sheet.people.length }
            await uow.audit({ action: 'performance.export', entity: 'export', entityId: month, after })
          })
          await job.addFile({ name: documentName([t('performance:title'), month], 'xlsx'), mime: XLSX, bytes })
          job.step('jobs:steps.file', 1, 1)
          return { sheet }
        },
      })
    },
  }
}
