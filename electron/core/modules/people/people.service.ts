import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { UserFields } from '#shared/modules/people/people.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { insertUser, loginKey, userColumns } from './people.api.ts'
import {
  countUsers,
  findUser,
  listUsers,
  otherAdministrators,
  replaceRoles,
  type UserFilters,
  type UserSort,
} from './people.repo.ts'

/** What people needs of the session module: key slots and live sessions. */
export interface Accounts {
  /** Makes a one-time code that opens this log-in name's slot until `expiresAt`; an existing password stops working. */
  issueCode(loginKey: string): Promise<{ code: string; expiresAt: number }>
  removeSlot(loginKey: string): Promise<void>
  unlock(loginKey: string): Promise<void>
  endSessions(userId: string): void
}

export function createPeopleService(deps: CoreDeps, accounts: Accounts) {
  async function assertLoginFree(uow: UnitOfWork, login: string) {
    const taken = await uow.db
      .selectFrom('users')
      .select('id')
      .where('login_key', '=', loginKey(login))
      .executeTakeFirst()
    if (taken) throw refuse('PEOPLE_LOGIN_TAKEN')
  }

  async function currentUser(uow: UnitOfWork, id: string, version?: number) {
    const user = await findUser(uow.db, id)
    if (!user) throw refuse('NOT_FOUND', { entity: 'user' })
    if (version !== undefined && user.version !== version) throw refuse('STALE', { current: user })
    return user
  }

  return {
    list: (_ctx: CallContext, input: PageInput<UserSort, UserFilters>) => listUsers(deps.store.read, input),

    summary: async (_ctx: CallContext, input: { text?: string | undefined; filters: UserFilters }) => ({
      count: await countUsers(deps.store.read, input.text, input.filters),
    }),

    async get(_ctx: CallContext, id: string) {
      const user = await findUser(deps.store.read, id)
      if (!user) throw refuse('NOT_FOUND', { entity: 'user' })
      return user
    },

    async briefs() {
      const rows = await deps.store.read
        .selectFrom('users')
        .select(['id', 'name', 'active', 'team_id'])
        .orderBy('name_key')
        .execute()
      const roles = await deps.store.read.selectFrom('user_roles').selectAll().execute()
      const byUser = Map.groupBy(roles, (row) => row.user_id)
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        active: row.active === 1,
        teamId: row.team_id,
        roles: (byUser.get(row.id) ?? []).map((r) => r.role) as UserFields['roles'],
      }))
    },

    async create(ctx: CallContext, fields: UserFields) {
      const id = await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await assertLoginFree(uow, fields.login)
        const userId = await insertUser(uow, fields, { mustChangePassword: true })
        await uow.audit({ action: 'people.create', entity: 'user', entityId: userId, after: fields })
        uow.changed('people', userId)
        return userId
      })
      // The slot is made after the row: a crash between leaves an account that a reset brings to life.
      const { code, expiresAt } = await accounts.issueCode(loginKey(fields.login))
      return { id, version: 0, code, codeExpiresAt: expiresAt }
    },

    async update(ctx: CallContext, input: UserFields & { id: string; version: number }) {
      const { id, version, ...fields } = input
      return deps.store.write(ctx.actor, async (uow) => {
        const before = await currentUser(uow, id, version)
        // The name is part of what seals the password's key slot.
        if (loginKey(before.login) !== loginKey(fields.login)) throw refuse('PEOPLE_LOGIN_FIXED')
        const rolesChanged = [...before.roles].sort().join() !== [...fields.roles].sort().join()
        if (rolesChanged && id === ctx.actor.userId) throw refuse('PEOPLE_OWN_ROLES')
        const stopsAdministering = before.roles.includes('administrator') && !fields.roles.includes('administrator')
        if (stopsAdministering && before.active && (await otherAdministrators(uow.db, id)) === 0) {
          throw refuse('PEOPLE_LAST_ADMINISTRATOR')
        }
        await uow.db
          .updateTable('users')
          .set({ ...userColumns(fields), version: version + 1, updated_at: uow.now })
          .where('id', '=', id)
          .execute()
        if (rolesChanged) await replaceRoles(uow.db, id, fields.roles)
        await uow.audit({ action: 'people.update', entity: 'user', entityId: id, before, after: fields })
        uow.changed('people', id)
        return { id, version: version + 1 }
      })
    },

    async setActive(ctx: CallContext, input: { id: string; version: number; active: boolean }) {
      if (input.id === ctx.actor.userId) throw refuse('PEOPLE_SELF')
      const output = await deps.store.write(ctx.actor, async (uow) => {
        const before = await currentUser(uow, input.id, input.version)
        if (!input.active && before.roles.includes('administrator')) {
          if ((await otherAdministrators(uow.db, input.id)) === 0) throw refuse('PEOPLE_LAST_ADMINISTRATOR')
        }
        await uow.db
          .updateTable('users')
          .set({ active: input.active ? 1 : 0, version: input.version + 1, updated_at: uow.now })
          .where('id', '=', input.id)
          .execute()
        const after = { active: input.active }
        await uow.audit({
          action: 'people.setActive',
          entity: 'user',
          entityId: input.id,
          before: { active: before.active },
          after,
        })
        uow.changed('people', input.id)
        return { id: input.id, version: input.version + 1 }
      })
      if (!input.active) accounts.endSessions(input.id)
      return output
    },

    async resetPassword(ctx: CallContext, id: string) {
      if (id === ctx.actor.userId) throw refuse('PEOPLE_SELF')
      const key = await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        const user = await currentUser(uow, id)
        await uow.db.updateTable('users').set({ must_change_password: 1 }).where('id', '=', id).execute()
        await uow.audit({ action: 'people.resetPassword', entity: 'user', entityId: id })
        uow.changed('people', id)
        return loginKey(user.login)
      })
      accounts.endSessions(id)
      const { code, expiresAt } = await accounts.issueCode(key)
      return { code, codeExpiresAt: expiresAt }
    },

    async unlockAccount(ctx: CallContext, id: string) {
      const key = await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        const user = await currentUser(uow, id)
        await uow.audit({ action: 'people.unlockAccount', entity: 'user', entityId: id })
        return loginKey(user.login)
      })
      await accounts.unlock(key)
      return {}
    },
  }
}
