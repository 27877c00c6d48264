import { refuse } from '#shared/kernel/app-error.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { UnitOfWork } from '#core/store/store.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** Departments and teams: small lists, whole at once. A group with members is not removed. */
export function createGroupsService(deps: CoreDeps) {
  type Table = 'departments' | 'teams'

  async function assertNameFree(uow: UnitOfWork, table: Table, name: string, ownId: string | null) {
    const taken = await uow.db.selectFrom(table).select('id').where('name', '=', name).executeTakeFirst()
    if (taken && taken.id !== ownId) throw refuse('PEOPLE_NAME_TAKEN')
  }

  async function current(uow: UnitOfWork, table: Table, input: Versioned) {
    const row = await uow.db.selectFrom(table).selectAll().where('id', '=', input.id).executeTakeFirst()
    if (!row) throw refuse('NOT_FOUND', { entity: table })
    if (row.version !== input.version) throw refuse('STALE', { current: row })
    return row
  }

  async function remove(ctx: CallContext, table: Table, input: Versioned) {
    const column = table === 'teams' ? 'team_id' : 'department_id'
    return deps.store.write(ctx.actor, async (uow) => {
      const before = await current(uow, table, input)
      const member = await uow.db.selectFrom('users').select('id').where(column, '=', input.id).executeTakeFirst()
      if (member) throw refuse('PEOPLE_NOT_EMPTY')
      await uow.db.deleteFrom(table).where('id', '=', input.id).execute()
      await uow.audit({ action: `people.remove.${table}`, entity: table, entityId: input.id, before })
      uow.changed('people', input.id)
      return {}
    })
  }

  return {
    departments: () =>
      deps.store.read
        .selectFrom('departments')
        .leftJoin('users as head', 'head.id', 'departments.head_id')
        .leftJoin('users', 'users.department_id', 'departments.id')
        .groupBy('departments.id')
        .select((eb) => [
          'departments.id',
          'departments.name',
          'departments.head_id as headId',
          'head.name as headName',
          'departments.version',
          eb.fn.count<number>('users.id').as('members'),
        ])
        .orderBy('departments.name')
        .execute(),

    teams: () =>
      deps.store.read
        .selectFrom('teams')
        .leftJoin('users as leader', 'leader.id', 'teams.leader_id')
        .leftJoin('users', 'users.team_id', 'teams.id')
        .groupBy('teams.id')
        .select((eb) => [
          'teams.id',
          'teams.name',
          'teams.leader_id as leaderId',
          'leader.name as leaderName',
          'teams.version',
          eb.fn.count<number>('users.id').as('members'),
        ])
        .orderBy('teams.name')
        .execute(),

    createDepartment: (ctx: CallContext, fields: { name: string; headId: string | null }) =>
      deps.store.write(ctx.actor, async (uow) => {
        await assertNameFree(uow, 'departments', fields.name, null)
        const id = newId()
        await uow.db
          .insertInto('departments')
          .values({ id, name: fields.name, head_id: fields.headId, version: 0 })
          .execute()
        await uow.audit({ action: 'people.create.departments', entity: 'departments', entityId: id, after: fields })
        uow.changed('people', id)
        return { id, version: 0 }
      }),

    updateDepartment: (ctx: CallContext, input: Versioned & { name: string; headId: string | null }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await current(uow, 'departments', input)
        await assertNameFree(uow, 'departments', input.name, input.id)
        const version = input.version + 1
        await uow.db
          .updateTable('departments')
          .set({ name: input.name, head_id: input.headId, version })
          .where('id', '=', input.id)
          .execute()
        const after = { name: input.name, headId: input.headId }
        await uow.audit({
          action: 'people.update.departments',
          entity: 'departments',
          entityId: input.id,
          before,
          after,
        })
        uow.changed('people', input.id)
        return { id: input.id, version }
      }),

    removeDepartment: (ctx: CallContext, input: Versioned) => remove(ctx, 'departments', input),

    createTeam: (ctx: CallContext, fields: { name: string; leaderId: string | null }) =>
      deps.store.write(ctx.actor, async (uow) => {
        await assertNameFree(uow, 'teams', fields.name, null)
        const id = newId()
        const row = { id, name: fields.name, leader_id: fields.leaderId, version: 0 }
        await uow.db.insertInto('teams').values(row).execute()
        await uow.audit({ action: 'people.create.teams', entity: 'teams', entityId: id, after: fields })
        uow.changed('people', id)
        return { id, version: 0 }
      }),

    updateTeam: (ctx: CallContext, input: Versioned & { name: string; leaderId: string | null }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await current(uow, 'teams', input)
        await assertNameFree(uow, 'teams', input.name, input.id)
        const version = input.version + 1
        await uow.db
          .updateTable('teams')
          .set({ name: input.name, leader_id: input.leaderId, version })
          .where('id', '=', input.id)
          .execute()
        const after = { name: input.name, leaderId: input.leaderId }
        await uow.audit({ action: 'people.update.teams', entity: 'teams', entityId: input.id, before, after })
        uow.changed('people', input.id)
        return { id: input.id, version }
      }),

    removeTeam: (ctx: CallContext, input: Versioned) => remove(ctx, 'teams', input),
  }
}
