import type { PlainDay } from '#shared/kernel/dates.ts'
import { decideLetter, instalmentInterest, type DunningFacts } from '#shared/modules/dunning/dunning.rules.ts'
import type { DunningPolicy, PreviewRow } from '#shared/modules/dunning/dunning.schema.ts'
import type { LetterLine } from '#shared/modules/dunning/dunning.documents.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { customerParties, type CustomerParty } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { overdueRows, standingPayments, type OverdueRow } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { exclusionsOf, lastLetters } from './dunning.repo.ts'

/** Everything one customer is asked for on a day, and whether a letter goes out. */
export interface Claim {
  readonly customer: CustomerParty
  readonly ownerId: string
  readonly level: number
  readonly skip: PreviewRow['skip']
  readonly skipReason: string
  readonly lines: readonly (LetterLine & { readonly instalmentId: string })[]
  readonly principal: number
  readonly interest: number
  readonly maxDays: number
  readonly last: DunningFacts['last']
}

/** The claims of a day, most owed first: five queries however many customers there are. */
export async function claimsOf(
  db: Reader | Writer,
  scope: Scope,
  policy: DunningPolicy,
  today: PlainDay,
  customerIds?: readonly string[],
): Promise<Claim[]> {
  const rows = await overdueRows(db, scope, today, {
    minDays: policy.levels[0]?.minDays ?? 1,
    ...(customerIds ? { customerIds } : {}),
  })
  const byCustomer = Map.groupBy(rows, (row) => row.customerId)
  const ids = [...byCustomer.keys()]
  const parties = await customerParties(db, ids)
  const last = await lastLetters(db, ids)
  const excluded = await exclusionsOf(db, ids)
  const payments = await standingPayments(
    db,
    rows.filter((row) => row.settled > 0).map((row) => row.id),
  )
  const claims: Claim[] = []
  for (const [customerId, own] of byCustomer) {
    const customer = parties.get(customerId)
    if (!customer) continue
    const lines = own.map((row) => toLine(row, payments.get(row.id) ?? [], policy.dailyRate, today))
    const principal = lines.reduce((sum, line) => sum + line.outstanding, 0)
    const maxDays = Math.max(...own.map((row) => row.daysOverdue))
    const facts = { maxDays, principal, last: last.get(customerId) ?? null, excluded: excluded.get(customerId) ?? null }
    const decision = decideLetter(policy, facts, today)
    const claimed = policy.levels[decision.level - 1]?.interest === 'statutoryDaily'
    claims.push({
      customer,
      ownerId: own[0]?.ownerId ?? '',
      ...decision,
      lines,
      principal,
      interest: claimed ? lines.reduce((sum, line) => sum + line.interest, 0) : 0,
      maxDays,
      last: facts.last,
    })
  }
  return claims.sort((a, b) => b.principal - a.principal || (a.customer.id < b.customer.id ? -1 : 1))
}

function toLine(
  row: OverdueRow,
  payments: readonly { day: PlainDay; amount: number }[],
  rate: number,
  today: PlainDay,
) {
  return {
    instalmentId: row.id,
    contractNumber: row.contractNumber,
    label: row.label,
    dueDay: row.dueDay,
    daysOverdue: row.daysOverdue,
    outstanding: row.outstanding,
    interest: instalmentInterest(row.amount, row.dueDay as PlainDay, payments, today, rate),
  }
}

/** Claims as the rows of a preview, with the owners' names. */
export async function previewRows(db: Reader, claims: readonly Claim[]): Promise<PreviewRow[]> {
  const owners = await userBriefs(
    db,
    claims.map((claim) => claim.ownerId),
  )
  return claims.map((claim) => ({
    customerId: claim.customer.id,
    customerName: claim.customer.name,
    ownerId: claim.ownerId,
    ownerName: owners.get(claim.ownerId)?.name ?? '',
    level: claim.level,
    maxDays: claim.maxDays,
    instalments: claim.lines.length,
    principal: claim.principal,
    interest: claim.interest,
    lastLevel: claim.last?.level ?? null,
    lastDay: claim.last?.day ?? null,
    skip: claim.skip,
    skipReason: claim.skipReason,
  }))
}
