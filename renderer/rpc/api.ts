import type { Api, Seat } from './connect.ts'

let seat: Seat | null = null

/** Set once, before anything is drawn. */
export function takeSeat(next: Seat): void {
  seat = next
}

/** The core's contract as functions: `api.customers.list(input)`. */
export const api: Api = new Proxy({} as Api, {
  get: (_target, key) => (seat?.api as unknown as Record<PropertyKey, unknown>)[key],
})

/** A failure as the interface shows it: a code with words in every language, and what the sentence needs. */
export interface ShownError {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Whatever a call threw, as a code and data. */
export function shownError(error: unknown): ShownError {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    const data = 'data' in error && typeof error.data === 'object' && error.data !== null ? error.data : {}
    return { code: error.code === 'INTERNAL_SERVER_ERROR' ? 'INTERNAL' : error.code, data: data as ShownError['data'] }
  }
  return { code: 'OFFLINE', data: {} }
}

export interface FieldIssue {
  readonly path: readonly (string | number)[]
  readonly key: string
  readonly params?: Record<string, string | number>
}

/** What the core found wrong with an input, field by field. */
export function fieldIssues(error: unknown): readonly FieldIssue[] {
  const { code, data } = shownError(error)
  return code === 'VALIDATION' && Array.isArray(data['issues']) ? (data['issues'] as FieldIssue[]) : []
}
