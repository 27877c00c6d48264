import { refuse } from '#shared/kernel/app-error.ts'
import type { AttachedTo } from '#shared/modules/attachments/attachments.rules.ts'
import type { CourtFacts, Paper } from '#shared/modules/dunning/dunning.court.rules.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { filesOn } from '#core/modules/attachments/attachments.api.ts'
import { papersAbout } from '#core/modules/claims/claims.api.ts'
import { contractEvidence, type ContractEvidence } from '#core/modules/contracts/contracts.api.ts'
import { customerParties, type CustomerParty } from '#core/modules/customers/customers.api.ts'
import { invoicesFor } from '#core/modules/invoices/invoices.api.ts'
import { obligationsUnder } from '#core/modules/obligations/obligations.api.ts'
import { deliveriesUnder } from '#core/modules/orders/orders.api.ts'
import { owedByIds, owedOfCustomers, type Owed } from '#core/modules/receivables/receivables.api.ts'
import type { Reader } from '#core/store/store.ts'
import { contactsQuery } from './dunning.contacts.repo.ts'
import { caseInScope } from './dunning.reach.ts'
import { lettersAbout, type LetterAbout } from './dunning.repo.ts'

/** Whose debts a file is about, and which of them where that is said. */
export interface CourtAsk {
  readonly customerId: string
  readonly instalmentIds?: readonly string[] | undefined
}

export interface CourtDebts {
  readonly customer: CustomerParty
  readonly ownerId: string
  /** All of his that are open, and those that it is about. */
  readonly open: readonly Owed[]
  readonly debts: readonly Owed[]
}

/** Everything known of a customer's debts that a court would ask for, as its reader may see it. */
export interface CourtCase extends CourtDebts {
  readonly contracts: readonly ContractEvidence[]
  readonly deliveries: Awaited<ReturnType<typeof deliveriesUnder>>
  readonly invoices: Awaited<ReturnType<typeof invoicesFor>>
  readonly letters: readonly LetterAbout[]
  readonly facts: CourtFacts
}

/**
 * The debts of one customer that a file is about: those named, else what is overdue, else everything that is open. Throws
 * NOT_FOUND, DUNNING_NOT_OWED for a debt that is not his or that is paid.
 */
export async function debtsOfCase(db: Reader, scope: Scope, input: CourtAsk, today: string): Promise<CourtDebts> {
  const { ownerId } = await caseInScope(db, scope, input.customerId)
  const customer = (await customerParties(db, [input.customerId])).get(input.customerId)
  if (!customer) throw refuse('NOT_FOUND', { entity: 'customer' })
  const open = (await owedOfCustomers(db, [customer.id]))
    .filter((row) => inScope(scope, row.ownerId))
    .toSorted((a, b) => ((a.dueDay ?? '9') < (b.dueDay ?? '9') ? -1 : 1))
  const debts = input.instalmentIds ? await named(db, open, input.instalmentIds) : overdueOf(open, today)
  return { customer, ownerId, open, debts }
}

