import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { CycleFacts } from '#shared/modules/performance/performance.cycle.rules.ts'
import type { AppealRow } from '#shared/modules/performance/performance.cycle.schema.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Appeals about people of the scope with their answers: open ones first, then the latest. */
export async function appealsOf(db: Reader | Writer, scope: Scope, month: PlainMonth): Promise<AppealRow[]> {
  const rows = await applyScope((db as Reader).selectFrom('performance_appeals as appeal'), scope, 'appeal.user_id')
    .innerJoin('users', 'users.id', 'appeal.user_id')
    .leftJoin('users as answerer', 'answerer.id', 'appeal.answered_by')
    .where('appeal.month', '=', month)
    .select(['appeal.id', 'appeal.user_id as userId', 'users.name as userName', 'appeal.indicator', 'appeal.reason'])
    .select(['appeal.day', 'appeal.state', 'appeal.answer', 'appeal.answered_day as answeredDay'])
    .select('answerer.name as answererName')
    .orderBy((eb) => eb('appeal.state', '<>', 'open'))
    .orderBy('appeal.id', 'desc')
    .execute()
  return rows.map(({ answererName, indicator, ...row }) => ({
    ...row,
    indicator: indicator === '' ? null : (indicator as Indicator),
    answeredByName: answererName ?? '',
  }))
}

/** What was said to a month, and given or taken in it, about people of the scope. */
export async function cycleFacts(db: Reader | Writer, scope: Scope, month: PlainMonth): Promise<CycleFacts> {
  const calibrations = await applyScope(
    (db as Reader).selectFrom('performance_calibrations as given'),
    scope,
    'given.user_id',
  )
    .innerJoin('users', 'users.id', 'given.set_by')
    .where('given.month', '=', month)
    .select(['given.user_id as userId', 'given.points', 'given.reason', 'users.name as byName'])
    .execute()
  const confirmations = await applyScope(
    (db as Reader).selectFrom('performance_confirmations as agreed'),
    scope,
    'agreed.user_id',
  )
    .where('agreed.month', '=', month)
    .select(['agreed.user_id as userId', 'agreed.total', 'agreed.day'])
    .execute()
  return {
    calibrations: new Map(calibrations.map(({ userId, ...mark }) => [userId, mark])),
    confirmations: new Map(confirmations.map(({ userId, ...agreed }) => [userId, agreed])),
    appeals: await appealsOf(db, scope, month),
  }
}

/** Colleagues who were asked for a rating of somebody in a month and have not given it. */
export async function lateRaters(db: Reader | Writer, month: PlainMonth) {
  return (db as Reader)
    .selectFrom('performance_reviews as review')
    .innerJoin('users', 'users.id', 'review.user_id')
    .innerJoin('users as rater', 'rater.id', 'review.rater_id')
    .where('review.month', '=', month)
    .where('review.state', '=', 'asked')
    .where('rater.active', '=', 1)
    .select(['review.id as reviewId', 'review.rater_id as raterId', 'rater.name as raterName'])
    .select('users.name as userName')
    .orderBy('rater.name_key')
    .orderBy('review.id')
    .execute()
}

/** Who of these people has rated himself. */
export async function selfRated(db: Reader | Writer, month: PlainMonth): Promise<ReadonlySet<string>> {
  const rows = await (db as Reader)
    .selectFrom('performance_reviews')
    .where('month', '=', month)
    .where('rater_group', '=', 'self')
    .where('state', '=', 'given')
    .select('user_id as userId')
    .execute()
  return new Set(rows.map((row) => row.userId))
}
