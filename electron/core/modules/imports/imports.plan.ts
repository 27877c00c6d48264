import type {
  CheckInput,
  PlannedRow,
  RowChoices,
  RowMatch,
  RowProblem,
} from '#shared/modules/imports/imports.schema.ts'
import type { Cells, ImportSession } from './imports.api.ts'

/** A row of the sheet with its number there. */
export interface SheetRow {
  readonly row: number
  readonly cells: Cells
}

/** A judged row together with what it would write. */
export interface JudgedPlan extends PlannedRow {
  readonly fields: unknown
}

type Rules = Pick<CheckInput, 'onMatch' | 'onSimilar'>

const BATCH = 200

/**
 * Judges every row: finds the record it is or is like, decides by the rules and a person's choices what becomes of it,
 * and lets the module judge its fields. Pure reading; used by the check and again, on what is true then, by the run.
 */
export async function* planRows(
  session: ImportSession,
  rows: readonly SheetRow[],
  rules: Rules,
  choices: RowChoices,
): AsyncGenerator<JudgedPlan[]> {
  const seen: Seen = { sure: new Map(), similar: new Map(), changed: new Map() }
  const groups = grouped(session, rows)
  for (let at = 0; at < groups.length; at += BATCH) {
    const batch = groups.slice(at, at + BATCH)
    const found = await session.match(batch.map((row) => row.cells))
    const decided = batch.map((row, i) => decide(session, row, found[i] ?? null, rules, choices[String(row.row)], seen))
    const judged = await session.judge(
      decided.map(({ cells, over }, i) => ({ cells, over, joined: (batch[i]?.joined ?? []).map((row) => row.cells) })),
    )
    yield decided.flatMap((plan, i): JudgedPlan[] => {
      const { fields = null, problems = [], same = false, joined = [] } = judged[i] ?? {}
      // What a row is comes first: a row that is somebody else's is not judged as one of our own.
      const judgedToo = plan.problems.length === 0 && plan.state !== 'skip'
      const more = (batch[i]?.joined ?? []).map(({ row }, k) => ({ row, problems: judgedToo ? (joined[k] ?? []) : [] }))
      const bad = more.find((one) => one.problems.length > 0)
      const wrong = [
        ...(judgedToo ? problems : plan.problems),
        ...(bad ? [{ field: null, key: 'imports:problems.inRow', params: { row: bad.row } }] : []),
      ]
      const { row, title, match } = plan
      const failed = wrong.length > 0
      const state = failed ? 'failed' : plan.state === 'update' && same ? 'same' : plan.state
      const head: JudgedPlan = {
        row,
        title,
        match,
        state,
        problems: wrong,
        joins: null,
        fields: failed ? null : fields,
      }
      return [head, ...more.map((one) => joinedPlan(one, head))]
    })
  }
}

/** Rows that are one record, the first of them with those that go on with it. */
function grouped(session: ImportSession, rows: readonly SheetRow[]): (SheetRow & { joined: SheetRow[] })[] {
  const groups: (SheetRow & { joined: SheetRow[] })[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last && session.joins?.([last.cells, ...last.joined.map((one) => one.cells)], row.cells)) last.joined.push(row)
    else groups.push({ ...row, joined: [] })
  }
  return groups
}

/** A row that goes on with another shares its fate. */
function joinedPlan({ row, problems }: { row: number; problems: readonly RowProblem[] }, head: JudgedPlan): JudgedPlan {
  const withHead = { field: null, key: 'imports:problems.withRow', params: { row: head.row } }
  const wrong = problems.length > 0 ? [...problems] : head.state === 'failed' ? [withHead] : []
  return { row, title: head.title, match: null, state: 'joined', problems: wrong, joins: head.row, fields: null }
}

/** Row numbers by what earlier rows of the same file were known by, and by the record they change. */
interface Seen {
  readonly sure: Map<string, number>
  readonly similar: Map<string, number>
  readonly changed: Map<string, number>
}

interface Decision extends SheetRow {
  readonly title: string
  readonly match: RowMatch | null
  readonly problems: readonly RowProblem[]
  readonly state: 'create' | 'update' | 'skip'
  readonly over: string | null
}

function decide(
  session: ImportSession,
  row: SheetRow,
  inFirm: RowMatch | null,
  rules: Rules,
  choice: RowChoices[string] | undefined,
  seen: Seen,
): Decision {
  const keys = session.keysOf(row.cells)
  const base = { ...row, title: session.titleOf(row.cells), problems: [] as RowProblem[], over: null }
  const failed = (match: RowMatch | null, key: string, params: Record<string, string | number>): Decision => ({
    ...base,
    match,
    state: 'create',
    problems: [{ field: null, key, params }],
  })
  const change = (match: RowMatch, id: string): Decision => {
    const before = seen.changed.get(id)
    if (before !== undefined) return failed(match, 'imports:problems.sameAsRow', { row: before })
    seen.changed.set(id, row.row)
    return { ...base, match, state: 'update', over: id }
  }

  const twice = first(seen.sure, keys.sure)
  const alike = first(seen.similar, keys.similar)
  for (const key of keys.sure) if (!seen.sure.has(key)) seen.sure.set(key, row.row)
  for (const key of keys.similar) if (!seen.similar.has(key)) seen.similar.set(key, row.row)
  if (twice !== null) return failed(null, 'imports:problems.sameAsRow', { row: twice })

  const match = inFirm ?? (alike === null ? null : inFile(alike, base.title))
  if (match === null) return { ...base, match, state: choice === 'skip' ? 'skip' : 'create' }
  if (match.sure) {
    if (choice === 'skip' || (choice === undefined && rules.onMatch === 'skip'))
      return { ...base, match, state: 'skip' }
    if (match.id !== null) return change(match, match.id)
    return failed(match, 'imports:problems.belongsTo', { owner: match.ownerName ?? '' })
  }
  const wanted = choice ?? rules.onSimilar
  if (wanted === 'update' && match.id !== null) return change(match, match.id)
  return { ...base, match, state: wanted === 'skip' ? 'skip' : 'create' }
}

const first = (seen: ReadonlyMap<string, number>, keys: readonly string[]): number | null => {
  for (const key of keys) {
    const row = seen.get(key)
    if (row !== undefined) return row
  }
  return null
}

const inFile = (row: number, name: string): RowMatch => ({
  sure: false,
  by: 'name',
  visible: true,
  id: null,
  name,
  code: null,
  ownerName: null,
  row,
})
