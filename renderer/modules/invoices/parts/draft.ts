import type { InvoiceBuyer, InvoiceFields, InvoiceLine, InvoiceView } from '#shared/modules/invoices/invoices.schema.ts'
import type { FormValues } from '#renderer/ui/form-state.ts'

const NOBODY: InvoiceBuyer = { name: '', taxId: '', address: '', phone: '', bankName: '', bankAccount: '' }

/** A line as it begins: nothing on it but the rate of the one above. */
export const emptyInvoiceLine = (rate: number | null): InvoiceLine => ({
  name: '',
  spec: '',
  unit: '',
  quantity: '',
  price: '',
  net: 0 as never,
  tax: 0 as never,
  rate,
})

/** A form for a new invoice, for this customer and contract where they are known. */
export function newInvoice(
  day: string,
  of: { customerId: string | null; contractId: string | null },
  rate: number,
): FormValues {
  return {
    kind: 'digitalSpecial',
    code: '',
    number: '',
    day,
    ...of,
    buyer: NOBODY,
    lines: [emptyInvoiceLine(rate)],
    amount: null,
    links: [],
    note: '',
    reason: '',
  }
}

/** An invoice as its form has it. */
export function valuesOf(view: InvoiceView): FormValues {
  const { kind, code, number, day, customerId, contractId, buyer, lines, amount, note, reason } = view
  const links = view.links.map(({ instalmentId, amount: of }) => ({ instalmentId, amount: of }))
  return { kind, code, number, day, customerId, contractId, buyer, lines, amount, links, note, reason }
}

/** The lines of a form as far as they can be counted with: what is no number counts with nothing. */
export function countable(values: FormValues): Pick<InvoiceLine, 'net' | 'tax'>[] {
  const lines = (values['lines'] ?? []) as InvoiceFields['lines']
  const number = (value: number | null) => (Number.isSafeInteger(value) ? value : 0) as InvoiceLine['net']
  return lines.map((line) => ({ net: number(line.net), tax: number(line.tax) }))
}

/** Whether nobody has typed a line yet. */
export const isUntouched = (lines: readonly InvoiceLine[]): boolean =>
  lines.every((line) => line.name === '' && line.net === 0 && line.tax === 0)
