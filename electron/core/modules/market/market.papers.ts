import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { endOfMonth, startOfMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { digestDocument } from '#shared/modules/market/market.documents.ts'
import type { NoteFilters, NoteRow } from '#shared/modules/market/market.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { countNotes, listNotes, notesBetween, type NoteSort } from './market.repo.ts'
import { noteScopes, shownTo, type ScopeFor } from './market.service.ts'

/** What market notes leave on paper: the digest of a month, and the list. */
export function createMarketPapers(deps: CoreDeps, scopeFor: ScopeFor) {
  const { store } = deps

  return {
    async digest(ctx: CallContext, input: { month: PlainMonth; language: Locale }) {
      const found = await notesBetween(store.read, startOfMonth(input.month), endOfMonth(input.month))
      if (found.length === 0) throw refuse('MARKET_EMPTY')
      const t = makeTranslator(input.language)
      const notes = await shownTo(store.read, await noteScopes(ctx, scopeFor), found)
      const firm = (await readSetting(store.read, 'firm')).value
      await store.write(withoutReplay(ctx.actor), async (uow) => {
        const after = { notes: notes.length }
        await uow.audit({ action: 'market.export', entity: 'export', entityId: input.month, after })
      })
      return deps.jobs.start(ctx, {
        kind: 'market.digest',
        steps: [{ key: 'jobs:steps.file', weight: 1 }],
        async run(job) {
          job.step('jobs:steps.file', 0, 1)
          const model = digestDocument({ ...input, firmName: firm.name, notes }, t)
          const bytes = await deps.workers.run('pdf', model, { signal: job.signal })
          const name = documentName([t('market:digest.file'), input.month], 'pdf')
          await job.addFile({ name, mime: 'application/pdf', bytes })
          job.step('jobs:steps.file', 1, 1)
          return { notes: notes.length }
        },
      })
    },

    async exportRows(ctx: CallContext, input: ListAsked<NoteSort, NoteFilters>) {
      const t = makeTranslator(ctx.locale)
      const scopes = await noteScopes(ctx, scopeFor)
      const query = { text: input.text, filters: input.filters }
      const { count } = await countNotes(store.read, query)
      return exportList<NoteRow>(deps, ctx, {
        kind: 'market.export',
        audit: listAudit('market.export', input, count),
        title: t('market:title'),
        format: input.format,
        columns: columns(t),
        open: async () => ({
          count,
          page: async (at) => {
            const { rows, nextCursor } = await listNotes(store.read, query, { sort: input.sort, ...at })
            return { rows: await shownTo(store.read, scopes, rows), nextCursor }
          },
        }),
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<NoteRow>[] {
  const text = (field: string, width: number, value: (row: NoteRow) => string): ExportColumn<NoteRow> => ({
    head: t(`market:fields.${field}`),
    width,
    format: 'text',
    value,
  })
  return [
    { ...text('day', 12, (row) => row.day), format: 'day' },
    text('competitor', 20, (row) => row.competitor),
    text('product', 20, (row) => row.product),
    { head: t('market:fields.price'), width: 14, format: 'yuan', value: (row) => row.price },
    text('unit', 8, (row) => row.unit),
    text('source', 12, (row) => t(`market:source.${row.source}`)),
    text('content', 60, (row) => row.content),
    text('customerId', 28, (row) => row.customerName),
    text('author', 12, (row) => row.authorName),
    text('addressedId', 12, (row) => row.addressedName),
    text('answer', 12, (row) => t(`market:answer.${row.answer}`)),
    text('answerNote', 40, (row) => row.answerNote),
  ]
}
