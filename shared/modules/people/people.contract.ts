import { z } from 'zod'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId } from '#shared/kernel/text.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  departmentFields,
  departmentRow,
  teamFields,
  teamRow,
  userBrief,
  userFields,
  userRow,
} from './people.schema.ts'

const versioned = { id: entityId, version: z.number().int().min(0) }
const saved = z.object({ id: z.string(), version: z.number().int() })

const userFilters = z.strictObject({
  role: z.enum(ROLES).optional(),
  departmentId: entityId.optional(),
  teamId: entityId.optional(),
  active: z.boolean().optional(),
})

export const peopleContract = {
  list: query('people.read', { audit: 'read' })
    .input(pageInput({ sort: ['name', 'login', 'createdAt'], filters: userFilters }))
    .output(pageOutput(userRow)),
  summary: query('people.read')
    .input(z.strictObject({ text: z.string().max(100).optional(), filters: userFilters }))
    .output(z.object({ count: z.number().int() })),
  get: query('people.read')
    .input(z.strictObject({ id: entityId }))
    .output(userRow),
  /** Names for pickers: anybody logged in may know who works here. */
  briefs: query('session').input(z.strictObject({})).output(z.array(userBrief)),
  /** Makes the account; the one-time code is shown once and handed over by the administrator. */
  create: command('people.manage', { stepUp: true })
    .input(userFields)
    .output(saved.extend({ code: z.string(), codeExpiresAt: z.number() }))
    .errors(refusals('PEOPLE_LOGIN_TAKEN')),
  update: command('people.manage')
    .input(userFields.extend(versioned))
    .output(saved)
    .errors(refusals('PEOPLE_LOGIN_FIXED', 'PEOPLE_LAST_ADMINISTRATOR', 'PEOPLE_OWN_ROLES')),
  /** Roles change apart from the rest: the password is asked again and the change is audited as such. */
  setActive: command('people.manage', { stepUp: true })
    .input(z.strictObject({ ...versioned, active: z.boolean() }))
    .output(saved)
    .errors(refusals('PEOPLE_LAST_ADMINISTRATOR', 'PEOPLE_SELF')),
  /** A new one-time code (24 hours); the old password stops working. */
  resetPassword: command('people.manage', { stepUp: true })
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ code: z.string(), codeExpiresAt: z.number() }))
    .errors(refusals('PEOPLE_SELF')),
  /** Ends the waiting time after wrong passwords. */
  unlockAccount: command('people.manage')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({})),

  departments: query('session').input(z.strictObject({})).output(z.array(departmentRow)),
  createDepartment: command('people.manage')
    .input(departmentFields)
    .output(saved)
    .errors(refusals('PEOPLE_NAME_TAKEN')),
  updateDepartment: command('people.manage')
    .input(departmentFields.extend(versioned))
    .output(saved)
    .errors(refusals('PEOPLE_NAME_TAKEN')),
  removeDepartment: command('people.manage')
    .input(z.strictObject(versioned))
    .output(z.object({}))
    .errors(refusals('PEOPLE_NOT_EMPTY')),

  teams: query('session').input(z.strictObject({})).output(z.array(teamRow)),
  createTeam: command('people.manage').input(teamFields).output(saved).errors(refusals('PEOPLE_NAME_TAKEN')),
  updateTeam: command('people.manage')
    .input(teamFields.extend(versioned))
    .output(saved)
    .errors(refusals('PEOPLE_NAME_TAKEN')),
  removeTeam: command('people.manage')
    .input(z.strictObject(versioned))
    .output(z.object({}))
    .errors(refusals('PEOPLE_NOT_EMPTY')),
}
