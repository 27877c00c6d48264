import { randomUUID } from 'node:crypto'
import { ORPCError, ValidationError } from '@orpc/server'
import type { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import type { Log } from '#core/kernel/log.ts'

const MAX_ISSUES = 50

/**
 * Turns whatever was thrown into what may cross to the reader: a refusal with its data, a fault by its code, a bug
 * only as a reference into the log. No stack, no SQL, no path leaves the core.
 */
export function toWire(error: unknown, log: Log, path: readonly string[]): ORPCError<string, unknown> {
  if (error instanceof AppError) {
    return new ORPCError(error.code, { status: 409, message: error.code, data: error.data })
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    const issues = (error.cause.issues as unknown as z.core.$ZodIssue[]).slice(0, MAX_ISSUES).map(issueFromZod)
    return new ORPCError('VALIDATION', { status: 422, message: 'VALIDATION', data: { issues } })
  }
  if (isAbort(error)) return new ORPCError('CANCELLED', { status: 499, message: 'CANCELLED', data: {} })
  const reference = randomUUID().slice(0, 8)
  log.error({ err: error, entry: path.join('.'), reference }, 'entry failed')
  return new ORPCError('INTERNAL', { status: 500, message: 'INTERNAL', data: { reference } })
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
