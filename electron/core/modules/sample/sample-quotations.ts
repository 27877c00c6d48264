import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { TERMS } from '#shared/modules/minutes/minutes.rules.ts'
import { belowFloor, discounted } from '#shared/modules/quotations/quotations.rules.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import type { Store } from '#core/store/store.ts'
import { SampleRandom } from './sample-random.ts'

const whole = z.number().int()
const offersData = z.object({
  /** Names of deals of the sample firm. */
  deals: z.array(z.string()).min(1),
  words: z.object({ deliveryPlace: z.string(), delivery: z.string(), warranty: z.string() }),
  quotations: z.array(
    z.object({
      deal: whole,
      title: z.string(),
      /** Which product, how many, and the discount in basis points. */
      lines: z.array(z.tuple([whole, whole, whole])),
      days: z.array(whole),
      fate: z.enum(['draft', 'sent', 'accepted', 'rejected', 'expired', 'awaiting', 'revised']),
      ago: whole,
      notes: z.string(),
      reason: z.string().optional(),
      said: z.string().optional(),
    }),
  ),
  minutes: z.array(
    z.object({
      deal: whole,
      subject: z.string(),
      place: z.string(),
      theirPeople: z.string(),
      ago: whole,
      fate: z.enum(['draft', 'final']),
      agreed: z.array(
        z.object({
          term: z.enum(TERMS),
          line: whole.optional(),
          discount: whole.optional(),
          value: whole.optional(),
          inDays: whole.optional(),
          text: z.string(),
        }),
      ),
      open: z.array(z.object({ question: z.string(), owner: z.string() })),
      next: z.array(z.object({ text: z.string(), ours: z.boolean(), who: z.string().optional(), inDays: whole })),
    }),
  ),
})
type Offers = z.infer<typeof offersData>

interface SampleProduct {
  readonly name: string
  readonly spec: string
  readonly unit: string
  readonly price: number
}

interface Given {
  readonly resourcesDir: string
  readonly today: PlainDay
  readonly seed: number
  readonly products: readonly SampleProduct[]
  readonly store: Store
}

/** Behind the seed of the firm: what offers draw changes nothing that the firm draws. */
const OWN_SEED = 31
const VALID_DAYS = 30
const ACTOR = { userId: null, roles: [], device: 'sample', entry: 'office.sample' }

interface Deal {
  readonly id: string
  readonly ownerId: string
  readonly ownerName: string
}

/** Offers at every stage and minutes of talks, on deals of the firm. */
export async function makeQuotations(client: CoreClient, given: Given): Promise<void> {
  const data = offersData.parse(
    JSON.parse(readFileSync(join(given.resourcesDir, 'demo', 'sample-quotations.json'), 'utf8')),
  )
  const deals = await findDeals(client, data.deals)
  const random = new SampleRandom(given.seed + OWN_SEED)
  const back: Backdated[] = []
  for (const offer of data.quotations) {
    const deal = deals[offer.deal]
    if (deal) back.push(await makeOffer(client, given, random, data.words, offer, deal))
  }
  await backdate(given, back)
  for (const talk of data.minutes) {
    const deal = deals[talk.deal]
    if (deal) await makeTalk(client, given, talk, deal)
  }
}

/** The deals by their names, in the order of the data file. */
async function findDeals(client: CoreClient, names: readonly string[]): Promise<Deal[]> {
  const { rows } = await client.deals.list({ limit: 200, sort: { key: 'name', dir: 'asc' }, filters: {} })
  return names.flatMap((name) => rows.find((row) => row.name === name) ?? [])
}

interface Backdated {
  readonly id: string
  readonly ago: number
  readonly fate: Offers['quotations'][number]['fate']
  readonly ownerId: string
  readonly reason: string
}

/** A price to the fen, in 1/10 000 yuan. */
const roundPrice = (price: number) => Math.round(price / 100) * 100

