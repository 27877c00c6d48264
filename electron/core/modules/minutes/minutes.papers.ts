import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { minutesDocument } from '#shared/modules/minutes/minutes.documents.ts'
import type { MinutesFilters, MinutesRow, MinutesSort } from '#shared/modules/minutes/minutes.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { countMinutes, findMinutes, listMinutes } from './minutes.repo.ts'
import { minutesView } from './minutes.service.ts'

interface ExportInput {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string | undefined
  readonly filters: MinutesFilters
  readonly sort: { readonly key: MinutesSort; readonly dir: 'asc' | 'desc' }
}

const PAGE = 200

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

    async exportRows(ctx: CallContext, input: ExportInput) {
      const t = makeTranslator(ctx.locale)
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      const total = (await countMinutes(store.read, asked)).count
      await store.write(withoutReplay(ctx.actor), async (uow) => {
        const after = { rows: total, filters: input.filters, text: input.text ?? '' }
        await uow.audit({ action: 'minutes.export', entity: 'export', entityId: 'list', after })
      })
      return deps.jobs.start(ctx, {
        kind: 'minutes.export',
        steps: [
          { key: 'jobs:steps.rows', weight: 2 },
          { key: 'jobs:steps.file', weight: 1 },
        ],
        async run(job) {
          const rows: MinutesRow[] = []
          let cursor: string | null = null
          do {
            const page: Awaited<ReturnType<typeof listMinutes>> = await listMinutes(store.read, asked, {
              sort: input.sort,
              limit: PAGE,
              cursor,
            })
            rows.push(...page.rows)
            cursor = page.nextCursor
            job.step('jobs:steps.rows', Math.min(rows.length, total), total)
          } while (cursor !== null)
          job.step('jobs:steps.file', 0, 1)
          const title = t('minutes:title')
          const table = { nameParts: [title], sheet: title, format: input.format, columns: columns(t) }
          return exportTable(deps, job, table, rows)
        },
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
