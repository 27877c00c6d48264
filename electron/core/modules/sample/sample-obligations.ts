import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { EVENT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { SIDES, type ObligationFilters } from '#shared/modules/obligations/obligations.schema.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import { SampleRandom } from './sample-random.ts'

const sampleObligations = z.object({
  acceptanceNote: z.string(),
  invoiceNote: z.string(),
  moveReason: z.string(),
  dropReason: z.string(),
  agreed: z.array(
    z.object({
      text: z.string(),
      side: z.enum(SIDES),
      clause: z.string(),
      inDays: z.number().int().optional(),
      event: z.enum(EVENT_KINDS).optional(),
      days: z.number().int().default(0),
    }),
  ),
})

interface Given {
  readonly resourcesDir: string
  readonly seed: number
  readonly today: PlainDay
}

/**
 * What has become of the obligations that signing listed: goods accepted, invoices issued but for a few that are late;
 * and some that were agreed beside the clauses, one moved, one dropped.
 */
export async function makeObligations(client: CoreClient, { resourcesDir, seed, today }: Given): Promise<void> {
  const path = join(resourcesDir, 'demo', 'sample-obligations.json')
  const data = sampleObligations.parse(JSON.parse(readFileSync(path, 'utf8')))
  const random = new SampleRandom(seed + 53)
  await accept(client, random, today, data.acceptanceNote)
  for (const row of await all(client, { kind: 'invoice', state: 'overdue' })) {
    const day = addDays(asDay(row.dueDay ?? today), random.between(-2, 2))
    const [number, late] = [random.between(26_000_001, 26_999_999), random.chance(0.25)]
    if (late) continue
    const note = `${data.invoiceNote} ${number}`
    await client.obligations.done({ items: [item(row)], day: day < today ? day : today, note })
  }
  const { rows: contracts } = await client.contracts.list({
    limit: data.agreed.length,
    sort: { key: 'signDay', dir: 'desc' },
    filters: { stage: 'performing' },
  })
  for (const [i, contract] of contracts.entries()) {
    const { inDays, event, days, ...said } = data.agreed[i]!
    const day = addDays(today, inDays ?? 0)
    const when =
      event === undefined
        ? ({ kind: 'day', day: day < (contract.signDay ?? '') ? today : day } as const)
        : ({ kind: 'event', event, days, dayKind: 'natural' } as const)
    const ownerId = contract.ownerId as never
    await client.obligations.create({ ...said, when, ownerId, contractId: contract.id as never })
  }
  const [moved] = await all(client, { kind: 'delivery', state: 'open' })
  if (moved?.dueDay) {
    const day = addDays(asDay(moved.dueDay), 12)
    await client.obligations.move({ items: [item(moved)], day, reason: data.moveReason })
  }
  const [dropped] = await all(client, { kind: 'warranty', state: 'open' })
  if (dropped) await client.obligations.drop({ items: [item(dropped)], reason: data.dropReason })
}

const item = ({ id, version }: { readonly id: string; readonly version: number }) => ({ id: id as never, version })

/** Goods that were delivered lately are accepted some days later, not all of them yet. */
async function accept(client: CoreClient, random: SampleRandom, today: PlainDay, note: string): Promise<void> {
  for (const row of await all(client, { kind: 'inspection', state: 'unfinished' })) {
    const [after, slow] = [random.between(1, 9), random.chance(0.2)]
    if (row.dueDay === null) continue
    const day = addDays(asDay(row.dueDay), after - 7)
    if (day > today || slow) continue
    const { version } = await client.contracts.get({ id: row.contractId as never })
    await client.contracts.recordEvent({ id: row.contractId as never, version, kind: 'acceptance', day, note })
  }
}

/** All of them, page after page, the nearest first. */
async function all(client: CoreClient, filters: ObligationFilters) {
  const found: Awaited<ReturnType<CoreClient['obligations']['list']>>['rows'] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<CoreClient['obligations']['list']>> = await client.obligations.list({
      limit: 200,
      cursor,
      sort: { key: 'dueDay', dir: 'asc' },
      filters,
    })
    found.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}
