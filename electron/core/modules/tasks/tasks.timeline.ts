import type { TimelineEvent } from '#shared/modules/timeline/timeline.schema.ts'
import { latestByMoment, type TimelineAsk, type TimelineFound, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'
import { withinSight } from './tasks.repo.ts'

function tasksOf(db: Reader, { customerId, scope, userId }: TimelineAsk) {
  return withinSight(
    db
      .selectFrom('tasks')
      .innerJoin('users as owner', 'owner.id', 'tasks.owner_id')
      .leftJoin('users as author', 'author.id', 'tasks.created_by')
      .leftJoin('users as closer', 'closer.id', 'tasks.closed_by')
      .select(['tasks.id', 'tasks.title', 'tasks.kind', 'tasks.due_day', 'tasks.state', 'tasks.result'])
      .select(['tasks.created_at', 'tasks.closed_at', 'owner.name as owner_name'])
      .select(['author.name as author_name', 'closer.name as closer_name']),
    { scope, userId },
  ).where('tasks.customer_id', '=', customerId)
}

const found = (id: string, at: number, event: TimelineEvent, rest: Partial<TimelineFound>): TimelineFound => ({
  id,
  day: null,
  at,
  event,
  ...rest,
})

const made: TimelineSource = {
  id: 'task',
  kind: 'tasks',
  permit: 'tasks.use',
  async find(db, ask) {
    const rows = await latestByMoment(tasksOf(db, ask), ask, ['tasks.created_at', 'tasks.id']).execute()
    return rows.map((row) =>
      found(row.id, row.created_at, 'taskMade', {
        who: row.author_name,
        title: row.title,
        words: [
          { key: `tasks:kind.${row.kind}` },
          { key: 'timeline:forWhom', values: { name: row.owner_name, day: row.due_day } },
        ],
      }),
    )
  },
}

const closed: TimelineSource = {
  id: 'task-closed',
  kind: 'tasks',
  permit: 'tasks.use',
  async find(db, ask) {
    const rows = await latestByMoment(tasksOf(db, ask).where('tasks.closed_at', 'is not', null), ask, [
      'tasks.closed_at',
      'tasks.id',
    ]).execute()
    return rows.map((row) =>
      found(row.id, row.closed_at ?? 0, row.state === 'done' ? 'taskDone' : 'taskDropped', {
        who: row.closer_name,
        title: row.title,
        words: [{ key: `tasks:kind.${row.kind}` }],
        note: row.result,
      }),
    )
  },
}

/** What the timeline of a customer tells of tasks: made, and done or dropped. */
export const tasksTimeline: readonly TimelineSource[] = [made, closed]
