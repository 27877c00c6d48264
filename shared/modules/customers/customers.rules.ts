import { Temporal } from 'temporal-polyfill'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { CustomerFields, InvoiceFields } from './customers.schema.ts'

type Judged = Omit<CustomerFields, 'contacts' | 'ownerId'> & { readonly contacts: readonly unknown[] }

const WANTED = ['uscc', 'industry', 'region', 'address', 'phone', 'needs'] as const

/** What a complete file has: the names of its fields, and whether this one has them. */
function wantedFacts(customer: Judged): [name: string, there: boolean][] {
  return [
    ...WANTED.map((name): [string, boolean] => [name, customer[name] !== '']),
    ['size', customer.size !== 'unknown'],
    ...Object.entries(customer.invoice).map(([name, text]): [string, boolean] => [`invoice.${name}`, text !== '']),
    ['contacts', customer.contacts.length > 0],
  ]
}

/** Share of the file that is filled, in basis points: what a special invoice, a visit and a contract will ask for. */
export function fileCompleteness(customer: Judged): number {
  const wanted = wantedFacts(customer)
  return Math.round((wanted.filter(([, there]) => there).length * 10_000) / wanted.length)
}

/** The fields that a complete file has and this one lacks, by their paths. */
export function missingFacts(customer: Judged): string[] {
  return wantedFacts(customer)
    .filter(([, there]) => !there)
    .map(([name]) => name)
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

/**
 * Domains that everybody may have an address at: the same one says nothing of two customers. The providers that firms
 * here write from; a firm's own domain is compared.
 */
export const SHARED_MAIL_DOMAINS: ReadonlySet<string> = new Set([
  'qq.com',
  'vip.qq.com',
  'foxmail.com',
  '163.com',
  'vip.163.com',
  '126.com',
  'yeah.net',
  '139.com',
  '189.cn',
  'wo.cn',
  'sina.com',
  'sina.cn',
  'vip.sina.com',
  'sohu.com',
  'tom.com',
  '21cn.com',
  'aliyun.com',
  '88.com',
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'live.cn',
  'msn.com',
  'yahoo.com',
  'yahoo.com.cn',
  'yahoo.com.tw',
  'icloud.com',
  'me.com',
  'hinet.net',
  'pchome.com.tw',
  'seed.net.tw',
  'protonmail.com',
  'proton.me',
])

/** The domain of an e-mail address that stands for a firm; empty for a shared provider or no address. */
export function firmDomain(email: string): string {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return email.includes('@') && !SHARED_MAIL_DOMAINS.has(domain) ? domain : ''
}

type Phones = Pick<CustomerFields, 'phone' | 'contacts'>
const phonesOf = ({ phone, contacts }: Phones) => [phone, ...contacts.flatMap((c) => [c.phone, c.mobile])].map(phoneKey)

/** The digits that a customer is compared by. */
export function phoneKeys(fields: Phones): string[] {
  return [...new Set(phonesOf(fields).filter((digits) => digits.length >= 7))]
}

/** What a customer is found and compared by. */
export function customerKeys(
  fields: Pick<CustomerFields, 'name' | 'shortName' | 'uscc' | 'phone' | 'contacts'>,
  code: string,
) {
  const words = [fields.shortName, fields.uscc, code, ...phonesOf(fields), ...fields.contacts.map((c) => c.name)]
  return {
    nameKey: normaliseFirmName(fields.name),
    searchText: buildSearchText(fields.name, words),
  }
}

/** Exactly one contact is the primary one, and it stands first: the one marked, else the first. */
export function primaryFirst<C extends { primary: boolean }>(contacts: readonly C[]): C[] {
  const at = Math.max(
    0,
    contacts.findIndex((contact) => contact.primary),
  )
  const order = [...contacts.slice(at, at + 1), ...contacts.slice(0, at), ...contacts.slice(at + 1)]
  return order.map((contact, i) => ({ ...contact, primary: i === 0 }))
}

/** The moment (UTC ms) at which a day begins in the firm's zone. */
export function startOfDay(day: string, zone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds
}

/** Which fields of a record differ between two states of it. */
export function changedFields(before: unknown, after: unknown): string[] {
  const from = Object.entries((before ?? {}) as Record<string, unknown>)
  const to = (after ?? {}) as Record<string, unknown>
  return from.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(to[key])).map(([key]) => key)
}
