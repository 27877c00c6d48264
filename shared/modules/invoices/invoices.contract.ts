import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, optionalText, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { invoiceChange, invoiceEntry, redChange } from './invoices.entry.ts'
import {
  entryBasis,
  INVOICE_SORTS,
  invoicedFigures,
  invoiceFields,
  invoiceFilters,
  invoiceFinding,
  invoiceLinks,
  invoiceRow,
  invoiceView,
  linkedInstalment,
  readInvoice,
  UNINVOICED_SORTS,
  uninvoicedFilters,
  uninvoicedRow,
} from './invoices.schema.ts'

const count = z.number().int()
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const saved = z.object({ id: z.string(), version: count })
const filtered = z.strictObject({ text: searchText, filters: invoiceFilters })
const waiting = z.strictObject({ text: searchText, filters: uninvoicedFilters })
const job = z.object({ jobId: z.string() })

/** The number is taken for ever; `removed`: by an entry in the bin, which can be restored instead. */
const taken = {
  INVOICE_NUMBER: { status: 409, data: z.object({ id: z.string(), removed: z.boolean() }) },
}
/** What an invoice is now does not allow it; `stage` names it. */
const state = refusals('INVOICE_STATE')

export const invoicesContract = {
  list: query('invoices.read')
    .input(pageInput({ sort: INVOICE_SORTS, filters: invoiceFilters }))
    .output(pageOutput(invoiceRow)),
  /** Over the whole filtered set; what is void or removed counts with nothing. */
  summary: query('invoices.read')
    .input(filtered)
    .output(z.object({ count, net: count, tax: count, amount: count })),
  exportRows: command('invoices.export', { audit: 'export' })
    .input(exportInput({ sort: INVOICE_SORTS, filters: invoiceFilters }))
    .output(job),
  get: query('invoices.read')
    .input(z.strictObject({ id: entityId }))
    .output(invoiceView),

  /** What an invoice for this customer, or this contract of his, is entered from. */
  basis: query('invoices.write')
    .input(z.strictObject({ customerId: entityId, contractId: entityId.nullable(), exceptId: entityId.nullable() }))
    .output(entryBasis),
  /** Where an entry does not add up or departs from its contract; writes nothing. */
  check: query('invoices.write')
    .input(invoiceFields.extend({ id: entityId.nullable() }))
    .output(z.array(invoiceFinding)),
  /** What an uploaded XML file of a digital invoice says; writes nothing. */
  readFile: command('invoices.write', { audit: 'none' })
    .input(z.strictObject({ fileId: entityId }))
    .output(readInvoice)
    .errors(refusals('INVOICE_FILE')),

  create: command('invoices.write').input(invoiceEntry).output(saved).errors(taken),
  /** Puts an entry right; refused once something was taken back of it. */
  update: command('invoices.write')
    .input(invoiceChange(versioned.shape))
    .output(saved)
    .errors({ ...taken, ...state }),
  /** Says whose it is, for which contract, and which instalments it bills; its red letters go along. */
  link: command('invoices.write')
    .input(
      versioned.extend({
        customerId: entityId.nullable(),
        contractId: entityId.nullable(),
        links: invoiceLinks,
        reason: optionalText(200),
      }),
    )
    .output(saved)
    .errors(state),
  /** Records a red letter against it. What it billed of instalments is cut to what is left. */
  redLetter: command('invoices.write')
    .input(redChange({ blueId: entityId, version: recordVersion }))
    .output(saved)
    .errors({ ...taken, ...state }),
  /** Only an older invoice, and within its month. */
  void: command('invoices.write')
    .input(versioned.extend({ reason: shortText(200) }))
    .output(saved)
    .errors({
      ...state,
      INVOICE_VOID: { status: 409, data: z.object({ fault: z.enum(['digital', 'month', 'red']) }) },
    }),
  /** Takes an entry made in error out of the register; its number stays taken. */
  remove: command('invoices.write')
    .input(versioned.extend({ reason: shortText(200) }))
    .output(saved)
    .errors(state),
  restore: command('invoices.write').input(versioned).output(saved).errors(state),

  /** How far one's contract, or all of a customer, is invoiced, with the latest invoices. */
  figures: query('invoices.read')
    .input(z.union([z.strictObject({ contractId: entityId }), z.strictObject({ customerId: entityId })]))
    .output(
      z.object({
        figures: invoicedFigures,
        rows: z.array(invoiceRow),
        count,
        /** Of a contract: each instalment with what is billed of it. */
        instalments: z.array(linkedInstalment),
      }),
    ),

  /** Contracts of which more was delivered than invoiced. */
  uninvoiced: query('invoices.read')
    .input(pageInput({ sort: UNINVOICED_SORTS, filters: uninvoicedFilters }))
    .output(pageOutput(uninvoicedRow)),
  uninvoicedSummary: query('invoices.read')
    .input(waiting)
    .output(z.object({ count, delivered: count, invoiced: count, toInvoice: count })),
  exportUninvoiced: command('invoices.export', { audit: 'export' })
    .input(exportInput({ sort: UNINVOICED_SORTS, filters: uninvoicedFilters }))
    .output(job),
}
