import type { ContentChange, ContentLine } from './approvals.schema.ts'

const saying = ({ label, form, value, params }: ContentLine) => JSON.stringify([label, form, value, params ?? null])

/**
 * What is asked, held against what was asked before: the lines of now in their order, each removed one after the line
 * that stood before it. Without an earlier one everything is the same.
 */
export function compareContent(before: readonly ContentLine[] | null, now: readonly ContentLine[]): ContentChange[] {
  if (before === null) return now.map((line) => ({ ...line, before: null, change: 'same' }))
  const known = new Map(before.map((line) => [line.id, line]))
  const kept = new Set(now.map((line) => line.id))
  const after = Map.groupBy(
    before.flatMap((line, index) => {
      if (kept.has(line.id)) return []
      const anchor = before.slice(0, index).findLast((earlier) => kept.has(earlier.id))
      return [{ anchor: anchor?.id ?? '', line }]
    }),
    (gone) => gone.anchor,
  )
  const removed = (anchor: string): ContentChange[] =>
    (after.get(anchor) ?? []).map(({ line }) => ({ ...line, before: line.value, change: 'removed' }))
  return [
    ...removed(''),
    ...now.flatMap((line): ContentChange[] => {
      const earlier = known.get(line.id)
      const change = earlier === undefined ? 'added' : saying(earlier) === saying(line) ? 'same' : 'changed'
      return [{ ...line, before: earlier?.value ?? null, change }, ...removed(line.id)]
    }),
  ]
}
