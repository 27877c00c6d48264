import type { Translate } from '#shared/i18n/translate.ts'
import { CONTACT_COLUMNS, contactOf, type SheetColumn } from './customers.sheet.ts'

type Cells = Readonly<Record<string, string>>

/** Cells that say which customer a row is about. */
const NAMING = ['code', 'uscc', 'name'] as const satisfies readonly SheetColumn[]
const CONTACT: ReadonlySet<string> = new Set(CONTACT_COLUMNS)

const said = (cells: Cells, column: string) => (cells[column] ?? '').trim()

/**
 * Whether a row is another contact of the customer in the rows above it: it says the same of the customer, or nothing
 * at all (as merged cells are read), and names somebody who is not among `rows` yet. A row that says something else of
 * the same customer is not: one of the two is wrong, and that is told.
 */
export function isContactRow(rows: readonly Cells[], next: Cells): boolean {
  const [head] = rows
  const person = whoIn(next)
  if (head === undefined || said(next, 'contactName') === '') return false
  const columns = Object.keys(next).filter((column) => !CONTACT.has(column) && said(next, column) !== '')
  if (!columns.every((column) => said(head, column) === said(next, column))) return false
  if (columns.length > 0 && !NAMING.some((column) => said(next, column) !== '')) return false
  return rows.every((row) => whoIn(row) !== person)
}

const whoIn = (cells: Cells) => ['contactName', 'contactMobile', 'contactPhone'].map((c) => said(cells, c)).join('\n')

/**
 * The contacts of a file after rows that each say one: over the one of the same name, else behind the others. `from` is
 * the row that each contact was last said in, null for one that no row says.
 */
export function joinContacts(
  known: readonly Record<string, unknown>[],
  rows: readonly Cells[],
  translators: readonly Translate[],
): { contacts: Record<string, unknown>[]; from: (number | null)[] } {
  const contacts = known.map((contact) => ({ ...contact }))
  const from: (number | null)[] = known.map(() => null)
  rows.forEach((cells, row) => {
    if (!CONTACT_COLUMNS.some((column) => said(cells, column) !== '')) return
    const name = said(cells, 'contactName')
    // Two of the same name in one sheet are two people.
    const at = contacts.findIndex((contact, i) => contact['name'] === name && from[i] === null)
    const contact = { name: '', ...contactOf(at < 0 ? {} : (contacts[at] ?? {}), (c) => said(cells, c), translators) }
    if (at < 0) {
      contacts.push(contact)
      from.push(row)
    } else {
      contacts[at] = contact
      from[at] = row
    }
  })
  if (!contacts.some((contact) => contact['primary'] === true)) {
    const first = Math.max(0, from.indexOf(0))
    if (contacts[first]) contacts[first] = { ...contacts[first], primary: true }
  }
  return { contacts, from }
}

/** The cells of a row without what they say of a contact. */
export function withoutContact(cells: Cells): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).filter(([column]) => !CONTACT.has(column)))
}
