import { refuse } from '#shared/kernel/app-error.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import { SETTING_KEYS } from '#shared/modules/office/office.schema.ts'
import type { UserFields } from '#shared/modules/people/people.schema.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { writeSetting } from '#core/kernel/settings.ts'
import type { Vault } from '#core/kernel/vault.ts'
import { insertUser, loginKey } from '#core/modules/people/people.api.ts'
import type { Sessions } from '#core/modules/session/session.api.ts'
import type { HandlerContext } from '#core/rpc/context.ts'
import { defaultSettings } from './office.defaults.ts'

export interface FirstRunInput {
  readonly locale: Locale
  readonly firm: FirmProfile
  readonly administrator: {
    readonly name: string
    readonly login: string
    readonly password: string
    readonly sells: boolean
  }
  readonly backupDir: string
  readonly content: 'empty' | 'sample'
}

/** Fills the open, empty firm with sample records as a job; returns its id. */
export type FillSample = (context: HandlerContext) => Promise<string>

const DEFAULT_ZONE = 'Asia/Shanghai'

/** Makes the firm: key, data file, settings, first administrator. Nothing remains of an attempt that fails. */
export function createFirstRun(deps: CoreDeps, vault: Vault, session: Sessions, fillSample: FillSample) {
  return {
    async run(context: HandlerContext, input: FirstRunInput) {
      if (vault.state().state !== 'first-run') throw refuse('OFFICE_ALREADY_SET_UP')
      const { administrator } = input
      session.assertStrong(administrator.password, [administrator.login, administrator.name, input.firm.name])
      const settings = defaultSettings(
        deps.config.resourcesDir,
        input.firm,
        input.locale,
        DEFAULT_ZONE,
        input.backupDir,
      )
      const { recoveryCode } = await vault.create(loginKey(administrator.login), administrator.password, {
        locale: input.locale,
        firmName: input.firm.name,
      })
      try {
        const fields: UserFields = {
          name: administrator.name,
          login: administrator.login,
          title: '',
          phone: '',
          email: '',
          departmentId: null,
          teamId: null,
          // The first person of a small firm both runs it and runs the program.
          roles: ['owner', 'administrator', ...(administrator.sells ? (['sales'] as const) : [])],
          joinedDay: null,
          leftDay: null,
        }
        const actor = { userId: null, roles: [], device: context.connection.device, entry: 'office.firstRun' }
        const userId = await deps.store.write(actor, async (uow) => {
          for (const key of SETTING_KEYS) await writeSetting(uow, key, settings[key], 0)
          const id = await insertUser(uow, fields, { mustChangePassword: false })
          await uow.audit({ action: 'office.firstRun', entity: 'user', entityId: id, after: fields })
          return id
        })
        const info = await session.begin(context.connection, userId, 'logIn')
        const jobId = input.content === 'sample' ? await fillSample(context) : null
        return { recoveryCode, session: info, jobId }
      } catch (error) {
        await vault.discard()
        throw error
      }
    },

    async confirmRecovery(groups: readonly { index: number; text: string }[]) {
      if (!(await vault.checkRecoveryGroups(groups))) throw refuse('OFFICE_RECOVERY_MISMATCH')
      return {}
    },
  }
}
