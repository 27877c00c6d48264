import { z } from 'zod'
import { email, entityId, phone, shortText } from '#shared/kernel/text.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { loginName } from '#shared/modules/session/session.schema.ts'

export const roleList = z.array(z.enum(ROLES)).min(1, 'validation:required').max(ROLES.length)

/** A person of the firm with an account. */
export const userFields = z.strictObject({
  name: shortText(40),
  login: loginName,
  title: shortText(40).or(z.literal('')).default(''),
  phone: phone.or(z.literal('')).default(''),
  email: email.or(z.literal('')).default(''),
  departmentId: entityId.nullable().default(null),
  teamId: entityId.nullable().default(null),
  roles: roleList,
  joinedDay: plainDay.nullable().default(null),
  leftDay: plainDay.nullable().default(null),
})
export type UserFields = z.infer<typeof userFields>

export const userRow = z.object({
  id: z.string(),
  name: z.string(),
  login: z.string(),
  title: z.string(),
  phone: z.string(),
  email: z.string(),
  departmentId: z.string().nullable(),
  departmentName: z.string().nullable(),
  teamId: z.string().nullable(),
  teamName: z.string().nullable(),
  leadsTeam: z.boolean(),
  roles: z.array(z.enum(ROLES)),
  active: z.boolean(),
  joinedDay: z.string().nullable(),
  leftDay: z.string().nullable(),
  version: z.number().int(),
  createdAt: z.number(),
})
export type UserRow = z.infer<typeof userRow>

export const userBrief = z.object({
  id: z.string(),
  name: z.string(),
  active: z.boolean(),
  teamId: z.string().nullable(),
  roles: z.array(z.enum(ROLES)),
})

/** The head approves for the department, and answers where somebody of it is late. */
export const departmentFields = z.strictObject({ name: shortText(40), headId: entityId.nullable().default(null) })
export const departmentRow = z.object({
  id: z.string(),
  name: z.string(),
  headId: z.string().nullable(),
  headName: z.string().nullable(),
  members: z.number().int(),
  version: z.number().int(),
})

export const teamFields = z.strictObject({ name: shortText(40), leaderId: entityId.nullable() })
export const teamRow = z.object({
  id: z.string(),
  name: z.string(),
  leaderId: z.string().nullable(),
  leaderName: z.string().nullable(),
  members: z.number().int(),
  version: z.number().int(),
})
