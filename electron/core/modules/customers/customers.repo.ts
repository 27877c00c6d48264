import { sql } from 'kysely'
import { addDays } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery, sortKey } from '#shared/kernel/search-text.ts'
import { customerKeys, phoneKeys, startOfDay } from '#shared/modules/customers/customers.rules.ts'
import type { FieldValues } from '#shared/modules/customers/customers.fields.schema.ts'
import type {
  ContactFields,
  CustomerFields,
  CustomerFilters,
  CustomerRow,
} from '#shared/modules/customers/customers.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { CustomersTable, CustomersTables } from '#core/store/tables/customers.tables.ts'
import { fieldValues, withFieldValues } from './customers.fields.repo.ts'
import { openTo } from './customers.team.repo.ts'

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
const EQUAL = [
  ['ownerId', 'customers.owner_id'],
  ['kind', 'customers.kind'],
  ['stage', 'customers.stage'],
  ['grade', 'customers.grade'],
  ['source', 'customers.source'],
  ['region', 'customers.region'],
  ['campaignId', 'customers.campaign_id'],
] as const

/** Which rows a list is about: whose they may be, what was typed, what was filtered; days are of this zone. */
export interface CustomerQuery {
  readonly scope: Scope
  readonly zone: string
  readonly text?: string | undefined
  readonly filters: CustomerFilters
  readonly today: string
}

/** Orders whose index holds the search text; in the others the text is looked for first, by an index that has it. */
const INDEXED_TEXT: ReadonlySet<CustomerSort> = new Set(['name', 'updatedAt'])

/**
 * A column as a condition that no index is chosen for: the index of the list's order shall be walked until a page is
 * full, not every row with this value be fetched and sorted. All filters are in each of those indexes.
 */
const unindexed = (column: string) => sql<string>`coalesce(${sql.ref(column)}, '')`

/** The ids of the rows that a list is about, before they are sorted, so that an index can answer alone. */
function matching(
  db: Reader | Writer,
  { scope, zone, text, filters, today }: CustomerQuery,
  order: CustomerSort = 'name',
) {
  // The bin is for owners alone.
  const ids = db.selectFrom('customers').select('customers.id')
  let query = filters.removed ? applyScope(ids, scope, 'customers.owner_id') : ids.where(openTo(scope))
  query = query.where('customers.removed_at', filters.removed ? 'is not' : 'is', null)
  for (const [name, column] of EQUAL) {
    const wanted = filters[name]
    if (wanted !== undefined) query = query.where(unindexed(column), '=', wanted)
  }
  for (const has of withFieldValues(filters.fields ?? {})) query = query.where(has)
  const { createdFrom, createdTo, tag } = filters
  if (tag !== undefined) {
    const tagged = db.selectFrom('customer_tags').select('customer_id').where('tag', '=', tag)
    query = query.where('customers.id', 'in', tagged)
  }
  if (filters.signed === true) {
    const signed = db.selectFrom('contracts').select('contracts.customer_id').where('contracts.state', '=', 'signed')
    query = query.where('customers.id', 'in', applyScope(signed, scope, 'contracts.owner_id'))
  }
  if (filters.toDelete === true) query = query.where('customers.delete_day', '<=', today)
  if (createdFrom !== undefined) query = query.where('customers.created_at', '>=', startOfDay(createdFrom, zone))
  if (createdTo !== undefined) {
    query = query.where('customers.created_at', '<', startOfDay(addDays(createdTo, 1), zone))
  }
  const needle = normaliseQuery(text ?? '')
  if (needle === '') return query
  const has = (table: string) => sql<boolean>`instr(${sql.ref(`${table}.search_text`)}, ${needle}) > 0`
  if (INDEXED_TEXT.has(order)) return query.where(has('customers'))
  const found = db.selectFrom('customers as found').select('found.id').where(has('found'))
  return query.where(unindexed('customers.id'), 'in', found)
}

