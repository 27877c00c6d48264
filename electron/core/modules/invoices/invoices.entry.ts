import { AppError, refuse } from '#shared/kernel/app-error.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { openLines } from '#shared/modules/invoices/invoices.open.rules.ts'
import { invoiceOfFile } from '#shared/modules/invoices/invoices.file.rules.ts'
import { parseFapiao, sumLines } from '#shared/modules/invoices/invoices.rules.ts'
import type { EntryBasis, ReadInvoice } from '#shared/modules/invoices/invoices.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { billedContract } from '#core/modules/contracts/contracts.api.ts'
import { customerInScope, customersLike } from '#core/modules/customers/customers.api.ts'
import { instalmentsOf } from './invoices.place.ts'
import { findByKey, findContractLines } from './invoices.repo.ts'

/** What makes entering an invoice short: the contract's open lines, and the original file. Nothing here writes. */
export function createInvoiceEntry(deps: CoreDeps) {
  const { store, files, workers } = deps

  return {
    async basis(
      ctx: CallContext,
      { customerId, contractId, exceptId }: { customerId: string; contractId: string | null; exceptId: string | null },
    ): Promise<EntryBasis> {
      const db = store.read
      const customer = await customerInScope(db, ctx.scope, customerId)
      const { title, ...invoice } = customer.invoice
      const buyer = { ...invoice, name: title || customer.name, taxId: invoice.taxId || customer.uscc }
      const contract = contractId === null ? null : await billedContract(db, ctx.scope, contractId)
      if (contract && contract.customerId !== customerId) throw refuse('NOT_FOUND', { entity: 'contract' })
      const before = contract ? await findContractLines(db, contract.id, exceptId) : []
      const lines = contract ? openLines(contract.lines, before) : []
      return {
        buyer,
        lines,
        instalments: await instalmentsOf(db, { customerId, contractId }, exceptId),
        toInvoice: sumLines(lines).amount,
      }
    },

    /** What an uploaded file says, with what the register knows of it. Throws INVOICE_FILE for what is no invoice. */
    async readFile(ctx: CallContext, fileId: string): Promise<ReadInvoice> {
      const db = store.read
      const { bytes } = files.readTemporary(ctx.actor.userId ?? '', fileId)
      const texts = await workers
        .run('read-invoice', { bytes }, ctx.signal ? { signal: ctx.signal } : {})
        .catch(unreadable)
      const found = texts && invoiceOfFile(texts)
      if (!found) throw refuse('INVOICE_FILE')
      const { sellerTaxId, blueNumber, lines, ...said } = found
      const firm = (await readSetting(db, 'firm')).value
      const keys = { uscc: said.buyer.taxId, nameKey: normaliseFirmName(said.buyer.name) }
      const [customer] = await customersLike(db, ctx.scope, [keys])
      const known = await findByKey(db, said.number)
      const blueKey = blueNumber === null ? null : parseFapiao(blueNumber)?.key
      const blue = blueKey ? await findByKey(db, blueKey) : undefined
      return {
        ...said,
        lines: [...lines],
        blueNumber,
        customer: customer ? { id: customer.id, name: customer.name } : null,
        ours: firm.uscc === '' || sellerTaxId === '' || sellerTaxId === normaliseCode(firm.uscc),
        known: known ? { id: known.id } : null,
        blueId: blue && blue.removed_at === null ? blue.id : null,
      }
    },
  }
}

/** What the reader of XML refuses is no invoice to whoever gave it; a cancel and our own slips stay what they are. */
function unreadable(error: unknown): never {
  if (error instanceof AppError && error.code.startsWith('IMPORT_')) {
    throw refuse('INVOICE_FILE', {}, { cause: error })
  }
  throw error
}
