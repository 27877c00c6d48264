import { lawTable } from '#shared/modules/contracts/contracts.law.schema.ts'
import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { shortText } from '#shared/kernel/text.ts'
import { loginName, newPassword, sessionInfo } from '#shared/modules/session/session.schema.ts'
import { ACTIONS } from '#shared/policy/actions.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  callBackCycles,
  contractReminders,
  firmProfile,
  indicatorTargets,
  numbering,
  preferences,
  taxRate,
  visitRules,
  workCalendarSetting,
} from './office.schema.ts'

const version = z.number().int().min(0)
const setting = <S extends z.ZodType>(schema: S) => ({
  read: query('session')
    .input(z.strictObject({}))
    .output(z.object({ value: schema, version: z.number().int() })),
  save: command('office.settings')
    .input(z.strictObject({ value: schema, version }))
    .output(z.object({ version: z.number().int() })),
})

export const officeContract = {
  /**
   * First run: makes the key, the data file, the firm and the first administrator. The recovery code is shown once;
   * `confirmRecovery` must follow before anything else is done. `jobId` fills the sample firm where it was asked for.
   */
  firstRun: command('public')
    .input(
      z.strictObject({
        locale: z.enum(LOCALES),
        firm: firmProfile,
        administrator: z.strictObject({
          name: shortText(40),
          login: loginName,
          password: newPassword,
          /** Whether this person sells as well, and is appraised for it. */
          sells: z.boolean().default(false),
        }),
        backupDir: z.string().max(500).default(''),
        content: z.enum(['empty', 'sample']),
      }),
    )
    .output(z.object({ recoveryCode: z.string(), session: sessionInfo, jobId: z.string().nullable() }))
    .errors({
      ...refusals('OFFICE_ALREADY_SET_UP'),
      SESSION_PASSWORD_WEAK: { status: 422, data: z.object({ reason: z.string() }) },
    }),
  /** Two groups of the recovery code, asked back; groups are counted from 0. */
  confirmRecovery: command('session')
    .input(
      z.strictObject({
        groups: z.array(z.strictObject({ index: z.number().int().min(0).max(20), text: z.string().max(10) })).length(2),
      }),
    )
    .output(z.object({}))
    .errors(refusals('OFFICE_RECOVERY_MISMATCH')),
  /** Whether a folder may hold backups: present, writable, not the data folder itself. */
  checkFolder: query('public')
    .input(z.strictObject({ path: z.string().max(500) }))
    .output(z.object({ ok: z.boolean(), reason: z.string().nullable(), freeBytes: z.number().nullable() })),

  firm: setting(firmProfile),
  numbering: setting(numbering),
  taxRates: setting(z.array(taxRate).min(1).max(50)),
  contractLaw: setting(lawTable),
  contractReminders: setting(contractReminders),
  workCalendar: setting(workCalendarSetting),
  indicatorTargets: setting(indicatorTargets),
  callBacks: setting(callBackCycles),
  visits: setting(visitRules),
  preferences: setting(preferences),

  /** The permission matrix as it is in force, for its screen. */
  matrix: query('policy.matrix.read')
    .input(z.strictObject({}))
    .output(
      z.array(
        z.object({
          action: z.enum(ACTIONS),
          scopes: z.record(z.enum(ROLES), z.enum(['none', 'own', 'team', 'all'])),
        }),
      ),
    ),
}
