import { z } from 'zod'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { coreStatus, givenPassword, loginName, newPassword, sessionInfo } from './session.schema.ts'

const refused = {
  /** Same answer for an unknown name and a wrong password; `retryAt` (UTC ms) once attempts are slowed down. */
  SESSION_REFUSED: { status: 401, data: z.object({ retryAt: z.number().nullable() }) },
  SESSION_PASSWORD_WEAK: { status: 422, data: z.object({ reason: z.string() }) },
}

export const sessionContract = {
  /** What the first screen shall be. Answered before any log-in; tells nothing of the firm but its name. */
  status: query('public').input(z.strictObject({})).output(coreStatus),
  logIn: command('public')
    .input(z.strictObject({ login: loginName, password: givenPassword }))
    .output(sessionInfo)
    .errors(refused),
  /** Goes on with a session on a new connection of the same seat. */
  resume: command('public', { audit: 'none' })
    .input(z.strictObject({ token: z.string().max(200) }))
    .output(sessionInfo)
    .errors(refused),
  lock: command('session').input(z.strictObject({})).output(z.object({})),
  logOut: command('session').input(z.strictObject({})).output(z.object({})),
  /** Keeps the session from idling out; called at most once a minute while somebody works. */
  touch: command('session', { audit: 'none' }).input(z.strictObject({})).output(z.object({})),
  changePassword: command('session')
    .input(z.strictObject({ current: givenPassword, next: newPassword }))
    .output(z.object({}))
    .errors(refused),
  /** First use of a one-time code that an administrator handed out. */
  redeemCode: command('public')
    .input(z.strictObject({ login: loginName, code: z.string().trim().min(4).max(80), next: newPassword }))
    .output(sessionInfo)
    .errors(refused),
  /** The printed recovery code sets a new password for an existing account. */
  recover: command('public')
    .input(z.strictObject({ recoveryCode: z.string().trim().min(10).max(120), login: loginName, next: newPassword }))
    .output(sessionInfo)
    .errors(refused),
  /** The password again, before something grave; good for five minutes. */
  stepUp: command('session')
    .input(z.strictObject({ password: givenPassword }))
    .output(z.object({}))
    .errors(refused),
  /** A new recovery code; the old one stops working. */
  renewRecovery: command('office.settings', { stepUp: true })
    .input(z.strictObject({}))
    .output(z.object({ recoveryCode: z.string() })),
  /** Whether this computer has a keychain that may open the file at the start, and whether it does. */
  deviceUnlock: query('office.settings')
    .input(z.strictObject({}))
    .output(z.object({ available: z.boolean(), on: z.boolean() })),
  /** Turns on or off opening with this computer's keychain. */
  setDeviceUnlock: command('office.settings', { stepUp: true })
    .input(z.strictObject({ on: z.boolean() }))
    .output(z.object({}))
    .errors(refusals('SESSION_DEVICE_UNSAFE')),
}
