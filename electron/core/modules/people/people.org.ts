import { sql } from 'kysely'
import type { Role } from '#shared/policy/roles.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { parseRoles } from './people.repo.ts'

/** Somebody with his place in the firm. */
export interface OrgMember {
  readonly id: string
  readonly name: string
  readonly active: boolean
  readonly roles: readonly Role[]
  readonly teamId: string | null
  readonly departmentId: string | null
}

/** Everybody, and who leads which team and department. */
export async function orgChart(db: Reader | Writer): Promise<{
  readonly members: readonly OrgMember[]
  readonly leaders: ReadonlyMap<string, string | null>
  readonly heads: ReadonlyMap<string, string | null>
}> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'active', 'team_id', 'department_id'])
    .select(
      sql<string>`coalesce((SELECT group_concat(role) FROM user_roles WHERE user_roles.user_id = users.id), '')`.as(
        'roles',
      ),
    )
    .orderBy('id')
    .execute()
  const teams = await db.selectFrom('teams').select(['id', 'leader_id']).execute()
  const departments = await db.selectFrom('departments').select(['id', 'head_id']).execute()
  return {
    members: rows.map((row) => ({
      id: row.id,
      name: row.name,
      active: row.active === 1,
      roles: parseRoles(row.roles),
      teamId: row.team_id,
      departmentId: row.department_id,
    })),
    leaders: new Map(teams.map((team) => [team.id, team.leader_id])),
    heads: new Map(departments.map((department) => [department.id, department.head_id])),
  }
}
