import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { minutesDocument } from '#shared/modules/minutes/minutes.documents.ts'
import type { MinutesFilters, MinutesRow, MinutesSort } from '#shared/modules/minutes/minutes.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { countMinutes, findMinutes, listMinutes } from './minutes.repo.ts'
import { minutesView } from './minutes.service.ts'

/** What minutes leave on paper: the minutes themselves, and the list. */
export function createMinutesPapers(deps: CoreDeps) {
  const { store } = deps
  return {
    async preview(ctx: CallContext, id: string) {
      const record = await findMinutes(store.read, ctx.scope, id)
      if (!record) throw refuse('NOT_FOUND', { entity: 'minutes' })
      const minutes = await minutesView(store.read, record, false)
      const firm = (await readSetting(store.read, 'firm')).value
      const t = makeTranslator(minutes.language)
      const model = minutesDocument({ minutes, firmName: firm.name, sealName: firm.sealName }, t)
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const name = documentName([t('minutes:document.file'), minutes.number, minutes.customerName], 'pdf')
      const { fileId } = deps.files.putTemporary(ctx.actor.userId ?? '', { name, mime: 'application/pdf', bytes })
      return { fileId, name }
    },

    async exportRows(ctx: CallContext, input: ListAsked<MinutesSort, MinutesFilters>) {
      const t = makeTranslator(ctx.locale)
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      const { count } = await countMinutes(store.read, asked)
      return exportList<MinutesRow>(deps, ctx, {
        kind: 'minutes.export',
        audit: listAudit('minutes.export', input, count),
        title: t('minutes:title'),
        format: input.format,
        columns: columns(t),
        open: async () => ({ count, page: (at) => listMinutes(store.read, asked, { sort: input.sort, ...at }) }),
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<MinutesRow>[] {
  const text = (field: string, width: number, value: (row: MinutesRow) => string): ExportColumn<MinutesRow> => ({
    head: t(`minutes:columns.${field}`),
    width,
    format: 'text',
    value,
  })
  return [
    text('number', 16, (row) => row.number),
    { ...text('day', 12, (row) => row.day), format: 'day' },
    text('subject', 32, (row) => row.subject),
    text('customer', 28, (row) => row.customerName),
    text('deal', 28, (row) => `${row.dealNumber} ${row.dealName}`),
    text('place', 24, (row) => row.place),
    text('state', 10, (row) => t(`minutes:states.${row.state}`)),
    { head: t('minutes:columns.openItems'), width: 10, format: 'count', value: (row) => row.openItems },
    { head: t('minutes:columns.nextItems'), width: 10, format: 'count', value: (row) => row.nextItems },
    text('owner', 12, (row) => row.ownerName),
  ]
}
