import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { CLOSE_REASONS, OPEN_STAGES, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import type { Store } from '#core/store/store.ts'
import { SampleRandom } from './sample-random.ts'

const words = z.array(z.string()).min(1)
const dealWords = z.object({
  names: words,
  needs: words,
  decisionMakers: words,
  concerns: z.array(z.object({ topic: z.string(), answer: z.string() })).min(1),
  competitors: z.array(z.object({ name: z.string(), product: z.string(), note: z.string() })).min(1),
  nextSteps: words,
  quotationSkip: z.string(),
  reviews: words,
  won: words,
})
type DealWords = z.infer<typeof dealWords>

/** Behind the seed of the firm: what deals draw changes nothing that the firm draws. */
const OWN_SEED = 41
const ACTOR = { userId: null, roles: [], device: 'sample', entry: 'office.sample' }
/** How far the deals get, in turn. */
const ENDS = ['open', 'qualified', 'proposal', 'won', 'negotiation', 'qualified', 'agreed', 'lost', 'proposal'] as const
const DAY_MS = 86_400_000

interface SampleSellers {
  readonly today: PlainDay
  readonly sellers: readonly string[]
  /** By number: customer n belongs to seller n modulo their count. */
  readonly customerIds: readonly string[]
}

/** Deals over all stages, some shared, some late, some won and lost in the weeks before. */
export async function makeDeals(
  client: CoreClient,
  given: SampleSellers & { readonly resourcesDir: string; readonly seed: number },
  store: Store,
): Promise<void> {
  const data = dealWords.parse(JSON.parse(readFileSync(join(given.resourcesDir, 'demo', 'sample-deals.json'), 'utf8')))
  const random = new SampleRandom(given.seed + OWN_SEED)
  const ages = new Map<string, number>()
  for (const [i, name] of data.names.entries()) {
    const id = await makeDeal(client, given, data, random, i, name)
    ages.set(id, random.between(16, 75))
  }
  await backdate(store, given.today, ages)
}

async function makeDeal(
  client: CoreClient,
  given: SampleSellers,
  data: DealWords,
  random: SampleRandom,
  i: number,
  name: string,
): Promise<string> {
  const { today, sellers, customerIds } = given
  const end = ENDS[i % ENDS.length] ?? 'open'
  const seat = random.between(0, sellers.length * 4 - 1)
  const ownerId = sellers[seat % sellers.length] ?? ''
  const helper = sellers[(seat + 1) % sellers.length] ?? ''
  const amount = random.between(30, 900) * 100_000
  const closed = end === 'won' || end === 'lost'
  // A deal that is late: nobody said yet when it will be.
  const late = !closed && i % 8 === 1
  const step = !closed && i % 3 === 0
  const rivals =
    i % 2 === 0 ? [{ ...random.pick(data.competitors), price: asYuan(amount, random.between(88, 104)) }] : []
  const made = await client.deals.create({
    name,
    customerId: customerIds[seat] ?? customerIds[0] ?? '',
    ownerId,
    amount: amount as never,
    expectedDay: addDays(today, late ? -random.between(2, 9) : random.between(5, 170)),
    splits:
      i % 5 === 2 && helper !== ownerId
        ? [
            { userId: ownerId, share: 7000 },
            { userId: helper, share: 3000 },
          ]
        : [],
    competitors: rivals,
    concerns: end === 'open' ? [] : [{ ...random.pick(data.concerns), status: 'answered' }],
    ...(step ? { nextStep: random.pick(data.nextSteps), nextDay: addDays(today, random.between(9, 20)) } : {}),
  })
  let deal = { id: made.id, version: made.version }
  const facts = {
    needs: random.pick(data.needs),
    decisionMaker: random.pick(data.decisionMakers),
    quotationSkip: data.quotationSkip,
    noCompetitors: i % 2 === 1,
  }
  const last = closed ? OPEN_STAGES.length - 2 : OPEN_STAGES.indexOf(end as OpenStage)
  for (const stage of OPEN_STAGES.slice(1, last + 1)) {
    // What is late cannot be expected in the past while it is moved.
    if (late && stage === 'proposal') break
    deal = await client.deals.move({ ...deal, stage, facts })
  }
  if (end === 'won') {
    const won = { day: today, amount: asYuan(amount, random.between(92, 102)), note: random.pick(data.won), facts }
    deal = await client.deals.win({
      ...deal,
      ...won,
      reason: random.pick(['delivery', 'relation', 'function'] as const),
    })
  }
  if (end === 'lost') {
    const reason = random.pick(CLOSE_REASONS)
    const competitor = reason === 'noBudget' ? '' : (rivals[0]?.name ?? '')
    deal = await client.deals.lose({ ...deal, day: today, reason, competitor, note: random.pick(data.reviews) })
  }
  return deal.id
}

/** A part of an amount in percent, in whole yuan. Fen. */
function asYuan(amount: number, percent: number): never {
  return (Math.round((amount * percent) / 10_000) * 100) as never
}

/** Spreads the moves of each deal over the days since it began, so that the weeks before have a story. */
async function backdate(store: Store, today: PlainDay, ages: ReadonlyMap<string, number>): Promise<void> {
  await store.write(ACTOR, async (uow) => {
    for (const [id, age] of ages) {
      const moves = await uow.db
        .selectFrom('deal_moves')
        .select(['id', 'at', 'to_stage'])
        .where('deal_id', '=', id)
        .orderBy('at')
        .orderBy('id')
        .execute()
      // Every third moved in the last days; the others have stood for a while.
      const gap = Math.floor(age / (age % 3 === 0 ? Math.max(1, moves.length - 1) : moves.length))
      let since: PlainDay = today
      for (const [n, move] of moves.entries()) {
        const ago = age - n * gap
        since = addDays(today, -ago)
        await uow.db
          .updateTable('deal_moves')
          .set({ day: since, at: move.at - ago * DAY_MS })
          .where('id', '=', move.id)
          .execute()
      }
      const last = moves.at(-1)?.to_stage
      await uow.db
        .updateTable('deals')
        .set((eb) => ({
          stage_since: since,
          created_at: eb('created_at', '-', age * DAY_MS),
          ...(last === 'won' || last === 'lost' ? { closed_day: since } : {}),
        }))
        .where('id', '=', id)
        .execute()
    }
    await uow.audit({ action: 'office.sample', entity: 'office', entityId: 'deals', after: { deals: ages.size } })
  })
}
