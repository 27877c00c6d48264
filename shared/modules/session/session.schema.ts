import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { ROLES } from '#shared/policy/roles.ts'

/** A log-in name as typed: letters, digits, dot, dash, underscore or Han; compared without case. */
export const loginName = z
  .string()
  .trim()
  .min(2, 'validation:tooShort')
  .max(40, 'validation:tooLong')
  .regex(/^[\p{Script=Han}a-zA-Z0-9._-]+$/u, 'validation:loginName')

/** A password exactly as received; its rules are applied where one is set, not where one is given. */
export const givenPassword = z.string().min(1, 'validation:required').max(128, 'validation:tooLong')

export const newPassword = z.string().min(12, 'session:password.tooShort').max(128, 'validation:tooLong')

/** What the renderer knows of who is logged in. */
export const sessionUser = z.object({
  userId: z.string(),
  name: z.string(),
  login: z.string(),
  roles: z.array(z.enum(ROLES)),
  departmentName: z.string().nullable(),
  mustChangePassword: z.boolean(),
})

export const sessionInfo = z.object({
  user: sessionUser,
  /** What this user may do and how far: only actions that are not `none`. */
  permissions: z.record(z.string(), z.enum(['own', 'team', 'all'])),
  /** Base64 of 32 random bytes; seals the drafts kept on this computer, stable for one user. */
  draftKey: z.string(),
  idleMinutes: z.number().int(),
  /** The firm's: its days begin and end by it. */
  zone: z.string(),
  /** Lets a new connection of the same seat go on without the password; lives in memory only. */
  token: z.string(),
})
export type SessionInfoView = z.infer<typeof sessionInfo>

export const recoveryKinds = [
  'missing',
  'empty',
  'truncated',
  'foreign',
  'newer',
  'wrong-key',
  'damaged',
  'rolled-back',
  'busy',
  'unsupported-place',
] as const

export const coreStatus = z.object({
  state: z.enum(['first-run', 'locked', 'open', 'recovery']),
  locale: z.enum(LOCALES).nullable(),
  firmName: z.string().nullable(),
  host: z.enum(['port', 'web', 'local']),
  appVersion: z.string(),
  recovery: z
    .object({ kind: z.enum(recoveryKinds), fileVersion: z.string().nullable(), dataDir: z.string().nullable() })
    .nullable(),
  session: sessionInfo.nullable(),
})
export type CoreStatus = z.infer<typeof coreStatus>
