import { refuse } from '#shared/kernel/app-error.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { GRADES, type InvoiceFields, type SIZES } from '#shared/modules/customers/customers.schema.ts'
import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { sql } from 'kysely'
import { beginsWith } from '#core/kernel/numbers.ts'
import { assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { moveCustomer } from './customers.records.ts'
import { findCustomers } from './customers.repo.ts'
import { accessTo, openTo } from './customers.team.repo.ts'

export { customersTimeline, mergedFiles, openFile } from './customers.timeline.ts'
export { helpedWith, openTo } from './customers.team.repo.ts'

/** What other modules show of a customer. */
export interface CustomerBrief {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly ownerId: string | null
}

/** What a contract and a letter print of a customer. */
export interface CustomerParty extends CustomerBrief {
  readonly uscc: string
  readonly address: string
  readonly phone: string
  readonly contactName: string
  readonly size: (typeof SIZES)[number]
  readonly invoice: InvoiceFields
}

export async function customerBriefs(
  db: Reader | Writer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerBrief>> {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('customers').select(['id', 'code', 'name', 'owner_id']).where('id', 'in', piece).execute(),
  )
  return new Map(rows.map((row) => [row.id, { id: row.id, code: row.code, name: row.name, ownerId: row.owner_id }]))
}

/** Every one of these customers as a party of a document, by id. */
export async function customerParties(
  db: Reader | Writer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerParty>> {
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('customers')
      .select(['id', 'code', 'name', 'owner_id', 'uscc', 'address', 'phone', 'contact_name', 'size', 'invoice'])
      .where('id', 'in', piece)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, toParty(row)]))
}

/**
 * A customer that this call may trade with, as its owner may; throws NOT_FOUND for one that is removed or outside the
 * scope, and for one that somebody of the scope only helps with.
 */
export async function customerInScope(db: Reader | Writer, scope: Scope, id: string): Promise<CustomerParty> {
  const row = await partyRow(db, id)
  assertInScope(scope, row.owner_id, 'customer')
  return toParty(row)
}

/**
 * A customer whose file is open to this call, to owners and to those who help: for visits, tasks, notes and files on
 * it. Throws NOT_FOUND as above, and where writing is asked of somebody who may only read.
 */
export async function customerOpenTo(
  db: Reader | Writer,
  scope: Scope,
  id: string,
  how: 'read' | 'write' = 'read',
): Promise<CustomerParty> {
  const row = await partyRow(db, id)
  const access = await accessTo(db, scope, row)
  if (access === null || (how === 'write' && access === 'read')) throw refuse('NOT_FOUND', { entity: 'customer' })
  return toParty(row)
}

/** The grade of a customer, for what is decided by it; null for one that is not there. */
export async function customerGrade(db: Reader | Writer, id: string): Promise<(typeof GRADES)[number] | null> {
  const row = await db.selectFrom('customers').select('grade').where('id', '=', id).executeTakeFirst()
  return GRADES.find((grade) => grade === row?.grade) ?? null
}

async function partyRow(db: Reader | Writer, id: string) {
  const row = await db
    .selectFrom('customers')
    .select(['id', 'code', 'name', 'owner_id', 'uscc', 'address', 'phone', 'contact_name', 'size', 'invoice'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw refuse('NOT_FOUND', { entity: 'customer' })
  return row
}

/** Customers for the palette. */
export async function searchCustomers(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  const needle = normaliseQuery(text)
  const rows = await hitColumns(db, scope, limit)
    .where(sql<boolean>`instr(customers.search_text, ${needle}) > 0`)
    .orderBy('sort_name')
    .orderBy('id')
    .execute()
  return rows.map(toHit)
}

/** Customers whose code begins so. */
export async function customersByCode(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  const rows = await hitColumns(db, scope, limit).where(beginsWith('customers.code', text)).orderBy('code').execute()
  return rows.map(toHit)
}

const hitColumns = (db: Reader, scope: Scope, limit: number) =>
  db
    .selectFrom('customers')
    .select(['id', 'code', 'name', 'contact_name'])
    .where(openTo(scope))
    .where('removed_at', 'is', null)
    .limit(limit)

const toHit = (row: { id: string; code: string; name: string; contact_name: string }): SearchHit => ({
  kind: 'customer',
  id: row.id,
  title: row.name,
  subtitle: [row.code, row.contact_name].filter(Boolean).join(' · '),
})

/** How many customers of each owner are new in these months is asked of contracts; this counts files by stage. */
export async function countByStage(db: Reader, scope: Scope): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('customers')
    .select((eb) => ['stage', eb.fn.countAll<number>().as('count')])
    .where(openTo(scope))
    .where('removed_at', 'is', null)
    .groupBy('stage')
    .execute()
  return new Map(rows.map((row) => [row.stage, Number(row.count)]))
}

function toParty(row: {
  id: string
  code: string
  name: string
  owner_id: string | null
  uscc: string
  address: string
  phone: string
  contact_name: string
  size: string
  invoice: string
}): CustomerParty {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    ownerId: row.owner_id,
    uscc: row.uscc,
    address: row.address,
    phone: row.phone,
    contactName: row.contact_name,
    size: row.size as CustomerParty['size'],
    invoice: JSON.parse(row.invoice) as InvoiceFields,
  }
}

