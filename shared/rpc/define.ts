import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Action } from '#shared/policy/actions.ts'

/** Who may call: anybody, anybody logged in, or whoever the permission matrix gives this action. */
export type Permit = 'public' | 'session' | Action

/** What the call leaves in the audit log beside the changes it makes. */
export type AuditLevel = 'none' | 'change' | 'read' | 'export'

/** What the core and the tests know about each entry of the contract. */
export interface EntryMeta {
  readonly kind: 'query' | 'command' | 'stream'
  readonly permit: Permit
  readonly audit: AuditLevel
  /** The password must have been given again within the last minutes. */
  readonly stepUp: boolean
}

/** Sentences for these exist in every language; `data` is what the sentence shows. */
const sharedErrors = {
  VALIDATION: {
    status: 422,
    data: z.object({
      issues: z.array(
        z.object({
          path: z.array(z.union([z.string(), z.number()])),
          key: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      ),
    }),
  },
  FORBIDDEN: { status: 403, data: z.object({ action: z.string().optional() }) },
  NOT_FOUND: { status: 404, data: z.object({ entity: z.string().optional() }) },
  STALE: { status: 409, data: z.looseObject({ current: z.unknown().optional() }) },
  BUSY: { status: 423, data: z.looseObject({}) },
  CANCELLED: { status: 499, data: z.looseObject({}) },
  STORAGE: { status: 507, data: z.looseObject({ reason: z.string().optional() }) },
  LOCKED: { status: 423, data: z.looseObject({}) },
  UNAUTHENTICATED: { status: 401, data: z.looseObject({}) },
  STEP_UP_REQUIRED: { status: 401, data: z.looseObject({}) },
  INTERNAL: { status: 500, data: z.object({ reference: z.string() }) },
}

const base = oc
  .$meta<EntryMeta>({ kind: 'query', permit: 'session', audit: 'none', stepUp: false })
  .errors(sharedErrors)

/** An entry that reads. `audit: 'read'` records the reading of a sensitive list. */
export function query(permit: Permit, options: { audit?: 'none' | 'read' } = {}) {
  return base.meta({ kind: 'query', permit, audit: options.audit ?? 'none', stepUp: false })
}

/**
 * An entry that changes something. Calls carry a command id: the same id twice gives the first answer again.
 * `audit: 'export'` is for what leaves the program; `stepUp` asks for the password again.
 */
export function command(permit: Permit, options: { audit?: AuditLevel; stepUp?: boolean } = {}) {
  return base.meta({
    kind: 'command',
    permit,
    audit: options.audit ?? 'change',
    stepUp: options.stepUp ?? false,
  })
}

/** An entry that answers with a stream of events until the caller stops listening. */
export function stream(permit: Permit) {
  return base.meta({ kind: 'stream', permit, audit: 'none', stepUp: false })
}

/** Refusals without data, declared by their codes: `.errors(refusals('CONTRACT_SIGNED'))`. */
export function refusals<const Code extends string>(...codes: readonly Code[]) {
  const map = {} as Record<Code, { status: number; data: z.ZodObject<Record<never, never>, z.core.$loose> }>
  for (const code of codes) map[code] = { status: 409, data: z.looseObject({}) }
  return map
}
