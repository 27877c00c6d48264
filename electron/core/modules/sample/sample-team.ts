import type { CoreClient } from '#core/rpc/client-type.ts'

interface SampleTeam {
  readonly sellers: readonly string[]
  readonly customerIds: readonly string[]
  /** Why customers were let go. */
  readonly reasons: readonly string[]
}

const HELPED = 8
/** Those who never bought stand at the end of the list. */
const NEVER_BOUGHT = 12

/** Some customers have people who help, and a few that nobody bought from lie in the pool. */
export async function makeTeams(client: CoreClient, { sellers, customerIds, reasons }: SampleTeam): Promise<void> {
  for (const [i, customerId] of customerIds.slice(0, HELPED).entries()) {
    const userId = sellers[(i + 3) % sellers.length]
    if (userId === undefined) continue
    const access = i % 2 === 0 ? 'read' : 'write'
    await client.customers.team.set({ customerId: customerId as never, userId: userId as never, access })
  }
  let released = 0
  for (const id of customerIds.slice(-NEVER_BOUGHT).toReversed()) {
    const note = reasons[released]
    if (note === undefined) return
    const { version } = await client.customers.get({ id: id as never })
    try {
      await client.pool.release({ id: id as never, version, note })
      released += 1
    } catch (error) {
      // Somebody has a deal with it.
      if ((error as { code?: string }).code !== 'POOL_PROTECTED') throw error
    }
  }
}
