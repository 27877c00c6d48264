import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROLES, type Role } from '#shared/policy/roles.ts'
import { fixedClock } from '#core/kernel/clock.ts'
import { startCore, type Core, type CoreClient } from '#core/start-core.ts'

/** A Monday morning; every test stands on this day unless it moves the clock. */
export const TEST_NOW = Date.parse('2026-05-18T02:00:00Z')
export const PASSWORD = 'long enough phrase 42'
export const CHEAP_PASSWORDS = { memoryKiB: 256, timeCost: 1 }
export const RESOURCES = new URL('../../resources', import.meta.url).pathname

/** People of the test firm, one for each role, and a second salesperson in another team. */
export type TestPerson = Role | 'sales_other'

export interface TestCore {
  readonly core: Core
  readonly dataDir: string
  readonly clock: ReturnType<typeof fixedClock>
  readonly recoveryCode: string
  readonly ids: Readonly<Record<TestPerson, string>>
  /** A logged-in client of this person; one seat each. */
  as(person: TestPerson): Promise<CoreClient>
  /** A seat where nobody is logged in. */
  anonymous(): CoreClient
  /** Closes and opens the same folder again. */
  restart(): Promise<Core>
  close(): Promise<void>
}

export const FIRM = {
  name: '重庆山城机械配件有限公司',
  uscc: '91350100M000100Y43',
  legalRepresentative: '周建国',
  address: '重庆市九龙坡区石桥铺科园一路 6 号',
  phone: '023-68886666',
  bankName: '中国建设银行重庆石桥铺支行',
  bankAccount: '50001013600050001234',
  sealName: '重庆山城机械配件有限公司合同专用章',
}

/** A core over a real encrypted file in a fresh folder, with a firm and one person for each role. */
export async function createTestCore(): Promise<TestCore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yewutai-test-'))
  const clock = fixedClock(TEST_NOW)
  const config = {
    dataDir,
    resourcesDir: RESOURCES,
    host: 'local' as const,
    appVersion: '0.0.0-test',
    clock,
    passwordCost: CHEAP_PASSWORDS,
    workers: 1,
  }
  let core = await startCore(config)
  const owner = core.localClient({ device: 'owner' })
  const first = await owner.office.firstRun({
    locale: 'zh-CN',
    firm: FIRM,
    administrator: { name: '林总', login: 'owner', password: PASSWORD },
    backupDir: '',
    content: 'empty',
  })
  const ids: Record<string, string> = { owner: first.session.user.userId }
  const sales = await owner.people.createTeam({ name: '销售一组', leaderId: null })
  const others = await owner.people.createTeam({ name: '销售二组', leaderId: null })
  const people: readonly [TestPerson, string, Role, string | null][] = [
    ['administrator', '管理员', 'administrator', null],
    ['sales', '张三', 'sales', sales.id],
    ['sales_other', '李四', 'sales', others.id],
    ['sales_manager', '王主管', 'sales_manager', sales.id],
    ['finance', '赵会计', 'finance', null],
    ['reviewer', '钱法务', 'reviewer', null],
    ['hr', '孙人事', 'hr', null],
  ]
  for (const [person, name, role, teamId] of people) {
    const made = await owner.people.create({ name, login: person, roles: [role], teamId })
    await core.localClient().session.redeemCode({ login: person, code: made.code, next: PASSWORD })
    ids[person] = made.id
  }
  await owner.people.updateTeam({
    id: sales.id,
    version: sales.version,
    name: '销售一组',
    leaderId: ids['sales_manager'] ?? null,
  })
  const seats = new Map<TestPerson, CoreClient>([['owner', owner]])

  return {
    get core() {
      return core
    },
    dataDir,
    clock,
    recoveryCode: first.recoveryCode,
    ids: ids as Record<TestPerson, string>,
    async as(person) {
      const known = seats.get(person)
      if (known) return known
      const client = core.localClient({ device: person })
      await client.session.logIn({ login: person, password: PASSWORD })
      seats.set(person, client)
      return client
    },
    anonymous: () => core.localClient({ device: 'nobody' }),
    async restart() {
      await core.close()
      seats.clear()
      core = await startCore(config)
      return core
    },
    async close() {
      await core.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The roles in the order of the matrix, for tests that walk them. */
export const TEST_ROLES = ROLES

/** The refusal code that a call ends with; fails where it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; data: unknown }> {
  try {
    await call
  } catch (error) {
    const { code, data } = error as { code: string; data: unknown }
    return { code, data }
  }
  throw new Error('the call was expected to be refused')
}
