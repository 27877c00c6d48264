import { makeTranslator } from '#shared/i18n/translate.ts'
import type { TemplateFilters, TemplateRow, TemplateSort } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { countTemplates, listTemplates } from './wordtemplates.repo.ts'

/** The list of templates as a table. */
export function createWordExports(deps: CoreDeps) {
  return {
    exportRows(ctx: CallContext, input: ListAsked<TemplateSort, TemplateFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<TemplateRow>(deps, ctx, {
        kind: 'wordtemplates.export',
        audit: { action: 'wordtemplates.export', entity: 'wordTemplate', entityId: 'list', after: input },
        title: t('wordtemplates:title'),
        format: input.format,
        columns: columns(t),
        open: async () => {
          const db = deps.store.read
          const asked = { day: deps.clock.today(), text: input.text, filters: input.filters }
          const count = await countTemplates(db, asked)
          return { count, page: (at) => listTemplates(db, asked, { sort: input.sort, ...at }) }
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
