import type { NotNull } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { asDay } from '#shared/kernel/dates.ts'
import type { Wanted } from '#shared/modules/obligations/obligations.derive.rules.ts'
import {
  followSteps,
  recordedSince,
  type FollowFacts,
  type FollowStep,
} from '#shared/modules/obligations/obligations.follow.rules.ts'
import { MONEY_KINDS } from '#shared/modules/obligations/obligations.rules.ts'
import type { DropCode, ObligationKind } from '#shared/modules/obligations/obligations.schema.ts'
import { activeUsersWithRole, departmentsOf } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ObligationsTable } from '#core/store/tables/obligations.tables.ts'
import {
  closedColumns,
  newRow,
  rowsOfContract,
  saidColumns,
  saveRow,
  searchTexts,
  toStanding,
  type ObligationContract,
  type Seer,
} from './obligations.records.ts'

/**
 * Makes the obligations of a signed contract say what it says now, in the unit of work that changed it. What nobody
 * sees to yet goes to the owner of the contract, invoices to finance.
 */
export async function followContract(
  uow: UnitOfWork,
  contract: ObligationContract & { readonly signDay: PlainDay },
  wanted: readonly Wanted[],
  facts: Omit<FollowFacts, 'since'>,
): Promise<void> {
  const rows = await rowsOfContract(uow.db, contract.id)
  const entered = rows.map((row) => row.entered_day).toSorted()[0] ?? uow.today
  const since = recordedSince(contract.signDay, asDay(entered))
  const steps = followSteps(rows.map(toStanding), wanted, { ...facts, since })
  await take(uow, contract, rows, steps)
}

/** Finishes what was paid for of a contract, and opens again what was paid back: told with every allocation. */
export const followPayments = (uow: UnitOfWork, contractId: string): Promise<void> =>
  followRecords(uow, contractId, MONEY_KINDS, () => paidDays(uow.db, contractId))

/** Finishes the invoices that these instalments were billed with, and opens again what was taken back. */
export async function followInvoices(uow: UnitOfWork, instalmentIds: readonly string[]): Promise<void> {
  if (instalmentIds.length === 0) return
  const rows = await uow.db
    .selectFrom('receivable_instalments')
    .select('contract_id')
    .distinct()
    .where('id', 'in', [...instalmentIds])
    .where('contract_id', 'is not', null)
    .$narrowType<{ contract_id: NotNull }>()
    .execute()
  for (const { contract_id: id } of rows) {
    await followRecords(uow, id, ['invoice'], () => billedDays(uow.db, id))
  }
}

/** Holds what a payment clause makes one owe against what is recorded elsewhere of its instalments. */
async function followRecords(
  uow: UnitOfWork,
  contractId: string,
  kinds: readonly ObligationKind[],
  recorded: () => Promise<ReadonlyMap<number, PlainDay | null>>,
): Promise<void> {
  const rows = await uow.db
    .selectFrom('obligations')
    .selectAll()
    .where('contract_id', '=', contractId)
    .where('kind', 'in', [...kinds])
    .where('state', '<>', 'dropped')
    .execute()
  if (rows.length === 0) return
  const days = await recorded()
  const standing = rows.map(toStanding)
  const wanted = standing.map((row) => ({
    ...row,
    dueDay: row.ruleDay,
    fulfilled: days.get(row.seq ?? 0) ?? null,
  }))
  const nothing = { signing: null, delivery: null, acceptance: null, warranty_end: null }
  const steps = followSteps(standing, wanted, { days: nothing, counter: NO_COUNTER, ended: false, since: null })
  await take(uow, { id: contractId, number: '', ownerId: '', buyerName: '' }, rows, steps)
}

/** Money is dated by its clause; nothing is counted here. */
const NO_COUNTER: FollowFacts['counter'] = {
  addDays: (day) => day,
  addMonths: (day) => day,
  addWorkingDays: (day) => day,
}

/** Lets everything open of a contract fall that is made void. */
export async function dropObligations(uow: UnitOfWork, contractId: string, code: DropCode): Promise<void> {
  const rows = await rowsOfContract(uow.db, contractId)
  const open = rows.filter((row) => row.state === 'open')
  const steps = open.map(({ id }): FollowStep => ({ kind: 'drop', id, code }))
  await take(uow, { id: contractId, number: '', ownerId: '', buyerName: '' }, rows, steps)
}

/** The instalments of a contract that count, by their place, each with the day on which it was paid in full. */
export async function paidDays(db: Reader | Writer, contractId: string): Promise<Map<number, PlainDay | null>> {
  const rows = await db
    .selectFrom('receivable_instalments as i')
    .leftJoin('receivable_allocations as a', (join) =>
      join.onRef('a.instalment_id', '=', 'i.id').on('a.released_day', 'is', null),
    )
    .where('i.contract_id', '=', contractId)
    .where('i.kind', '=', 'contract')
    .where('i.state', '=', 'open')
    .groupBy(['i.seq', 'i.outstanding'])
    .select((eb) => ['i.seq', 'i.outstanding', eb.fn.max('a.day').as('day')])
    .execute()
  return new Map(rows.map((row) => [row.seq, row.outstanding === 0 ? (row.day as PlainDay | null) : null]))
}

