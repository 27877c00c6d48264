import { normaliseFirmName } from '#shared/kernel/names.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { firmDomain, phoneKey } from '#shared/modules/customers/customers.rules.ts'
import type { DuplicateHit } from '#shared/modules/customers/customers.schema.ts'
import { sql } from 'kysely'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { helpedWith } from './customers.team.repo.ts'

/** A row of the firm that may be the same customer. */
export interface DuplicateCandidate {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly owner_id: string | null
  readonly owner_name: string | null
}

export interface DuplicateKeys {
  readonly uscc: string
  readonly name: string
  readonly phone: string
  readonly email: string
  /** The record itself, while it is edited. */
  readonly exceptId: string | null
}

const FEW = 5
const SHORTEST_PHONE = 7
const SHORTEST_NAME = 2

/**
 * Rows of the whole firm that may be the same, the surest first: the same credit code, the same name without its
 * legal form, the same phone, the same domain of an e-mail address. Of a row outside the scope only the owner's name is told.
 */
export async function duplicateHits(db: Reader | Writer, scope: Scope, keys: DuplicateKeys): Promise<DuplicateHit[]> {
  const nameKey = normaliseFirmName(keys.name)
  const digits = phoneKey(keys.phone)
  const uscc = normaliseCode(keys.uscc)
  const domain = firmDomain(keys.email)
  const found = {
    uscc: uscc === '' ? [] : await sameCode(db, uscc, keys.exceptId),
    name: nameKey.length < SHORTEST_NAME ? [] : await sameName(db, nameKey, keys.exceptId),
    phone: digits.length < SHORTEST_PHONE ? [] : await samePhone(db, digits, keys.exceptId),
    mail: domain === '' ? [] : await sameDomain(db, domain, keys.exceptId),
  }
  const all = [...found.uscc, ...found.name, ...found.phone, ...found.mail]
  const helped = await helpedWith(
    db,
    scope,
    all.map((row) => row.id),
  )
  const hits = new Map<string, DuplicateHit>()
  for (const by of ['uscc', 'name', 'phone', 'mail'] as const) {
    for (const row of found[by])
      if (!hits.has(row.id)) hits.set(row.id, toHit(row, by, inScope(scope, row.owner_id) || helped.has(row.id)))
  }
  return [...hits.values()]
}

function toHit(row: DuplicateCandidate, by: DuplicateHit['by'], visible: boolean): DuplicateHit {
  const shown = visible ? { id: row.id, name: row.name, code: row.code } : { id: null, name: null, code: null }
  return { visible, ...shown, ownerName: row.owner_name, by }
}

function candidates(db: Reader | Writer, exceptId: string | null) {
  const query = db
    .selectFrom('customers')
    .leftJoin('users', 'users.id', 'customers.owner_id')
    .select(['customers.id', 'customers.name', 'customers.code', 'customers.owner_id', 'users.name as owner_name'])
    .where('customers.removed_at', 'is', null)
    .limit(FEW)
  return exceptId === null ? query : query.where('customers.id', '!=', exceptId)
}

const sameCode = (db: Reader | Writer, uscc: string, exceptId: string | null) =>
  candidates(db, exceptId).where('customers.uscc', '=', uscc).where('customers.uscc', '!=', '').execute()

const sameName = (db: Reader | Writer, nameKey: string, exceptId: string | null) =>
  candidates(db, exceptId).where('customers.name_key', '=', nameKey).execute()

const samePhone = (db: Reader | Writer, digits: string, exceptId: string | null) =>
  candidates(db, exceptId)
    .where('customers.id', 'in', (eb) =>
      eb
        .selectFrom('customer_phones')
        .select('customer_phones.customer_id')
        .where('customer_phones.digits', '=', digits),
    )
    .execute()

/** Looked up in the index over the domains of contacts. */
const sameDomain = (db: Reader | Writer, domain: string, exceptId: string | null) =>
  candidates(db, exceptId)
    .where('customers.id', 'in', (eb) =>
      eb
        .selectFrom('customer_contacts')
        .select('customer_contacts.customer_id')
        .where('email', '<>', '')
        .where(sql`lower(substr(email, instr(email, '@') + 1))`, '=', domain),
    )
    .execute()

/** What one row of an import is known by; empty ones say nothing. */
export interface MatchKeys {
  readonly code: string
  readonly uscc: string
  readonly nameKey: string
  readonly phones: readonly string[]
}

/** For each of many rows the customer it is or is like, the surest one; the firm is asked four times for them all. */
export async function matchCustomers(
  db: Reader | Writer,
  rows: readonly MatchKeys[],
): Promise<((DuplicateCandidate & { by: 'code' | 'uscc' | 'name' | 'phone' }) | null)[]> {
  const all = (keyOf: (row: MatchKeys) => readonly string[]) =>
    [...new Set(rows.flatMap(keyOf))].filter((key) => key !== '')
  const base = db
    .selectFrom('customers')
    .leftJoin('users', 'users.id', 'customers.owner_id')
    .select(['customers.id', 'customers.name', 'customers.code', 'customers.owner_id', 'users.name as owner_name'])
    .where('customers.removed_at', 'is', null)
    .orderBy('customers.id')
  const byCode = indexed(
    await base
      .where(
        'customers.code',
        'in',
        all((row) => [row.code]),
      )
      .execute(),
    (hit) => hit.code,
  )
  const byUscc = indexed(
    await base
      .select('customers.uscc')
      .where('customers.uscc', '!=', '')
      .where(
        'customers.uscc',
        'in',
        all((row) => [row.uscc]),
      )
      .execute(),
    (hit) => hit.uscc,
  )
  const byName = indexed(
    await base
      .select('customers.name_key')
      .where(
        'customers.name_key',
        'in',
        all((row) => (row.nameKey.length < SHORTEST_NAME ? [] : [row.nameKey])),
      )
      .execute(),
    (hit) => hit.name_key,
  )
  const byPhone = indexed(
    await base
      .innerJoin('customer_phones', 'customer_phones.customer_id', 'customers.id')
      .select('customer_phones.digits')
      .where(
        'customer_phones.digits',
        'in',
        all((row) => row.phones.filter((p) => p.length >= SHORTEST_PHONE)),
      )
      .execute(),
    (hit) => hit.digits,
  )
  return rows.map((row) => {
    const code = byCode.get(row.code)
    if (code) return { ...code, by: 'code' }
    const uscc = byUscc.get(row.uscc)
    if (uscc) return { ...uscc, by: 'uscc' }
    const name = byName.get(row.nameKey)
    if (name) return { ...name, by: 'name' }
    const phone = row.phones.map((digits) => byPhone.get(digits)).find((hit) => hit !== undefined)
    return phone ? { ...phone, by: 'phone' } : null
  })
}

/** The first of each key. */
function indexed<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row> {
  const map = new Map<string, Row>()
  for (const row of rows) if (!map.has(keyOf(row))) map.set(keyOf(row), row)
  return map
}
