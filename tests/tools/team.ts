import type { CoreClient } from '#core/rpc/client-type.ts'
import { withClosedFirm, type ClosedFirm } from './closed-firm.ts'

const PEOPLE = [
  { login: 'zhang', name: '张三', role: 'sales' },
  { login: 'wang', name: '王主管', role: 'sales_manager' },
  { login: 'qian', name: '钱法务', role: 'reviewer' },
  { login: 'zhao', name: '赵会计', role: 'finance' },
] as const

export interface Team extends ClosedFirm {
  /** A seat of somebody of the team. */
  as(login: (typeof PEOPLE)[number]['login']): Promise<CoreClient>
}

/** Hires a team into a closed firm before it lets `fill` do its work. Everybody has the administrator's password. */
export async function withTeam(argv: readonly string[], fill: (team: Team) => Promise<void>): Promise<void> {
  await withClosedFirm(argv, async (firm) => {
    const { core, owner, password } = firm
    const team = await owner.people.createTeam({ name: '销售一组', leaderId: null })
    const ids: Record<string, string> = {}
    for (const { login, name, role } of PEOPLE) {
      const teamId = role === 'sales' || role === 'sales_manager' ? team.id : null
      const made = await owner.people.create({ name, login, roles: [role], teamId })
      await core.localClient().session.redeemCode({ login, code: made.code, next: password })
      ids[login] = made.id
    }
    await owner.people.updateTeam({
      id: team.id,
      version: team.version,
      name: '销售一组',
      leaderId: ids['wang'] ?? null,
    })
    await fill({
      ...firm,
      async as(login) {
        const seat = core.localClient({ device: `fill ${login}` })
        await seat.session.logIn({ login, password })
        return seat
      },
    })
  })
}
