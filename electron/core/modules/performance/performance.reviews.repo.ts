import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { ReviewGroup, ReviewMarks } from '#shared/modules/performance/performance.review.schema.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Every rating asked for or given in a month about people of the scope. */
export async function reviewsOf(db: Reader | Writer, scope: Scope, month: PlainMonth) {
  const rows = await applyScope(db.selectFrom('performance_reviews'), scope, 'performance_reviews.user_id')
    .where('month', '=', month)
    .select(['id', 'user_id as userId', 'rater_group as group', 'rater_id as raterId', 'state', 'score', 'comment'])
    .select('customer_name as customerName')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, group: row.group as ReviewGroup }))
}
export type ReviewRecord = Awaited<ReturnType<typeof reviewsOf>>[number]

/** What customers said of people of the scope in a month, mark by mark. */
export async function customerRatings(db: Reader | Writer, scope: Scope, month: PlainMonth) {
  const rows = await applyScope(db.selectFrom('performance_reviews'), scope, 'performance_reviews.user_id')
    .where('month', '=', month)
    .where('rater_group', '=', 'customer')
    .select(['user_id as userId', 'customer_name as customerName', 'marks', 'comment'])
    .execute()
  return rows.map((row) => ({ ...row, marks: JSON.parse(row.marks) as ReviewMarks }))
}

/** What of a person's ratings was asked for in earnest: not what was only put forward. */
export const askedOf = (rows: readonly ReviewRecord[]) => rows.filter((row) => row.state !== 'proposed')

export async function reviewById(db: Reader | Writer, id: string) {
  return db.selectFrom('performance_reviews').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What somebody is asked to rate, newest months first. */
export async function askedFrom(db: Reader, raterId: string, limit: number) {
  return db
    .selectFrom('performance_reviews as review')
    .innerJoin('users', 'users.id', 'review.user_id')
    .where('review.rater_id', '=', raterId)
    .where('review.state', '<>', 'proposed')
    .select(['review.id', 'review.month', 'review.user_id', 'review.rater_group', 'review.state', 'review.marks'])
    .select(['review.comment', 'users.name as user_name'])
    .orderBy('review.month', 'desc')
    .orderBy('review.id')
    .limit(limit)
    .execute()
}
