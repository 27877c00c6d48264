import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { addDays, diffDays, weekday, type PlainDay } from '#shared/kernel/dates.ts'
import { INTENTS, type Channel, type Purpose } from '#shared/modules/visits/visits.rules.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import type { Store } from '#core/store/store.ts'
import { SampleRandom } from './sample-random.ts'

const words = z.array(z.string()).min(1)
const visitWords = z.object({
  concerns: words,
  evidence: z.object({ A: words, B: words, C: words, D: words }),
  noNext: words,
  places: words,
  people: words,
  goals: z.object({ develop: words, negotiate: words, callBack: words, collect: words, reconcile: words }),
  moved: words,
  prepared: words,
  next: z.array(z.object({ step: z.string(), days: z.number().int() })).min(1),
})
type VisitWords = z.infer<typeof visitWords>

/** Behind the seed of the firm: what visits draw changes nothing that the firm draws. */
const OWN_SEED = 19
/** Visits of so many last days still have a step to come. */
const FRESH_DAYS = 2
/** Plans of one seller in the two weeks to come. */
const PLANS = 4
const ACTOR = { userId: null, roles: [], device: 'sample', entry: 'office.sample' }

/** Draws what people say of a visit, and what they have planned. */
export class SampleVisits {
  readonly #words: VisitWords
  readonly #random: SampleRandom

  constructor(resourcesDir: string, seed: number) {
    this.#words = visitWords.parse(JSON.parse(readFileSync(join(resourcesDir, 'demo', 'sample-visits.json'), 'utf8')))
    this.#random = new SampleRandom(seed + OWN_SEED)
  }

  /** The rest of a complete report; an older visit has no step that would still be open. */
  report(purpose: Purpose, channel: Channel, needs: readonly string[], daysAgo: number) {
    const { concerns, evidence, noNext, next } = this.#words
    const random = this.#random
    const judged = purpose === 'develop' || purpose === 'negotiate'
    const intent = random.pick(INTENTS)
    const step = random.pick(next)
    const reason = random.pick(noNext)
    const heard = {
      needs: random.pick(needs),
      concerns: random.chance(0.5) ? random.pick(concerns) : '',
      ...(judged ? { intent, evidence: random.pick(evidence[intent]) } : {}),
    }
    const open = daysAgo <= FRESH_DAYS && channel === 'visit'
    return open
      ? { ...heard, nextStep: step.step, nextInDays: step.days }
      : { ...heard, nextStep: '', noNextReason: reason, nextInDays: null }
  }

  /** What the sellers have agreed for this week and the next, with one plan that is late and one that came to nothing. */
  async plan(
    client: CoreClient,
    given: { readonly today: PlainDay; readonly sellers: readonly string[]; readonly customerIds: readonly string[] },
    store: Store,
  ): Promise<void> {
    const { today, sellers, customerIds } = given
    const random = this.#random
    const late: string[] = []
    for (const [i, userId] of sellers.entries()) {
      for (let n = 0; n < PLANS; n += 1) {
        const start = 9 * 60 + random.between(0, 12) * 30
        const purpose = random.pick(['develop', 'negotiate', 'callBack', 'collect', 'reconcile'] as const)
        const made = await client.visits.plan({
          customerId: customerIds[i + sellers.length * n] ?? customerIds[i] ?? '',
          userId,
          day: workdayFrom(addDays(today, n * 3 + (i % 3))),
          startMinute: n === PLANS - 1 ? null : start,
          endMinute: n === PLANS - 1 ? null : start + 90,
          channel: 'visit',
          purpose,
          place: random.pick(this.#words.places),
          goal: random.pick(this.#words.goals[purpose]),
          withIds: n === 1 ? sellers.filter((_, other) => other === (i + 1) % sellers.length) : [],
          theirPeople: [random.pick(this.#words.people)],
        })
        if (n === 0) {
          const checks = this.#words.prepared.map((text, at) => ({ text, done: at < 2, attachmentId: null }))
          await client.visits.prepare({ ...made, checks })
        } else if (n === 1 && i % 2 === 0) {
          const plan = await client.visits.get({ id: made.id })
          const { startMinute, endMinute } = plan
          const day = workdayFrom(addDays(plan.day as PlainDay, 1))
          await client.visits.reschedule({
            ...made,
            day,
            startMinute,
            endMinute,
            reason: random.pick(this.#words.moved),
          })
        } else if (n === 2 && i % 3 === 0) {
          await client.visits.cancel({ ...made, reason: { code: 'customerAsked', text: '' } })
        }
      }
      if (i % 3 === 1) {
        const customerId = customerIds[i] ?? ''
        const plan = await client.visits.plan({ customerId, userId, day: today, purpose: 'callBack' })
        late.push(plan.id)
      }
    }
    await this.#backdate(store, today, late)
  }

  /** What was entered just now was reported in its time, mostly; and some plans are of last week. */
  async #backdate(store: Store, today: PlainDay, latePlans: readonly string[]): Promise<void> {
    const random = this.#random
    await store.write(ACTOR, async (uow) => {
      const done = await uow.db
        .selectFrom('visits')
        .select(['id', 'day'])
        .where('state', '=', 'done')
        .orderBy('day')
        .orderBy('id')
        .execute()
      for (const { id, day } of done) {
        const visitDay = day as PlainDay
        const late = random.chance(0.06) && diffDays(visitDay, today) > 9
        await uow.db
          .updateTable('visits')
          .set({
            report_day: late ? addDays(visitDay, 9) : visitDay,
            late: late ? 1 : 0,
            planned_at: random.chance(0.7) ? uow.now : null,
          })
          .where('id', '=', id)
          .execute()
      }
      for (const id of latePlans) {
        await uow.db
          .updateTable('visits')
          .set({ day: addDays(today, -7) })
          .where('id', '=', id)
          .execute()
      }
      const after = { reports: done.length, plans: latePlans.length }
      await uow.audit({ action: 'office.sample', entity: 'office', entityId: 'visits', after })
    })
  }
}

function workdayFrom(day: PlainDay): PlainDay {
  let at = day
  while (weekday(at) > 5) at = addDays(at, 1)
  return at
}
