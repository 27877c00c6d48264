import { randomBytes } from 'node:crypto'
import { buildSearchText, sortKey } from '#shared/kernel/search-text.ts'
import type { UserFields } from '#shared/modules/people/people.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import { scopeOf } from '#shared/policy/can.ts'
import type { Reach } from '#shared/policy/matrix.ts'
import type { Role } from '#shared/policy/roles.ts'
import type { Session } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { replaceRoles } from './people.repo.ts'

export { orgChart } from './people.org.ts'

/** Log-in names are compared without case and without composition differences. */
export function loginKey(login: string): string {
  return login.trim().normalize('NFC').toLowerCase()
}

/** Row columns of a person's fields; shared with the first run, which makes the first administrator. */
export function userColumns(fields: UserFields) {
  return {
    login: fields.login,
    login_key: loginKey(fields.login),
    name: fields.name,
    title: fields.title,
    phone: fields.phone,
    email: fields.email,
    department_id: fields.departmentId,
    team_id: fields.teamId,
    joined_day: fields.joinedDay,
    left_day: fields.leftDay,
    search_text: buildSearchText(fields.name, [fields.login, fields.phone]),
    name_key: sortKey(fields.name),
  }
}

/** Writes a new person with roles; the caller audits. */
export async function insertUser(
  uow: UnitOfWork,
  fields: UserFields,
  options: { mustChangePassword: boolean },
): Promise<string> {
  const id = newId()
  await uow.db
    .insertInto('users')
    .values({
      id,
      ...userColumns(fields),
      active: 1,
      must_change_password: options.mustChangePassword ? 1 : 0,
      draft_key: randomBytes(32).toString('base64'),
      version: 0,
      created_at: uow.now,
      updated_at: uow.now,
    })
    .execute()
  await replaceRoles(uow.db, id, fields.roles)
  return id
}

/** A name for lists of other modules. */
export interface UserBrief {
  readonly id: string
  readonly name: string
  readonly active: boolean
  readonly teamId: string | null
}

/** Names of these users, by id; unknown ids are left out. */
export async function userBriefs(db: Reader | Writer, ids: readonly string[]): Promise<ReadonlyMap<string, UserBrief>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'active', 'team_id'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(
    rows.map((row) => [row.id, { id: row.id, name: row.name, active: row.active === 1, teamId: row.team_id }]),
  )
}

/** From when to when these users are with the firm, as far as it is known. */
export async function servicePeriods(
  db: Reader | Writer,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly joinedDay: string | null; readonly leftDay: string | null }>> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'joined_day', 'left_day'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, { joinedDay: row.joined_day, leftDay: row.left_day }]))
}

/** The departments of these users, by id; whoever has none is left out. */
export async function departmentsOf(db: Reader | Writer, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'department_id'])
    .where('id', 'in', [...new Set(ids)])
    .where('department_id', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.id, row.department_id ?? '']))
}

/** Who is in which department and team, and how these are called. */
export interface StaffUnits {
  readonly people: ReadonlyMap<string, { readonly departmentId: string | null; readonly teamId: string | null }>
  readonly departments: ReadonlyMap<string, string>
  readonly teams: ReadonlyMap<string, string>
}

/** Everybody the firm ever had, by department and team. */
export async function staffUnits(db: Reader | Writer): Promise<StaffUnits> {
  const people = await db.selectFrom('users').select(['id', 'department_id', 'team_id']).execute()
  const departments = await db.selectFrom('departments').select(['id', 'name']).execute()
  return {
    people: new Map(people.map((row) => [row.id, { departmentId: row.department_id, teamId: row.team_id }])),
    departments: new Map(departments.map((row) => [row.id, row.name])),
    teams: await teamNames(db),
  }
}

/** Everybody with one of these roles who is active in the firm, by name. */
export async function activeUsersWithRole(db: Reader | Writer, roles: readonly string[]): Promise<UserBrief[]> {
  const rows = await db
    .selectFrom('users')
    .innerJoin('user_roles', 'user_roles.user_id', 'users.id')
    .where('user_roles.role', 'in', [...roles])
    .where('users.active', '=', 1)
    .select(['users.id', 'users.name', 'users.active', 'users.team_id', 'users.name_key'])
    .distinct()
    .orderBy('users.name_key')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, active: true, teamId: row.team_id }))
}

/** Everybody who is active in the firm, by name. */
export async function activePeople(db: Reader | Writer): Promise<UserBrief[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'active', 'team_id'])
    .where('active', '=', 1)
    .orderBy('name_key')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, active: true, teamId: row.team_id }))
}

/** Whether an active user of this id exists: a row may only be given to such a one. */
export async function isActiveUser(db: Reader | Writer, id: string): Promise<boolean> {
  const row = await db.selectFrom('users').select('active').where('id', '=', id).executeTakeFirst()
  return row?.active === 1
}

/** The session's own id and everybody in the teams it leads or belongs to. */
export async function teamUserIds(
  db: Reader | Writer,
  session: Pick<Session, 'userId' | 'teamId' | 'ledTeamIds'>,
): Promise<readonly string[]> {
  const teams = [...new Set([...session.ledTeamIds, ...(session.teamId === null ? [] : [session.teamId])])]
  if (teams.length === 0) return [session.userId]
  const rows = await db.selectFrom('users').select('id').where('team_id', 'in', teams).execute()
  return [...new Set([session.userId, ...rows.map((row) => row.id)])]
}

/** Names of all teams, by id. */
export async function teamNames(db: Reader | Writer): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('teams').select(['id', 'name']).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Everybody active who may do this, and on whose rows: for work that the program does in somebody's stead. */
export async function everybodyWho(
  db: Reader | Writer,
  action: Action,
): Promise<{ readonly userId: string; readonly reach: Exclude<Reach, 'none'>; readonly scope: Scope }[]> {
  const rows = await db
    .selectFrom('users')
    .innerJoin('user_roles', 'user_roles.user_id', 'users.id')
    .select(['users.id', 'users.team_id', 'user_roles.role'])
    .where('users.active', '=', 1)
    .orderBy('users.id')
    .execute()
  const led = Map.groupBy(
    await db.selectFrom('teams').select(['id', 'leader_id']).execute(),
    (team) => team.leader_id ?? '',
  )
  const found = []
  for (const [userId, own] of Map.groupBy(rows, (row) => row.id)) {
    const roles = own.map((row) => row.role as Role)
    const reach = scopeOf(roles, action)
    if (reach === 'none') continue
    const ledTeamIds = (led.get(userId) ?? []).map((team) => team.id)
    const person = { userId, teamId: own[0]?.team_id ?? null, ledTeamIds }
    const people = reach === 'own' ? [userId] : await teamUserIds(db, person)
    found.push({ userId, reach, scope: reach === 'all' ? makeScope.all() : makeScope.users(people) })
  }
  return found
}