/** Gathers the evidence about them besides: a fixed number of queries. Throws as `debtsOfCase`. */
export async function gatherCase(db: Reader, scope: Scope, input: CourtAsk, today: string): Promise<CourtCase> {
  const asked = await debtsOfCase(db, scope, input, today)
  const { customer, debts } = asked
  const ids = debts.map(({ id }) => id)
  const contracts = await contractEvidence(db, scope, [...new Set(debts.flatMap((debt) => debt.contractId ?? []))])
  const contractIds = contracts.map(({ id }) => id)
  const deliveries = await deliveriesUnder(db, contractIds)
  const receipts = await receiptsOf(db, contractIds)
  const invoices = ids.length === 0 ? [] : await invoicesFor(db, scope, contractIds, ids)
  const invoiceFiles = await filesOf(db, 'invoice', invoices)
  const { statements, plans } = ids.length === 0 ? { statements: [], plans: [] } : await papersAbout(db, scope, ids)
  const statementFiles = await filesOf(db, 'statement', statements)
  const planFiles = await filesOf(db, 'repaymentPlan', plans)
  const letters = await lettersAbout(db, scope, ids)
  const letterFiles = await filesOf(db, 'letter', letters)
  const contacts = await contactsQuery(db, scope, undefined, { customerId: customer.id as never })
    .where('k.void_at', 'is', null)
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const firm = (await readSetting(db, 'firm')).value
  const of = (files: ReadonlyMap<string, Paper[]>, id: string) => files.get(id) ?? []
  const known = new Set(contractIds)
  return {
    ...asked,
    contracts,
    deliveries,
    invoices,
    letters,
    facts: {
      debts: debts.map((debt) => ({
        contractNumber: debt.contractNumber,
        label: debt.label,
        outstanding: debt.outstanding,
        disputed: debt.disputed,
        limitationDay: debt.limitationDay,
        hasContract: debt.contractId !== null && known.has(debt.contractId),
      })),
      contracts: contracts.map((contract) => ({
        ...contract,
        deliveries: deliveries.filter(({ contractId }) => contractId === contract.id).length,
        receipts: receipts.get(contract.id) ?? [],
      })),
      invoices: invoices.map(({ id, number, day }) => ({ number, day, files: of(invoiceFiles, id) })),
      statements: statements.map((row) => ({
        number: row.number,
        asOf: row.as_of,
        paper: { fileId: row.file_id, name: `${row.number}.pdf`, sha256: row.sha256 },
        confirmed: row.answer === 'confirmed',
        scans: of(statementFiles, row.id),
      })),
      plans: plans.map((row) => ({
        number: row.number,
        signDay: row.sign_day ?? '',
        paper: row.file_id === null ? null : { fileId: row.file_id, name: `${row.number}.pdf`, sha256: row.sha256 },
        scans: of(planFiles, row.id),
      })),
      letters: letters.map((row) => ({
        number: row.number,
        kind: row.kind,
        day: row.day,
        paper: { fileId: row.fileId, name: `${row.number}.pdf`, sha256: row.sha256 },
        sent: row.sentDay !== null,
        proof: row.proof,
        scans: of(letterFiles, row.id),
      })),
      contacts: Number(contacts.count),
      defendant: defendantOf(customer, contracts),
      plaintiff: { uscc: firm.uscc, address: firm.address, legalRepresentative: firm.legalRepresentative },
    },
  }
}

const filesOf = (db: Reader, to: AttachedTo, records: readonly { readonly id: string }[]) =>
  filesOn(
    db,
    to,
    records.map(({ id }) => id),
  )

async function named(db: Reader, open: readonly Owed[], ids: readonly string[]): Promise<Owed[]> {
  const mine = new Set(open.map(({ id }) => id))
  const rows = await owedByIds(db, [...new Set(ids)])
  if (rows.length < new Set(ids).size || rows.some((row) => !mine.has(row.id))) throw refuse('DUNNING_NOT_OWED')
  return rows
}

function overdueOf(open: readonly Owed[], today: string): readonly Owed[] {
  const overdue = open.filter(({ dueDay }) => dueDay !== null && dueDay < today)
  return overdue.length > 0 ? overdue : open
}

/** What is kept with what had to be done under each contract: receipts of goods, protocols of acceptance. */
async function receiptsOf(db: Reader, contractIds: readonly string[]): Promise<ReadonlyMap<string, Paper[]>> {
  const obligations = await obligationsUnder(db, contractIds)
  const files = await filesOf(db, 'obligation', obligations)
  const found = new Map<string, Paper[]>()
  for (const { id, contractId } of obligations) {
    const own = files.get(id)
    if (own) found.set(contractId, [...(found.get(contractId) ?? []), ...own])
  }
  return found
}

/** The defendant as the latest contract names him, else as the customer's file does. */
function defendantOf(customer: CustomerParty, contracts: readonly ContractEvidence[]) {
  const buyer = contracts.at(-1)?.buyer
  return {
    uscc: customer.uscc || (buyer?.uscc ?? ''),
    address: customer.address || (buyer?.address ?? ''),
    legalRepresentative: buyer?.legalRepresentative ?? '',
  }
}
