import { refuse } from '#shared/kernel/app-error.ts'
import type { AuditAction } from '#shared/modules/audit/audit.actions.ts'
import { weakPassword } from '#shared/modules/session/password.rules.ts'
import type { CoreStatus, SessionInfoView } from '#shared/modules/session/session.schema.ts'
import { ACTIONS } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import { withoutReplay, type CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Vault } from '#core/kernel/vault.ts'
import { loginKey } from '#core/modules/people/people.api.ts'
import type { Connection, HandlerContext } from '#core/rpc/context.ts'
import type { SessionRegistry } from './session.registry.ts'

type SessionAction = AuditAction extends infer A ? (A extends `session.${infer Verb}` ? Verb : never) : never

/** Logging in and out. A password is never kept; it opens a key slot or it does not. */
export function createSessionService(deps: CoreDeps, vault: Vault, registry: SessionRegistry) {
  const refused = (retryAt: number | null) => refuse('SESSION_REFUSED', { retryAt })

  async function activeUser(key: string) {
    const user = await deps.store.read
      .selectFrom('users')
      .select(['id', 'active'])
      .where('login_key', '=', key)
      .executeTakeFirst()
    // A disabled account answers exactly like a wrong password.
    if (!user || user.active !== 1) throw refused(null)
    return user.id
  }

  async function note(connection: Pick<Connection, 'device'>, action: SessionAction, userId: string): Promise<void> {
    const actor = { userId, roles: [], device: connection.device, entry: `session.${action}` }
    await deps.store.write(actor, async (uow) => {
      await uow.audit({ action: `session.${action}`, entity: 'user', entityId: userId })
      return null
    })
  }

  async function noteRefusal(connection: Connection, key: string): Promise<void> {
    if (vault.state().state !== 'open') return
    const user = await deps.store.read.selectFrom('users').select('id').where('login_key', '=', key).executeTakeFirst()
    if (user) await note(connection, 'refused', user.id)
  }

  async function view(token: string): Promise<SessionInfoView> {
    const session = await registry.find(deps.store.read, token)
    if (!session) throw refuse('UNAUTHENTICATED')
    const user = await deps.store.read
      .selectFrom('users')
      .leftJoin('departments', 'departments.id', 'users.department_id')
      .select(['users.draft_key', 'users.must_change_password', 'departments.name as department_name'])
      .where('users.id', '=', session.userId)
      .executeTakeFirstOrThrow()
    const permissions: SessionInfoView['permissions'] = {}
    for (const action of ACTIONS) {
      const reach = scopeOf(session.roles, action)
      if (reach !== 'none') permissions[action] = reach
    }
    return {
      user: {
        userId: session.userId,
        name: session.userName,
        login: session.login,
        roles: [...session.roles],
        departmentName: user.department_name,
        mustChangePassword: user.must_change_password === 1,
      },
      permissions,
      draftKey: user.draft_key,
      idleMinutes: registry.idleMinutes,
      zone: deps.clock.zone,
      token,
    }
  }

  async function begin(connection: Connection, userId: string, action: SessionAction): Promise<SessionInfoView> {
    const { value } = await readSetting(deps.store.read, 'preferences')
    registry.idleMinutes = value.idleMinutes
    await note(connection, action, userId)
    connection.token = registry.start(userId, connection.device)
    return view(connection.token)
  }

  function assertStrong(password: string, context: readonly string[]): void {
    const reason = weakPassword(password, context)
    if (reason !== null) throw refuse('SESSION_PASSWORD_WEAK', { reason })
  }

  async function clearMustChange(userId: string, context: HandlerContext, action: SessionAction): Promise<void> {
    const actor = { userId, roles: [], device: context.connection.device, entry: `session.${action}` }
    await deps.store.write(actor, async (uow) => {
      await uow.db.updateTable('users').set({ must_change_password: 0 }).where('id', '=', userId).execute()
      await uow.audit({ action: `session.${action}`, entity: 'user', entityId: userId })
      uow.changed('people', userId)
      return null
    })
  }

  return {
    view,
    begin,
    assertStrong,

    async status(context: HandlerContext): Promise<CoreStatus> {
      const { connection } = context
      const vaultState = vault.state()
      const live =
        connection.token !== null && vaultState.state === 'open' && registry.userOf(connection.token) !== null
      const hints = vault.hints()
      return {
        state: vaultState.state,
        locale: hints.locale,
        firmName: hints.firmName,
        host: deps.config.host,
        appVersion: deps.config.appVersion,
        recovery: vaultState.recovery,
        session: live && connection.token !== null ? await view(connection.token) : null,
      }
    },

    async logIn(context: HandlerContext, input: { login: string; password: string }) {
      const key = loginKey(input.login)
      const answer = await vault.unlock(key, input.password)
      if (!answer.ok) {
        await noteRefusal(context.connection, key)
        throw refused(answer.retryAt)
      }
      return begin(context.connection, await activeUser(key), 'logIn')
    },

    async resume(context: HandlerContext, token: string) {
      if (vault.state().state !== 'open' || registry.userOf(token) === null) throw refuse('UNAUTHENTICATED')
      context.connection.token = token
      registry.touch(token)
      return view(token)
    },

    /** Ends the session at this seat; the renderer throws its page away and keeps only sealed drafts. */
    async end(context: HandlerContext, action: 'lock' | 'logOut') {
      const { connection } = context
      if (connection.token === null) return {}
      const userId = registry.userOf(connection.token)
      registry.end(connection.token)
      connection.token = null
      if (userId !== null) await note(connection, action, userId)
      return {}
    },

    /** Ends the sessions of all seats before anything is waited for; then each is noted as locked. */
    async lockSeats() {
      for (const { userId, device } of registry.endSeats()) await note({ device }, 'lock', userId)
    },

    touch(context: HandlerContext) {
      if (context.connection.token !== null) registry.touch(context.connection.token)
      return {}
    },

    async changePassword(context: HandlerContext, input: { current: string; next: string }) {
      const session = context.call.session
      if (!session) throw refuse('UNAUTHENTICATED')
      assertStrong(input.next, [session.login, session.userName])
      const answer = await vault.changePassword(loginKey(session.login), input.current, input.next)
      if (!answer.ok) throw refused(answer.retryAt)
      await clearMustChange(session.userId, context, 'changePassword')
      registry.endAll(session.userId, session.token)
      return {}
    },

    async redeemCode(context: HandlerContext, input: { login: string; code: string; next: string }) {
      const key = loginKey(input.login)
      assertStrong(input.next, [input.login])
      const answer = await vault.redeemCode(key, input.code, input.next)
      if (!answer.ok) {
        await noteRefusal(context.connection, key)
        throw refused(answer.retryAt)
      }
      const userId = await activeUser(key)
      await clearMustChange(userId, context, 'redeemCode')
      return begin(context.connection, userId, 'logIn')
    },

    async recover(context: HandlerContext, input: { recoveryCode: string; login: string; next: string }) {
      const key = loginKey(input.login)
      assertStrong(input.next, [input.login])
      const answer = await vault.recover(input.recoveryCode, key, input.next)
      if (!answer.ok) throw refused(answer.retryAt)
      const userId = await activeUser(key)
      registry.endAll(userId)
      await clearMustChange(userId, context, 'recover')
      return begin(context.connection, userId, 'logIn')
    },

    async stepUp(context: HandlerContext, password: string) {
      const session = context.call.session
      if (!session) throw refuse('UNAUTHENTICATED')
      const answer = await vault.unlock(loginKey(session.login), password)
      if (!answer.ok) throw refused(answer.retryAt)
      registry.stepUp(session.token)
      await note(context.connection, 'stepUp', session.userId)
      return {}
    },

    async renewRecovery(context: HandlerContext) {
      const { actor } = context.call
      const recoveryCode = await vault.renewRecovery()
      await deps.store.write(withoutReplay(actor), async (uow) => {
        await uow.audit({ action: 'session.renewRecovery', entity: 'office', entityId: 'recovery' })
        return null
      })
      return { recoveryCode }
    },

    deviceUnlock: () => vault.deviceUnlock(),

    async setDeviceUnlock(context: HandlerContext, on: boolean) {
      if (on && !deps.config.device) throw refuse('SESSION_DEVICE_UNSAFE')
      await vault.setDeviceUnlock(on)
      await deps.store.write(context.call.actor, async (uow) => {
        await uow.audit({ action: 'session.setDeviceUnlock', entity: 'office', entityId: 'device', after: { on } })
        return {}
      })
      return {}
    },
  }
}

export type SessionService = ReturnType<typeof createSessionService>
