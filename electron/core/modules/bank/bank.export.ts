import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import type { LineFilters, LineRow, LineSort } from '#shared/modules/bank/bank.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import type { createBankLines } from './bank.lines.ts'

interface Asked {
  readonly text?: string | undefined
  readonly filters: LineFilters
  readonly sort: { readonly key: LineSort; readonly dir: 'asc' | 'desc' }
  readonly format: 'xlsx' | 'csv'
}

const PAGE = 200

/** The lines as a file, as they are filtered and sorted on the page. */
export function createBankExport(deps: CoreDeps, lines: ReturnType<typeof createBankLines>) {
  return {
    async lines(ctx: CallContext, input: Asked) {
      const t = makeTranslator(ctx.locale)
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({ action: 'bank.export', entity: 'bankLine', entityId: 'list', after: input })
      })
      return deps.jobs.start(ctx, {
        kind: 'bank.export',
        steps: [
          { key: 'jobs:steps.rows', weight: 3 },
          { key: 'jobs:steps.file', weight: 1 },
        ],
        run: async (job) => {
          const { count } = await lines.summary(ctx, input)
          const rows: LineRow[] = []
          let cursor: string | null = null
          do {
            job.step('jobs:steps.rows', Math.min(rows.length, count), count)
            const page: { rows: LineRow[]; nextCursor: string | null } = await lines.list(ctx, {
              ...input,
              cursor,
              limit: PAGE,
            })
            rows.push(...page.rows)
            cursor = page.nextCursor
          } while (cursor !== null)
          job.step('jobs:steps.file', 0, 1)
          const title = t('bank:lines.title')
          const sum = { label: t('bank:sum'), columns: [6, 7] }
          const { format } = input
          return exportTable(deps, job, { nameParts: [title], sheet: title, format, columns: columns(t), sum }, rows)
        },
      })
    },
  }
}

function columns(t: Translate): ExportColumn<LineRow>[] {
  const head = (key: string) => t(`bank:columns.${key}`)
  return [
    { head: head('day'), width: 12, format: 'day', value: (row) => row.day },
    { head: head('account'), width: 16, format: 'text', value: (row) => row.accountName },
    { head: head('payerName'), width: 30, format: 'text', value: (row) => row.payerName },
    { head: head('payerAccount'), width: 14, format: 'text', value: (row) => row.payerAccount },
    { head: head('text'), width: 36, format: 'text', value: (row) => row.text },
    { head: head('reference'), width: 20, format: 'text', value: (row) => row.reference },
    { head: head('amount'), width: 16, format: 'yuan', value: (row) => row.amount },
    { head: head('left'), width: 16, format: 'yuan', value: (row) => row.left },
    { head: head('stage'), width: 14, format: 'text', value: (row) => t(`bank:stages.${row.stage}`) },
    { head: head('customer'), width: 30, format: 'text', value: (row) => row.customerName },
  ]
}
