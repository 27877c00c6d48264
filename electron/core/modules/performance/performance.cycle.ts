import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { endOfMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import type {
  AnswerFields,
  AppealFields,
  CalibrationFields,
  LockStatement,
} from '#shared/modules/performance/performance.cycle.schema.ts'
import { lockDay } from '#shared/modules/performance/performance.period.rules.ts'
import type { MonthSheet } from '#shared/modules/performance/performance.schema.ts'
import type { CallContext, CoreDeps, Session } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, makeScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { activeUsersWithRole, everybodyWho } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf, tasksOfSource, type TaskSource } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { appealsOf, lateRaters, selfRated } from './performance.cycle.repo.ts'
import { appealTask, lockTask, selfTask, superiorTask, wordOf } from './performance.cycle.tasks.ts'
import { assertOpen } from './performance.months.ts'

/** The open month of these people as it stands. */
export type OpenSheet = (db: Reader, scope: Scope, month: PlainMonth) => Promise<MonthSheet>

/** Nobody is waited for any more: the month is locked. */
export async function endCycle(uow: UnitOfWork, sheet: MonthSheet): Promise<void> {
  for (const { userId } of sheet.people) {
    await closeTasksOf(uow, wordOf(sheet.month, userId), 'dropped')
    await closeTasksOf(uow, selfTask(sheet.month, userId), 'dropped')
    await closeTasksOf(uow, superiorTask(sheet.month, userId), 'dropped')
  }
  for (const { userId } of await everybodyWho(uow.db, 'performance.lock')) {
    await closeTasksOf(uow, lockTask(sheet.month, userId), 'done')
  }
  for (const { id } of await appealsOf(uow.db, makeScope.all(), sheet.month)) {
    await closeTasksOf(uow, appealTask(sheet.month, id), 'dropped')
  }
}

