import type { PlainDay } from '#shared/kernel/dates.ts'
import { perYear } from '#shared/modules/receivables/receivables.basis.rules.ts'
import type { Proof } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type { AllocationListener, ClaimedBeside } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { limitationEvent, limitationEventGone } from './claims.follow.ts'
import { interestOf, type CountedDebt } from './claims.sheets.ts'

/**
 * Money for a debt is the debtor's acknowledgement of it and interrupts its limitation (诉讼时效规定 14), as far as the
 * slip and what it was paid for are on file; taken back with the receipt. Credit notes and write-offs are ours alone.
 */
export const paymentInterrupts: AllocationListener = async (uow, { kind, source, rows }) => {
  if (source.kind !== 'receipt' || rows.length === 0) return
  const told = { module: 'receivables', id: source.id }
  if (kind === 'released') {
    const left = await uow.db
      .selectFrom('receivable_allocations')
      .select('id')
      .where('receipt_id', '=', source.id)
      .where('released_day', 'is', null)
      .executeTakeFirst()
    if (!left) await limitationEventGone(uow, told, '')
    return
  }
  const receipt = await uow.db
    .selectFrom('receipts')
    .select(['number', 'day', 'method', 'reference', 'designation', 'bank_line_id'])
    .where('id', '=', source.id)
    .executeTakeFirst()
  if (!receipt) return
  const proofs: Proof[] = []
  if (receipt.bank_line_id !== null || (receipt.method === 'bank' && receipt.reference !== '')) proofs.push('bankSlip')
  if (receipt.designation !== '') proofs.push('purpose')
  await limitationEvent(uow, {
    instalmentIds: [...new Set(rows.map((row) => row.instalmentId))],
    kind: rows.some((row) => row.principal > 0) ? 'partPayment' : 'interestPayment',
    day: receipt.day as PlainDay,
    proofs,
    note: receipt.number,
    source: told,
  })
}

/** What is claimed beside the principal of debts on a day, for the order in which money pays them. */
export async function claimedBeside(
  db: Reader | Writer,
  instalmentIds: readonly string[],
  day: PlainDay,
): Promise<ReadonlyMap<string, ClaimedBeside>> {
  const counted = await interestOf(db, instalmentIds, day)
  return new Map(
    [...counted].map(([id, one]) => {
      const { costs, interest } = one.sheet.owed
      return [id, { costs, interest, secured: 0, burden: burdenOf(one) }]
    }),
  )
}

/** What a debt costs its debtor a year, in parts per million, by the rate that was counted last. */
function burdenOf({ sheet }: CountedDebt): number {
  const rate = sheet.segments.findLast((segment) => segment.rate !== null)?.rate
  return rate ? Math.round((perYear(rate) * (10_000 + rate.surcharge)) / 10_000) : 0
}
