import type { CoreClient } from '#core/rpc/client-type.ts'
import { startCore } from '#core/start-core.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'

const PEOPLE = [
  { login: 'zhang', name: '张三', role: 'sales' },
  { login: 'wang', name: '王主管', role: 'sales_manager' },
  { login: 'qian', name: '钱法务', role: 'reviewer' },
  { login: 'zhao', name: '赵会计', role: 'finance' },
] as const

export interface Team {
  readonly core: Awaited<ReturnType<typeof startCore>>
  readonly owner: CoreClient
  /** A seat of somebody of the team. */
  as(login: (typeof PEOPLE)[number]['login']): Promise<CoreClient>
}

/**
 * Opens a firm that is set up and whose program is closed, hires a team into it, lets `fill` do its work, and closes it
 * again. Everybody has the administrator's password. The command line: <data folder> <login> <password>.
 */
export async function withTeam(argv: readonly string[], fill: (team: Team) => Promise<void>): Promise<void> {
  const [dataDir = '', login = '', password = ''] = argv
  const core = await startCore({
    dataDir,
    resourcesDir: RESOURCES,
    host: 'local',
    appVersion: '0.0.0-test',
    workers: 1,
  })
  try {
    const owner = core.localClient({ device: 'fill' })
    await owner.session.logIn({ login, password })
    const team = await owner.people.createTeam({ name: '销售一组', leaderId: null })
    const ids: Record<string, string> = {}
    for (const { login: name, name: called, role } of PEOPLE) {
      const teamId = role === 'sales' || role === 'sales_manager' ? team.id : null
      const made = await owner.people.create({ name: called, login: name, roles: [role], teamId })
      await core.localClient().session.redeemCode({ login: name, code: made.code, next: password })
      ids[name] = made.id
    }
    await owner.people.updateTeam({
      id: team.id,
      version: team.version,
      name: '销售一组',
      leaderId: ids['wang'] ?? null,
    })
    await fill({
      core,
      owner,
      async as(name) {
        const seat = core.localClient({ device: `fill ${name}` })
        await seat.session.logIn({ login: name, password })
        return seat
      },
    })
  } finally {
    await core.close()
  }
}
