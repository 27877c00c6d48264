import { makeTranslator } from '#shared/i18n/translate.ts'
import { columnTitle, SHEET_COLUMNS, toSheetRow, type SheetRow } from '#shared/modules/customers/customers.sheet.ts'
import type { CustomerFilters } from '#shared/modules/customers/customers.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable } from '#core/kernel/table-export.ts'
import { findCustomer, listCustomers, toCustomerRow, type CustomerSort } from './customers.repo.ts'

export interface CustomerExport {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string | undefined
  readonly filters: CustomerFilters
  readonly sort: { readonly key: CustomerSort; readonly dir: 'asc' | 'desc' }
}

const PAGE = 200
const WIDE: ReadonlySet<string> = new Set(['name', 'uscc', 'address', 'needs', 'note', 'contactEmail'])

/** Everything the view shows as a sheet that can be imported again; recorded with who, filter and how many rows. */
export function exportCustomers(deps: CoreDeps, ctx: CallContext, input: CustomerExport): { jobId: string } {
  const t = makeTranslator(ctx.locale)
  return deps.jobs.start(ctx, {
    kind: 'customers.export',
    steps: [
      { key: 'jobs:steps.rows', weight: 3 },
      { key: 'jobs:steps.file', weight: 1 },
    ],
    async run(job) {
      const rows: SheetRow[] = []
      let cursor: string | null = null
      do {
        const page = await listCustomers(deps.store.read, ctx.scope, { ...input, limit: PAGE, cursor })
        for (const row of page.rows) {
          const found = await findCustomer(deps.store.read, row.id)
          if (!found) continue
          const contact = found.contacts.find((c) => c.is_primary === 1) ?? found.contacts[0]
          const { size, address, website, needs, note } = found.raw
          const full = { ...toCustomerRow(found.raw), size, address, website, needs, note }
          rows.push(toSheetRow(full, contact, t))
        }
        cursor = page.nextCursor
        job.step('jobs:steps.rows', rows.length, cursor === null ? rows.length : rows.length + PAGE)
      } while (cursor !== null)
      job.step('jobs:steps.file', 0, 1)
      const done = await exportTable(
        deps,
        job,
        {
          nameParts: [t('customers:title')],
          sheet: t('customers:title'),
          format: input.format,
          columns: SHEET_COLUMNS.map((column) => ({
            head: columnTitle(t, column),
            width: WIDE.has(column) ? 32 : 14,
            format: 'text',
            value: (row: SheetRow) => row[column],
          })),
        },
        rows,
      )
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({
          action: 'customers.export',
          entity: 'export',
          entityId: job.id,
          after: { rows: rows.length, filters: input.filters, text: input.text ?? '' },
        })
      })
      job.step('jobs:steps.file', 1, 1)
      return done
    },
  })
}
