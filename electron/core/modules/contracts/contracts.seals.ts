import { makeTranslator } from '#shared/i18n/translate.ts'
import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { SealFields, SealFilters, SealRow, SealSort } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import { documentNumber } from '#core/kernel/numbering.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { readableContract } from './contracts.current.ts'
import { findSeal, listSeals, sumSeals } from './contracts.seals.repo.ts'
import { assertApproved } from './contracts.submit.ts'

/** Entries of the register are numbered by the year, on their own. */
const NUMBERS = { prefix: 'YY', yearly: true, digits: 4 } as const

interface Asked {
  readonly text?: string | undefined
  readonly filters: SealFilters
}

/** The register of seals: what was sealed, how often, on whose word. */
export function createSeals(deps: CoreDeps) {
  const { store } = deps

  /** Whoever asked and whoever sealed are people of the firm, though they may have left since. */
  async function assertPeople(uow: UnitOfWork, input: SealFields): Promise<void> {
    const known = await userBriefs(uow.db, [input.askedBy, input.sealedBy])
    const unknown = (['askedBy', 'sealedBy'] as const).filter((field) => !known.has(input[field]))
    if (unknown.length > 0) {
      throw invalid(unknown.map((field) => ({ path: [field], key: 'contracts:errors.person' })))
    }
  }

  return {
    list: (ctx: CallContext, input: PageInput<SealSort, SealFilters>) =>
      listSeals(store.read, { scope: ctx.scope, text: input.text, filters: input.filters }, input),

    summary: (ctx: CallContext, input: Asked) => sumSeals(store.read, { ...input, scope: ctx.scope }),

    /** Only what is signed, or may be signed as it stands, is sealed. */
    record: (ctx: CallContext, input: SealFields & { id: string }) =>
      store.write(ctx.actor, async (uow) => {
        const contract = await readableContract(uow.db, ctx.scope, input.id)
        if (contract.state === 'void') throw refuse('CONTRACT_STATE', { state: contract.state })
        if (contract.state === 'draft') await assertApproved(uow, contract, uow.today)
        if (input.day > uow.today) throw refuse('CONTRACT_SEAL_DAY')
        await assertPeople(uow, input)
        const year = uow.today.slice(0, 4)
        const number = documentNumber(NUMBERS, year, await uow.nextNumber(`seal:${year}`))
        const id = newId()
        await uow.db
          .insertInto('contract_seals')
          .values({
            id,
            version: 0,
            number,
            contract_id: contract.id,
            seal: input.seal,
            document: input.document,
            document_name: input.documentName,
            copies: input.copies,
            pages: input.pages,
            asked_by: input.askedBy,
            sealed_by: input.sealedBy,
            seal_day: input.day,
            purpose: input.purpose,
            search_text: buildSearchText(input.purpose, [number, input.documentName]),
            recorded_by: uow.actor.userId ?? '',
            recorded_at: uow.now,
            cancelled_at: null,
            cancelled_by: null,
            cancel_reason: '',
          })
          .execute()
        const { id: contractId, ...fields } = input
        const after = { number, contractId, contract: contract.number, ...fields }
        await uow.audit({ action: 'contracts.seal', entity: 'seal', entityId: id, after })
        uow.changed('contracts', contract.id)
        return { id, version: 0, number }
      }),

    cancel: (ctx: CallContext, input: { id: string; version: number; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const row = await findSeal(uow.db, ctx.scope, input.id)
        if (!row) throw refuse('NOT_FOUND', { entity: 'seal' })
        if (row.cancelled_at !== null) throw refuse('CONTRACT_SEAL_CANCELLED')
        if (row.version !== input.version) throw refuse('STALE', { current: { version: row.version } })
        const version = row.version + 1
        await uow.db
          .updateTable('contract_seals')
          .set({ cancelled_at: uow.now, cancelled_by: uow.actor.userId, cancel_reason: input.reason, version })
          .where('id', '=', row.id)
          .execute()
        await uow.audit({
          action: 'contracts.sealCancel',
          entity: 'seal',
          entityId: row.id,
          before: { number: row.number, seal: row.seal, copies: row.copies },
          after: { reason: input.reason },
        })
        uow.changed('contracts', row.contract_id)
        return { id: row.id, version }
      }),

    exportRows(ctx: CallContext, input: ListAsked<SealSort, SealFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<SealRow>(deps, ctx, {
        kind: 'contracts.seals',
        audit: { action: 'contracts.sealExport', entity: 'seal', entityId: 'list', after: input },
        title: t('contracts:seals.title'),
        format: input.format,
        columns: columns(t),
        open: async () => {
          const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
          const { count } = await sumSeals(store.read, asked)
          return { count, page: (at) => listSeals(store.read, asked, { sort: input.sort, ...at }) }
        },
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<SealRow>[] {
  const text = (field: string, width: number, value: (row: SealRow) => string): ExportColumn<SealRow> => ({
    head: t(`contracts:seals.columns.${field}`),
    width,
    format: 'text',
    value,
  })
  const number = (field: 'copies' | 'pages'): ExportColumn<SealRow> => ({
    head: t(`contracts:seals.columns.${field}`),
    width: 8,
    format: 'count',
    value: (row) => row[field],
  })
  return [
    text('number', 16, (row) => row.number),
    { ...text('day', 12, (row) => row.day), format: 'day' },
    text('seal', 14, (row) => t(`contracts:seals.kinds.${row.seal}`)),
    text('contract', 16, (row) => row.contractNumber),
    text('buyerName', 28, (row) => row.buyerName),
    text('document', 14, (row) => t(`contracts:seals.documents.${row.document}`)),
    text('documentName', 24, (row) => row.documentName),
    number('copies'),
    number('pages'),
    text('purpose', 28, (row) => row.purpose),
    text('askedBy', 12, (row) => row.askedByName),
    text('sealedBy', 12, (row) => row.sealedByName),
    text('recordedBy', 12, (row) => row.recordedByName),
    text('state', 10, (row) => t(`contracts:seals.states.${row.cancelled === null ? 'valid' : 'cancelled'}`)),
    text('reason', 24, (row) => row.cancelled?.reason ?? ''),
  ]
}
