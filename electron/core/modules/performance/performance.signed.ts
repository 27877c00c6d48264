import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { formatMoment, shiftMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { ratesPicture, trendPicture } from '#shared/modules/performance/performance.charts.ts'
import type { MonthSheet } from '#shared/modules/performance/performance.schema.ts'
import { signedDocument } from '#shared/modules/performance/performance.signed.documents.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader } from '#core/store/store.ts'
import { appealsOf } from './performance.cycle.repo.ts'
import { lockedTotals } from './performance.history.ts'
import { auditAnchor } from './performance.months.ts'
import { drawPictures } from './performance.pictures.ts'

/** So many months, the printed one included, stand in the trend. */
const TREND_MONTHS = 12

/** The month of the people in the caller's scope: as it was locked and corrected, or as it is now. */
export type MonthFor = (db: Reader, ctx: CallContext, month: PlainMonth) => Promise<{ readonly sheet: MonthSheet }>

/** The month on paper, to be signed: one person, or everybody in the scope in one file. */
export function createSignedService(deps: CoreDeps, monthOf: MonthFor) {
  const { store, clock, workers } = deps

  async function documentsOf(ctx: CallContext, month: PlainMonth, userId: string | null, signal: AbortSignal) {
    const db = store.read
    const t = makeTranslator(ctx.locale)
    const { sheet } = await monthOf(db, ctx, month)
    const people = sheet.people.filter((person) => userId === null || person.userId === userId)
    if (people.length === 0) throw refuse('NOT_FOUND', { entity: 'user' })
    const appeals = await appealsOf(db, ctx.scope, month)
    const shared = {
      language: ctx.locale,
      firmName: (await readSetting(db, 'firm')).value.name,
      month,
      lockedAt: sheet.lockedAt === null ? null : formatMoment(sheet.lockedAt, clock.zone),
      noRank: sheet.locked ? ('rankHidden' as const) : ('rankLater' as const),
      printedDay: clock.today(),
      anchor: await auditAnchor(db),
    }
    const totals = await lockedTotals(db, people, shiftMonth(month, 1 - TREND_MONTHS), month)
    const pictures = people.map(({ userId: of, indicators }) =>
      [ratesPicture(indicators, t), trendPicture(totals.get(of) ?? [], t)].filter((one) => one !== null),
    )
    const drawn = await drawPictures(deps, pictures.flat(), signal)
    const documents = people.map((person, i) => {
      const appealed = appeals.filter((one) => one.userId === person.userId)
      const own = drawn.splice(0, pictures[i]?.length ?? 0)
      return signedDocument({ ...shared, person, appeals: appealed, pictures: own }, t)
    })
    const [only] = userId === null ? [] : people
    const name = documentName([t('performance:signed.title'), month, ...(only ? [only.userName] : [])], 'pdf')
    return { documents, name }
  }

  return {
    /** Throws NOT_FOUND for somebody outside the scope. */
    signed(ctx: CallContext, { month, userId }: { month: PlainMonth; userId: string | null }) {
      if (userId !== null) assertInScope(ctx.scope, userId, 'user')
      return deps.jobs.start(ctx, {
        kind: 'performance.signed',
        steps: [
          { key: 'jobs:steps.rows', weight: 1 },
          { key: 'jobs:steps.file', weight: 2 },
        ],
        run: async (job) => {
          job.step('jobs:steps.rows', 0, 1)
          const { documents, name } = await documentsOf(ctx, month, userId, job.signal)
          job.step('jobs:steps.file', 0, 1)
          const bytes = await workers.run('pdf-batch', { documents }, { signal: job.signal })
          await store.write(withoutReplay(ctx.actor), async (uow) => {
            const after = { people: documents.length, userId, signed: true }
            await uow.audit({ action: 'performance.export', entity: 'export', entityId: month, after })
          })
          await job.addFile({ name, mime: 'application/pdf', bytes })
          job.step('jobs:steps.file', 1, 1)
          return { people: documents.length }
        },
      })
    },
  }
}
