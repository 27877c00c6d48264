import { normaliseFirmName } from '#shared/kernel/names.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { CustomerFields, InvoiceFields } from './customers.schema.ts'

/** Share of the file that is filled, in basis points: what a special invoice, a visit and a contract will ask for. */
export function fileCompleteness(customer: Omit<CustomerFields, 'contacts' | 'ownerId'> & { contacts: readonly unknown[] }): number {
  const wanted = [
    customer.uscc,
    customer.industry,
    customer.region,
    customer.address,
    customer.phone,
    customer.needs,
    customer.size === 'unknown' ? '' : customer.size,
    ...Object.values(customer.invoice),
    customer.contacts.length > 0 ? 'yes' : '',
  ]
  return Math.round((wanted.filter((value) => value !== '').length * 10_000) / wanted.length)
}

/** The fields that a special VAT invoice still lacks (发票管理办法; all six are needed). */
export function missingInvoiceFields(invoice: InvoiceFields): (keyof InvoiceFields)[] {
  return (Object.keys(invoice) as (keyof InvoiceFields)[]).filter((key) => invoice[key] === '')
}

/** Digits of a phone for comparing: without country code, spaces and dashes; the extension is left out. */
export function phoneKey(phone: string): string {
  const digits = (phone.split(/[x#\u8F6C,]/)[0] ?? '').replace(/\D/g, '')
  return digits.startsWith('86') && digits.length > 11 ? digits.slice(2) : digits
}

/** What a customer is found and compared by. */
export function customerKeys(fields: Pick<CustomerFields, 'name' | 'shortName' | 'uscc' | 'phone' | 'contacts'>, code: string) {
  const phones = [fields.phone, ...fields.contacts.flatMap((c) => [c.phone, c.mobile])].map(phoneKey)
  const words = [fields.shortName, fields.uscc, code, ...phones, ...fields.contacts.map((c) => c.name)]
  return {
    nameKey: normaliseFirmName(fields.name),
    phoneKeys: [...new Set(phones.filter((digits) => digits.length >= 7))],
    searchText: buildSearchText(fields.name, words),
  }
}

/** The primary contact: the one marked, else the first. */
export function primaryContact<C extends { primary: boolean }>(contacts: readonly C[]): C | undefined {
  return contacts.find((contact) => contact.primary) ?? contacts[0]
}
