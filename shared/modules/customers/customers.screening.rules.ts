import type { FieldIssue } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { CustomerFields } from './customers.schema.ts'
import type { Criterion, Screening } from './customers.screening.schema.ts'

export interface ScoredCriterion {
  readonly key: Criterion
  readonly points: number
  readonly met: boolean
}

/** Points out of a hundred, and for each criterion whether it is met: a score nobody can explain is none. */
export function scoreOf(
  fields: CustomerFields,
  criteria: Screening['criteria'],
): { readonly score: number; readonly reasons: readonly ScoredCriterion[] } {
  const reasons = criteria.map(({ key, points, wanted }) => ({ key, points, met: meets(fields, key, wanted) }))
  const most = reasons.reduce((sum, one) => sum + one.points, 0)
  const got = reasons.reduce((sum, one) => sum + (one.met ? one.points : 0), 0)
  return { score: most === 0 ? 0 : Math.round((got * 100) / most), reasons }
}

function meets(fields: CustomerFields, key: Criterion, wanted: readonly string[]): boolean {
  const among = (text: string) => text !== '' && (wanted.length === 0 || wanted.some((one) => text.includes(one)))
  const { contacts } = fields
  switch (key) {
    case 'code':
      return fields.uscc !== ''
    case 'size':
      return fields.size === 'large' || fields.size === 'medium'
    case 'kind':
      return fields.kind === 'endUser' || fields.kind === 'manufacturer'
    case 'industry':
      return among(fields.industry)
    case 'region':
      return among(fields.region)
    case 'needs':
      return fields.needs !== ''
    case 'decides':
      return contacts.some((one) => one.decisionRole === 'decides')
    case 'reachable':
      return fields.phone !== '' || contacts.some((one) => one.mobile !== '' || one.phone !== '' || one.email !== '')
    case 'source':
      return fields.source === 'referral' || fields.source === 'exhibition'
    case 'invoice':
      return Object.values(fields.invoice).every((part) => part !== '')
  }
}

/**
 * The day on which a rejected file is to be deleted: kept where it was rejected already, null where it is not. A file
 * that is taken up again has none.
 */
export function deletionDay(
  stage: CustomerFields['stage'],
  before: { readonly stage: string; readonly deleteDay: string | null } | null,
  today: PlainDay,
  deleteDays: number,
): PlainDay | null {
  if (stage !== 'rejected') return null
  if (before?.stage === 'rejected' && before.deleteDay !== null) return before.deleteDay as PlainDay
  return addDays(today, deleteDays)
}

/** What is wrong with contacts where birthdays are not kept (个人信息保护法 art. 6: no more than the purpose needs). */
export function birthdayIssues(contacts: CustomerFields['contacts'], kept: boolean): FieldIssue[] {
  if (kept) return []
  return contacts.flatMap((contact, at) =>
    contact.birthday === null
      ? []
      : [{ path: ['contacts', at, 'birthday'], key: 'customers:errors.birthdayOff' } as const],
  )
}

/** The same contacts without birthdays. */
export const withoutBirthdays = (contacts: CustomerFields['contacts']): CustomerFields['contacts'] =>
  contacts.map((contact) => ({ ...contact, birthday: null }))