async function makeOffer(
  client: CoreClient,
  { products, today }: Given,
  random: SampleRandom,
  words: Offers['words'],
  offer: Offers['quotations'][number],
  deal: Deal,
): Promise<Backdated> {
  const lines = offer.lines.map(([index, quantity, discount], at) => {
    const product = products[index % products.length]!
    const listPrice = Math.round(product.price * (1.04 + random.next() * 0.04) * 100) * 100
    return {
      name: product.name,
      spec: product.spec,
      unit: product.unit,
      quantity: quantity * 1000,
      listPrice,
      price: roundPrice(discounted(listPrice, discount)),
      rate: 1300,
      deliveryDays: offer.days[at] ?? 0,
      floorPrice: roundPrice(listPrice * 0.88),
      cost: roundPrice((listPrice * (0.66 + random.next() * 0.08)) / 1.13),
    }
  })
  const basis = await client.quotations.basis({ dealId: deal.id })
  const fields = {
    title: offer.title,
    language: 'zh-CN' as const,
    attention: basis.contactName,
    validDays: VALID_DAYS,
    validUntil: null,
    prepay: 3000,
    paymentDays: 30,
    payment: '',
    deliveryPlace: words.deliveryPlace,
    delivery: words.delivery,
    warrantyMonths: 12,
    warranty: words.warranty,
    notes: offer.notes,
    lines,
  }
  const reason = offer.reason ?? (belowFloor(lines).length > 0 ? offer.title : '')
  const made = await client.quotations.create({ ...fields, dealId: deal.id } as never)
  const found = { id: made.id, ago: offer.ago, fate: offer.fate, ownerId: deal.ownerId, reason }
  if (offer.fate === 'draft' || offer.fate === 'awaiting') return found
  const sent = await client.quotations.send({ id: made.id, version: made.version, reason })
  if (offer.fate === 'revised') {
    const draft = await client.quotations.revise({ id: made.id, version: sent.version })
    const cheaper = lines.map((line, at) =>
      at === 0
        ? { ...line, price: roundPrice(discounted(line.listPrice, 900)), quantity: line.quantity + 20_000 }
        : line,
    )
    const update = { ...fields, paymentDays: 45, lines: cheaper.slice(0, -1), ...draft }
    const saved = await client.quotations.update(update as never)
    await client.quotations.send({ id: made.id, version: saved.version, reason })
  }
  if (offer.fate === 'accepted' || offer.fate === 'rejected') {
    const closed = { id: made.id, version: sent.version, outcome: offer.fate, day: today, note: offer.said ?? '' }
    await client.quotations.close(closed)
  }
  return found
}

/** What was entered just now went out some days ago; one waits for its release, one is past its last day. */
async function backdate({ store, today }: Given, offers: readonly Backdated[]): Promise<void> {
  await store.write(ACTOR, async (uow) => {
    for (const { id, ago, fate, ownerId, reason } of offers) {
      const sent = addDays(today, -ago)
      const until = addDays(sent, VALID_DAYS)
      if (fate === 'awaiting') {
        const below = { state: 'awaiting' as const, needs_approval: 1, below_floor: 1, reason }
        await uow.db
          .updateTable('quotation_versions')
          .set({ ...below, submitted_by: ownerId, submitted_day: sent })
          .where('quotation_id', '=', id)
          .execute()
        await uow.db.updateTable('quotations').set({ state: 'awaiting' }).where('id', '=', id).execute()
        continue
      }
      if (fate === 'draft') continue
      // The first version of a revised one went out earlier than the second.
      for (const [no, day] of [[1, sent] as const, [2, addDays(sent, 6)] as const]) {
        await uow.db
          .updateTable('quotation_versions')
          .set({ sent_day: day, submitted_day: day, valid_until: addDays(day, VALID_DAYS) })
          .where('quotation_id', '=', id)
          .where('no', '=', no)
          .execute()
      }
      await uow.db
        .updateTable('quotation_versions')
        .set({ closed_day: addDays(sent, 1) })
        .where('quotation_id', '=', id)
        .where('closed_day', 'is not', null)
        .execute()
      const shown = fate === 'revised' ? addDays(sent, 6) : sent
      await uow.db
        .updateTable('quotations')
        .set({ sent_key: shown, valid_key: fate === 'revised' ? addDays(shown, VALID_DAYS) : until })
        .where('id', '=', id)
        .execute()
    }
    const after = { quotations: offers.length }
    await uow.audit({ action: 'office.sample', entity: 'office', entityId: 'quotations', after })
  })
}

async function makeTalk(
  client: CoreClient,
  { products, today }: Given,
  talk: Offers['minutes'][number],
  deal: Deal,
): Promise<void> {
  const day = addDays(today, -talk.ago)
  const agreed = talk.agreed.map(({ term, line, discount, value, inDays, text }) => {
    const product = line === undefined ? undefined : products[line % products.length]
    const price = product && discount !== undefined ? discounted(Math.round(product.price * 10_000), discount) : null
    const figure = term === 'quantity' && value !== undefined ? value * 1000 : (value ?? null)
    return {
      term,
      subject: product?.name ?? '',
      text,
      value: term === 'price' ? price : figure,
      day: inDays === undefined ? null : addDays(today, inDays),
    }
  })
  const made = await client.minutes.create({
    dealId: deal.id,
    day,
    place: talk.place,
    subject: talk.subject,
    ourPeople: deal.ownerName,
    theirPeople: talk.theirPeople,
    language: 'zh-CN',
    agreed,
    open: talk.open,
    next: talk.next.map(({ text, ours, who, inDays }) => ({
      text,
      ownerId: ours ? deal.ownerId : null,
      ownerName: ours ? '' : (who ?? ''),
      day: addDays(today, inDays),
    })),
  } as never)
  if (talk.fate === 'final') await client.minutes.finish({ id: made.id, version: made.version })
}
