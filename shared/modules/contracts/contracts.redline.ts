import { pairGoods } from '#shared/modules/quotations/quotations.rules.ts'
import type { ContractDraft, ContractLine, PlanLine } from './contracts.schema.ts'

/** A place in the form and what stands there; `undefined` where the field does not exist on that side. */
export interface FieldChange {
  readonly path: readonly string[]
  readonly before: unknown
  readonly after: unknown
}

/** A row of goods or of the payment clause, and what became of it. `moved` has another place among the others. */
export interface RowChange<Row> {
  readonly kind: 'same' | 'changed' | 'moved' | 'added' | 'removed'
  /** Its place before, and its place after; null where it is not there. */
  readonly from: number | null
  readonly to: number | null
  readonly before: Row | null
  readonly after: Row | null
  readonly parts: readonly FieldChange[]
}

/** Everything that differs between two forms of a contract. Rows come in the order of the later form, dropped last. */
export interface ContractRedline {
  readonly lines: readonly RowChange<ContractLine>[]
  readonly plan: readonly RowChange<PlanLine>[]
  /** Parties, clauses and whatever else the form holds, in the order of the form. */
  readonly fields: readonly FieldChange[]
}

/** The exact difference of two forms: whatever is not named in it is the same. */
export function redlineContract(before: ContractDraft, after: ContractDraft): ContractRedline {
  const { lines: oldLines, plan: oldPlan, ...oldRest } = before
  const { lines, plan, ...rest } = after
  const named = (row: PlanLine) => ({ name: row.label, spec: row.trigger })
  return {
    lines: rowChanges(oldLines, lines, pairGoods(lines, oldLines)),
    plan: rowChanges(oldPlan, plan, pairGoods(plan.map(named), oldPlan.map(named))),
    fields: fieldChanges(oldRest, rest),
  }
}

/** Whether nothing differs. */
export function isUnchanged(redline: ContractRedline): boolean {
  return redline.fields.length === 0 && [...redline.lines, ...redline.plan].every((row) => row.kind === 'same')
}

/** The later form, made from the earlier one and the difference. */
export function applyRedline(before: ContractDraft, redline: ContractRedline): ContractDraft {
  const { lines, plan, ...rest } = before
  return {
    ...(withChanges(rest, redline.fields) as Omit<ContractDraft, 'lines' | 'plan'>),
    lines: appliedRows(lines, redline.lines),
    plan: appliedRows(plan, redline.plan),
  }
}

function appliedRows<Row>(old: readonly Row[], rows: readonly RowChange<Row>[]): Row[] {
  return rows.flatMap((row) => {
    if (row.kind === 'removed') return []
    return [row.from === null ? row.after! : (withChanges(old[row.from], row.parts) as Row)]
  })
}

function rowChanges<Row>(
  old: readonly Row[],
  fresh: readonly Row[],
  pairs: readonly (number | null)[],
): RowChange<Row>[] {
  const inOrder = longestRise(pairs)
  const kept = new Set(pairs)
  const present = fresh.map((after, to): RowChange<Row> => {
    const from = pairs[to] ?? null
    if (from === null) return { kind: 'added', from, to, before: null, after, parts: [] }
    const before = old[from]!
    const parts = fieldChanges(before, after)
    const kind = parts.length > 0 ? 'changed' : inOrder.has(to) ? 'same' : 'moved'
    return { kind, from, to, before, after, parts }
  })
  const dropped = old.flatMap((before, from): RowChange<Row>[] =>
    kept.has(from) ? [] : [{ kind: 'removed', from, to: null, before, after: null, parts: [] }],
  )
  return [...present, ...dropped]
}

/** The places of the rows that kept their order: the longest run of pairs that only rises. */
function longestRise(pairs: readonly (number | null)[]): ReadonlySet<number> {
  const best: { length: number; previous: number | null }[] = []
  let end: number | null = null
  for (const [at, from] of pairs.entries()) {
    let length = 0
    let previous: number | null = null
    for (let i = 0; from !== null && i < at; i += 1) {
      const other = pairs[i]
      if (other === null || other === undefined || other > from || best[i]!.length <= length) continue
      length = best[i]!.length
      previous = i
    }
    best.push({ length: from === null ? 0 : length + 1, previous })
    if (from !== null && (end === null || best[at]!.length > best[end]!.length)) end = at
  }
  const run = new Set<number>()
  for (let at = end; at !== null; at = best[at]!.previous) run.add(at)
  return run
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldChanges(before: unknown, after: unknown, path: readonly string[] = []): FieldChange[] {
  if (!isGroup(before) || !isGroup(after)) return alike(before, after) ? [] : [{ path, before, after }]
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  // What one of them does not have at all is a change of its own, even where it holds nothing.
  return names
    .flatMap((name): FieldChange[] =>
      name in before && name in after
        ? fieldChanges(before[name], after[name], [...path, name])
        : [{ path: [...path, name], before: before[name], after: after[name] }],
    )
    .filter((change) => !alike(change.before, change.after))
}

function alike(before: unknown, after: unknown): boolean {
  return before === after || (Array.isArray(before) && JSON.stringify(before) === JSON.stringify(after))
}

function withChanges(value: unknown, changes: readonly FieldChange[]): unknown {
  return changes.reduce((whole, change) => put(whole, change.path, change.after), value)
}

function put(value: unknown, path: readonly string[], after: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return after
  const group = isGroup(value) ? value : {}
  if (rest.length === 0 && after === undefined) {
    const { [name]: _dropped, ...others } = group
    return others
  }
  return { ...group, [name]: put(group[name], rest, after) }
}
