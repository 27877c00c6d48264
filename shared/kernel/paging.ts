import { z } from 'zod'
import { invalid } from './app-error.ts'
import { searchText } from './text.ts'

export const MAX_PAGE = 200
/** Room for the longest name's pinyin and the name itself, in base64. */
const MAX_CURSOR = 4096

/** What a list is asked: sort, filters, text, and the cursor that the page before it returned. */
export interface PageInput<Sort extends string = string, Filters = Record<string, unknown>> {
  readonly cursor?: string | null | undefined
  readonly limit: number
  readonly sort: { readonly key: Sort; readonly dir: 'asc' | 'desc' }
  readonly text?: string | undefined
  readonly filters: Filters
}

/** The input schema of a list entry: which keys sort it and which filters it takes. */
export function pageInput<const Sort extends readonly [string, ...string[]], F extends z.ZodType>(options: {
  sort: Sort
  filters: F
}) {
  return z.strictObject({
    cursor: z.string().max(MAX_CURSOR).nullish(),
    limit: z.number().int().min(1).max(MAX_PAGE).default(50),
    sort: z.strictObject({ key: z.enum(options.sort), dir: z.enum(['asc', 'desc']) }),
    text: searchText,
    filters: options.filters,
  })
}

/** The input schema of an entry that makes a file of a list, as it is filtered and sorted on the page. */
export function exportInput<const Sort extends readonly [string, ...string[]], F extends z.ZodType>(options: {
  sort: Sort
  filters: F
}) {
  return z.strictObject({
    format: z.enum(['xlsx', 'csv']),
    sort: z.strictObject({ key: z.enum(options.sort), dir: z.enum(['asc', 'desc']) }),
    text: searchText,
    filters: options.filters,
  })
}

export function pageOutput<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), nextCursor: z.string().nullable() })
}

/** The key of the last row of a page: its sort value and its id. */
export type CursorKey = readonly [value: string | number, id: string]

/** An opaque text; base64url of the JSON, without Node's Buffer so that the pure layer stays pure. */
export function encodeCursor(key: CursorKey): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Throws VALIDATION for a cursor that this program did not make. */
export function decodeCursor(cursor: string): CursorKey {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0))
    const key: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (Array.isArray(key) && key.length === 2) {
      const [value, id] = key as unknown[]
      if ((typeof value === 'string' || Number.isFinite(value)) && typeof id === 'string') {
        return [value as string | number, id]
      }
    }
  } catch {
    // falls through to the refusal
  }
  throw invalid([{ path: ['cursor'], key: 'validation:cursor' }])
}
