import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Change, Standing } from '#shared/modules/obligations/obligations.follow.rules.ts'
import { dueKeyOf, type StoredState } from '#shared/modules/obligations/obligations.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ObligationsTable } from '#core/store/tables/obligations.tables.ts'

/** What obligations say of the contract that they stand in. */
export interface ObligationContract {
  readonly id: string
  readonly number: string
  readonly ownerId: string
  readonly buyerName: string
}

/** Who sees to an obligation. */
export interface Seer {
  readonly ownerId: string
  readonly departmentId: string | null
}

export function toStanding(row: ObligationsTable): Standing {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    side: row.side,
    seq: row.seq,
    detail: row.detail,
    amount: row.amount,
    trigger: row.trigger,
    after: row.after_days,
    dayKind: row.day_kind,
    dueDay: row.due_day as PlainDay | null,
    ruleDay: row.rule_day as PlainDay | null,
    waits: row.waits === 1,
    state: row.state,
    byRule: row.by_rule === 1,
    doneDay: row.done_day as PlainDay | null,
    doneByRule: row.done_by_rule === 1,
    dropCode: row.drop_code,
  }
}

/** What the obligations of a contract are found by; reading Chinese takes its time, so each text is read once. */
export function searchTexts(contract: Pick<ObligationContract, 'buyerName' | 'number'>): (detail: string) => string {
  let common: string | null = null
  const known = new Map<string, string>()
  return (detail) => {
    common ??= buildSearchText(contract.buyerName, [contract.number])
    const own = known.get(detail) ?? buildSearchText(detail)
    known.set(detail, own)
    return own === '' ? common : `${common}|${own}`
  }
}

/** Columns of what the contract says. */
export function saidColumns(said: Change) {
  const { seq, detail, amount, trigger } = said
  return {
    kind: said.kind,
    side: said.side,
    seq,
    detail,
    amount,
    trigger,
    after_days: said.after,
    day_kind: said.dayKind,
    due_day: said.dueDay,
    rule_day: said.ruleDay,
    due_key: dueKeyOf('open', said.dueDay),
    waits: said.waits ? 1 : 0,
  }
}

/** Columns of an obligation that is finished or open, whoever said so. */
export function closedColumns(
  uow: UnitOfWork,
  dueDay: string | null,
  how:
    | { readonly state: 'open' }
    | { readonly state: 'done'; readonly day: string; readonly byRule: boolean; readonly note: string }
    | { readonly state: 'dropped'; readonly code: NonNullable<ObligationsTable['drop_code']>; readonly note: string },
) {
  const { state } = how
  const by = uow.actor.userId
  return {
    state: state as StoredState,
    due_key: dueKeyOf(state, dueDay),
    done_day: how.state === 'done' ? how.day : null,
    done_by: how.state === 'done' && !how.byRule ? by : null,
    done_by_rule: how.state === 'done' && how.byRule ? 1 : 0,
    drop_code: how.state === 'dropped' ? how.code : null,
    note: how.state === 'open' ? '' : how.note,
    closed_at: how.state === 'open' ? null : uow.now,
    closed_by: how.state === 'open' ? null : by,
  }
}

/** A new row, open; the caller audits. */
export function newRow(
  uow: UnitOfWork,
  contract: ObligationContract,
  said: Change & { readonly key: string; readonly byRule: boolean; readonly clause: string },
  seer: Seer,
  searchText: string,
): ObligationsTable {
  return {
    id: newId(),
    version: 0,
    contract_id: contract.id,
    contract_owner_id: contract.ownerId,
    key: said.key,
    ...saidColumns(said),
    search_text: searchText,
    clause: said.clause,
    owner_id: seer.ownerId,
    department_id: seer.departmentId,
    move_reason: '',
    by_rule: said.byRule ? 1 : 0,
    ...closedColumns(uow, said.dueDay, { state: 'open' }),
    reminded_for: '',
    entered_day: uow.today,
    created_at: uow.now,
    created_by: uow.actor.userId,
    updated_at: uow.now,
  }
}

/** Everything that stands in one contract. */
export const rowsOfContract = (db: Reader | Writer, contractId: string): Promise<ObligationsTable[]> =>
  db.selectFrom('obligations').selectAll().where('contract_id', '=', contractId).orderBy('key').execute()

/** Writes columns of one obligation and takes back the task of a day that is no longer its own. */
export async function saveRow(
  uow: UnitOfWork,
  row: Pick<ObligationsTable, 'id' | 'version' | 'state' | 'due_day' | 'reminded_for'>,
  columns: Partial<ObligationsTable>,
): Promise<number> {
  const version = row.version + 1
  const next = { ...row, ...columns }
  const stays = next.state === 'open' && next.due_day === row.due_day
  if (!stays && row.reminded_for !== '') {
    await closeTasksOf(uow, { module: 'obligations', id: row.id }, next.state === 'done' ? 'done' : 'dropped')
  }
  await uow.db
    .updateTable('obligations')
    .set({ ...columns, reminded_for: stays ? row.reminded_for : '', version, updated_at: uow.now })
    .where('id', '=', row.id)
    .execute()
  uow.changed('obligations', row.id)
  return version
}