/** Between the end of a month and its lock: calibration, agreement or appeal, and what is still missing. */
export function createCycleService({ store, clock }: CoreDeps, openSheet: OpenSheet) {
  const me = (ctx: CallContext) => (ctx.session as Session).userId
  const words = async (db: Writer): Promise<Translate> =>
    makeTranslator((await readSetting(db, 'preferences')).value.locale)

  /** Throws PERFORMANCE_NOT_OVER, PERFORMANCE_LOCKED. */
  async function assertClosing(uow: UnitOfWork, month: PlainMonth): Promise<void> {
    if (endOfMonth(month) >= uow.today) throw refuse('PERFORMANCE_NOT_OVER')
    await assertOpen(uow.db, month)
  }

  async function dueDay(uow: UnitOfWork, month: PlainMonth): Promise<PlainDay> {
    const due = lockDay(makeCalendar((await readSetting(uow.db, 'workCalendar')).value), month)
    return due < uow.today ? uow.today : due
  }

  /** One's own line of the month. Throws NOT_FOUND. */
  async function ownLine(uow: UnitOfWork, ctx: CallContext, month: PlainMonth) {
    const sheet = await openSheet(uow.db as unknown as Reader, makeScope.users([me(ctx)]), month)
    const [person] = sheet.people
    if (!person) throw refuse('NOT_FOUND', { entity: 'user' })
    if (person.standing?.state === 'appealed') throw refuse('PERFORMANCE_APPEALED')
    return person
  }

  async function setPoints(uow: UnitOfWork, { month, userId, points, reason }: CalibrationFields): Promise<void> {
    const { calibrationCap } = (await readSetting(uow.db, 'appraisal')).value
    if (Math.abs(points) > calibrationCap) throw refuse('PERFORMANCE_CALIBRATION_CAP')
    const of = uow.db.deleteFrom('performance_calibrations').where('month', '=', month).where('user_id', '=', userId)
    const before = await of.returning(['points', 'reason']).executeTakeFirst()
    if (points !== 0) {
      await uow.db
        .insertInto('performance_calibrations')
        .values({ month, user_id: userId, points, reason, set_at: uow.now, set_by: uow.actor.userId as string })
        .execute()
    }
    await uow.audit({
      action: 'performance.calibrate',
      entity: 'performance-month',
      entityId: `${month}:${userId}`,
      ...(before ? { before } : {}),
      after: { month, userId, points, reason },
    })
    uow.changed('performance', month)
  }

  async function statement(db: Reader, month: PlainMonth): Promise<LockStatement> {
    const { people } = await openSheet(db, makeScope.all(), month)
    const rated = await selfRated(db, month)
    const ownRating = people.filter(
      (person) => person.indicators.some((one) => one.indicator === 'review360') && !rated.has(person.userId),
    )
    return {
      silent: people
        .filter(({ standing }) => standing?.state !== 'confirmed' && standing?.state !== 'appealed')
        .map(({ userId, userName }) => ({ userId, userName })),
      late: [
        ...(await lateRaters(db, month)).map((row) => ({ ...row, raterId: row.raterId ?? '' })),
        ...ownRating.map(({ userId, userName }) => ({
          reviewId: null,
          raterId: userId,
          raterName: userName,
          userName,
        })),
      ],
      appeals: people.filter(({ standing }) => standing?.state === 'appealed').length,
    }
  }

  return {
    calibrate: (ctx: CallContext, input: CalibrationFields) =>
      store.write(ctx.actor, async (uow) => {
        assertInScope(ctx.scope, input.userId, 'user')
        if (input.userId === me(ctx)) throw refuse('PERFORMANCE_OWN_FIGURE')
        await assertClosing(uow, input.month)
        const sheet = await openSheet(uow.db as unknown as Reader, makeScope.users([input.userId]), input.month)
        if (sheet.people.length === 0) throw refuse('NOT_FOUND', { entity: 'user' })
        await setPoints(uow, input)
        return { month: input.month }
      }),

    confirm: (ctx: CallContext, { month, total }: { month: PlainMonth; total: number }) =>
      store.write(ctx.actor, async (uow) => {
        await assertClosing(uow, month)
        const person = await ownLine(uow, ctx, month)
        if (person.total !== total) throw refuse('PERFORMANCE_OTHER_TOTAL')
        await uow.db
          .insertInto('performance_confirmations')
          .values({ month, user_id: person.userId, total, day: uow.today })
          .onConflict((on) => on.columns(['month', 'user_id']).doUpdateSet({ total, day: uow.today }))
          .execute()
        await closeTasksOf(uow, wordOf(month, person.userId), 'done')
        const entityId = `${month}:${person.userId}`
        await uow.audit({ action: 'performance.confirm', entity: 'performance-month', entityId, after: { total } })
        uow.changed('performance', month)
        return { month }
      }),

    appeal: (ctx: CallContext, { month, indicator, reason }: AppealFields) =>
      store.write(ctx.actor, async (uow) => {
        await assertClosing(uow, month)
        const person = await ownLine(uow, ctx, month)
        const { userId, userName } = person
        const unknown = indicator !== null && !person.indicators.some((one) => one.indicator === indicator)
        if (unknown) throw refuse('NOT_FOUND', { entity: 'performance-appeal' })
        // An owner of the firm answers, or else whoever may lock the month: never the one who appeals.
        const owners = [
          ...(await activeUsersWithRole(uow.db, ['owner'])),
          ...(await activeUsersWithRole(uow.db, ['hr'])),
        ].filter((one) => one.id !== userId)
        const [answering] = owners
        if (!answering) throw refuse('PERFORMANCE_NOBODY_ANSWERS')
        const id = newId()
        await uow.db
          .insertInto('performance_appeals')
          .values({
            id,
            month,
            user_id: userId,
            indicator: indicator ?? '',
            reason,
            day: uow.today,
            state: 'open',
            answer: '',
            answered_day: null,
            answered_by: null,
          })
          .execute()
        await closeTasksOf(uow, wordOf(month, userId), 'done')
        await addTask(uow, {
          kind: 'other',
          title: (await words(uow.db))('performance:cycle.tasks.answer', { name: userName, month }),
          note: reason,
          ownerId: answering.id,
          dueDay: await dueDay(uow, month),
          customerId: null,
          source: appealTask(month, id),
        })
        const after = { month, userId, indicator, reason }
        await uow.audit({ action: 'performance.appeal', entity: 'performance-appeal', entityId: id, after })
        uow.changed('performance', month)
        return { id }
      }),

    appeals: (ctx: CallContext, month: PlainMonth) => appealsOf(store.read, ctx.scope, month),

    answer: (ctx: CallContext, { id, upheld, answer, points }: AnswerFields) =>
      store.write(ctx.actor, async (uow) => {
        const row = await uow.db.selectFrom('performance_appeals').selectAll().where('id', '=', id).executeTakeFirst()
        if (!row) throw refuse('NOT_FOUND', { entity: 'performance-appeal' })
        assertInScope(ctx.scope, row.user_id, 'performance-appeal')
        if (row.user_id === me(ctx)) throw refuse('PERFORMANCE_OWN_FIGURE')
        if (row.state !== 'open') throw refuse('PERFORMANCE_ANSWERED')
        const month = row.month as PlainMonth
        await assertOpen(uow.db, month)
        if (points !== null) {
          await setPoints(uow, { month, userId: row.user_id as CalibrationFields['userId'], points, reason: answer })
        }
        const state = upheld ? 'upheld' : 'refused'
        await uow.db
          .updateTable('performance_appeals')
          .set({ state, answer, answered_day: uow.today, answered_by: me(ctx) })
          .where('id', '=', id)
          .execute()
        await closeTasksOf(uow, appealTask(month, id), 'done')
        await askForWord(uow, month, row.user_id, 'answered')
        await uow.audit({
          action: 'performance.appealAnswer',
          entity: 'performance-appeal',
          entityId: id,
          before: { state: row.state, reason: row.reason },
          after: { state, answer, points },
        })
        uow.changed('performance', month)
        return { month }
      }),

    statement: (_ctx: CallContext, month: PlainMonth) =>
      endOfMonth(month) >= clock.today()
        ? Promise.resolve({ silent: [], late: [], appeals: 0 })
        : statement(store.read, month),

    remind: (ctx: CallContext, month: PlainMonth) =>
      store.write(ctx.actor, async (uow) => {
        await assertClosing(uow, month)
        const { silent, late } = await statement(uow.db as unknown as Reader, month)
        let told = 0
        for (const { userId } of silent) told += await askForWord(uow, month, userId, 'remind')
        const t = await words(uow.db)
        for (const { reviewId, raterId, userName } of late) {
          const source = reviewId === null ? selfTask(month, raterId) : ({ module: 'reviews', id: reviewId } as const)
          told += await addOnce(
            uow,
            month,
            raterId,
            source,
            t('performance:cycle.tasks.rate', { name: userName, month }),
          )
        }
        await uow.audit({
          action: 'performance.remind',
          entity: 'performance-month',
          entityId: month,
          after: { silent: silent.length, late: late.length, told },
        })
        return { told }
      }),
  }

  async function askForWord(uow: UnitOfWork, month: PlainMonth, userId: string, why: 'remind' | 'answered') {
    const title = (await words(uow.db))(`performance:cycle.tasks.${why}`, { month })
    return addOnce(uow, month, userId, wordOf(month, userId), title)
  }

  /** A task that is not open in these words already, in the place of one in others; gives how many were added. */
  async function addOnce(uow: UnitOfWork, month: PlainMonth, ownerId: string, source: TaskSource, title: string) {
    const known = await tasksOfSource(uow.db, source)
    if (known.some((task) => task.state === 'open' && task.title === title)) return 0
    await closeTasksOf(uow, source, 'dropped')
    await addTask(uow, {
      kind: 'other',
      title,
      ownerId,
      dueDay: await dueDay(uow, month),
      customerId: null,
      source,
    })
    return 1
  }
}
