import { ownValue, withoutNothing } from './customers.fields.rules.ts'
import type { CustomerFields } from './customers.schema.ts'

/** How long a merge can be taken back, in days; as long as a removed file waits in the bin. */
export const MERGE_DAYS = 30

/** Whose contacts the kept file has afterwards. */
export const CONTACT_CHOICES = ['both', 'kept', 'dropped'] as const
export type ContactChoice = (typeof CONTACT_CHOICES)[number]

/** Fields that are chosen one by one; contacts are chosen as a whole. */
export const MERGE_FIELDS = [
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
  'campaignId',
  'rejectReason',
  'rejectNote',
  'tags',
  'addresses',
  'ownerId',
  'invoice',
] as const satisfies readonly Exclude<keyof CustomerFields, 'contacts'>[]
export type MergeField = (typeof MERGE_FIELDS)[number]

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const NOTHING: Readonly<Partial<Record<MergeField, unknown>>> = { size: 'unknown', kind: 'other' }
const STAGES: readonly string[] = ['rejected', 'lead', 'screening', 'dormant', 'prospect', 'customer']

/** Whether a field says nothing: not typed, or the choice that stands for unknown. */
export function saysNothing(fields: CustomerFields, field: MergeField): boolean {
  const value = fields[field]
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.values(value).every((part) => part === '')
  return value === null || value === '' || value === NOTHING[field]
}

/** Fields in which two files differ: what a reader has to choose. */
export function differingFields(kept: CustomerFields, dropped: CustomerFields): MergeField[] {
  return MERGE_FIELDS.filter((field) => !same(kept[field], dropped[field]))
}

/** What is proposed to be taken from the dropped file: what the kept one does not say, and the later stage. */
export function proposedTake(kept: CustomerFields, dropped: CustomerFields): MergeField[] {
  return differingFields(kept, dropped).filter((field) => {
    if (field === 'stage') return STAGES.indexOf(dropped.stage) > STAGES.indexOf(kept.stage)
    if (field === 'grade') return dropped.grade < kept.grade
    return saysNothing(kept, field) && !saysNothing(dropped, field)
  })
}

const whoIs = (contact: CustomerFields['contacts'][number]) => `${contact.name}|${contact.mobile}|${contact.email}`

/** Keys of the firm's own fields that either file fills and that are not the same in both. */
export function differingOwnFields(kept: CustomerFields, dropped: CustomerFields): string[] {
  const keys = [...new Set([...Object.keys(kept.fields), ...Object.keys(dropped.fields)])].toSorted()
  return keys.filter((key) => !same(ownValue(kept.fields, key), ownValue(dropped.fields, key)))
}

/** Of these the ones proposed to be taken from the dropped file: what the kept one does not say. */
export function proposedOwnFields(kept: CustomerFields, dropped: CustomerFields): string[] {
  return differingOwnFields(kept, dropped).filter((key) => ownValue(kept.fields, key) === null)
}

/**
 * The kept file after a merge. Of the same person (name, mobile, e-mail) the kept entry stays; `takeFields` are the
 * firm's own fields that are taken from the dropped file, also where it says nothing.
 */
export function mergedFields(
  kept: CustomerFields,
  dropped: CustomerFields,
  take: readonly MergeField[],
  contacts: ContactChoice,
  takeFields: readonly string[],
): CustomerFields {
  const taken = Object.fromEntries(take.map((field) => [field, dropped[field]]))
  const known = new Set(kept.contacts.map(whoIs))
  const more = dropped.contacts
    .filter((contact) => !known.has(whoIs(contact)))
    .map((contact) => ({ ...contact, primary: contact.primary && kept.contacts.length === 0 }))
  const file = { ...kept, ...taken }
  // A reason belongs to its stage: without the one there is not the other.
  const rejected = file.stage === 'rejected'
  const reason = rejected
    ? { rejectReason: file.rejectReason || kept.rejectReason || dropped.rejectReason }
    : { rejectReason: '' as const, rejectNote: '' }
  const people =
    contacts === 'kept' ? kept.contacts : contacts === 'dropped' ? dropped.contacts : [...kept.contacts, ...more]
  const theirs = Object.fromEntries(takeFields.map((key) => [key, ownValue(dropped.fields, key)]))
  const fields = withoutNothing({ ...kept.fields, ...theirs })
  return { ...file, ...reason, contacts: people, fields }
}

/**
 * The kept file after its merge is taken back: every field has its former value again, but for those that somebody
 * has changed since, which stay and are named.
 */
export function unmergedFields(
  before: CustomerFields,
  merged: CustomerFields,
  now: CustomerFields,
): { fields: CustomerFields; stayed: (MergeField | 'contacts' | 'fields')[] } {
  const all = [...MERGE_FIELDS, 'contacts'] as const
  const stayed = all.filter((field) => !same(now[field], merged[field]))
  const back = Object.fromEntries(all.filter((field) => !stayed.includes(field)).map((field) => [field, before[field]]))
  const changed = differingOwnFields(now, merged)
  const own = Object.fromEntries(changed.map((key) => [key, ownValue(now.fields, key)]))
  const fields = withoutNothing({ ...before.fields, ...own })
  return { fields: { ...now, ...back, fields }, stayed: changed.length === 0 ? stayed : [...stayed, 'fields'] }
}