/** The instalments of a contract that count, by their place, each with the day on which it was billed in full. */
export async function billedDays(db: Reader | Writer, contractId: string): Promise<Map<number, PlainDay | null>> {
  const rows = await db
    .selectFrom('receivable_instalments as i')
    .innerJoin('invoice_instalments as b', 'b.instalment_id', 'i.id')
    .innerJoin('invoices as v', 'v.id', 'b.invoice_id')
    .where('i.contract_id', '=', contractId)
    .where('i.kind', '=', 'contract')
    .where('i.state', '=', 'open')
    .groupBy(['i.seq', 'i.amount'])
    .select((eb) => ['i.seq', 'i.amount', eb.fn.sum<number>('b.amount').as('billed'), eb.fn.max('v.day').as('day')])
    .execute()
  return new Map(rows.map((row) => [row.seq, Number(row.billed) >= row.amount ? (row.day as PlainDay) : null]))
}

/** Takes the steps, with one row of the audit log for all of them. */
async function take(
  uow: UnitOfWork,
  contract: ObligationContract,
  rows: readonly ObligationsTable[],
  steps: readonly FollowStep[],
): Promise<void> {
  if (steps.length === 0) return
  const known = new Map(rows.map((row) => [row.id, row]))
  const told = new Map<FollowStep['kind'], string[]>()
  const seers = seersOf(uow, contract)
  const searchText = searchTexts(contract)
  const made: ObligationsTable[] = []
  for (const step of steps) {
    const row = step.kind === 'make' ? null : known.get(step.id)!
    told.set(step.kind, [...(told.get(step.kind) ?? []), step.kind === 'make' ? step.wanted.key : (row?.key ?? '')])
    if (step.kind === 'make') {
      const { fulfilled, ...said } = step.wanted
      const fresh = newRow(
        uow,
        contract,
        { ...said, ruleDay: said.dueDay, byRule: true, clause: '' },
        await seers(said.kind),
        searchText(said.detail),
      )
      made.push(fulfilled === null ? fresh : { ...fresh, ...done(uow, fresh, fulfilled) })
    } else if (row) {
      const columns = columnsOf(uow, row, step, searchText)
      // A step may stand on the one before: what changed and was done at once.
      known.set(row.id, { ...row, ...columns, version: await saveRow(uow, row, columns) })
    }
  }
  if (made.length > 0) await uow.db.insertInto('obligations').values(made).execute()
  for (const { id } of made) uow.changed('obligations', id)
  await uow.audit({
    action: 'obligations.follow',
    entity: 'contract',
    entityId: contract.id,
    after: Object.fromEntries(told),
  })
}

const done = (uow: UnitOfWork, row: ObligationsTable, day: string) =>
  closedColumns(uow, row.due_day, { state: 'done', day, byRule: true, note: '' })

function columnsOf(
  uow: UnitOfWork,
  row: ObligationsTable,
  step: Exclude<FollowStep, { kind: 'make' }>,
  searchText: (detail: string) => string,
): Partial<ObligationsTable> {
  switch (step.kind) {
    case 'fulfil':
      return done(uow, row, step.day)
    case 'drop':
      return closedColumns(uow, row.due_day, { state: 'dropped', code: step.code, note: '' })
    case 'change':
    case 'reopen': {
      const search = step.to.detail === row.detail ? {} : { search_text: searchText(step.to.detail) }
      const moved = step.to.dueDay === step.to.ruleDay ? { move_reason: '' } : {}
      const open = step.kind === 'reopen' ? closedColumns(uow, step.to.dueDay, { state: 'open' }) : {}
      return { ...saidColumns(step.to), ...search, ...moved, ...open }
    }
  }
}

/** Who sees to what: looked up once, and only where something is made. */
function seersOf(uow: UnitOfWork, contract: ObligationContract) {
  let known: Promise<{ owner: Seer; finance: Seer }> | null = null
  const find = async () => {
    const finance = (await activeUsersWithRole(uow.db, ['finance']))[0]?.id ?? contract.ownerId
    const departments = await departmentsOf(uow.db, [contract.ownerId, finance])
    const seer = (ownerId: string): Seer => ({ ownerId, departmentId: departments.get(ownerId) ?? null })
    return { owner: seer(contract.ownerId), finance: seer(finance) }
  }
  return async (kind: Wanted['kind']): Promise<Seer> => {
    known ??= find()
    const { owner, finance } = await known
    return kind === 'invoice' ? finance : owner
  }
}
