import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { groupResults, meanOf, peersDone } from '#shared/modules/performance/performance.review.rules.ts'
import type {
  CustomerReview,
  ReviewGiven,
  ReviewGroup,
  ReviewMarks,
  ReviewRated,
  ReviewStand,
} from '#shared/modules/performance/performance.review.schema.ts'
import { figureOf } from '#shared/modules/performance/performance.rules.ts'
import { lockDay } from '#shared/modules/performance/performance.period.rules.ts'
import type { CallContext, CoreDeps, Session } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, inScope, makeScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { activePeople, isActiveUser, userBriefs } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { selfTask, superiorTask } from './performance.cycle.tasks.ts'
import { assertOpen, lockedAmong } from './performance.months.ts'
import { appraisedOther, appraisedPeople, planBook } from './performance.plans.ts'
import { askedFrom, askedOf, reviewById, reviewsOf, type ReviewRecord } from './performance.reviews.repo.ts'

const SHOWN = 50
const scoreOf = (marks: ReviewMarks) => meanOf(Object.values(marks).map((mark) => mark * 100))

export type ScopeFor = (
  ctx: CallContext,
  action: 'performance.targets' | 'bonuses.read' | 'bonuses.set',
) => Promise<Scope | null>

async function insert(
  uow: UnitOfWork,
  row: { month: PlainMonth; userId: string; group: ReviewGroup; raterId: string | null; customerName?: string },
  state: 'proposed' | 'asked' | 'given',
  given?: { marks: ReviewMarks; comment: string },
): Promise<string> {
  const id = newId()
  await uow.db
    .insertInto('performance_reviews')
    .values({
      id,
      month: row.month,
      user_id: row.userId,
      rater_group: row.group,
      rater_id: row.raterId,
      customer_name: row.customerName ?? '',
      state,
      marks: given ? JSON.stringify(given.marks) : '',
      score: given ? scoreOf(given.marks) : null,
      comment: given?.comment ?? '',
      asked_at: uow.now,
      asked_by: uow.actor.userId,
      given_at: given ? uow.now : null,
    })
    .execute()
  return id
}

/** What is written down of a rating: that it was given, never what; the log is read by many. */
const audited = (uow: UnitOfWork, id: string, what: 'reviewGive' | 'reviewAsk', after: object) =>
  uow.audit({ action: `performance.${what}`, entity: 'performance-review', entityId: id, after })

/** Writes down what a customer said; whoever calls has checked the month and the person. */
export async function putCustomerReview(uow: UnitOfWork, input: CustomerReview): Promise<string> {
  const { month, userId, customerName } = input
  const id = await insert(uow, { month, userId, group: 'customer', raterId: null, customerName }, 'given', input)
  await audited(uow, id, 'reviewGive', { month, userId, group: 'customer', customerName })
  uow.changed('performance', month)
  return id
}

