import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { ContractDocumentInput } from '#shared/modules/contracts/contracts.documents.ts'
import type { PrintFormat, PrintVariant } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { isUnchanged, redlineContract } from '#shared/modules/contracts/contracts.redline.ts'
import { party, type ContractDraft } from '#shared/modules/contracts/contracts.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { readableContract } from './contracts.current.ts'
import { ledgerFilters, type LedgerFilters } from './contracts.ledger.ts'
import { contractFileName, contractModel, putPrinted } from './contracts.print.ts'
import { fieldsOf, sellerOf, type ContractRecord } from './contracts.records.ts'
import { findParts, listContracts, sumContracts, toContractRow, type ContractSort } from './contracts.repo.ts'
import { isCleared } from './contracts.submit.ts'
import { templateAsk, type TemplateSource } from './contracts.templates.ts'

interface PreviewInput {
  readonly id: string | null
  readonly fields: ContractDraft | null
  readonly variant: PrintVariant
  readonly format: PrintFormat
}

/** Whether what is typed is what is stored. */
function alike(typed: ContractDraft, stored: ContractDraft): boolean {
  const { dealId = null, renewsId = null } = typed
  return isUnchanged(redlineContract(stored, { ...typed, dealId, renewsId }))
}

/** What is printed, of which day, and the stored contract where it is printed as it stands. */
interface Source {
  readonly data: ContractDocumentInput
  readonly day: string
  readonly record: ContractRecord | null
}

type Row = ReturnType<typeof toContractRow>

/** What contracts leave on paper: the contract itself and the list. */
export function createContractPapers(deps: CoreDeps, template: TemplateSource) {
  /** A stored contract, or what is typed at the moment under the stored one's number. */
  async function source(ctx: CallContext, input: PreviewInput): Promise<Source> {
    const db = deps.store.read
    const day = deps.clock.today()
    const firm = (await readSetting(db, 'firm')).value
    const own = { seller: sellerOf(firm), sealName: firm.sealName }
    if (input.id === null) {
      if (input.fields === null) throw refuse('NOT_FOUND', { entity: 'contract' })
      return { data: { ...own, fields: input.fields, number: '', state: 'draft', signDay: null }, day, record: null }
    }
    const record = await readableContract(db, ctx.scope, input.id)
    const stored = fieldsOf(record, await findParts(db, record.id))
    const typed = record.state === 'draft' ? input.fields : null
    const asStored = typed === null || alike(typed, stored)
    const data: ContractDocumentInput = {
      seller: record.seller ? party.parse(JSON.parse(record.seller)) : own.seller,
      sealName: own.sealName,
      fields: typed ?? stored,
      number: record.number,
      state: record.state,
      signDay: record.sign_day,
      cleared: record.state === 'draft' && asStored && (await isCleared(db, record, day)),
    }
    return { data, day: record.sign_day ?? day, record: asStored ? record : null }
  }

  return {
    async preview(ctx: CallContext, input: PreviewInput) {
      const { data, day, record } = await source(ctx, input)
      const ask = templateAsk(record, data.fields, deps.clock.today())
      const wording = (language: Locale) => template(deps.store.read, { ...ask, language })
      const model = await contractModel(wording, data, input.variant)
      return putPrinted(deps, ctx, { model, name: contractFileName(data, day, input), format: input.format })
    },

    async exportRows(ctx: CallContext, input: ListAsked<ContractSort, LedgerFilters>) {
      const t = makeTranslator(ctx.locale)
      const db = deps.store.read
      return exportList<Row>(deps, ctx, {
        kind: 'contracts.export',
        audit: { action: 'contracts.export', entity: 'contract', entityId: 'list', after: input },
        title: t('contracts:list.title'),
        format: input.format,
        columns: columns(t),
        sum: { label: t('contracts:list.sum'), columns: [6, 7, 8] },
        open: async () => {
          const filters = await ledgerFilters(db, deps.clock, input.filters)
          const { count } = await sumContracts(db, ctx.scope, input.text, filters)
          return {
            count: Number(count),
            page: async (at) => {
              const { rows, nextCursor } = await listContracts(db, ctx.scope, { ...input, filters, ...at })
              const owners = await userBriefs(
                db,
                rows.map((row) => row.owner_id),
              )
              return { rows: rows.map((row) => toContractRow(row, owners.get(row.owner_id)?.name ?? '')), nextCursor }
            },
          }
        },
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<Row>[] {
  const head = (key: string) => t(`contracts:columns.${key}`)
  return [
    { head: head('number'), width: 16, format: 'text', value: (row) => row.number },
    { head: head('title'), width: 28, format: 'text', value: (row) => row.title },
    { head: head('buyerName'), width: 28, format: 'text', value: (row) => row.buyerName },
    { head: head('stage'), width: 10, format: 'text', value: (row) => t(`contracts:stages.${row.stage}`) },
    { head: head('signDay'), width: 12, format: 'day', value: (row) => row.signDay },
    { head: head('endDay'), width: 12, format: 'day', value: (row) => row.endDay },
    { head: head('amount'), width: 16, format: 'yuan', value: (row) => row.amount },
    { head: head('settled'), width: 16, format: 'yuan', value: (row) => row.settled },
    { head: head('outstanding'), width: 16, format: 'yuan', value: (row) => row.outstanding },
    { head: head('ownerName'), width: 12, format: 'text', value: (row) => row.ownerName },
  ]
}
