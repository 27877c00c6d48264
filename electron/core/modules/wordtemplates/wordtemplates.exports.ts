import { makeTranslator } from '#shared/i18n/translate.ts'
import type { TemplateFilters, TemplateRow, TemplateSort } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { countTemplates, listTemplates } from './wordtemplates.repo.ts'

const PAGE = 200

interface Asked {
  readonly text?: string | undefined
  readonly filters: TemplateFilters
  readonly sort: { readonly key: TemplateSort; readonly dir: 'asc' | 'desc' }
  readonly format: 'xlsx' | 'csv'
}

/** The list of templates as a table. */
export function createWordExports(deps: CoreDeps) {
  return {
    async exportRows(ctx: CallContext, input: Asked) {
      const t = makeTranslator(ctx.locale)
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({ action: 'wordtemplates.export', entity: 'wordTemplate', entityId: 'list', after: input })
      })
      return deps.jobs.start(ctx, {
        kind: 'wordtemplates.export',
        steps: [
          { key: 'jobs:steps.rows', weight: 3 },
          { key: 'jobs:steps.file', weight: 1 },
        ],
        run: async (job) => {
          const asked = { day: deps.clock.today(), text: input.text, filters: input.filters }
          const count = await countTemplates(deps.store.read, asked)
          const rows: TemplateRow[] = []
          let cursor: string | null = null
          do {
            job.step('jobs:steps.rows', Math.min(rows.length, count), count)
            const page: Awaited<ReturnType<typeof listTemplates>> = await listTemplates(deps.store.read, asked, {
              sort: input.sort,
              cursor,
              limit: PAGE,
            })
            rows.push(...page.rows)
            cursor = page.nextCursor
          } while (cursor !== null)
          job.step('jobs:steps.file', 0, 1)
          const title = t('wordtemplates:title')
          const table = { nameParts: [title], sheet: title, format: input.format, columns: columns(t) }
          return exportTable(deps, job, table, rows)
        },
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<TemplateRow>[] {
  const text = (field: string, width: number, value: (row: TemplateRow) => string): ExportColumn<TemplateRow> => ({
    head: t(`wordtemplates:columns.${field}`),
    width,
    format: 'text',
    value,
  })
  const count = (field: 'unknown' | 'broken' | 'missing'): ExportColumn<TemplateRow> => ({
    head: t(`wordtemplates:columns.${field}`),
    width: 10,
    format: 'count',
    value: (row) => row[field],
  })
  return [
    text('name', 32, (row) => row.name),
    text('kind', 14, (row) => t(`contracts:kinds.${row.kind}`)),
    text('language', 12, (row) => t(`contracts:languages.${row.language}`)),
    text('standing', 12, (row) => t(`wordtemplates:standings.${row.standing}`)),
    { ...text('no', 8, () => ''), format: 'count', value: (row) => row.no },
    { ...text('validFrom', 12, () => ''), format: 'day', value: (row) => row.validFrom },
    { ...text('draftNo', 10, () => ''), format: 'count', value: (row) => row.draftNo },
    count('unknown'),
    count('broken'),
    count('missing'),
    text('updatedBy', 12, (row) => row.updatedByName),
  ]
}
