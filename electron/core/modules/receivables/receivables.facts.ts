import type { PlainDay } from '#shared/kernel/dates.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { ReceivableAllocationsTable, ReceivableChangesTable } from '#core/store/tables/receivables.tables.ts'

/** A change of the due day, and what it came from. */
export interface DueFact {
  readonly day: PlainDay
  readonly before: PlainDay | null
  readonly after: PlainDay | null
  readonly source: ReceivableChangesTable['source']
  readonly sourceId: string
}

/** What settled something of a debt, part by part; fen. */
export interface SettledFact {
  readonly kind: ReceivableAllocationsTable['kind']
  readonly day: PlainDay
  readonly releasedDay: PlainDay | null
  readonly costs: number
  readonly interest: number
  readonly principal: number
}

/** One debt as it stands; fen. */
export interface DebtRow {
  readonly id: string
  readonly customerId: string
  readonly ownerId: string
  readonly contractId: string | null
  readonly contractNumber: string
  readonly seq: number
  readonly label: string
  readonly sinceDay: PlainDay
  readonly dueDay: PlainDay | null
  readonly amount: number
  readonly settledBefore: number
  readonly outstanding: number
  readonly disputed: number
  readonly cancelled: boolean
  readonly limitationDay: PlainDay | null
}

/** One debt with everything that happened to it; fen. */
export interface DebtFacts extends DebtRow {
  readonly changes: readonly DueFact[]
  readonly settled: readonly SettledFact[]
}

/** These debts as they stand, by id: one query, however many there are. */
export async function debtRows(db: Reader | Writer, ids: readonly string[]): Promise<Map<string, DebtRow>> {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('receivable_instalments').selectAll().where('id', 'in', piece).execute(),
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        customerId: row.customer_id,
        ownerId: row.owner_id,
        contractId: row.contract_id,
        contractNumber: row.contract_number,
        seq: row.seq,
        label: row.label,
        sinceDay: row.since_day as PlainDay,
        dueDay: row.due_day as PlainDay | null,
        amount: row.amount,
        settledBefore: row.settled_before,
        outstanding: row.outstanding,
        disputed: row.disputed,
        cancelled: row.state === 'cancelled',
        limitationDay: row.limitation_day as PlainDay | null,
      },
    ]),
  )
}

/** These debts with their history: three queries, however many there are. */
export async function debtFacts(db: Reader | Writer, ids: readonly string[]): Promise<Map<string, DebtFacts>> {
  const debts = await debtRows(db, ids)
  const changes = Map.groupBy(
    await inPieces(ids, (piece) =>
      db
        .selectFrom('receivable_changes')
        .select(['instalment_id', 'day', 'due_before', 'due_after', 'source', 'source_id'])
        .where('instalment_id', 'in', piece)
        .orderBy('day')
        .orderBy('id')
        .execute(),
    ),
    (row) => row.instalment_id,
  )
  const settled = Map.groupBy(
    await inPieces(ids, (piece) =>
      db
        .selectFrom('receivable_allocations')
        .select(['instalment_id', 'kind', 'day', 'released_day', 'costs', 'interest', 'principal'])
        .where('instalment_id', 'in', piece)
        .orderBy('day')
        .orderBy('id')
        .execute(),
    ),
    (row) => row.instalment_id,
  )
  return new Map(
    [...debts.values()].map((debt) => [
      debt.id,
      {
        ...debt,
        changes: (changes.get(debt.id) ?? [])
          .filter((change) => change.due_before !== change.due_after)
          .map((change) => ({
            day: change.day as PlainDay,
            before: change.due_before as PlainDay | null,
            after: change.due_after as PlainDay | null,
            source: change.source,
            sourceId: change.source_id,
          })),
        settled: (settled.get(debt.id) ?? []).map((one) => ({
          kind: one.kind,
          day: one.day as PlainDay,
          releasedDay: one.released_day as PlainDay | null,
          costs: one.costs,
          interest: one.interest,
          principal: one.principal,
        })),
      },
    ]),
  )
}

/** The due day of the last instalment of each of these contracts. */
export async function lastDueDays(
  db: Reader | Writer,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, PlainDay>> {
  const rows = await inPieces(contractIds, (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select((eb) => ['contract_id', eb.fn.max('due_day').as('day')])
      .where('contract_id', 'in', piece)
      .where('state', '=', 'open')
      .groupBy('contract_id')
      .execute(),
  )
  return new Map(
    rows.flatMap(({ contract_id: id, day }) => (id === null || day === null ? [] : [[id, day as PlainDay] as const])),
  )
}

/** Ids of what is open of a contract, of a customer, or of one instalment itself, in the order in which it falls due. */
export async function debtsOf(
  db: Reader | Writer,
  target: { readonly contractId: string } | { readonly customerId: string },
  which: 'open' | 'all' = 'open',
): Promise<{ id: string; ownerId: string; customerId: string }[]> {
  let query = db
    .selectFrom('receivable_instalments')
    .select(['id', 'owner_id as ownerId', 'customer_id as customerId'])
    .where('state', '=', 'open')
  query =
    'contractId' in target
      ? query.where('contract_id', '=', target.contractId)
      : query.where('customer_id', '=', target.customerId)
  if (which === 'open') query = query.where('outstanding', '>', 0)
  return query.orderBy('due_key').orderBy('id').execute()
}
