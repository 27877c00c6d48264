import { refuse } from '#shared/kernel/app-error.ts'
import { endOfMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { totalsPicture } from '#shared/modules/performance/performance.charts.ts'
import { performanceWorkbook } from '#shared/modules/performance/performance.documents.ts'
import { withCycle } from '#shared/modules/performance/performance.cycle.rules.ts'
import { withExtra } from '#shared/modules/performance/performance.extra.rules.ts'
import { NO_EXTRA } from '#shared/modules/performance/performance.extra.schema.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { lockDay } from '#shared/modules/performance/performance.period.rules.ts'
import type { SourceRow } from '#shared/modules/performance/performance.schema.ts'
import { mostOfEach } from '#shared/modules/performance/performance.sources.rules.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope, inScope, makeScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { XLSX } from '#core/kernel/table-export.ts'
import type { Reader } from '#core/store/store.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { bonusLines, createBonusService, keepBonuses } from './performance.bonus.ts'
import { createChainService } from './performance.chain.ts'
import { computeSheet, figureRows, type ComputeInput } from './performance.compute.ts'
import { createCorrectionsService } from './performance.corrections.ts'
import { correctedSheets } from './performance.corrections.repo.ts'
import { cycleFacts } from './performance.cycle.repo.ts'
import { createCycleService, endCycle } from './performance.cycle.ts'
import { createEntriesService } from './performance.entries.ts'
import { createExtrasService, extrasOf } from './performance.extras.ts'
import { createFormsService } from './performance.forms.ts'
import { createFiguresImport } from './performance.figures.ts'
import { createHistoryService } from './performance.history.ts'
import { assertOpen, auditAnchor, lockedAmong, lockedRows, lockedSources } from './performance.months.ts'
import { drawPictures } from './performance.pictures.ts'
import { appraisedPeople, planBook } from './performance.plans.ts'
import { createProposalsService } from './performance.proposals.ts'
import { createRankingService, seenSheet } from './performance.ranking.ts'
import { createReviewsService, type ScopeFor } from './performance.reviews.ts'
import { createSchemesService } from './performance.schemes.ts'
import { createSignedService } from './performance.signed.ts'
import { createSpreadService } from './performance.spread.ts'
import { createTargetsService } from './performance.targets.ts'
import { createYearService } from './performance.year.ts'

/** The month's appraisal from the records. */
export function createPerformanceService(deps: CoreDeps, scopeFor: ScopeFor) {
  const inputOf = (db: Reader, scope: Scope, month: PlainMonth, locale: Locale): ComputeInput => ({
    db,
    scope,
    month,
    today: deps.clock.today(),
    t: makeTranslator(locale),
  })

  /** The month as the records have it now; once it is over with its calibration and what everybody says to it. */
  async function computed(input: ComputeInput) {
    const { db, scope, month } = input
    const planOf = await planBook(db, [month])
    const people = await appraisedPeople(db, scope)
    const found = await computeSheet(input, people, (person) => planOf(person, month))
    const caps = new Map(people.map((person) => [person.id, planOf(person, month).extra]))
    const capsOf = (userId: string) => caps.get(userId) ?? NO_EXTRA
    const sheet = withExtra(found.sheet, await extrasOf(db, scope, month), capsOf)
    if (endOfMonth(month) >= input.today) return { ...found, sheet }
    return { ...found, sheet: withCycle(sheet, await cycleFacts(db, scope, month)) }
  }

  const openSheet = async (db: Reader, scope: Scope, month: PlainMonth) => {
    const { locale } = (await readSetting(db, 'preferences')).value
    return (await computed(inputOf(db, scope, month, locale))).sheet
  }

  /** The sheet within the scope, and of the rows behind it what a workbook has room for: as locked, or as it is now. */
  async function monthOf(db: Reader, ctx: CallContext, month: PlainMonth) {
    const [kept] = await correctedSheets(db, [month])
    if (!kept) {
      const { sheet, sources } = await computed(inputOf(db, ctx.scope, month, ctx.locale))
      return { sheet: await seenSheet(db, ctx, sheet), sources: () => sources(mostOfEach) }
    }
    const people = kept.people.filter((person) => inScope(ctx.scope, person.userId))
    const sheet = await seenSheet(db, ctx, { ...kept, people })
    return { sheet, sources: () => lockedSources(db, month, ctx.scope) }
  }

  return {
    ...createTargetsService(deps),
    ...createEntriesService(deps),
    ...createSignedService(deps, monthOf),
    ...createRankingService(deps, openSheet),
    ...createHistoryService(deps),
    schemes: createSchemesService(deps),
    year: createYearService(deps),
    spread: createSpreadService(deps),
    figures: createFiguresImport(deps),
    review: createReviewsService(deps, scopeFor),
    correction: createCorrectionsService(deps),
    proposal: createProposalsService(deps),
    chain: createChainService(deps),
    cycle: createCycleService(deps, openSheet),
    extra: createExtrasService(deps),
    form: createFormsService(deps),
    bonus: createBonusService(deps, monthOf, scopeFor),

    async sheet(ctx: CallContext, month: PlainMonth) {
      const { sheet } = await monthOf(deps.store.read, ctx, month)
      const calendar = makeCalendar((await readSetting(deps.store.read, 'workCalendar')).value)
      return { ...sheet, lockBy: lockDay(calendar, month) }
    },

    async sourceRows(
      ctx: CallContext,
      asked: { month: PlainMonth; userId: string; indicator: Indicator },
    ): Promise<SourceRow[]> {
      const db = deps.store.read
      const { month, userId, indicator } = asked
      assertInScope(ctx.scope, userId, 'user')
      if ((await lockedAmong(db, [month])).size > 0) return lockedRows(db, asked)
      const scope = makeScope.users([userId])
      const [person] = await appraisedPeople(db, scope)
      const planOf = await planBook(db, [month])
      if (!person) return []
      const plan = planOf(person, month)
      const item = plan.items.find((one) => one.indicator === indicator)
      return item ? figureRows(inputOf(db, scope, month, ctx.locale), userId, plan, item) : []
    },

    async lock(
      ctx: CallContext,
      { month, despiteAppeals }: { month: PlainMonth; despiteAppeals?: boolean | undefined },
    ) {
      if (endOfMonth(month) >= deps.clock.today()) throw refuse('PERFORMANCE_NOT_OVER')
      return deps.store.write(ctx.actor, async (uow) => {
        await assertOpen(uow.db, month)
        // The whole firm's month is locked, whoever locks it; its rows keep the firm's own language.
        const { locale } = (await readSetting(uow.db, 'preferences')).value
        const input = inputOf(uow.db as unknown as Reader, makeScope.all(), month, locale)
        const found = await computed({ ...input, closing: true })
        const sheet = { ...found.sheet, locked: true, lockedAt: uow.now }
        const appealed = sheet.people.filter(({ standing }) => standing?.state === 'appealed').length
        if (appealed > 0 && despiteAppeals !== true) throw refuse('PERFORMANCE_APPEALED')
        const sources = (await found.sources()).map(({ rest: _none, ...figure }) => figure)
        await uow.db
          .insertInto('performance_months')
          .values({
            month,
            locked_at: uow.now,
            locked_by: uow.actor.userId,
            snapshot: JSON.stringify({ sheet, sources }),
          })
          .execute()
        await keepBonuses(uow, sheet)
        await endCycle(uow, sheet)
        const after = {
          appealed,
          people: sheet.people.map((p) => ({ userId: p.userId, total: p.total, rank: p.rank })),
        }
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
          const { sheet, sources } = await monthOf(db, ctx, month)
          const totals = totalsPicture(sheet.people, t)
          const drawing = drawPictures(deps, totals ? [totals] : [], job.signal)
          const [rows, pictures] = await Promise.all([sources(), drawing])
          // Amounts stand in the workbook of whoever sees everybody's, and in nobody else's.
          const seesAll = (await scopeFor(ctx, 'bonuses.read'))?.kind === 'all'
          job.step('jobs:steps.file', 0, 1)
          const model = performanceWorkbook(
            {
              sheet,
              partial: ctx.scope.kind !== 'all',
              firmName: (await readSetting(db, 'firm')).value.name,
              createdAt: deps.clock.now(),
              sources: rows,
              bonus: seesAll ? (await bonusLines(db, sheet)).lines : [],
              anchor: await auditAnchor(db),
              pictures,
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
          return { people: sheet.people.length }
        },
      })
    },
  }
}
