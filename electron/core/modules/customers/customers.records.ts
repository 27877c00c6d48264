import { invalid, refuse } from '#shared/kernel/app-error.ts'
import { withoutNothing } from '#shared/modules/customers/customers.fields.rules.ts'
import {
  birthdayIssues,
  deletionDay,
  scoreOf,
  withoutBirthdays,
} from '#shared/modules/customers/customers.screening.rules.ts'
import type { Screening } from '#shared/modules/customers/customers.screening.schema.ts'
import { fileCompleteness, missingFacts, primaryFirst } from '#shared/modules/customers/customers.rules.ts'
import type { CustomerFields, CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { duplicateHits } from './customers.duplicates.ts'
import { replaceFieldValues } from './customers.fields.repo.ts'
import {
  customerColumns,
  replaceParts,
  toCustomerFields,
  toCustomerRow,
  type CustomerRecord,
} from './customers.repo.ts'

/** The one way a customer file is written: form and import alike come through here, each change with its audit row. */

/** Writes a new file with its number; the caller has settled owner and duplicates. */
export async function insertCustomer(uow: UnitOfWork, given: CustomerFields): Promise<string> {
  const own = withoutNothing(given.fields)
  const fields = { ...(await settled(uow, given)), fields: own }
  const id = newId()
  const code = await nextDocumentNumber(uow, 'customer')
  const delete_day = await dayOfDeletion(uow, fields.stage, null)
  const times = { version: 0, created_at: uow.now, updated_at: uow.now }
  await uow.db
    .insertInto('customers')
    .values({ id, code, ...customerColumns(fields, code), delete_day, removed_at: null, ...times })
    .execute()
  await replaceParts(uow.db, id, fields)
  await replaceFieldValues(uow.db, id, own, {})
  await uow.audit({ action: 'customers.create', entity: 'customer', entityId: id, after: fields })
  uow.changed('customers', id)
  return id
}

/** Overwrites a file; the caller has settled version, owner and duplicates. Answers with the new version. */
export async function changeCustomer(uow: UnitOfWork, found: CustomerRecord, given: CustomerFields): Promise<number> {
  const { id, code } = found.raw
  // An import that was written before there were own fields says nothing of them when it is taken back.
  const own = withoutNothing((given.fields as CustomerFields['fields'] | undefined) ?? found.fields)
  const fields = { ...(await settled(uow, given)), fields: own }
  const version = found.raw.version + 1
  const delete_day = await dayOfDeletion(uow, fields.stage, found)
  await uow.db
    .updateTable('customers')
    .set({ ...customerColumns(fields, code), delete_day, version, updated_at: uow.now })
    .where('id', '=', id)
    .execute()
  await replaceParts(uow.db, id, fields)
  await replaceFieldValues(uow.db, id, own, found.fields)
  const before = toCustomerFields(found)
  await uow.audit({ action: 'customers.update', entity: 'customer', entityId: id, before, after: fields })
  uow.changed('customers', id)
  return version
}

/**
 * One primary contact, birthdays only where they are kept (what is taken back may still hold some), and a reason where
 * the file is rejected and nowhere else. Throws VALIDATION without one.
 */
async function settled(uow: UnitOfWork, given: CustomerFields): Promise<CustomerFields> {
  const born = given.contacts.some((contact) => contact.birthday !== null)
  const contacts = born && !(await keepsBirthdays(uow.db)) ? withoutBirthdays(given.contacts) : given.contacts
  const fields = { ...given, contacts: primaryFirst(contacts) }
  if (fields.stage !== 'rejected') return { ...fields, rejectReason: '', rejectNote: '' }
  if (fields.rejectReason === '') throw invalid([{ path: ['rejectReason'], key: 'validation:required' }])
  return fields
}

export async function keepsBirthdays(db: Reader | Writer): Promise<boolean> {
  return (await readSetting(db, 'screening')).value.birthdays
}

/** Throws VALIDATION beside each birthday where the firm keeps none. */
export async function assertBirthdays(db: Reader | Writer, contacts: CustomerFields['contacts']): Promise<void> {
  const issues = birthdayIssues(contacts, await keepsBirthdays(db))
  if (issues.length > 0) throw invalid(issues)
}

async function dayOfDeletion(uow: UnitOfWork, stage: CustomerFields['stage'], found: CustomerRecord | null) {
  if (stage !== 'rejected') return null
  const { deleteDays } = (await readSetting(uow.db, 'screening')).value
  const before = found ? { stage: found.raw.stage, deleteDay: found.raw.delete_day } : null
  return deletionDay(stage, before, uow.today, deleteDays)
}

/** Puts a file into the bin, or takes it out again. Answers with the new version. */
export async function binCustomer(uow: UnitOfWork, found: CustomerRecord, removed: boolean): Promise<number> {
  const { id } = found.raw
  const version = found.raw.version + 1
  await uow.db
    .updateTable('customers')
    .set({ removed_at: removed ? uow.now : null, version, updated_at: uow.now })
    .where('id', '=', id)
    .execute()
  const action = removed ? 'customers.remove' : 'customers.restore'
  await uow.audit({ action, entity: 'customer', entityId: id, before: { removed: !removed }, after: { removed } })
  uow.changed('customers', id)
  return version
}

/** Gives a file to another person, or to nobody. */
export async function moveCustomer(uow: UnitOfWork, found: CustomerRecord, ownerId: string | null): Promise<void> {
  const { id, version, owner_id: before } = found.raw
  await uow.db
    .updateTable('customers')
    .set({ owner_id: ownerId, version: version + 1, updated_at: uow.now })
    .where('id', '=', id)
    .execute()
  const change = { before: { ownerId: before }, after: { ownerId } }
  await uow.audit({ action: 'customers.transfer', entity: 'customer', entityId: id, ...change })
  uow.changed('customers', id)
}

/** Refuses a credit code that another customer has: CUSTOMER_DUPLICATE, with as much of it as the caller may see. */
export async function assertCodeFree(uow: UnitOfWork, scope: Scope, uscc: string, exceptId: string | null) {
  if (uscc === '') return
  const hits = await duplicateHits(uow.db, scope, { name: '', uscc, phone: '', email: '', exceptId })
  if (hits.length > 0) throw refuse('CUSTOMER_DUPLICATE', { hits })
}

/** The owner of a new file: the caller where nobody is named; only active people within the scope may be. */
export async function ownerFor(uow: UnitOfWork, scope: Scope, wanted: string | null): Promise<string | null> {
  const owner = wanted ?? uow.actor.userId
  if (owner === null) return null
  const allowed = inScope(scope, owner) && (await isActiveUser(uow.db, owner))
  if (!allowed) throw invalid([{ path: ['ownerId'], key: 'customers:errors.owner' }])
  return owner
}

/** What a card says beyond the file's own row. */
export interface CardFacts {
  readonly access: CustomerView['access']
  readonly mergedInto: string | null
  readonly campaignName: string | null
  readonly criteria: Screening['criteria']
}
const NO_FACTS: CardFacts = { access: 'full', mergedInto: null, campaignName: null, criteria: [] }

/** A file as its card shows it. */
export function toCustomerView(found: CustomerRecord, given: Partial<CardFacts> = {}): CustomerView {
  const facts = { ...NO_FACTS, ...given }
  const fields = toCustomerFields(found)
  const { score, reasons } = scoreOf(fields, facts.criteria)
  return {
    ...toCustomerRow(found.raw),
    ...fields,
    fields: found.fields,
    removed: found.raw.removed_at !== null,
    mergedInto: facts.mergedInto,
    campaignName: facts.campaignName,
    score,
    scoreReasons: [...reasons],
    missing: missingFacts(fields),
    access: facts.access,
    completeness: fileCompleteness(fields),
  }
}
