import { makeTranslator } from '#shared/i18n/translate.ts'
import { fieldsInUse, labelIn } from '#shared/modules/customers/customers.fields.rules.ts'
import type { FieldValues } from '#shared/modules/customers/customers.fields.schema.ts'
import { toFieldCell } from '#shared/modules/customers/customers.fields.sheet.ts'
import { fieldWords } from '#shared/modules/customers/customers.fields.words.ts'
import {
  columnTitle,
  SHEET_COLUMNS,
  toSheetRow,
  type SheetColumn,
  type SheetRow,
} from '#shared/modules/customers/customers.sheet.ts'
import type { CustomerFilters } from '#shared/modules/customers/customers.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { campaignNames } from './campaigns.repo.ts'
import { listFields } from './customers.fields.repo.ts'
import { countCustomers, findCustomers, listCustomers, toCustomerFields, type CustomerSort } from './customers.repo.ts'

export interface CustomerExport {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string | undefined
  readonly filters: CustomerFilters
  readonly sort: { readonly key: CustomerSort; readonly dir: 'asc' | 'desc' }
}

/** A file's own columns and the fields that the firm added. */
interface ExportRow {
  readonly cells: SheetRow
  readonly own: FieldValues
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
      const fields = fieldsInUse(await listFields(read))
      const words = fieldWords(t, ctx.locale)
      const rows: ExportRow[] = []
      const campaigns = await campaignNames(read)
      let cursor: string | null = null
      do {
        const page = await listCustomers(read, query, { sort: input.sort, limit: PAGE, cursor })
        for (const found of await findCustomers(
          read,
          page.rows.map((row) => row.id),
        )) {
          const { code, owner_name: ownerName } = found.raw
          const campaignName = campaigns.get(found.raw.campaign_id ?? '') ?? null
          const cells = toSheetRow({ ...toCustomerFields(found), code, ownerName, campaignName }, t)
          rows.push({ cells, own: found.fields })
        }
        cursor = page.nextCursor
        job.step('jobs:steps.rows', Math.min(rows.length, total), total)
      } while (cursor !== null)
      job.step('jobs:steps.file', 0, 1)
      const table = {
        nameParts: [t('customers:title')],
        sheet: t('customers:title'),
        format: input.format,
        columns: [
          ...SHEET_COLUMNS.map((column): ExportColumn<ExportRow> => ({
            head: columnTitle(t, column),
            width: WIDE.has(column) ? 32 : 14,
            format: 'text',
            value: (row) => row.cells[column],
          })),
          ...fields.map((field): ExportColumn<ExportRow> => ({
            head: labelIn(field.labels, ctx.locale),
            width: field.kind === 'text' ? 24 : 14,
            format: field.kind === 'number' ? 'number' : 'text',
            value: (row) => toFieldCell(field, row.own, words),
          })),
        ],
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