/** A page of customers. The page's ids come from a covering index; only those rows are then read whole. */
export async function listCustomers(
  db: Reader,
  query: CustomerQuery,
  page: Pick<PageInput<CustomerSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: CustomerRow[]; nextCursor: string | null }> {
  const { sort, limit } = page
  const ids = keyset(matching(db, query, sort.key), {
    sortColumn: SORT[sort.key],
    idColumn: 'customers.id',
    dir: sort.dir,
    cursor: page.cursor,
    limit,
  })
  const rows = await db
    .selectFrom('customers')
    .where('customers.id', 'in', ids)
    .leftJoin('users', 'users.id', 'customers.owner_id')
    .selectAll('customers')
    .select('users.name as owner_name')
    .orderBy(sql.ref(SORT[sort.key]), sort.dir)
    .orderBy('customers.id', sort.dir)
    .execute()
  const cut = pageOf(
    rows,
    limit,
    (row) => row[SORT_VALUE[sort.key]],
    (row) => row.id,
  )
  const shown = await fieldValues(
    db,
    cut.rows.map((row) => row.id),
    'inList',
  )
  return { rows: cut.rows.map((row) => toCustomerRow(row, shown.get(row.id))), nextCursor: cut.nextCursor }
}

const MOST_REGIONS = 100

/** The regions of the customers in the scope, the commonest first. */
export async function listRegions(db: Reader, scope: Scope): Promise<string[]> {
  const rows = await db
    .selectFrom('customers')
    .where(openTo(scope))
    .where('removed_at', 'is', null)
    .where('region', '!=', '')
    .groupBy('region')
    .select((eb) => ['region', eb.fn.countAll<number>().as('count')])
    .orderBy('count', 'desc')
    .orderBy('region')
    .limit(MOST_REGIONS)
    .execute()
  return rows.map((row) => row.region)
}

/** The tags of the customers in the scope, the commonest first. */
export async function listTags(db: Reader, scope: Scope): Promise<string[]> {
  const rows = await applyScope(
    db.selectFrom('customer_tags').innerJoin('customers', 'customers.id', 'customer_tags.customer_id'),
    scope,
    'customers.owner_id',
  )
    .where('customers.removed_at', 'is', null)
    .groupBy('customer_tags.tag')
    .select((eb) => ['customer_tags.tag', eb.fn.countAll<number>().as('count')])
    .orderBy('count', 'desc')
    .orderBy('customer_tags.tag')
    .limit(MOST_REGIONS)
    .execute()
  return rows.map((row) => row.tag)
}

