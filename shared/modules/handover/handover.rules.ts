import { HANDOVER_KINDS, type HandoverKind, type HandoverPart, type HandoverSum } from './handover.schema.ts'

/** For so long a hand-over can be taken back, ms: a working week and its end. */
export const UNDO_MS = 7 * 86_400_000

export const canBeUndone = (handover: { readonly at: number; readonly undoneAt: number | null }, now: number) =>
  handover.undoneAt === null && now - handover.at < UNDO_MS

/** What belongs to whoever has the contract. */
const WITH_CONTRACTS: readonly HandoverKind[] = ['receivable', 'obligation', 'invoice']

/**
 * Whether a record goes along with its customer: it was the former owner's, is not the new one's already, and its kind
 * was chosen. What other people have with the customer stays with them.
 */
export function goesAlong(
  record: { readonly kind: HandoverKind; readonly ownerId: string },
  formerOwnerId: string | null,
  toOwnerId: string | null,
  parts: readonly HandoverPart[],
): boolean {
  const part = WITH_CONTRACTS.includes(record.kind) ? 'contract' : (record.kind as HandoverPart | 'customer')
  return (
    record.ownerId === formerOwnerId && record.ownerId !== toOwnerId && (part === 'customer' || parts.includes(part))
  )
}

/** Sums by kind, in the order of the list; kinds of which there is nothing are left out. Amounts in fen. */
export function sumsOf(items: readonly { kind: HandoverKind; amount: number | null }[]): HandoverSum[] {
  return HANDOVER_KINDS.flatMap((kind) => {
    const own = items.filter((item) => item.kind === kind)
    if (own.length === 0) return []
    const amounts = own.flatMap((item) => (item.amount === null ? [] : [item.amount]))
    return [{ kind, count: own.length, amount: amounts.length > 0 ? amounts.reduce((a, b) => a + b, 0) : null }]
  })
}
