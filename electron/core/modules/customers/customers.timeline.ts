import { refuse } from '#shared/kernel/app-error.ts'
import { changedFields } from '#shared/modules/customers/customers.rules.ts'
import type { TimelineEvent } from '#shared/modules/timeline/timeline.schema.ts'
import { sql } from 'kysely'
import type { Scope } from '#core/kernel/scope.ts'
import type { TimelineSource } from '#core/kernel/timeline.ts'
import { loggedOfCustomer } from '#core/modules/audit/audit.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'
import { accessTo } from './customers.team.repo.ts'

const FILE_EVENTS: Readonly<Record<string, TimelineEvent>> = {
  'customers.create': 'fileMade',
  'customers.update': 'fileChanged',
  'customers.remove': 'fileRemoved',
  'customers.restore': 'fileRestored',
  'customers.tellApart': 'toldApart',
}
const OWNER_EVENTS: Readonly<Record<string, TimelineEvent>> = {
  'customers.transfer': 'transferred',
  'customers.claim': 'claimed',
  'customers.assign': 'assigned',
  'customers.release': 'released',
  'customers.poolNotice': 'poolNotice',
  'customers.team': 'teamJoined',
  'customers.merge': 'merged',
  'customers.unmerge': 'unmerged',
  'customers.mergeFinal': 'mergeFinal',
}
const DUNNING_EVENTS: Readonly<Record<string, TimelineEvent>> = {
  'dunning.exclude': 'dunningExcluded',
  'dunning.include': 'dunningIncluded',
}
/** Written down with both files of a merge; told once, with the one that was kept. */
const OF_BOTH = ['customers.merge', 'customers.unmerge', 'customers.mergeFinal']

/** The file of a customer as anybody opens it who looks after it or helps; in the bin too. Throws NOT_FOUND. */
export async function openFile(db: Reader, scope: Scope, id: string): Promise<void> {
  const row = await db.selectFrom('customers').select(['id', 'owner_id']).where('id', '=', id).executeTakeFirst()
  if (!row || (await accessTo(db, scope, row)) === null) throw refuse('NOT_FOUND', { entity: 'customer' })
}

/** Files that were merged into this one, at any time and over several steps. */
export async function mergedFiles(db: Reader, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE former(id) AS (
      SELECT dropped_id FROM customer_merges WHERE kept_id = ${id} AND state <> 'undone'
      UNION
      SELECT m.dropped_id FROM customer_merges m JOIN former f ON m.kept_id = f.id WHERE m.state <> 'undone'
    ) SELECT id FROM former WHERE id <> ${id}`.execute(db)
  return rows.map((row) => row.id)
}

/** Keys are compared as texts: numbers of one length. */
const DIGITS = 16

function parsed(text: string | null): Record<string, unknown> {
  const value: unknown = text === null ? null : JSON.parse(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function fromLog(
  what: Pick<TimelineSource, 'id' | 'kind' | 'permit'>,
  events: Readonly<Record<string, TimelineEvent>>,
): TimelineSource {
  const actions = Object.keys(events)
  return {
    ...what,
    async find(db, ask) {
      const rows = await loggedOfCustomer(db, ask, { actions, toldOnce: OF_BOTH })
      const read = rows.map((row) => ({ ...row, was: parsed(row.before), is: parsed(row.after) }))
      const named = read.flatMap(({ action, is }) => personOf(action, is) ?? [])
      const people = await userBriefs(db, [...new Set(named)])
      return read.map(({ seq, at, action, who, was, is }) => ({
        id: String(seq).padStart(DIGITS, '0'),
        day: null,
        at,
        event: is['userId'] !== undefined && is['access'] === null ? 'teamLeft' : (events[action] ?? 'fileChanged'),
        who,
        title: people.get(personOf(action, is) ?? '')?.name ?? '',
        words:
          action === 'customers.update'
            ? changedFields(was, is).map((key) => ({ key: `customers:fields.${key}` }))
            : [],
        note:
          action === 'customers.release' || action === 'dunning.exclude'
            ? String(is['note'] ?? is['reason'] ?? '')
            : '',
      }))
    },
  }
}

/** Whom a row is about: who gets the customer, or who helps with it. */
function personOf(action: string, is: Readonly<Record<string, unknown>>): string | null {
  const of = action === 'customers.team' ? is['userId'] : action === 'customers.claim' ? null : is['ownerId']
  return typeof of === 'string' && action in OWNER_EVENTS ? of : null
}

/** What the log knows of the customer's own file, of who looks after it, and of dunning it. */
export const customersTimeline: readonly TimelineSource[] = [
  fromLog({ id: 'file', kind: 'file', permit: 'customers.read' }, FILE_EVENTS),
  fromLog({ id: 'owner', kind: 'owner', permit: 'customers.read' }, OWNER_EVENTS),
  fromLog({ id: 'exclusion', kind: 'dunning', permit: 'dunning.read' }, DUNNING_EVENTS),
]
