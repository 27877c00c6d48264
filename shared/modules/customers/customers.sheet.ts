import type { Translate } from '#shared/i18n/translate.ts'
import { parseDay } from '#shared/kernel/dates.ts'
import { decodeLines, encodeLines } from './cell-lines.ts'
import type { AddressFields, ContactFields, CustomerFields } from './customers.schema.ts'
import {
  ADDRESS_KINDS,
  CONSENT_BASES,
  DECISION_ROLES,
  GRADES,
  KINDS,
  REJECT_REASONS,
  SIZES,
  SOURCES,
  STAGES,
} from './customers.schema.ts'

/** The columns of a customer sheet, in order: what is exported is what is imported. */
export const SHEET_COLUMNS = [
  'code',
  'name',
  'shortName',
  'uscc',
  'kind',
  'industry',
  'stage',
  'grade',
  'source',
  'size',
  'region',
  'address',
  'phone',
  'website',
  'needs',
  'note',
  'campaign',
  'rejectReason',
  'rejectNote',
  'tags',
  'addresses',
  'owner',
  'contactName',
  'contactTitle',
  'contactPhone',
  'contactMobile',
  'contactEmail',
  'contactWechat',
  'contactRole',
  'contactBasis',
  'contactDay',
  'contactBirthday',
  'moreContacts',
  'invoiceTitle',
  'invoiceTaxId',
  'invoiceAddress',
  'invoicePhone',
  'invoiceBank',
  'invoiceAccount',
] as const
export type SheetColumn = (typeof SHEET_COLUMNS)[number]
export type SheetRow = Record<SheetColumn, string>

/** Columns whose cells hold a word for a choice: where its words are, and what there is to choose. */
const CHOICES = {
  kind: { words: 'kind', values: KINDS },
  stage: { words: 'stage', values: STAGES },
  grade: { words: 'grade', values: GRADES },
  source: { words: 'source', values: SOURCES },
  size: { words: 'size', values: SIZES },
  rejectReason: { words: 'rejectReason', values: REJECT_REASONS },
  addressKind: { words: 'addressKind', values: ADDRESS_KINDS },
  contactRole: { words: 'decisionRole', values: DECISION_ROLES },
  contactBasis: { words: 'consentBasis', values: CONSENT_BASES },
} as const
type ChoiceColumn = keyof typeof CHOICES

/** Columns that stand for one field of the file under its own name. */
const PLAIN = [
  'name',
  'shortName',
  'uscc',
  'industry',
  'region',
  'address',
  'phone',
  'website',
  'needs',
  'note',
  'rejectNote',
] as const
/** Column → field of the primary contact. */
const CONTACT = {
  contactName: 'name',
  contactTitle: 'title',
  contactPhone: 'phone',
  contactMobile: 'mobile',
  contactEmail: 'email',
  contactWechat: 'wechat',
  contactRole: 'decisionRole',
  contactBasis: 'consentBasis',
  contactDay: 'consentDay',
  contactBirthday: 'birthday',
} as const
export const CONTACT_COLUMNS = Object.keys(CONTACT) as (keyof typeof CONTACT)[]
/** Column → field of the invoice data. */
const INVOICE = {
  invoiceTitle: 'title',
  invoiceTaxId: 'taxId',
  invoiceAddress: 'address',
  invoicePhone: 'phone',
  invoiceBank: 'bankName',
  invoiceAccount: 'bankAccount',
} as const

export function columnTitle(t: Translate, column: SheetColumn): string {
  return t(`customers:sheet.${column}`)
}

/** What a column may be called in somebody else's sheet, in any language: its own titles and their usual synonyms. */
export function columnNames(column: SheetColumn, translators: readonly Translate[]): string[] {
  return translators
    .flatMap((t) => [columnTitle(t, column), ...t(`customers:synonyms.${column}`).split('|')])
    .filter(Boolean)
}

const plainWord = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** The choice behind a cell's word, in any language or as the code itself; the cell as it is for an unknown word. */
export function choiceOf(column: ChoiceColumn, cell: string, translators: readonly Translate[]): string {
  let known = knownWords.get(translators)
  if (!known) knownWords.set(translators, (known = new Map()))
  let words = known.get(column)
  if (!words) known.set(column, (words = wordsOf(column, translators)))
  return words.get(plainWord(cell)) ?? cell
}

/** The words of each column, looked up once: a sheet asks for them in every row. */
const knownWords = new WeakMap<readonly Translate[], Map<ChoiceColumn, ReadonlyMap<string, string>>>()

function wordsOf(column: ChoiceColumn, translators: readonly Translate[]): ReadonlyMap<string, string> {
  const { words, values } = CHOICES[column]
  const found = new Map<string, string>()
  for (const value of values) {
    for (const word of [value, ...translators.map((t) => t(`customers:${words}.${value}`))]) {
      if (!found.has(plainWord(word))) found.set(plainWord(word), value)
    }
  }
  return found
}

