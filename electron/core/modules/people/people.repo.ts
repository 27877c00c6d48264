import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { UserRow } from '#shared/modules/people/people.schema.ts'
import type { Role } from '#shared/policy/roles.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export interface UserFilters {
  readonly role?: Role | undefined
  readonly departmentId?: string | undefined
  readonly teamId?: string | undefined
  readonly active?: boolean | undefined
}

const SORT = { name: 'users.name_key', login: 'users.login_key', createdAt: 'users.created_at' } as const
export type UserSort = keyof typeof SORT

function usersQuery(db: Reader | Writer) {
  return db
    .selectFrom('users')
    .leftJoin('departments', 'departments.id', 'users.department_id')
    .leftJoin('teams', 'teams.id', 'users.team_id')
    .select([
      'users.id',
      'users.login',
      'users.login_key',
      'users.name',
      'users.name_key',
      'users.title',
      'users.phone',
      'users.email',
      'users.department_id',
      'users.team_id',
      'users.active',
      'users.joined_day',
      'users.left_day',
      'users.version',
      'users.created_at',
      'departments.name as department_name',
      'teams.name as team_name',
      sql<number>`CASE WHEN teams.leader_id = users.id THEN 1 ELSE 0 END`.as('leads_team'),
      sql<string>`coalesce((SELECT group_concat(role) FROM user_roles WHERE user_roles.user_id = users.id), '')`.as(
        'roles',
      ),
    ])
}

type RawUser = Awaited<ReturnType<ReturnType<typeof usersQuery>['executeTakeFirstOrThrow']>>

function toUserRow(raw: RawUser): UserRow {
  return {
    id: raw.id,
    name: raw.name,
    login: raw.login,
    title: raw.title,
    phone: raw.phone,
    email: raw.email,
    departmentId: raw.department_id,
    departmentName: raw.department_name,
    teamId: raw.team_id,
    teamName: raw.team_name,
    leadsTeam: raw.leads_team === 1,
    roles: parseRoles(raw.roles),
    active: raw.active === 1,
    joinedDay: raw.joined_day,
    leftDay: raw.left_day,
    version: raw.version,
    createdAt: raw.created_at,
  }
}

export function parseRoles(joined: string): Role[] {
  return joined === '' ? [] : (joined.split(',').sort() as Role[])
}

function filtered(db: Reader, text: string | undefined, filters: UserFilters) {
  let query = usersQuery(db)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(users.search_text, ${needle}) > 0`)
  if (filters.departmentId !== undefined) query = query.where('users.department_id', '=', filters.departmentId)
  if (filters.teamId !== undefined) query = query.where('users.team_id', '=', filters.teamId)
  if (filters.active !== undefined) query = query.where('users.active', '=', filters.active ? 1 : 0)
  const { role } = filters
  if (role !== undefined) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('user_roles')
          .select('user_roles.role')
          .whereRef('user_roles.user_id', '=', 'users.id')
          .where('user_roles.role', '=', role),
      ),
    )
  }
  return query
}

export async function listUsers(db: Reader, input: PageInput<UserSort, UserFilters>) {
  const rows = await keyset(filtered(db, input.text, input.filters), {
    sortColumn: SORT[input.sort.key],
    idColumn: 'users.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  const sortValue = { name: 'name_key', login: 'login_key', createdAt: 'created_at' } as const
  const page = pageOf(
    rows,
    input.limit,
    (row) => row[sortValue[input.sort.key]],
    (row) => row.id,
  )
  return { rows: page.rows.map(toUserRow), nextCursor: page.nextCursor }
}

export async function countUsers(db: Reader, text: string | undefined, filters: UserFilters): Promise<number> {
  const row = await db
    .selectFrom(filtered(db, text, filters).as('u'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function findUser(db: Reader | Writer, id: string): Promise<UserRow | undefined> {
  const raw = await usersQuery(db).where('users.id', '=', id).executeTakeFirst()
  return raw ? toUserRow(raw) : undefined
}

export async function replaceRoles(db: Writer, userId: string, roles: readonly Role[]): Promise<void> {
  await db.deleteFrom('user_roles').where('user_id', '=', userId).execute()
  await db
    .insertInto('user_roles')
    .values([...new Set(roles)].map((role) => ({ user_id: userId, role })))
    .execute()
}

/** How many active administrators there are beside this user. */
export async function otherAdministrators(db: Writer, userId: string): Promise<number> {
  const row = await db
    .selectFrom('users')
    .innerJoin('user_roles', 'user_roles.user_id', 'users.id')
    .where('user_roles.role', '=', 'administrator')
    .where('users.active', '=', 1)
    .where('users.id', '!=', userId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
