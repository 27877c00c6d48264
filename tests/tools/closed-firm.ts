import type { CoreClient } from '#core/rpc/client-type.ts'
import { startCore } from '#core/start-core.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'

export interface ClosedFirm {
  readonly core: Awaited<ReturnType<typeof startCore>>
  /** The seat of its administrator. */
  readonly owner: CoreClient
  readonly ownerId: string
  readonly password: string
}

/**
 * Opens a firm that is set up and whose program is closed, lets `fill` do its work, and closes it again. The command
 * line of such a tool begins with: <data folder> <login> <password>.
 */
export async function withClosedFirm(
  argv: readonly string[],
  fill: (firm: ClosedFirm) => Promise<void>,
): Promise<void> {
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
    const { user } = await owner.session.logIn({ login, password })
    await fill({ core, owner, ownerId: user.userId, password })
  } finally {
    await core.close()
  }
}