/** A customer file as the cells of its row. */
export function toSheetRow(
  customer: CustomerFields & { code: string; ownerName: string | null; campaignName: string | null },
  t: Translate,
): SheetRow {
  const [first, ...more] = customer.contacts
  const row = { code: customer.code, owner: customer.ownerName ?? '', grade: customer.grade } as SheetRow
  for (const column of PLAIN) row[column] = customer[column]
  for (const column of ['kind', 'stage', 'source', 'size'] as const)
    row[column] = t(`customers:${column}.${customer[column]}`)
  for (const [column, field] of Object.entries(INVOICE)) row[column as SheetColumn] = customer.invoice[field]
  row.campaign = customer.campaignName ?? ''
  row.rejectReason = customer.rejectReason === '' ? '' : t(`customers:rejectReason.${customer.rejectReason}`)
  row.tags = encodeLines(customer.tags.map((tag) => [tag]))
  row.addresses = encodeLines(
    customer.addresses.map(({ kind, address, contact, phone }) => [
      t(`customers:addressKind.${kind}`),
      address,
      contact,
      phone,
    ]),
  )
  const cells = first ? contactCells(first, t) : []
  Object.keys(CONTACT).forEach((column, i) => (row[column as SheetColumn] = cells[i] ?? ''))
  row.moreContacts = encodeLines(more.map((contact) => contactCells(contact, t)))
  return row
}

function contactCells(contact: ContactFields, t: Translate): string[] {
  return Object.values(CONTACT).map((field) => {
    if (field === 'decisionRole') return t(`customers:decisionRole.${contact.decisionRole}`)
    if (field === 'consentBasis') return t(`customers:consentBasis.${contact.consentBasis}`)
    return contact[field] ?? ''
  })
}

/**
 * A row's cells as the input of the customer's own schema, which then judges them; unknown words are left for it to
 * refuse. Over an existing file an empty cell leaves what is there: a sheet never wipes what it does not mention.
 */
export function fromSheetRow(
  cells: Partial<SheetRow>,
  base: CustomerFields | null,
  ownerId: string | null,
  translators: readonly Translate[],
): Record<string, unknown> {
  const text = (column: SheetColumn) => (cells[column] ?? '').trim()
  const input: Record<string, unknown> = base ? { ...base } : {}
  input['ownerId'] = ownerId
  for (const column of PLAIN) if (text(column) !== '') input[column] = text(column)
  for (const column of ['kind', 'stage', 'grade', 'source', 'size'] as const) {
    if (text(column) !== '') input[column] = choiceOf(column, text(column), translators)
  }
  if (!base) {
    input['name'] ??= ''
    input['source'] ??= 'other'
  }
  if (text('rejectReason') !== '') input['rejectReason'] = choiceOf('rejectReason', text('rejectReason'), translators)
  // What a sheet no longer calls rejected has no reason any more.
  if (input['stage'] !== 'rejected' && text('rejectReason') === '') {
    input['rejectReason'] = ''
    if (text('rejectNote') === '') input['rejectNote'] = ''
  }
  if (text('tags') !== '') input['tags'] = decodeLines(text('tags')).map((line) => (line[0] ?? '').trim())
  if (text('addresses') !== '') input['addresses'] = addressesOf(text('addresses'), translators)
  const invoice: Record<string, unknown> = { ...base?.invoice }
  for (const [column, field] of Object.entries(INVOICE)) {
    if (text(column as SheetColumn) !== '') invoice[field] = text(column as SheetColumn)
  }
  input['invoice'] = invoice
  input['contacts'] = contactsOf(text, base, translators)
  return input
}

function addressesOf(cell: string, translators: readonly Translate[]): Record<keyof AddressFields, unknown>[] {
  return decodeLines(cell).map(([kind = '', address = '', contact = '', phone = '']) => ({
    kind: choiceOf('addressKind', kind, translators),
    address: address.trim(),
    contact: contact.trim(),
    phone: phone.trim(),
  }))
}

function contactsOf(
  text: (column: SheetColumn) => string,
  base: CustomerFields | null,
  translators: readonly Translate[],
): unknown[] {
  const overlay = (over: object, cellOf: ContactCell) => contactOf(over, cellOf, translators)
  const known = base?.contacts ?? []
  const anyFirst = CONTACT_COLUMNS.some((column) => text(column) !== '')
  const first = anyFirst ? [{ name: '', ...overlay(known[0] ?? {}, text), primary: true }] : known.slice(0, 1)
  const more =
    text('moreContacts') === ''
      ? known.slice(1)
      : decodeLines(text('moreContacts')).map((line) => ({
          name: '',
          ...overlay({}, (_c, i) => (line[i] ?? '').trim()),
        }))
  return [...first, ...more]
}

type ContactCell = (column: keyof typeof CONTACT, place: number) => string

/** A contact with what the cells say put over it; an empty cell leaves what is there. */
export function contactOf(
  over: object,
  cellOf: ContactCell,
  translators: readonly Translate[],
): Record<string, unknown> {
  const value = (column: keyof typeof CONTACT, cell: string): string => {
    if (column === 'contactRole' || column === 'contactBasis') return choiceOf(column, cell, translators)
    return column === 'contactDay' || column === 'contactBirthday' ? (parseDay(cell) ?? cell) : cell
  }
  const contact: Record<string, unknown> = { ...over }
  CONTACT_COLUMNS.forEach((column, place) => {
    const cell = cellOf(column, place)
    if (cell !== '') contact[CONTACT[column]] = value(column, cell)
  })
  return contact
}

/** The column that a field of the schema came from, by the path of an issue; null for one that has no column. */
export function columnOfPath(path: readonly (string | number)[]): SheetColumn | null {
  const [head, second, third] = path
  const entry = (map: Readonly<Record<string, string>>, field: unknown) =>
    (Object.entries(map).find(([, name]) => name === field)?.[0] as SheetColumn | undefined) ?? null
  if (head === 'invoice') return entry(INVOICE, second)
  if (head === 'contacts') return second === 0 ? entry(CONTACT, third) : 'moreContacts'
  if (head === 'ownerId') return 'owner'
  if (head === 'campaignId') return 'campaign'
  return SHEET_COLUMNS.find((column) => column === head) ?? null
}
