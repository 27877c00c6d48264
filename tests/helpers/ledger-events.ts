import type { PlainDay } from '#shared/kernel/dates.ts'
import type { LedgerEvent } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import type { ReceivablesTables } from '#core/store/tables/receivables.tables.ts'

/** Everything in the books of receivables, read plainly. */
export interface Books {
  readonly instalments: readonly ReceivablesTables['receivable_instalments'][]
  /** In the order in which they were made. */
  readonly changes: readonly ReceivablesTables['receivable_changes'][]
  readonly allocations: readonly ReceivablesTables['receivable_allocations'][]
  readonly receipts: readonly ReceivablesTables['receipts'][]
  readonly credits: readonly ReceivablesTables['receivable_credits'][]
  readonly refunds: readonly ReceivablesTables['receivable_refunds'][]
}

const day = (text: string | null) => text as PlainDay
const KIND = { receipt: 'paid', credit: 'reduced', writeOff: 'writtenOff' } as const

/** What the tables say happened, as the plain rule of ageing takes it: a second way to every past day. */
export function ledgerEvents(books: Books): LedgerEvent[] {
  return [
    ...books.instalments.flatMap((row) => ofInstalment(row, books)),
    ...books.allocations.flatMap(ofAllocation),
    ...ofHeld(books),
  ]
}

function ofInstalment(row: Books['instalments'][number], { changes }: Books): LedgerEvent[] {
  const own = changes.filter((change) => change.instalment_id === row.id)
  const debtId = row.id
  const first = own[0]
  const made = (first?.amount_before ?? row.amount) - row.settled_before
  const dueDay = first ? first.due_before : row.due_day
  const events: LedgerEvent[] = [
    { kind: 'debt', day: day(row.since_day), debtId, groupId: row.customer_id, amount: made, dueDay: day(dueDay) },
  ]
  for (const change of own) {
    events.push({ kind: 'due', day: day(change.day), debtId, dueDay: day(change.due_after) })
    const more = change.amount_after - change.amount_before
    if (more > 0) events.push({ kind: 'released', day: day(change.day), debtId, amount: more })
    if (more < 0) events.push({ kind: 'reduced', day: day(change.day), debtId, amount: -more })
  }
  if (row.cancelled_day !== null) {
    events.push({ kind: 'cancelled', day: day(row.cancelled_day), debtId, amount: row.amount - row.settled_before })
  }
  return events
}

function ofAllocation(row: Books['allocations'][number]): LedgerEvent[] {
  const debtId = row.instalment_id
  const groupId = row.customer_id
  const events: LedgerEvent[] = [{ kind: KIND[row.kind], day: day(row.day), debtId, amount: row.principal }]
  const held = row.kind === 'receipt' ? 'advance' : row.kind === 'credit' ? 'credit' : null
  if (held) events.push({ kind: `${held}Used`, day: day(row.day), groupId, amount: row.amount })
  if (row.released_day !== null) {
    events.push({ kind: 'released', day: day(row.released_day), debtId, amount: row.principal })
    if (held) events.push({ kind: held, day: day(row.released_day), groupId, amount: row.amount })
  }
  return events
}

/** What receipts and credit notes hold before anything of them is used, and what of it went back. */
function ofHeld({ receipts, credits, refunds }: Books): LedgerEvent[] {
  const held = (kind: 'advance' | 'credit', row: Books['receipts'][number] | Books['credits'][number]) => {
    const events: LedgerEvent[] = [{ kind, day: day(row.day), groupId: row.customer_id, amount: row.amount }]
    const back = { groupId: row.customer_id, amount: row.amount }
    if (row.reversed_day !== null) events.push({ kind: `${kind}Used`, day: day(row.reversed_day), ...back })
    return events
  }
  const paidBack = refunds
    .filter((row) => row.day !== null)
    .flatMap((row): LedgerEvent[] => [
      { kind: 'advanceUsed', day: day(row.day), groupId: row.customer_id, amount: row.amount },
      ...(row.reversed_day === null
        ? []
        : [{ kind: 'advance' as const, day: day(row.reversed_day), groupId: row.customer_id, amount: row.amount }]),
    ])
  return [
    ...receipts.flatMap((row) => held('advance', row)),
    ...credits.flatMap((row) => held('credit', row)),
    ...paidBack,
  ]
}
