import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { latestByMoment, type TimelineAsk, type TimelineFound, type TimelineSource } from '#core/kernel/timeline.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

function obligationsOf(db: Reader, { customerId, scope }: TimelineAsk) {
  return applyScope(
    db
      .selectFrom('contracts as c')
      .innerJoin('obligations as o', 'o.contract_id', 'c.id')
      .leftJoin('users as author', 'author.id', 'o.created_by')
      .leftJoin('users as closer', 'closer.id', 'o.closed_by')
      .select(['o.id', 'o.kind', 'o.detail', 'o.state', 'o.note', 'o.created_at', 'o.closed_at', 'c.number'])
      .select(['author.name as author_name', 'closer.name as closer_name']),
    scope,
    'c.owner_id',
  ).where('c.customer_id', '=', customerId)
}

const told = (row: {
  readonly id: string
  readonly kind: string
  readonly detail: string
  readonly number: string
}) => ({
  id: row.id,
  day: null,
  record: { kind: 'obligation' as const, id: row.id },
  title: `${row.number} ${row.detail}`.trim(),
  words: [{ key: `obligations:kinds.${row.kind}` }],
})
const source = (id: string, find: TimelineSource['find']): TimelineSource => ({
  id,
  kind: 'contracts',
  permit: 'contracts.read',
  find,
})

const written = source('obligation', async (db, ask): Promise<TimelineFound[]> => {
  const rows = await latestByMoment(obligationsOf(db, ask).where('o.by_rule', '=', 0), ask, [
    'o.created_at',
    'o.id',
  ]).execute()
  return rows.map((row) => ({ ...told(row), at: row.created_at, event: 'obligationMade', who: row.author_name }))
})

/** What a person said was done or need not be; what followed from a record elsewhere is told by that record. */
const closed = source('obligation-closed', async (db, ask): Promise<TimelineFound[]> => {
  const said = obligationsOf(db, ask)
    .where('o.closed_at', 'is not', null)
    .where((eb) => eb.or([eb('o.done_by', 'is not', null), eb('o.drop_code', '=', 'person')]))
  const rows = await latestByMoment(said, ask, ['o.closed_at', 'o.id']).execute()
  return rows.map((row) => ({
    ...told(row),
    at: row.closed_at ?? 0,
    event: row.state === 'done' ? 'obligationDone' : 'obligationDropped',
    who: row.closer_name,
    note: row.note,
  }))
})

/** What the timeline of a customer tells of obligations. */
export const obligationsTimeline: readonly TimelineSource[] = [written, closed]

/** Obligations under the contracts with a customer within the scope. */
export const obligationIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  applyScope(
    db.selectFrom('contracts as c').innerJoin('obligations as o', 'o.contract_id', 'c.id').select('o.id'),
    scope,
    'c.owner_id',
  ).where('c.customer_id', '=', customerId)

/** Whether an obligation of this id is within the scope. */
export async function obligationInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  const row = await applyScope(db.selectFrom('obligations').select('id'), scope, 'obligations.contract_owner_id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** What both sides are bound to under these contracts: the id of each with its contract. */
export const obligationsUnder = (db: Reader, contractIds: readonly string[]) =>
  inPieces(contractIds, (piece) =>
    db
      .selectFrom('obligations')
      .select(['id', 'contract_id as contractId'])
      .where('contract_id', 'in', piece)
      .orderBy('id')
      .execute(),
  )
