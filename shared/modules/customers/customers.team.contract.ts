import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'

/** What somebody who helps with a customer may do with its file. */
export const MEMBER_ACCESS = ['read', 'write'] as const
/** `full` is what the owner may: give away, put into the bin, say who helps. */
export const ACCESS = ['full', ...MEMBER_ACCESS] as const
export type Access = (typeof ACCESS)[number]

const teamMember = z.object({ userId: z.string(), name: z.string(), access: z.enum(MEMBER_ACCESS) })
export type TeamMember = z.infer<typeof teamMember>

export const teamContract = {
  /** Who helps with a customer, beside its owner. */
  of: query('customers.read')
    .input(z.strictObject({ customerId: entityId }))
    .output(z.array(teamMember)),
  /** Lets somebody active help, changes what he may, or ends it (null). Only the owner and whoever leads him may. */
  set: command('customers.update')
    .input(z.strictObject({ customerId: entityId, userId: entityId, access: z.enum(MEMBER_ACCESS).nullable() }))
    .output(z.array(teamMember))
    .errors(refusals('CUSTOMER_MEMBER')),
}