/** How many rows the whole list has. */
export async function countCustomers(db: Reader, query: CustomerQuery): Promise<number> {
  const row = await db
    .selectFrom(matching(db, query).as('m'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export function toCustomerRow(
  raw: CustomersTable & { owner_name: string | null },
  fields: CustomerRow['fields'] = {},
): CustomerRow {
  return {
    id: raw.id,
    code: raw.code,
    name: raw.name,
    shortName: raw.short_name,
    uscc: raw.uscc,
    kind: raw.kind as CustomerRow['kind'],
    industry: raw.industry,
    stage: raw.stage as CustomerRow['stage'],
    grade: raw.grade as CustomerRow['grade'],
    source: raw.source as CustomerRow['source'],
    region: raw.region,
    phone: raw.phone,
    ownerId: raw.owner_id,
    ownerName: raw.owner_name,
    contactName: raw.contact_name,
    campaignId: raw.campaign_id,
    deleteDay: raw.delete_day,
    fields,
    version: raw.version,
    createdAt: raw.created_at,
    updatedAt: raw.updated_at,
  }
}

/** Ids in one question; a statement takes only so many. */
const AT_ONCE = 500

/** One file with its contacts, primary one first; also one in the bin. */
export async function findCustomer(db: Reader | Writer, id: string): Promise<CustomerRecord | undefined> {
  const [found] = await findCustomers(db, [id])
  return found
}

export interface CustomerRecord {
  readonly raw: CustomersTable & { owner_name: string | null }
  readonly contacts: readonly CustomersTables['customer_contacts'][]
  /** As they were first written; in the order of their words. */
  readonly tags: readonly string[]
  /** Own fields, retired ones too. */
  readonly fields: FieldValues
}

/** Several files with their contacts, in the order of the ids; unknown ones are left out. */
export async function findCustomers(db: Reader | Writer, ids: readonly string[]): Promise<CustomerRecord[]> {
  const found = new Map<string, CustomerRecord>()
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    const rows = await db
      .selectFrom('customers')
      .leftJoin('users', 'users.id', 'customers.owner_id')
      .selectAll('customers')
      .select('users.name as owner_name')
      .where('customers.id', 'in', some)
      .execute()
    const contacts = await db
      .selectFrom('customer_contacts')
      .selectAll()
      .where('customer_id', 'in', some)
      .orderBy('customer_id')
      .orderBy('position')
      .execute()
    const tags = await db
      .selectFrom('customer_tags')
      .selectAll()
      .where('customer_id', 'in', some)
      .orderBy('tag')
      .execute()
    const tagsOf = Map.groupBy(tags, (one) => one.customer_id)
    const byCustomer = Map.groupBy(contacts, (contact) => contact.customer_id)
    const fields = await fieldValues(db, some, 'all')
    for (const raw of rows) {
      const own = (tagsOf.get(raw.id) ?? []).map((one) => one.tag)
      const contactsOf = byCustomer.get(raw.id) ?? []
      found.set(raw.id, { raw, contacts: contactsOf, tags: own, fields: fields.get(raw.id) ?? {} })
    }
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** A stored file as the fields of its form. */
export function toCustomerFields({ raw, contacts, tags, fields }: CustomerRecord): CustomerFields {
  return {
    name: raw.name,
    shortName: raw.short_name,
    uscc: raw.uscc,
    kind: raw.kind as CustomerFields['kind'],
    industry: raw.industry,
    stage: raw.stage as CustomerFields['stage'],
    grade: raw.grade as CustomerFields['grade'],
    source: raw.source as CustomerFields['source'],
    size: raw.size as CustomerFields['size'],
    region: raw.region,
    address: raw.address,
    phone: raw.phone,
    website: raw.website,
    needs: raw.needs,
    note: raw.note,
    campaignId: raw.campaign_id as CustomerFields['campaignId'],
    rejectReason: raw.reject_reason as CustomerFields['rejectReason'],
    rejectNote: raw.reject_note,
    tags: tags.toSorted(),
    addresses: JSON.parse(raw.addresses) as CustomerFields['addresses'],
    ownerId: raw.owner_id,
    invoice: JSON.parse(raw.invoice) as CustomerFields['invoice'],
    contacts: contacts.map((contact) => ({
      name: contact.name,
      title: contact.title,
      phone: contact.phone,
      mobile: contact.mobile,
      email: contact.email,
      wechat: contact.wechat,
      decisionRole: contact.decision_role as ContactFields['decisionRole'],
      primary: contact.is_primary === 1,
      consentBasis: contact.consent_basis as ContactFields['consentBasis'],
      consentDay: contact.consent_day as ContactFields['consentDay'],
      birthday: contact.birthday as ContactFields['birthday'],
    })),
    fields,
  }
}

/** The columns that a form's fields become. */
export function customerColumns(fields: CustomerFields, code: string) {
  const keys = customerKeys(fields, code)
  return {
    name: fields.name,
    short_name: fields.shortName,
    uscc: fields.uscc,
    kind: fields.kind,
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
    campaign_id: fields.campaignId,
    reject_reason: fields.rejectReason,
    reject_note: fields.rejectNote,
    addresses: JSON.stringify(fields.addresses),
    owner_id: fields.ownerId,
    invoice: JSON.stringify(fields.invoice),
    contact_name: fields.contacts[0]?.name ?? '',
    sort_name: sortKey(fields.name),
    name_key: keys.nameKey,
    search_text: keys.searchText,
  }
}

/** Replaces contacts, tags and the digits that duplicates are looked for by. */
export async function replaceParts(db: Writer, id: string, fields: CustomerFields): Promise<void> {
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
          birthday: contact.birthday,
        })),
      )
      .execute()
  }
  await db.deleteFrom('customer_tags').where('customer_id', '=', id).execute()
  if (fields.tags.length > 0) {
    await db
      .insertInto('customer_tags')
      .values(fields.tags.map((tag) => ({ customer_id: id, tag })))
      .execute()
  }
  const digitsOf = phoneKeys(fields)
  if (digitsOf.length > 0) {
    await db
      .insertInto('customer_phones')
      .values(digitsOf.map((digits) => ({ customer_id: id, digits })))
      .execute()
  }
}

/** Takes the birthdays of all contacts out of all files. */
export async function eraseBirthdays(db: Writer): Promise<void> {
  await db.updateTable('customer_contacts').set({ birthday: null }).where('birthday', 'is not', null).execute()
}
