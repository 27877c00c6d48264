import { makeTranslator } from '#shared/i18n/translate.ts'
import { addDays, addMonths, endOfMonth, monthOf, shiftMonth, type PlainDay } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { receivablesWorkbook, type ReportRow } from '#shared/modules/receivables/receivables.documents.ts'
import { daysSalesOutstanding } from '#shared/modules/receivables/receivables.figures.rules.ts'
import { DSO_DAYS } from '#shared/modules/receivables/receivables.report.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { readAll } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { XLSX } from '#core/kernel/table-export.ts'
import type { createAgeingService } from './ageing.service.ts'
import type { createReceivableFigures } from './figures.service.ts'

/** Rows read at once: nobody waits for the first of them. */
const PAGE = 5000
/** Limitations that end within so many months are listed. */
const LIMITATION_MONTHS = 12

/** The receivables report for finance: one workbook as of a day. */
export function createReceivablesReport(
  deps: CoreDeps,
  ageing: ReturnType<typeof createAgeingService>,
  figures: ReturnType<typeof createReceivableFigures>,
) {
  return {
    start(ctx: CallContext, asOf: PlainDay) {
      const t = makeTranslator(ctx.locale)
      return deps.jobs.start(ctx, {
        kind: 'receivables.report',
        steps: [
          { key: 'jobs:steps.rows', weight: 3 },
          { key: 'jobs:steps.file', weight: 2 },
        ],
        run: async (job) => {
          const db = deps.store.read
          const asked = { asOf, basis: 'due', of: [] } as const
          const rows = await readAll<ReportRow>(
            (at) => ageing.rows(ctx, { ...asked, ...at }),
            (done) => job.step('jobs:steps.rows', done, 0),
            PAGE,
          )
          const totals = await ageing.totals(ctx, asked)
          const plan = { from: addDays(endOfMonth(shiftMonth(monthOf(asOf), -3)), 1), to: asOf }
          const sales = await figures.salesUpTo(ctx, asOf)
          job.step('jobs:steps.file', 0, 1)
          const model = receivablesWorkbook(
            {
              asOf,
              firmName: (await readSetting(db, 'firm')).value.name,
              createdAt: deps.clock.now(),
              bounds: (await readSetting(db, 'receivables')).value.bounds,
              rows,
              reps: await figures.repsBetween(ctx, plan.from, plan.to),
              plan,
              provision: await figures.provisionFor(asOf, totals),
              sales,
              salesDays: DSO_DAYS,
              dso: daysSalesOutstanding(totals.outstanding, sales, DSO_DAYS),
              advance: totals.advance,
              credits: totals.credits,
              limitationTo: addMonths(asOf, LIMITATION_MONTHS),
            },
            t,
          )
          const bytes = await deps.workers.run('xlsx', model, { signal: job.signal })
          await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
            const after = { report: asOf, rows: rows.length }
            await uow.audit({ action: 'receivables.export', entity: 'receivable', entityId: 'report', after })
          })
          await job.addFile({ name: documentName([t('receivables:report.title'), asOf], 'xlsx'), mime: XLSX, bytes })
          job.step('jobs:steps.file', 1, 1)
          return { rows: rows.length }
        },
      })
    },
  }
}
