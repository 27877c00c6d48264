/** What a column of a sheet may be imported as, and every name it goes by. */
export interface FieldNames {
  readonly key: string
  readonly names: readonly string[]
}

/** A heading as headings are compared: half-width, lower case, without remarks in brackets, stars and spaces. */
export function normaliseHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
    .replace(/[\s*:：_\-/.,;·]+/g, '')
}

const SHORTEST_PART = 2

/**
 * Which field each column is, by its heading: first those whose heading is a field's name, then those whose heading
 * holds one or lies in one (the longest shared name wins). Every field is given once; null is left for a person.
 */
export function guessMapping(headings: readonly string[], fields: readonly FieldNames[]): (string | null)[] {
  const plain = headings.map(normaliseHeading)
  const named = fields.map((field) => ({ key: field.key, names: field.names.map(normaliseHeading) }))
  const mapping: (string | null)[] = plain.map(() => null)
  const free = () => named.filter((field) => !mapping.includes(field.key))
  plain.forEach((heading, i) => {
    if (heading !== '') mapping[i] = free().find((field) => field.names.includes(heading))?.key ?? null
  })
  plain.forEach((heading, i) => {
    if (mapping[i] !== null || heading.length < SHORTEST_PART) return
    const near = free()
      .map((field) => ({
        key: field.key,
        shared: Math.max(0, ...field.names.map((name) => sharedPart(heading, name))),
      }))
      .sort((a, b) => b.shared - a.shared)[0]
    if (near && near.shared >= SHORTEST_PART) mapping[i] = near.key
  })
  return mapping
}

/** Length of the shorter of two names where the longer one begins or ends with it, else 0. */
function sharedPart(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long.startsWith(short) || long.endsWith(short) ? short.length : 0
}

/** The row (from 0) that reads most like headings: firms put titles and dates above them. */
export function guessHeadRow(rows: readonly (readonly string[])[], fields: readonly FieldNames[]): number {
  const known = rows.map((row) => guessMapping(row, fields).filter((key) => key !== null).length)
  const best = Math.max(0, ...known)
  if (best > 0) return known.indexOf(best)
  return Math.max(
    0,
    rows.findIndex((row) => row.some((cell) => cell.trim() !== '')),
  )
}

/** True where a row says nothing at all; such rows are passed over and not counted. */
export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '')
}

export type RowState = 'create' | 'update' | 'same' | 'skip' | 'failed' | 'joined'

/**
 * How many records end in each way; `same` needed no change and counts as skipped. A row that goes on with the one
 * above it is counted apart: without those, the counts add up to `rows`.
 */
export function countStates(states: readonly RowState[]): {
  rows: number
  created: number
  updated: number
  skipped: number
  failed: number
  joined: number
} {
  const count = (...wanted: RowState[]) => states.filter((state) => wanted.includes(state)).length
  return {
    rows: states.length - count('joined'),
    created: count('create'),
    updated: count('update'),
    skipped: count('skip', 'same'),
    failed: count('failed'),
    joined: count('joined'),
  }
}
