import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { party } from '#shared/modules/contracts/contracts.schema.ts'
import { quotationDocument, type QuotationDocumentInput } from '#shared/modules/quotations/quotations.documents.ts'
import { validUntilOf } from '#shared/modules/quotations/quotations.rules.ts'
import type {
  QuotationFields,
  QuotationFilters,
  QuotationRow,
  QuotationSort,
} from '#shared/modules/quotations/quotations.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { customerParties } from '#core/modules/customers/customers.api.ts'
import { dealInScope } from '#core/modules/deals/deals.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { customerSide, fieldsOfVersion, firmSide, toQuotationRow } from './quotations.records.ts'
import { findLines, findQuotation, findVersions, listQuotations, sumQuotations } from './quotations.repo.ts'

type PreviewInput =
  | { readonly id: string; readonly no: number; readonly language: Locale | null }
  | { readonly dealId: string; readonly fields: QuotationFields }

/** What quotations leave on paper: the offer itself, and the list. */
export function createQuotationPapers(deps: CoreDeps) {
  const { store } = deps

  async function sides(customerId: string) {
    const firm = (await readSetting(store.read, 'firm')).value
    const customer = (await customerParties(store.read, [customerId])).get(customerId)
    if (!customer) throw refuse('NOT_FOUND', { entity: 'customer' })
    return { seller: firmSide(firm), sealName: firm.sealName, buyer: customerSide(customer) }
  }

  async function nameOf(userId: string): Promise<string> {
    return (await userBriefs(store.read, [userId])).get(userId)?.name ?? ''
  }

  /** A stored version with both sides as they were when it went out, or what is typed for a deal. */
  async function source(ctx: CallContext, input: PreviewInput): Promise<QuotationDocumentInput> {
    const today = deps.clock.today()
    if ('fields' in input) {
      const deal = await dealInScope(store.read, ctx.scope, input.dealId)
      return {
        ...(await sides(deal.customerId)),
        fields: input.fields,
        number: '',
        no: 1,
        state: 'draft',
        day: today,
        validUntil: validUntilOf(input.fields, today),
        contactName: await nameOf(deal.ownerId),
      }
    }
    const quotation = await findQuotation(store.read, ctx.scope, input.id)
    const version = quotation && (await findVersions(store.read, quotation.id)).find(({ no }) => no === input.no)
    if (!version) throw refuse('NOT_FOUND', { entity: 'quotation' })
    const stored = fieldsOfVersion(version, (await findLines(store.read, [version.id])).get(version.id) ?? [])
    const own = await sides(quotation.customer_id)
    return {
      sealName: own.sealName,
      seller: version.seller ? party.parse(JSON.parse(version.seller)) : own.seller,
      buyer: version.buyer ? party.parse(JSON.parse(version.buyer)) : own.buyer,
      fields: input.language === null ? stored : { ...stored, language: input.language },
      number: quotation.number,
      no: version.no,
      state: version.state,
      day: version.sent_day ?? today,
      validUntil: version.valid_until ?? validUntilOf(stored, today),
      contactName: await nameOf(quotation.owner_id),
    }
  }

  return {
    async preview(ctx: CallContext, input: PreviewInput) {
      const data = await source(ctx, input)
      const t = makeTranslator(data.fields.language)
      const model = quotationDocument(data, t)
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const parts = [t('quotations:document.file'), data.number, data.buyer.name]
      const name = documentName(
        parts.filter((part) => part !== ''),
        'pdf',
      )
      const { fileId } = deps.files.putTemporary(ctx.actor.userId ?? '', { name, mime: 'application/pdf', bytes })
      return { fileId, name }
    },

    async exportRows(ctx: CallContext, input: ListAsked<QuotationSort, QuotationFilters>) {
      const t = makeTranslator(ctx.locale)
      const today = deps.clock.today()
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters, today }
      const { count } = await sumQuotations(store.read, asked)
      return exportList<QuotationRow>(deps, ctx, {
        kind: 'quotations.export',
        audit: listAudit('quotations.export', input, count),
        title: t('quotations:title'),
        format: input.format,
        columns: columns(t),
        sum: { label: t('quotations:sum'), columns: [7] },
        open: async () => ({
          count,
          page: async (at) => {
            const { rows, nextCursor } = await listQuotations(store.read, asked, { sort: input.sort, ...at })
            return { rows: rows.map((row) => toQuotationRow(row, today)), nextCursor }
          },
        }),
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<QuotationRow>[] {
  const text = (field: string, width: number, value: (row: QuotationRow) => string): ExportColumn<QuotationRow> => ({
    head: t(`quotations:columns.${field}`),
    width,
    format: 'text',
    value,
  })
  return [
    text('number', 16, (row) => row.number),
    { head: t('quotations:columns.no'), width: 8, format: 'count', value: (row) => row.no },
    text('title', 28, (row) => row.title),
    text('customer', 28, (row) => row.customerName),
    text('deal', 28, (row) => `${row.dealNumber} ${row.dealName}`),
    text('stage', 10, (row) => t(`quotations:stages.${row.stage}`)),
    { ...text('sentDay', 12, (row) => row.sentDay ?? ''), format: 'day' },
    { head: t('quotations:columns.amount'), width: 16, format: 'yuan', value: (row) => row.amount },
    { ...text('validUntil', 12, (row) => row.validUntil ?? ''), format: 'day' },
    text('owner', 12, (row) => row.ownerName),
  ]
}