/** Ratings by superiors, colleagues, customers and oneself; a colleague's is never told from the others'. */
export function createReviewsService({ store }: CoreDeps, scopeFor: ScopeFor) {
  const me = (ctx: CallContext) => (ctx.session as Session).userId

  /** Whom the caller leads: nobody leads himself. */
  async function ledBy(ctx: CallContext): Promise<(userId: string) => boolean> {
    const scope = await scopeFor(ctx, 'performance.targets')
    return (userId) => scope !== null && userId !== me(ctx) && inScope(scope, userId)
  }

  async function assertAppraised(db: Reader | Writer, ctx: CallContext, userId: string): Promise<void> {
    assertInScope(ctx.scope, userId, 'user')
    const people = await appraisedPeople(db, ctx.scope)
    if (!people.some((person) => person.id === userId)) throw refuse('NOT_FOUND', { entity: 'user' })
  }

  /**
   * Once every colleague who was asked has given, their mean is seen: one rating more would tell itself. Gives what there
   * is about the person in that month. Throws REVIEW_PEERS_DONE.
   */
  async function withPeersOpen(db: Writer, month: PlainMonth, userId: string): Promise<ReviewRecord[]> {
    const rows = await reviewsOf(db, makeScope.users([userId]), month)
    if (peersDone(askedOf(rows))) throw refuse('REVIEW_PEERS_DONE')
    return rows
  }

  async function ask(uow: UnitOfWork, review: { id: string; month: PlainMonth; userId: string; raterId: string }) {
    const calendar = makeCalendar((await readSetting(uow.db, 'workCalendar')).value)
    const { locale } = (await readSetting(uow.db, 'preferences')).value
    const names = await userBriefs(uow.db, [review.userId])
    const due = lockDay(calendar, review.month)
    await addTask(uow, {
      kind: 'other',
      title: makeTranslator(locale)('performance:review.task', {
        name: names.get(review.userId)?.name ?? '',
        month: review.month,
      }),
      ownerId: review.raterId,
      dueDay: due < uow.today ? uow.today : due,
      customerId: null,
      source: { module: 'reviews', id: review.id },
    })
  }

  function standOf(
    person: { id: string; name: string },
    rows: readonly ReviewRecord[],
    groups: ReturnType<typeof groupResults>,
    names: ReadonlyMap<string, { name: string }>,
    leading: boolean,
  ): ReviewStand {
    const counted = groups.filter((one) => one.counts)
    const seen = new Set(counted.map((one) => one.group))
    const parts = counted.map((one) => ({ amount: one.mean ?? 0, received: one.weight }))
    const comments = rows
      .filter((row) => row.comment !== '' && seen.has(row.group))
      .map(({ group, comment }) => ({ group, text: comment }))
    return {
      userId: person.id,
      userName: person.name,
      groups,
      score: counted.length === 0 ? null : figureOf('review360', parts).actual,
      // By their text: the order in which they came says who wrote them.
      comments: comments.toSorted((a, b) => (a.text < b.text ? -1 : 1)),
      peers: rows
        .filter((row) => row.group === 'peer')
        .map((row) => ({
          id: row.id,
          userId: row.raterId ?? '',
          userName: names.get(row.raterId ?? '')?.name ?? '',
          // Who was appraised is not told which of them has given yet.
          state: leading || row.state === 'proposed' ? (row.state as 'proposed') : null,
        })),
      leads: leading,
    }
  }

  return {
    async mine(ctx: CallContext) {
      const rows = await askedFrom(store.read, me(ctx), SHOWN)
      const locked = await lockedAmong(store.read, new Set(rows.map((row) => row.month)))
      return rows.map((row) => ({
        id: row.id,
        month: row.month,
        userId: row.user_id,
        userName: row.user_name,
        group: row.rater_group as ReviewGroup,
        given: row.state === 'given',
        marks: row.marks === '' ? null : (JSON.parse(row.marks) as ReviewMarks),
        comment: row.comment,
        open: !locked.has(row.month),
      }))
    },

    /** Gives or changes a rating that one was asked for. */
    give: (ctx: CallContext, { id, marks, comment }: ReviewGiven) =>
      store.write(ctx.actor, async (uow) => {
        const row = await reviewById(uow.db, id)
        if (!row || row.rater_id !== me(ctx) || row.state === 'proposed')
          throw refuse('NOT_FOUND', { entity: 'review' })
        await assertOpen(uow.db, row.month as PlainMonth)
        if (row.rater_group === 'peer' && row.state === 'given') {
          await withPeersOpen(uow.db, row.month as PlainMonth, row.user_id)
        }
        await uow.db
          .updateTable('performance_reviews')
          .set({ state: 'given', marks: JSON.stringify(marks), score: scoreOf(marks), comment, given_at: uow.now })
          .where('id', '=', id)
          .execute()
        await closeTasksOf(uow, { module: 'reviews', id }, 'done')
        await audited(uow, id, 'reviewGive', { month: row.month, userId: row.user_id, group: row.rater_group })
        uow.changed('performance', row.month)
        return { id }
      }),

    /** Rates oneself, or as the superior. */
    rate: (ctx: CallContext, input: ReviewRated) =>
      store.write(ctx.actor, async (uow) => {
        const { month, userId, marks, comment } = input
        await assertAppraised(uow.db, ctx, userId)
        const own = userId === me(ctx)
        if (!own && !(await ledBy(ctx))(userId)) throw refuse('FORBIDDEN', { action: 'performance.targets' })
        await assertOpen(uow.db, month)
        const group = own ? 'self' : 'superior'
        const before = await uow.db
          .selectFrom('performance_reviews')
          .select(['id', 'rater_group'])
          .where('month', '=', month)
          .where('user_id', '=', userId)
          .where('rater_id', '=', me(ctx))
          .executeTakeFirst()
        if (before && before.rater_group !== group) throw refuse('REVIEW_ASKED_AS_PEER')
        if (before) {
          await uow.db
            .updateTable('performance_reviews')
            .set({ marks: JSON.stringify(marks), score: scoreOf(marks), comment, given_at: uow.now })
            .where('id', '=', before.id)
            .execute()
        }
        const id = before?.id ?? (await insert(uow, { month, userId, group, raterId: me(ctx) }, 'given', input))
        await closeTasksOf(uow, (own ? selfTask : superiorTask)(month, userId), 'done')
        await audited(uow, id, 'reviewGive', { month, userId, group })
        uow.changed('performance', month)
        return { id }
      }),

    /** Colleagues who shall rate a person: put forward by himself, or asked at once by whoever leads him. */
    propose: (ctx: CallContext, input: { month: PlainMonth; userId: string; raterIds: readonly string[] }) =>
      store.write(ctx.actor, async (uow) => {
        const { month, userId } = input
        await assertAppraised(uow.db, ctx, userId)
        await assertOpen(uow.db, month)
        const leading = (await ledBy(ctx))(userId)
        if (!leading && userId !== me(ctx)) throw refuse('FORBIDDEN', { action: 'performance.targets' })
        const known = new Set((await withPeersOpen(uow.db, month, userId)).map((row) => row.raterId))
        for (const raterId of new Set(input.raterIds)) {
          if (raterId === userId || !(await isActiveUser(uow.db, raterId))) {
            throw invalid([{ path: ['raterIds'], key: 'performance:review.errors.rater' }])
          }
          if (known.has(raterId)) continue
          const id = await insert(uow, { month, userId, group: 'peer', raterId }, leading ? 'asked' : 'proposed')
          if (leading) await ask(uow, { id, month, userId, raterId })
          await audited(uow, id, 'reviewAsk', { month, userId, raterId, state: leading ? 'asked' : 'proposed' })
        }
        uow.changed('performance', month)
        return { month }
      }),

    /** Asks a colleague who was put forward, or takes one off the list who has not given yet. */
    decide: (ctx: CallContext, { id, accept }: { id: string; accept: boolean }) =>
      store.write(ctx.actor, async (uow) => {
        const row = await reviewById(uow.db, id)
        if (!row || row.rater_group !== 'peer' || row.state === 'given' || !inScope(ctx.scope, row.user_id)) {
          throw refuse('NOT_FOUND', { entity: 'review' })
        }
        if (row.user_id === me(ctx)) throw refuse('PERFORMANCE_OWN_FIGURE')
        const month = row.month as PlainMonth
        await assertOpen(uow.db, month)
        if (accept && row.state === 'proposed') {
          await withPeersOpen(uow.db, month, row.user_id)
          await uow.db.updateTable('performance_reviews').set({ state: 'asked' }).where('id', '=', id).execute()
          await ask(uow, { id, month, userId: row.user_id, raterId: row.rater_id as string })
        }
        if (!accept) {
          await uow.db.deleteFrom('performance_reviews').where('id', '=', id).execute()
          await closeTasksOf(uow, { module: 'reviews', id }, 'dropped')
        }
        await audited(uow, id, 'reviewAsk', { month, userId: row.user_id, raterId: row.rater_id, accept })
        uow.changed('performance', month)
        return { id }
      }),

    /** Writes down what a customer said. */
    customer: (ctx: CallContext, input: CustomerReview) =>
      store.write(ctx.actor, async (uow) => {
        const { month, userId } = input
        await appraisedOther(uow, ctx.scope, userId)
        await assertOpen(uow.db, month)
        return { id: await putCustomerReview(uow, input) }
      }),

    /** How the ratings of everybody in the scope stand. */
    async stand(ctx: CallContext, month: PlainMonth) {
      const db = store.read
      const people = await appraisedPeople(db, ctx.scope)
      const rows = Map.groupBy(await reviewsOf(db, ctx.scope, month), (row) => row.userId)
      const planOf = await planBook(db, [month])
      const locked = (await lockedAmong(db, [month])).has(month)
      const leads = await ledBy(ctx)
      const names = await userBriefs(
        db,
        [...rows.values()].flat().flatMap((row) => row.raterId ?? []),
      )
      const stands = people.map((person) => {
        const own = rows.get(person.id) ?? []
        const groups = groupResults(askedOf(own), planOf(person, month).review, locked)
        return standOf(person, own, groups, names, leads(person.id))
      })
      const colleagues = (await activePeople(db)).map(({ id, name }) => ({ id, name }))
      return { month, locked, people: stands, colleagues }
    },
  }
}
