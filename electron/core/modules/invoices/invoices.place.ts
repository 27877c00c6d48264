import { sql } from 'kysely'
import { invalid } from '#shared/kernel/app-error.ts'
import { compareInvoice } from '#shared/modules/invoices/invoices.compare.rules.ts'
import { linkFindings } from '#shared/modules/invoices/invoices.links.rules.ts'
import { taxFindings } from '#shared/modules/invoices/invoices.rules.ts'
import type {
  InvoiceBuyer,
  InvoiceFinding,
  InvoiceLine,
  InvoiceLink,
  LinkedInstalment,
} from '#shared/modules/invoices/invoices.schema.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { billedContract, type BilledContract } from '#core/modules/contracts/contracts.api.ts'
import { customerInScope, type CustomerBrief } from '#core/modules/customers/customers.api.ts'
import { billableInstalments } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { findContractLines } from './invoices.repo.ts'

/** Whose an invoice is: it belongs to whoever has its contract, else its customer. */
export interface Place {
  readonly customer: CustomerBrief | null
  readonly contract: BilledContract | null
  readonly ownerId: string | null
}

interface Named {
  readonly customerId: string | null
  readonly contractId: string | null
}

/** Looks up customer and contract. Throws NOT_FOUND outside the scope, VALIDATION for a contract that cannot be billed. */
export async function placeOf(db: Reader | Writer, scope: Scope, named: Named): Promise<Place> {
  if (named.customerId === null) {
    if (named.contractId !== null) throw invalid([{ path: ['customerId'], key: 'validation:required' }])
    return { customer: null, contract: null, ownerId: null }
  }
  const customer = await customerInScope(db, scope, named.customerId)
  if (named.contractId === null) return { customer, contract: null, ownerId: customer.ownerId }
  const contract = await billedContract(db, scope, named.contractId)
  if (contract.customerId !== customer.id) {
    throw invalid([{ path: ['contractId'], key: 'invoices:errors.otherCustomer' }])
  }
  if (contract.state !== 'signed') throw invalid([{ path: ['contractId'], key: 'invoices:errors.notSigned' }])
  return { customer, contract, ownerId: contract.ownerId }
}

/** What can be billed of a customer, or of one contract of his, with what invoices bill of it but for one. */
export async function instalmentsOf(
  db: Reader | Writer,
  named: { readonly customerId: string; readonly contractId: string | null; readonly ids?: readonly string[] },
  exceptId: string | null,
): Promise<LinkedInstalment[]> {
  const rows = await billableInstalments(db, named)
  const billed = await billedBy(
    db,
    rows.map((row) => row.id),
    exceptId,
  )
  return rows.map((row) => ({
    instalmentId: row.id,
    contractNumber: row.contractNumber,
    label: row.label,
    dueDay: row.dueDay,
    owed: row.amount,
    others: billed.get(row.id)?.others ?? 0,
    amount: billed.get(row.id)?.own ?? 0,
  }))
}

/** What one invoice and what all others bill of these instalments; fen. */
async function billedBy(db: Reader | Writer, ids: readonly string[], exceptId: string | null) {
  if (ids.length === 0) return new Map<string, { own: number; others: number }>()
  const own = sql<number>`coalesce(sum(CASE WHEN invoice_id = ${exceptId ?? ''} THEN amount ELSE 0 END), 0)`
  const rows = await db
    .selectFrom('invoice_instalments')
    .select(['instalment_id', own.as('own'), sql<number>`sum(amount)`.as('all')])
    .where('instalment_id', 'in', [...ids])
    .groupBy('instalment_id')
    .execute()
  return new Map(rows.map((row) => [row.instalment_id, { own: row.own, others: row.all - row.own }]))
}

/** Throws VALIDATION for a link to an instalment that is not this customer's, or not this contract's. */
export async function assertLinks(db: Reader | Writer, place: Place, links: readonly InvoiceLink[]): Promise<void> {
  if (links.length === 0) return
  const { customer, contract } = place
  const ids = links.map((link) => link.instalmentId)
  const named = { customerId: customer?.id ?? '', contractId: contract?.id ?? null, ids }
  if ((await billableInstalments(db, named)).length < ids.length)
    throw invalid([{ path: ['links'], key: 'invoices:errors.noSuchInstalment' }])
}

/** An invoice as it is judged. */
export interface Paper {
  readonly buyer: Pick<InvoiceBuyer, 'name' | 'taxId'>
  readonly lines: readonly InvoiceLine[]
  readonly links: readonly { readonly instalmentId: string; readonly amount: number }[]
}

/** Where an invoice does not add up, or departs from its contract and its instalments. `exceptId` is itself. */
export async function findingsOf(
  db: Reader | Writer,
  paper: Paper,
  place: Place,
  exceptId: string | null,
): Promise<InvoiceFinding[]> {
  const { customer, contract } = place
  const findings = taxFindings(paper.lines)
  if (contract) {
    const before = await findContractLines(db, contract.id, exceptId)
    const agreed = { ...contract, buyerName: contract.buyer.name, buyerTaxId: contract.buyer.uscc }
    findings.push(...compareInvoice(paper, agreed, before))
  }
  if (customer && paper.links.length > 0) {
    const ids = paper.links.map((link) => link.instalmentId)
    const named = { customerId: customer.id, contractId: contract?.id ?? null, ids }
    const instalments = await instalmentsOf(db, named, exceptId)
    findings.push(...linkFindings(paper.links, new Map(instalments.map((row) => [row.instalmentId, row]))))
  }
  return findings
}

/** Throws VALIDATION beside the reason where something departs and nobody said why. */
export function assertReason(findings: readonly InvoiceFinding[], reason: string): void {
  if (findings.length === 0 || reason !== '') return
  throw invalid([{ path: ['reason'], key: 'invoices:errors.reason', params: { count: findings.length } }])
}
