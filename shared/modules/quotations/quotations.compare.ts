import { pairGoods } from './quotations.rules.ts'
import { quotationHead, type QuotationFields, type QuotationLine } from './quotations.schema.ts'

/** What of a line a later version can change, in the order in which it is shown. */
export const LINE_PARTS = ['spec', 'unit', 'quantity', 'listPrice', 'price', 'rate', 'deliveryDays'] as const
export type LinePart = (typeof LINE_PARTS)[number]

export interface LineChange {
  readonly kind: 'same' | 'changed' | 'added' | 'removed'
  readonly before: QuotationLine | null
  readonly after: QuotationLine | null
  readonly parts: readonly LinePart[]
}

export interface VersionChanges {
  readonly lines: readonly LineChange[]
  /** Names of the other fields that differ. */
  readonly head: readonly (keyof Omit<QuotationFields, 'lines'>)[]
}

/**
 * What a later version changed: line by line in the later one's order, then what it dropped, and which of the other
 * fields differ. Floor price and cost are nobody's business but ours and are not compared.
 */
export function compareVersions(before: QuotationFields, after: QuotationFields): VersionChanges {
  const pairs = pairGoods(after.lines, before.lines)
  const lines = after.lines.map((line, at): LineChange => {
    const old = pairs[at] === null || pairs[at] === undefined ? null : before.lines[pairs[at]]!
    if (old === null) return { kind: 'added', before: null, after: line, parts: [] }
    const parts = LINE_PARTS.filter((part) => old[part] !== line[part])
    return { kind: parts.length === 0 ? 'same' : 'changed', before: old, after: line, parts }
  })
  const kept = new Set(pairs)
  const removed = before.lines
    .filter((_line, at) => !kept.has(at))
    .map((line): LineChange => ({ kind: 'removed', before: line, after: null, parts: [] }))
  const names = Object.keys(quotationHead.shape) as (keyof Omit<QuotationFields, 'lines'>)[]
  return { lines: [...lines, ...removed], head: names.filter((name) => before[name] !== after[name]) }
}
