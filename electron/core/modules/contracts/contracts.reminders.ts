import { sql } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import {
  expiryStep,
  SCAN_ASKED_DAYS,
  type ContractReminder,
} from '#shared/modules/contracts/contracts.reminders.rules.ts'
import type { TaskSource } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { unsignedBefore } from './contracts.ledger.ts'

/** What the calendar says today of each kind of reminder. */
export interface ReminderAsk {
  readonly today: PlainDay
  readonly expiryDays: readonly number[]
  readonly unsignedBefore: number
  /** Contracts signed up to this day should have their scan. */
  readonly signedThrough: PlainDay
}

/** A reminder whose day has come and that nobody was given yet. */
export interface ReminderDue {
  readonly kind: ContractReminder
  readonly contractId: string
  readonly loanId?: string
  readonly number: string
  readonly buyerName: string
  readonly customerId: string
  readonly ownerId: string
  /** The day that the task names: the end of the term, of signing, of the return. */
  readonly day: string
  /** What it is given once for. */
  readonly mark: string
}

const AT_ONCE = 200

const contracts = (db: Reader | Writer) =>
  db
    .selectFrom('contracts')
    .select(['contracts.id', 'contracts.number', 'contracts.buyer_name', 'contracts.customer_id', 'contracts.owner_id'])
    .select(['contracts.sign_day', 'contracts.end_key', 'contracts.updated_at'])

const notMarked = (kind: ContractReminder, mark: string) => sql<boolean>`NOT EXISTS (
  SELECT 1 FROM contract_reminders m
  WHERE m.kind = ${kind} AND m.contract_id = contracts.id AND m.mark = ${sql.raw(mark)})`

type Row = Awaited<ReturnType<ReturnType<typeof contracts>['executeTakeFirstOrThrow']>>
const dueOf = (kind: ContractReminder, row: Row, rest: Pick<ReminderDue, 'day' | 'mark'> & Partial<ReminderDue>) => ({
  kind,
  contractId: row.id,
  number: row.number,
  buyerName: row.buyer_name,
  customerId: row.customer_id,
  ownerId: row.owner_id,
  ...rest,
})

/** Nothing goes on from the contract, not even a draft. */
const NOT_RENEWED = sql<boolean>`NOT EXISTS (
  SELECT 1 FROM contracts next WHERE next.renews_id = contracts.id AND next.state <> 'void')`
const NO_SCAN = sql<boolean>`NOT EXISTS (
  SELECT 1 FROM contract_scans s WHERE s.contract_id = contracts.id AND s.replaced_at IS NULL)`

/** Everything that somebody is to be told of today, of people who are still there. */
export async function dueReminders(db: Reader | Writer, ask: ReminderAsk): Promise<ReminderDue[]> {
  return [
    ...(await expiring(db, ask)),
    ...(await unsigned(db, ask)),
    ...(await unscanned(db, ask)),
    ...(await lentTooLong(db, ask)),
  ]
}

const ACTIVE = sql<boolean>`EXISTS (SELECT 1 FROM users u WHERE u.id = contracts.owner_id AND u.active = 1)`

async function expiring(db: Reader | Writer, { today, expiryDays }: ReminderAsk): Promise<ReminderDue[]> {
  const rows = await contracts(db)
    .where('contracts.state', '=', 'signed')
    .where('contracts.ended_day', 'is', null)
    .where('contracts.end_key', '>=', today)
    .where('contracts.end_key', '<=', addDays(today, Math.max(...expiryDays)))
    .where(NOT_RENEWED)
    .where(ACTIVE)
    .orderBy('contracts.end_key')
    .execute()
  const found = rows.flatMap((row) => {
    const step = expiryStep(row.end_key as PlainDay, today, expiryDays)
    return step === null ? [] : [dueOf('expiry', row, { day: row.end_key, mark: `${row.end_key}:${step}` })]
  })
  if (found.length === 0) return []
  const known = await db
    .selectFrom('contract_reminders')
    .select(['contract_id', 'mark'])
    .where('kind', '=', 'expiry')
    .where('mark', 'in', [...new Set(found.map((one) => one.mark))])
    .execute()
  const told = new Set(known.map((row) => `${row.contract_id} ${row.mark}`))
  return found.filter((one) => !told.has(`${one.contractId} ${one.mark}`)).slice(0, AT_ONCE)
}

