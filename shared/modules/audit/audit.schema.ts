import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'

export const AUDIT_SORTS = ['seq'] as const

export const auditFilters = z.strictObject({
  userId: entityId.optional(),
  /** `customers` for everything of a module, `customers.update` for one action. */
  action: z
    .string()
    .max(80)
    .regex(/^[a-zA-Z]+(\.[a-zA-Z.]+)?$/)
    .optional(),
  entity: z.string().max(60).optional(),
  entityId: z.string().max(120).optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
})
export type AuditFilters = z.infer<typeof auditFilters>

export const auditRow = z.object({
  seq: z.number().int(),
  /** UTC ms, and the firm's day. */
  at: z.number().int(),
  day: plainDay,
  userId: z.string().nullable(),
  /** Null for the program itself, or somebody who is no longer known. */
  userName: z.string().nullable(),
  roles: z.array(z.string()),
  device: z.string(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** The first twelve signs of the row's MAC, as printed on month sheets. */
  mac: z.string(),
})
export type AuditRow = z.infer<typeof auditRow>

export const auditVerdict = z.object({
  ok: z.boolean(),
  rows: z.number().int(),
  head: z.object({ seq: z.number().int(), mac: z.string() }),
  fault: z.object({ seq: z.number().int(), reason: z.enum(['gap', 'broken-link', 'altered', 'cut-off']) }).nullable(),
})
export type AuditVerdictView = z.infer<typeof auditVerdict>
