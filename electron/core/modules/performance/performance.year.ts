import { refuse } from '#shared/kernel/app-error.ts'
import { asMonth, endOfMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { yearPictures } from '#shared/modules/performance/performance.charts.ts'
import type { YearSheet } from '#shared/modules/performance/performance.schema.ts'
import { yearWorkbook } from '#shared/modules/performance/performance.year.documents.ts'
import { monthsOf, yearOf } from '#shared/modules/performance/performance.year.rules.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope, inScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { XLSX } from '#core/kernel/table-export.ts'
import { correctedSheets } from './performance.corrections.repo.ts'
import { drawPictures } from './performance.pictures.ts'
import { placesKnown } from './performance.ranking.ts'
import { auditAnchor, lockedSheets } from './performance.months.ts'

/** The year as the synthesis of its locked months. */
export function createYearService(deps: CoreDeps) {
  const { store, clock } = deps

  async function sheet(ctx: CallContext, year: number): Promise<YearSheet> {
    const months = monthsOf(year).map(asMonth)
    const sheets = await correctedSheets(store.read, months)
    const locked = new Set(sheets.map((one) => one.month))
    const leftOut = await store.read
      .selectFrom('performance_left_out')
      .select(['month', 'user_id as userId', 'reason'])
      .where('month', 'in', months)
      .execute()
    const today = clock.today()
    const known = await placesKnown(store.read, ctx)
    return {
      year,
      // Ranks are those of the whole firm, whoever looks.
      people: yearOf(year, sheets, leftOut)
        .filter((person) => inScope(ctx.scope, person.userId))
        .map((person) => (known ? person : { ...person, rank: null })),
      waiting: months.filter((month) => !locked.has(month) && endOfMonth(month) < today),
    }
  }

  return {
    sheet,

    leaveOut: (ctx: CallContext, input: { month: PlainMonth; userId: string; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const { month, userId, reason } = input
        assertInScope(ctx.scope, userId, 'user')
        if (userId === uow.actor.userId) throw refuse('PERFORMANCE_OWN_FIGURE')
        const [kept] = await lockedSheets(uow.db, [month])
        if (!kept) throw refuse('PERFORMANCE_NOT_LOCKED')
        if (!kept.people.some((person) => person.userId === userId)) throw refuse('NOT_FOUND', { entity: 'user' })
        const of = uow.db.deleteFrom('performance_left_out').where('month', '=', month).where('user_id', '=', userId)
        await of.execute()
        if (reason !== '') {
          await uow.db
            .insertInto('performance_left_out')
            .values({ month, user_id: userId, reason, entered_at: uow.now, entered_by: uow.actor.userId })
            .execute()
        }
        await uow.audit({
          action: 'performance.leaveOut',
          entity: 'performance-month',
          entityId: `${month}:${userId}`,
          after: { month, userId, reason },
        })
        uow.changed('performance', month)
        return { counts: reason === '' }
      }),

    workbook(ctx: CallContext, year: number) {
      const t = makeTranslator(ctx.locale)
      return deps.jobs.start(ctx, {
        kind: 'performance.year',
        steps: [
          { key: 'jobs:steps.rows', weight: 1 },
          { key: 'jobs:steps.file', weight: 1 },
        ],
        run: async (job) => {
          job.step('jobs:steps.rows', 0, 1)
          const found = await sheet(ctx, year)
          job.step('jobs:steps.file', 0, 1)
          const pictures = await drawPictures(deps, yearPictures(found, t), job.signal)
          const model = yearWorkbook(
            {
              sheet: found,
              partial: ctx.scope.kind !== 'all',
              firmName: (await readSetting(store.read, 'firm')).value.name,
              createdAt: clock.now(),
              anchor: await auditAnchor(store.read),
              pictures,
            },
            t,
          )
          const bytes = await deps.workers.run('xlsx', model, { signal: job.signal })
          await store.write(withoutReplay(ctx.actor), async (uow) => {
            const after = { people: found.people.length }
            await uow.audit({ action: 'performance.export', entity: 'export', entityId: String(year), after })
          })
          await job.addFile({
            name: documentName([t('performance:year.title'), String(year)], 'xlsx'),
            mime: XLSX,
            bytes,
          })
          job.step('jobs:steps.file', 1, 1)
          return { people: found.people.length }
        },
      })
    },
  }
}