async function unsigned(db: Reader | Writer, ask: ReminderAsk): Promise<ReminderDue[]> {
  const rows = await contracts(db)
    .where('contracts.state', '=', 'draft')
    .where(unsignedBefore(ask.unsignedBefore))
    .where(notMarked('unsigned', "''"))
    .where(ACTIVE)
    .orderBy('contracts.updated_at')
    .limit(AT_ONCE)
    .execute()
  return rows.map((row) => dueOf('unsigned', row, { day: '', mark: '' }))
}

async function unscanned(db: Reader | Writer, { signedThrough }: ReminderAsk): Promise<ReminderDue[]> {
  const rows = await contracts(db)
    .where('contracts.state', '=', 'signed')
    .where('contracts.sign_key', '<=', signedThrough)
    .where('contracts.sign_key', '>=', addDays(signedThrough, -SCAN_ASKED_DAYS))
    .where(NO_SCAN)
    .where(notMarked('scan', "''"))
    .where(ACTIVE)
    .orderBy('contracts.sign_key')
    .limit(AT_ONCE)
    .execute()
  return rows.map((row) => dueOf('scan', row, { day: row.sign_day ?? '', mark: '' }))
}

/** Whoever lent an original out asks for it, or, where he has left, the owner of the contract. */
async function lentTooLong(db: Reader | Writer, { today }: ReminderAsk): Promise<ReminderDue[]> {
  const rows = await contracts(db)
    .innerJoin('contract_loans as loan', 'loan.contract_id', 'contracts.id')
    .innerJoin('users as lender', 'lender.id', 'loan.lent_by')
    .select(['loan.id as loan_id', 'loan.due_day', 'loan.lent_by', 'lender.active'])
    .where('loan.returned_day', 'is', null)
    .where('loan.due_day', '<', today)
    .where(notMarked('loan', 'loan.id'))
    .orderBy('loan.due_day')
    .limit(AT_ONCE)
    .execute()
  return rows.map((row) =>
    dueOf('loan', row, {
      loanId: row.loan_id,
      ownerId: row.active === 1 ? row.lent_by : row.owner_id,
      day: row.due_day ?? '',
      mark: row.loan_id,
    }),
  )
}

const MODULES = ['contractExpiry', 'contractUnsigned', 'contractScan', 'contractLoan'] as const

/** Open tasks of reminders whose reason is gone: renewed or ended, signed or given up, scanned, brought back. */
export async function goneReminders(db: Reader | Writer, ask: ReminderAsk): Promise<TaskSource[]> {
  const last = addDays(ask.today, Math.max(...ask.expiryDays))
  const holds = sql<boolean>`CASE tasks.source_module
    WHEN 'contractExpiry' THEN contracts.state = 'signed' AND contracts.ended_day IS NULL
      AND contracts.end_key <= ${last} AND ${NOT_RENEWED}
    WHEN 'contractUnsigned' THEN contracts.state = 'draft'
    WHEN 'contractScan' THEN contracts.state = 'signed' AND ${NO_SCAN}
    ELSE EXISTS (SELECT 1 FROM contract_loans loan
      WHERE loan.id = substr(tasks.source_id, 38) AND loan.returned_day IS NULL) END`
  const rows = await db
    .selectFrom('tasks')
    // The id of the contract comes first; that of a loan follows it.
    .innerJoin('contracts', (join) => join.on(sql<boolean>`contracts.id = substr(tasks.source_id, 1, 36)`))
    .select(['tasks.source_module', 'tasks.source_id'])
    .where('tasks.source_module', 'in', [...MODULES])
    .where('tasks.state', '=', 'open')
    .where(sql<boolean>`NOT (${holds})`)
    .execute()
  return rows.map((row) => ({ module: row.source_module as TaskSource['module'], id: row.source_id ?? '' }))
}

/** Contracts that run, of a file that is older than obligations. */
export async function unfollowed(db: Reader, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('contracts')
    .select('contracts.id')
    .where('contracts.state', '=', 'signed')
    .where('contracts.ended_day', 'is', null)
    .where(sql<boolean>`contracts.settled < contracts.amount`)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM obligations o WHERE o.contract_id = contracts.id)`)
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}