/** Whom one knows at a customer, the primary contact first; whoever asks has seen to the scope. */
export async function customerContacts(db: Reader, customerId: string) {
  return db
    .selectFrom('customer_contacts')
    .select(['name', 'title', 'phone', 'mobile', 'email'])
    .where('customer_id', '=', customerId)
    .orderBy('is_primary', 'desc')
    .orderBy('position')
    .execute()
}

/** A customer who may be written to, by the first contact who has an address, else by the file's own. */
export interface CustomerAddressee {
  readonly id: string
  readonly name: string
  readonly contactName: string
  readonly email: string
}

/** Customers of an owner by name, those of `first` before all; or, of `ids`, those that are his. One read. */
export async function customersOf(
  db: Reader | Writer,
  ownerId: string,
  asked: {
    readonly text?: string | undefined
    readonly first?: readonly string[]
    readonly ids?: readonly string[]
    readonly limit: number
  },
): Promise<CustomerAddressee[]> {
  const needle = normaliseQuery(asked.text ?? '')
  const reached = sql<string>`SELECT json_object('name', k.name, 'email', k.email) FROM customer_contacts k
    WHERE k.customer_id = customers.id ORDER BY k.email = '', k.is_primary DESC, k.position LIMIT 1`
  let query = (db as Reader)
    .selectFrom('customers')
    .select(['id', 'name', 'contact_name', sql<string | null>`(${reached})`.as('contact')])
    .where('owner_id', '=', ownerId)
    .where('removed_at', 'is', null)
  if (needle !== '') query = query.where(sql<boolean>`instr(search_text, ${needle}) > 0`)
  if (asked.ids) query = query.where('id', 'in', asked.ids)
  const first = JSON.stringify(asked.first ?? [])
  const rows = await query
    .orderBy(sql`id NOT IN (SELECT value FROM json_each(${first}))`)
    .orderBy('sort_name')
    .orderBy('id')
    .limit(asked.limit)
    .execute()
  return rows.map(({ id, name, contact_name: contactName, contact }) => {
    const known = contact === null ? null : (JSON.parse(contact) as { name: string; email: string })
    return { id, name, contactName: known?.name ?? contactName, email: known?.email ?? '' }
  })
}

/** Gives these files to another person, as a step of a hand-over; gives how many were not his already. */
export async function moveCustomers(uow: UnitOfWork, ids: readonly string[], toOwnerId: string): Promise<number> {
  const found = (await findCustomers(uow.db, ids)).filter(({ raw }) => raw.owner_id !== toOwnerId)
  for (const one of found) await moveCustomer(uow, one, toOwnerId)
  return found.length
}

/**
 * For each of many rows the customer within the scope that it names: by its credit code, else by its name without the
 * legal form. Undefined where there is none, or where several have the name.
 */
export async function customersLike(
  db: Reader | Writer,
  scope: Scope,
  rows: readonly { readonly uscc: string; readonly nameKey: string }[],
): Promise<(CustomerBrief | undefined)[]> {
  const columns = ['id', 'code', 'name', 'owner_id', 'uscc', 'name_key'] as const
  const by = (column: 'uscc' | 'name_key', keys: readonly string[]) =>
    inPieces([...new Set(keys.filter((key) => key !== ''))], (piece) =>
      db.selectFrom('customers').select(columns).where('removed_at', 'is', null).where(column, 'in', piece).execute(),
    )
  const codes = await by(
    'uscc',
    rows.map((row) => row.uscc),
  )
  const names = await by(
    'name_key',
    rows.map((row) => row.nameKey),
  )
  const byCode = new Map(codes.map((row) => [row.uscc, row]))
  const byName = Map.groupBy(names, (row) => row.name_key)
  return rows.map(({ uscc, nameKey }) => {
    const named = byName.get(nameKey) ?? []
    const found = (uscc === '' ? undefined : byCode.get(uscc)) ?? (named.length === 1 ? named[0] : undefined)
    if (!found || !inScope(scope, found.owner_id)) return undefined
    return { id: found.id, code: found.code, name: found.name, ownerId: found.owner_id }
  })
}

/** A customer as a bank statement may name it. */
export interface NamedCustomer {
  readonly id: string
  readonly name: string
  /** Its name as names are compared. */
  readonly nameKey: string
  /** Title and account of its invoices. */
  readonly title: string
  readonly account: string
}

/**
 * Customers by what a payer may be known by: a whole name without its legal form, the first four characters of one, or
 * their id. Each once.
 */
export async function customersNamed(
  db: Reader | Writer,
  by: { readonly names?: readonly string[]; readonly heads?: readonly string[]; readonly ids?: readonly string[] },
): Promise<NamedCustomer[]> {
  const columns = ['id', 'name', 'name_key', 'invoice'] as const
  const query = () => db.selectFrom('customers').select(columns).where('removed_at', 'is', null)
  const rows = [
    ...(await inPieces(by.names ?? [], (piece) => query().where('name_key', 'in', piece).execute())),
    ...(await inPieces(by.heads ?? [], (piece) =>
      query()
        .where(sql<boolean>`substr(name_key, 1, 4) IN (${sql.join([...piece])})`)
        .execute(),
    )),
    ...(await inPieces(by.ids ?? [], (piece) => query().where('id', 'in', piece).execute())),
  ]
  return [...new Map(rows.map((row) => [row.id, row])).values()].map((row) => {
    const { title, bankAccount } = JSON.parse(row.invoice) as InvoiceFields
    return { id: row.id, name: row.name, nameKey: row.name_key, title, account: bankAccount }
  })
}
