import { sql } from 'kysely'
import { addDays, asDay, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { phoneKey } from '#shared/modules/customers/customers.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { customerColumns } from '#core/modules/customers/customers.repo.ts'
import { journalEntries, NO_DUE_KEY, type JournalEntry } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { journalRow } from '#core/modules/receivables/journal.ts'
import type { Actor, Store, UnitOfWork } from '#core/store/store.ts'
import type { ContractsTable } from '#core/store/tables/contracts.tables.ts'
import type { CustomersTable, CustomersTables } from '#core/store/tables/customers.tables.ts'
import type {
  ReceivableAllocationsTable,
  ReceivableChangesTable,
  ReceiptsTable,
  ReceivableInstalmentsTable,
  ReceivableJournalTable,
  ReceivableUnappliedTable,
} from '#core/store/tables/receivables.tables.ts'
import { randomSource, type RandomSource } from '#tests/helpers/valid-input.ts'
import { writeVisits } from './big-firm.visits.ts'
import { insertRows } from './bulk.ts'
import { customerFieldsOf } from './firm-words.ts'

export interface BigFirmSize {
  readonly customers: number
  readonly instalments: number
}

interface BigFirmOptions extends BigFirmSize {
  readonly today: PlainDay
  /** Sales staff who own the customers in turn. */
  readonly owners: readonly string[]
  readonly actor: Actor
  readonly onProgress: (step: string, done: number, total: number) => void
}

interface Buyer {
  readonly id: string
  readonly name: string
  readonly ownerId: string
}

const SEED = 20_260_630
const SPAN_DAYS = 720
const PER_CONTRACT = 4
const CUSTOMERS_AT_ONCE = 5000
const CONTRACTS_AT_ONCE = 5000
const VISITS_PER_CUSTOMER = 2
const TERMS = JSON.stringify({
  quality: '按国家标准',
  packaging: '',
  deliveryPlace: '需方仓库',
  deliveryTerms: '',
  deliveryDay: null,
  inspection: '',
  inspectionDays: 7,
  warrantyMonths: 12,
  warranty: '',
  penaltyPerDay: 5,
  penaltyCap: null,
  breach: '',
  disputeWay: 'court',
  disputePlace: '',
  copies: 2,
  other: '',
})

/**
 * Fills a firm with so many customers and instalments that lists and sums hurt where they are careless. Rows go in by
 * the thousand, each unit of work with one audit row; every sum agrees with its allocations as if typed by hand.
 * Contracts have no goods and no payment clause of their own: nothing here opens one.
 */
export async function fillBigFirm(store: Store, options: BigFirmOptions): Promise<void> {
  const random = randomSource(SEED)
  const buyers: Buyer[] = []
  for (let from = 0; from < options.customers; from += CUSTOMERS_AT_ONCE) {
    options.onProgress('customers', from, options.customers)
    const count = Math.min(CUSTOMERS_AT_ONCE, options.customers - from)
    await chunk(store, options.actor, 'customers', from, count, async (uow) => {
      buyers.push(...(await writeCustomers(uow, random, options.owners, from, count)))
    })
  }
  options.onProgress('customers', options.customers, options.customers)
  const contracts = Math.ceil(options.instalments / PER_CONTRACT)
  for (let from = 0; from < contracts; from += CONTRACTS_AT_ONCE) {
    options.onProgress('instalments', from * PER_CONTRACT, options.instalments)
    const count = Math.min(CONTRACTS_AT_ONCE, contracts - from)
    await chunk(store, options.actor, 'instalments', from, count, async (uow) => {
      const ledger = emptyLedger()
      for (let n = from; n < from + count; n += 1) {
        // Customers in the order of their ids: indexes over them then grow at their end.
        const buyer = buyers[Math.floor((n * buyers.length) / contracts)] as Buyer
        const left = options.instalments - n * PER_CONTRACT
        addContract(ledger, random, {
          n,
          buyer,
          count: Math.min(PER_CONTRACT, left),
          today: options.today,
          now: uow.now,
        })
      }
      await writeLedger(uow, ledger)
    })
  }
  options.onProgress('instalments', options.instalments, options.instalments)
  await chunk(store, options.actor, 'visits', 0, buyers.length * VISITS_PER_CUSTOMER, (uow) =>
    writeVisits(uow, random, buyers, {
      count: buyers.length * VISITS_PER_CUSTOMER,
      today: options.today,
      spanDays: SPAN_DAYS,
    }),
  )
  await chunk(store, options.actor, 'work list', 0, options.customers, (uow) => neverCounted(uow))
}

/** A row of the work list for everybody who owes and has none, as it stands before it was ever counted. */
async function neverCounted(uow: UnitOfWork): Promise<void> {
  await sql`
    INSERT INTO dunning_cases
    SELECT customer_id, min(owner_id), 1, 1, '', 0, customer_id, 'waiting', sum(outstanding), 0, 0, '9999-12-31',
      '9999-12-31', 0, NULL, 'none', '', NULL, 0, 'owner', '9999-12-31', NULL, ''
    FROM receivable_instalments
    WHERE outstanding > 0 AND customer_id NOT IN (SELECT customer_id FROM dunning_cases)
    GROUP BY customer_id`.execute(uow.db)
}

/** One unit of work with its one audit row. */
async function chunk(
  store: Store,
  actor: Actor,
  what: string,
  from: number,
  count: number,
  work: (uow: UnitOfWork) => Promise<void>,
): Promise<void> {
  await store.write(actor, async (uow) => {
    await work(uow)
    await uow.audit({ action: 'office.sample', entity: 'office', entityId: `${what} ${from}`, after: { count } })
    uow.changed(what, String(from))
  })
}

async function writeCustomers(
  uow: UnitOfWork,
  random: RandomSource,
  owners: readonly string[],
  from: number,
  count: number,
): Promise<Buyer[]> {
  const rows: CustomersTable[] = []
  const contacts: CustomersTables['customer_contacts'][] = []
  const phones: CustomersTables['customer_phones'][] = []
  for (let n = from; n < from + count; n += 1) {
    const ownerId = owners[n % owners.length] as string
    const fields = customerFieldsOf(n, random, ownerId)
    const code = `KB-${String(n + 1).padStart(6, '0')}`
    const at = uow.now - random.int(SPAN_DAYS * 24) * 3_600_000
    const id = newId()
    rows.push({
      id,
      code,
      ...customerColumns(fields, code),
      delete_day: null,
      removed_at: n % 200 === 199 ? uow.now : null,
      version: 0,
      created_at: at,
      updated_at: at,
    })
    for (const [position, contact] of fields.contacts.entries()) {
      contacts.push({
        customer_id: id,
        position,
        name: contact.name,
        title: contact.title,
        phone: contact.phone,
        mobile: contact.mobile,
        email: contact.email,
        wechat: contact.wechat,
        decision_role: contact.decisionRole,
        is_primary: 1,
        consent_basis: contact.consentBasis,
        consent_day: contact.consentDay,
        birthday: null,
      })
      phones.push({ customer_id: id, digits: phoneKey(contact.mobile) })
    }
    phones.push({ customer_id: id, digits: phoneKey(fields.phone) })
  }
  await insertRows(uow.db, 'customers', rows)
  await insertRows(uow.db, 'customer_contacts', contacts)
  await insertRows(uow.db, 'customer_phones', phones)
  return rows.map((row) => ({ id: row.id, name: row.name, ownerId: row.owner_id as string }))
}

interface Ledger {
  readonly contracts: ContractsTable[]
  readonly instalments: ReceivableInstalmentsTable[]
  readonly receipts: ReceiptsTable[]
  readonly allocations: ReceivableAllocationsTable[]
  readonly changes: ReceivableChangesTable[]
  readonly journal: ReceivableJournalTable[]
  readonly unapplied: ReceivableUnappliedTable[]
}

const emptyLedger = (): Ledger => ({
  contracts: [],
  instalments: [],
  receipts: [],
  allocations: [],
  changes: [],
  journal: [],
  unapplied: [],
})

async function writeLedger(uow: UnitOfWork, ledger: Ledger): Promise<void> {
  await insertRows(uow.db, 'contracts', ledger.contracts)
  await insertRows(uow.db, 'receivable_instalments', ledger.instalments)
  await insertRows(uow.db, 'receipts', ledger.receipts)
  await insertRows(uow.db, 'receivable_allocations', ledger.allocations)
  await insertRows(uow.db, 'receivable_changes', ledger.changes)
  await insertRows(uow.db, 'receivable_journal', ledger.journal)
  await insertRows(uow.db, 'receivable_unapplied', ledger.unapplied)
}

interface ContractSeed {
  readonly n: number
  readonly buyer: Buyer
  readonly count: number
  readonly today: PlainDay
  readonly now: number
}

/** A signed contract with its instalments and, where anything was paid, the one receipt that paid it. */
function addContract(ledger: Ledger, random: RandomSource, { n, buyer, count, today, now }: ContractSeed): void {
  const signDay = addDays(today, -random.int(SPAN_DAYS))
  const number = `HB-${String(n + 1).padStart(7, '0')}`
  const id = newId()
  const receiptId = newId()
  const { id: customerId, ownerId } = buyer
  const paid = Math.min(count, random.int(PER_CONTRACT + 1))
  const payDay = addDays(signDay, random.int(diffDays(signDay, today) + 1))
  let amount = 0
  let settled = 0
  for (let seq = 1; seq <= count; seq += 1) {
    const share = 100_000 + random.int(4_900_000)
    const waits = seq === PER_CONTRACT && n % 8 === 0
    const dueDay = waits ? null : addDays(signDay, (seq - 1) * 75 + random.int(30))
    // The last instalment that money reached is sometimes paid in part.
    const got = seq < paid ? share : seq === paid ? (n % 3 === 0 ? Math.floor(share / 2) : share) : 0
    const instalmentId = newId()
    const instalment: ReceivableInstalmentsTable = {
      id: instalmentId,
      version: 0,
      kind: 'contract',
      contract_id: id,
      customer_id: customerId,
      owner_id: ownerId,
      contract_number: number,
      invoice_number: '',
      seq,
      label: `第 ${seq} 期货款`,
      trigger: waits ? 'warranty_end' : 'fixed',
      reason: '',
      since_day: signDay,
      due_day: dueDay,
      due_key: dueDay ?? NO_DUE_KEY,
      invoice_day: null,
      invoice_key: NO_DUE_KEY,
      amount: share,
      settled_before: 0,
      settled: got,
      credited: 0,
      written_off: 0,
      outstanding: share - got,
      disputed: 0,
      limitation_day: null,
      state: 'open',
      cancelled_day: null,
      search_text: '',
      created_at: now,
      created_by: ownerId,
      updated_at: now,
    }
    ledger.instalments.push(instalment)
    // Some last instalments were dated by an event some time after signing.
    const datedOn = dueDay !== null && seq === PER_CONTRACT && n % 8 === 1 ? addDays(signDay, 60) : null
    const dated = datedOn !== null && datedOn <= today
    if (dated) ledger.changes.push(dueChange(instalment, datedOn, now))
    const changes = dated ? [{ day: datedOn, before: null, after: dueDay }] : []
    const moves = [
      { day: signDay, amount: share },
      { day: payDay, amount: -got },
    ]
    const entries = moves.flatMap((move) => journalEntries(move.day, move.amount, instalment.due_key, changes))
    ledger.journal.push(...netted(entries).map((entry) => journalRow(instalment, entry)))
    if (got > 0) {
      ledger.allocations.push({
        id: newId(),
        kind: 'receipt',
        receipt_id: receiptId,
        credit_id: null,
        write_off_id: null,
        instalment_id: instalmentId,
        customer_id: customerId,
        amount: got,
        costs: 0,
        interest: 0,
        principal: got,
        day: payDay,
        released_day: null,
        reason: 'due',
        created_at: now,
        created_by: ownerId,
      })
    }
    amount += share
    settled += got
  }
  const net = Math.round(amount / 1.13)
  const made = { created_at: now, created_by: ownerId, updated_at: now }
  ledger.contracts.push({
    id,
    version: 0,
    number,
    kind: 'goods_sale',
    state: 'signed',
    title: '配件买卖合同',
    customer_id: customerId,
    owner_id: ownerId,
    language: 'zh-CN',
    template_id: '',
    template_version: 0,
    chosen_template_id: null,
    our_signer: '',
    their_signer: '',
    sign_place: '重庆',
    sign_day: signDay,
    sign_key: signDay,
    buyer_name: buyer.name,
    buyer: party(buyer.name),
    seller: party('重庆山城机械配件有限公司'),
    terms: TERMS,
    deal_id: null,
    renews_id: null,
    ended_day: null,
    ended_reason: '',
    ended_note: '',
    released: 0,
    end_key: '9999-12-31',
    amount,
    net,
    tax: amount - net,
    settled,
    void_day: null,
    void_reason: '',
    search_text: `${number.toLowerCase()}|${buyer.name}`,
    ...made,
  })
  if (settled === 0) return
  const advance = n % 50 === 0 ? 5_000 : 0
  ledger.receipts.push({
    id: receiptId,
    version: 0,
    number: `SB-${String(n + 1).padStart(7, '0')}`,
    customer_id: customerId,
    owner_id: ownerId,
    day: payDay,
    amount: settled + advance,
    allocated: settled,
    refunded: 0,
    advance,
    method: 'bank',
    payer: buyer.name,
    reference: '',
    note: '',
    designation: '',
    bank_line_id: null,
    state: 'posted',
    reversed_day: null,
    reversed_reason: '',
    reversed_by: null,
    search_text: buyer.name,
    ...made,
  })
  if (advance > 0) {
    const held = { source_id: receiptId, kind: 'receipt', customer_id: customerId, owner_id: ownerId } as const
    ledger.unapplied.push({ ...held, day: payDay, amount: advance })
  }
}

/** Entries of one instalment, one for each day and due day; what comes to nothing is left out. */
function netted(entries: readonly JournalEntry[]): JournalEntry[] {
  const sums = new Map<string, JournalEntry>()
  for (const entry of entries) {
    const key = `${entry.day} ${entry.dueKey}`
    sums.set(key, { ...entry, amount: entry.amount + (sums.get(key)?.amount ?? 0) })
  }
  return [...sums.values()].filter((entry) => entry.amount !== 0)
}

function dueChange(instalment: ReceivableInstalmentsTable, day: PlainDay, now: number): ReceivableChangesTable {
  return {
    id: newId(),
    instalment_id: instalment.id,
    day,
    due_before: null,
    due_after: instalment.due_day,
    amount_before: instalment.amount,
    amount_after: instalment.amount,
    source: 'event',
    source_id: '',
    reason: '',
    created_at: now,
    created_by: null,
  }
}

function party(name: string): string {
  return JSON.stringify({
    name,
    uscc: '',
    legalRepresentative: '',
    address: '',
    phone: '',
    bankName: '',
    bankAccount: '',
  })
}

/** The day the big firm stands on. */
export const BENCH_NOW = Date.parse('2026-06-30T02:00:00Z')
export const BENCH_DAY = asDay('2026-06-30')
