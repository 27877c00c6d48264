import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery, sortKey } from '#shared/kernel/search-text.ts'
import { customerKeys, primaryContact } from '#shared/modules/customers/customers.rules.ts'
import type { CustomerFields, CustomerFilters, CustomerRow } from '#shared/modules/customers/customers.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { CustomersTable } from '#core/store/tables/customers.tables.ts'

const SORT = {
  name: 'customers.sort_name',
  code: 'customers.code',
  createdAt: 'customers.created_at',
  updatedAt: 'customers.updated_at',
  grade: 'customers.grade',
} as const
export type CustomerSort = keyof typeof SORT
const SORT_VALUE = {
  name: 'sort_name',
  code: 'code',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  grade: 'grade',
} as const

const DAY_MS = 86_400_000

/** The rows of a list before they are sorted: scope, text and filters, ids only, so that an index can answer alone. */
function matching(db: Reader | Writer, scope: Scope, text: string | undefined, filters: CustomerFilters) {
  let query = applyScope(db.selectFrom('customers').select('customers.id'), scope, 'customers.owner_id')
  query = query.where('customers.removed_at', filters.removed ? 'is not' : 'is', null)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(customers.search_text, ${needle}) > 0`)
  if (filters.ownerId !== undefined) query = query.where('customers.owner_id', '=', filters.ownerId)
  if (filters.stage !== undefined) query = query.where('customers.stage', '=', filters.stage)
  if (filters.grade !== undefined) query = query.where('customers.grade', '=', filters.grade)
  if (filters.source !== undefined) query = query.where('customers.source', '=', filters.source)
  if (filters.region !== undefined) query = query.where('customers.region', '=', filters.region)
  if (filters.createdFrom !== undefined) {
    query = query.where('customers.created_at', '>=', Date.parse(`${filters.createdFrom}T00:00:00Z`))
  }
  if (filters.createdTo !== undefined) {
    query = query.where('customers.created_at', '<', Date.parse(`${filters.createdTo}T00:00:00Z`) + DAY_MS)
  }
  return query
}

export async function listCustomers(
  db: Reader,
  scope: Scope,
  input: PageInput<CustomerSort, CustomerFilters>,
): Promise<{ rows: CustomerRow[]; nextCursor: string | null }> {
  // The page's ids come from the covering index; only those rows are then read whole.
  const ids = keyset(matching(db, scope, input.text, input.filters), {
    sortColumn: SORT[input.sort.key],
    idColumn: 'customers.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  })
  const rows = await db
    .selectFrom('customers')
    .where('customers.id', 'in', ids)
    .leftJoin('users', 'users.id', 'customers.owner_id')
    .selectAll('customers')
    .select('users.name as owner_name')
    .orderBy(sql.ref(SORT[input.sort.key]), input.sort.dir)
    .orderBy('customers.id', input.sort.dir)
    .execute()
  const page = pageOf(
    rows,
    input.limit,
    (row) => row[SORT_VALUE[input.sort.key]],
    (row) => row.id,
  )
  return { rows: page.rows.map(toCustomerRow), nextCursor: page.nextCursor }
}

export async function countCustomers(db: Reader, scope: Scope, text: string | undefined, filters: CustomerFilters) {
  const row = await db
    .selectFrom(matching(db, scope, text, filters).as('m'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export function toCustomerRow(raw: CustomersTable & { owner_name: string | null }): CustomerRow {
  return {
    id: raw.id,
    code: raw.code,
    name: raw.name,
    shortName: raw.short_name,
    uscc: raw.uscc,
    industry: raw.industry,
    stage: raw.stage as CustomerRow['stage'],
    grade: raw.grade as CustomerRow['grade'],
    source: raw.source as CustomerRow['source'],
    region: raw.region,
    phone: raw.phone,
    ownerId: raw.owner_id,
    ownerName: raw.owner_name,
    contactName: raw.contact_name,
    version: raw.version,
    createdAt: raw.created_at,
    updatedAt: raw.updated_at,
  }
}

export async function findCustomer(db: Reader | Writer, id: string) {
  const raw = await db
    .selectFrom('customers')
    .leftJoin('users', 'users.id', 'customers.owner_id')
    .selectAll('customers')
    .select('users.name as owner_name')
    .where('customers.id', '=', id)
    .executeTakeFirst()
  if (!raw) return undefined
  const contacts = await db
    .selectFrom('customer_contacts')
    .selectAll()
    .where('customer_id', '=', id)
    .orderBy('position')
    .execute()
  return { raw, contacts }
}

/** The columns that a form's fields become. */
export function customerColumns(fields: CustomerFields, code: string) {
  const keys = customerKeys(fields, code)
  return {
    name: fields.name,
    short_name: fields.shortName,
    uscc: fields.uscc,
    industry: fields.industry,
    stage: fields.stage,
    grade: fields.grade,
    source: fields.source,
    size: fields.size,
    region: fields.region,
    address: fields.address,
    phone: fields.phone,
    website: fields.website,
    needs: fields.needs,
    note: fields.note,
    owner_id: fields.ownerId,
    invoice: JSON.stringify(fields.invoice),
    contact_name: primaryContact(fields.contacts)?.name ?? '',
    sort_name: sortKey(fields.name),
    name_key: keys.nameKey,
    search_text: keys.searchText,
  }
}

/** Replaces contacts and the digits that duplicates are looked for by. */
export async function replaceContacts(db: Writer, id: string, fields: CustomerFields, code: string): Promise<void> {
  await db.deleteFrom('customer_contacts').where('customer_id', '=', id).execute()
  await db.deleteFrom('customer_phones').where('customer_id', '=', id).execute()
  if (fields.contacts.length > 0) {
    await db
      .insertInto('customer_contacts')
      .values(
        fields.contacts.map((contact, position) => ({
          customer_id: id,
          position,
          name: contact.name,
          title: contact.title,
          phone: contact.phone,
          mobile: contact.mobile,
          email: contact.email,
          wechat: contact.wechat,
          decision_role: contact.decisionRole,
          is_primary: contact.primary ? 1 : 0,
          consent_basis: contact.consentBasis,
          consent_day: contact.consentDay,
        })),
      )
      .execute()
  }
  const { phoneKeys } = customerKeys(fields, code)
  if (phoneKeys.length > 0) {
    await db
      .insertInto('customer_phones')
      .values(phoneKeys.map((digits) => ({ customer_id: id, digits })))
      .execute()
  }
}

export interface DuplicateCandidate {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly owner_id: string | null
  readonly owner_name: string | null
}

/** Rows of the whole firm with this code, this normalised name, or one of these phones. */
export async function findDuplicates(
  db: Reader | Writer,
  by: { uscc: string; nameKey: string; phoneKeys: readonly string[]; exceptId: string | null },
) {
  const base = () => {
    const query = db
      .selectFrom('customers')
      .leftJoin('users', 'users.id', 'customers.owner_id')
      .select([
        'customers.id',
        'customers.name',
        'customers.code',
        'customers.owner_id',
        'users.name as owner_name',
      ])
      .where('customers.removed_at', 'is', null)
      .limit(5)
    return by.exceptId === null ? query : query.where('customers.id', '!=', by.exceptId)
  }
  const none: DuplicateCandidate[] = []
  return {
    uscc: by.uscc === '' ? none : await base().where('customers.uscc', '=', by.uscc).execute(),
    name: by.nameKey.length < 2 ? none : await base().where('customers.name_key', '=', by.nameKey).execute(),
    phone:
      by.phoneKeys.length === 0
        ? none
        : await base()
            .where('customers.id', 'in', (eb) =>
              eb
                .selectFrom('customer_phones')
                .select('customer_phones.customer_id')
                .where('customer_phones.digits', 'in', [...by.phoneKeys]),
            )
            .execute(),
  }
}
