import { makeTranslator } from '#shared/i18n/translate.ts'
import {
  columnTitle,
  SHEET_COLUMNS,
  toSheetRow,
  type SheetColumn,
  type SheetRow,
} from '#shared/modules/customers/customers.sheet.ts'
import type { CustomerFilters } from '#shared/modules/customers/customers.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable } from '#core/kernel/table-export.ts'
import { campaignNames } from './campaigns.repo.ts'
import { countCustomers, findCustomers, listCustomers, toCustomerFields, type CustomerSort } from './customers.repo.ts'

export interface CustomerExport {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string | undefined
  readonly filters: CustomerFilters
  readonly sort: { readonly key: CustomerSort; readonly dir: 'asc' | 'desc' }
}

const PAGE = 200
const WIDE: ReadonlySet<SheetColumn> = new Set([
  'name',
  'uscc',
  'address',
  'needs',
  'note',
  'contactEmail',
  'moreContacts',
])

/** Everything the view shows as a sheet that can be imported again; recorded with who, filter and how many rows. */
export function exportCustomers(deps: CoreDeps, ctx: CallContext, input: CustomerExport): { jobId: string } {
  const t = makeTranslator(ctx.locale)
  const { read } = deps.store
  const today = deps.clock.today()
  const query = { scope: ctx.scope, zone: deps.clock.zone, text: input.text, filters: input.filters, today }
  return deps.jobs.start(ctx, {
    kind: 'customers.export',
    steps: [
      { key: 'jobs:steps.rows', weight: 3 },
      { key: 'jobs:steps.file', weight: 1 },
    ],
    async run(job) {
      const total = await countCustomers(read, query)
      const rows: SheetRow[] = []
      const campaigns = await campaignNames(read)
      let cursor: string | null = null
      do {
        const page = await listCustomers(read, query, { sort: input.sort, limit: PAGE, cursor })
        for (const found of await findCustomers(
          read,
          page.rows.map((row) => row.id),
        )) {
          const { code, owner_name: ownerName } = found.raw
          const campaign = campaigns.get(found.raw.campaign_id ?? '') ?? null
          rows.push(toSheetRow({ ...toCustomerFields(found), code, ownerName, campaignName: campaign }, t))
        }
        cursor = page.nextCursor
        job.step('jobs:steps.rows', Math.min(rows.length, total), total)
      } while (cursor !== null)
      job.step('jobs:steps.file', 0, 1)
      const table = {
        nameParts: [t('customers:title')],
        sheet: t('customers:title'),
        format: input.format,
        columns: SHEET_COLUMNS.map((column) => ({
          head: columnTitle(t, column),
          width: WIDE.has(column) ? 32 : 14,
          format: 'text' as const,
          value: (row: SheetRow) => row[column],
        })),
      }
      const done = await exportTable(deps, job, table, rows)
      await deps.store.write(withoutReplay(ctx.actor), (uow) =>
        uow.audit({
          action: 'customers.export',
          entity: 'export',
          entityId: job.id,
          after: { rows: rows.length, filters: input.filters, text: input.text ?? '' },
        }),
      )
      job.step('jobs:steps.file', 1, 1)
      return done
    },
  })
}
