/**
 * Three kinds of failure. A *refusal* is expected: the rules say no, and the reader is told why and what to do.
 * A *fault* is the machine's: disk, lock, connection. A *bug* is ours and reaches the reader only as a reference
 * into the log. All three travel as a code with plain data; the words are found by i18n under `errors:<CODE>`.
 */
export const SHARED_CODES = [
  'VALIDATION',
  'FORBIDDEN',
  'NOT_FOUND',
  'STALE',
  'BUSY',
  'CANCELLED',
  'OFFLINE',
  'STORAGE',
  'LOCKED',
  'UNAUTHENTICATED',
  'STEP_UP_REQUIRED',
  'INTERNAL',
] as const

export type SharedCode = (typeof SHARED_CODES)[number]

/** Plain, JSON-able data that the sentence of a refusal may show. */
export type ErrorData = Readonly<Record<string, unknown>>

/** A refusal or fault with its code; `data` must hold nothing that the caller may not see. */
export class AppError extends Error {
  readonly code: string
  readonly data: ErrorData

  constructor(code: string, data: ErrorData = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'AppError'
    this.code = code
    this.data = data
  }
}

/** Makes a refusal to be thrown: `throw refuse('CUSTOMER_DUPLICATE', { id })`. */
export function refuse(code: string, data: ErrorData = {}, options?: ErrorOptions): AppError {
  return new AppError(code, data, options)
}

/** True for a refusal with this code. */
export function isRefusal(error: unknown, code?: string): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code)
}

/** One thing wrong with an input: where, the i18n key of its sentence, and the sentence's parameters. */
export interface FieldIssue {
  readonly path: readonly (string | number)[]
  readonly key: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** Refuses an input for reasons only the core can see (a name taken, a day outside the open month). */
export function invalid(issues: readonly FieldIssue[]): AppError {
  return new AppError('VALIDATION', { issues })
}
