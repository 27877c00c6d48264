import { invalid } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { SOON_DAYS, type TaskKind, type TaskSource, type TaskState } from '#shared/modules/tasks/tasks.rules.ts'
import { customerHolder } from '#core/kernel/customer-holder.ts'
import { newId } from '#core/kernel/ids.ts'
import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

export { tasksTimeline } from './tasks.timeline.ts'
export type { TaskKind, TaskSource }

export interface NewTask {
  readonly kind: TaskKind
  /** One line, at most 200 characters; what is longer is cut. */
  readonly title: string
  readonly note?: string
  readonly ownerId: string
  readonly dueDay: PlainDay
  readonly customerId: string | null
  readonly source: TaskSource | null
}

const MAX_TITLE = 200

/**
 * Writes a task in the caller's unit of work, with its audit row, and gives its id. Throws VALIDATION (path `ownerId`)
 * where the owner is nobody active, or (path `title`) without a title.
 */
export async function addTask(uow: UnitOfWork, task: NewTask): Promise<string> {
  const title = [...task.title.trim()].slice(0, MAX_TITLE).join('')
  if (title === '') throw invalid([{ path: ['title'], key: 'validation:required' }])
  if (!(await isActiveUser(uow.db, task.ownerId))) {
    throw invalid([{ path: ['ownerId'], key: 'tasks:errors.owner' }])
  }
  const id = newId()
  const note = task.note ?? ''
  await uow.db
    .insertInto('tasks')
    .values({
      id,
      kind: task.kind,
      title,
      note,
      owner_id: task.ownerId,
      due_day: task.dueDay,
      first_due_day: task.dueDay,
      customer_id: task.customerId,
      source_module: task.source?.module ?? null,
      source_id: task.source?.id ?? null,
      state: 'open',
      result: '',
      closed_at: null,
      closed_by: null,
      created_by: uow.actor.userId,
      search_text: taskSearchText(title, note),
      version: 0,
      created_at: uow.now,
      updated_at: uow.now,
    })
    .execute()
  await uow.audit({ action: 'tasks.create', entity: 'task', entityId: id, after: { ...task, title } })
  uow.changed('tasks', id)
  return id
}

/** What a task is found by. */
export function taskSearchText(title: string, note: string): string {
  return buildSearchText(title, [note])
}

/** How these tasks stand, by id. */
export async function taskStates(db: Reader | Writer, ids: readonly string[]): Promise<ReadonlyMap<string, TaskState>> {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('tasks').select(['id', 'state']).where('id', 'in', piece).execute(),
  )
  return new Map(rows.map((row) => [row.id, row.state as TaskState]))
}

/** Tasks that were first due in a period (days, inclusive) and were not dropped, with the moment they were closed. */
export async function tasksDue(db: Reader | Writer, scope: Scope, from: string, to: string) {
  return applyScope(db.selectFrom('tasks'), scope, 'tasks.owner_id')
    .where('state', '<>', 'dropped')
    .where('first_due_day', '>=', from)
    .where('first_due_day', '<=', to)
    .select(['id', 'owner_id as ownerId', 'customer_id as customerId', 'title', 'first_due_day as day', 'state'])
    .select('closed_at as closedAt')
    .orderBy('first_due_day')
    .orderBy('id')
    .execute()
}

/** The tasks that came from one source, of whatever state. */
export async function tasksOfSource(
  db: Reader | Writer,
  source: TaskSource,
): Promise<{ id: string; title: string; state: TaskState; createdAt: number }[]> {
  const rows = await db
    .selectFrom('tasks')
    .select(['id', 'title', 'state', 'created_at'])
    .where('source_module', '=', source.module)
    .where('source_id', '=', source.id)
    .execute()
  return rows.map(({ created_at: createdAt, state, ...row }) => ({ ...row, state: state as TaskState, createdAt }))
}

/** Gives an open task another title, since what it counts has changed; day and note stay as their owner has them. */
export async function retitleTask(uow: UnitOfWork, id: string, title: string): Promise<void> {
  const task = await uow.db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  await uow.db
    .updateTable('tasks')
    .set({ title, search_text: taskSearchText(title, task.note), version: task.version + 1, updated_at: uow.now })
    .where('id', '=', id)
    .execute()
  const change = { before: { title: task.title }, after: { title } }
  await uow.audit({ action: 'tasks.update', entity: 'task', entityId: id, ...change })
  uow.changed('tasks', id)
}

/** Finishes or drops whatever is still open of this record: a report was handed in, a deal is lost. */
export async function closeTasksOf(uow: UnitOfWork, source: TaskSource, how: 'done' | 'dropped'): Promise<void> {
  const open = await uow.db
    .selectFrom('tasks')
    .select(['id', 'version'])
    .where('source_module', '=', source.module)
    .where('source_id', '=', source.id)
    .where('state', '=', 'open')
    .execute()
  for (const { id, version } of open) {
    await uow.db
      .updateTable('tasks')
      .set({
        state: how,
        closed_at: uow.now,
        closed_by: uow.actor.userId,
        version: version + 1,
        updated_at: uow.now,
      })
      .where('id', '=', id)
      .execute()
    await uow.audit({
      action: how === 'done' ? 'tasks.done' : 'tasks.drop',
      entity: 'task',
      entityId: id,
      before: { state: 'open' },
      after: { state: how, source },
    })
    uow.changed('tasks', id)
  }
}

/** How many open tasks of the scope's owners are late, due on `day`, and due in the seven days after it. */
export async function openTasks(
  db: Reader | Writer,
  scope: Scope,
  day: PlainDay,
): Promise<{ overdue: number; today: number; soon: number }> {
  const rows = await applyScope(
    db.selectFrom('tasks').select((eb) => ['tasks.due_day', eb.fn.countAll<number>().as('count')]),
    scope,
    'tasks.owner_id',
  )
    .where('tasks.state', '=', 'open')
    .where('tasks.due_day', '<=', addDays(day, SOON_DAYS))
    .groupBy('tasks.due_day')
    .execute()
  const found = { overdue: 0, today: 0, soon: 0 }
  for (const row of rows) {
    found[row.due_day < day ? 'overdue' : row.due_day === day ? 'today' : 'soon'] += Number(row.count)
  }
  return found
}

/** Open tasks about a customer, for what a hand-over or a merge lists. */
export async function countOpenTasksOf(db: Reader | Writer, customerId: string): Promise<number> {
  const row = await db
    .selectFrom('tasks')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/**
 * Gives the open tasks about a customer that `fromOwnerId` has to another person, as one step of a hand-over. The
 * caller audits the hand-over; each task keeps a row of its own as well. Gives how many moved.
 */
export async function moveTasksOfCustomer(
  uow: UnitOfWork,
  move: { readonly customerId: string; readonly fromOwnerId: string; readonly toOwnerId: string },
): Promise<number> {
  const open = await uow.db
    .selectFrom('tasks')
    .select('id')
    .where('customer_id', '=', move.customerId)
    .where('owner_id', '=', move.fromOwnerId)
    .where('state', '=', 'open')
    .execute()
  return moveTasks(
    uow,
    open.map((task) => task.id),
    move.toOwnerId,
  )
}

/** Open tasks about these customers, for what a hand-over lists; those of obligations go along with them. */
export async function heldTasks(db: Reader | Writer, customerIds: readonly string[]): Promise<HeldRecord[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('tasks')
      .select(['id', 'customer_id', 'owner_id as ownerId', 'title as label'])
      .where('customer_id', 'in', piece)
      .where('state', '=', 'open')
      .where((eb) => eb.or([eb('source_module', 'is', null), eb('source_module', '<>', 'obligations')]))
      .execute(),
  )
  return rows.map(({ customer_id: customerId, ...row }) => ({ ...row, customerId: customerId ?? '', amount: null }))
}

/** Gives what is open of this record to another person. */
export async function moveTasksOfSource(uow: UnitOfWork, source: TaskSource, toOwnerId: string): Promise<void> {
  const open = (await tasksOfSource(uow.db, source)).filter((task) => task.state === 'open')
  await moveTasks(
    uow,
    open.map((task) => task.id),
    toOwnerId,
  )
}

/** Gives these tasks to another person, as far as they are still open. */
export async function moveTasks(uow: UnitOfWork, ids: readonly string[], toOwnerId: string): Promise<number> {
  const open = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('tasks')
      .select(['id', 'owner_id', 'version'])
      .where('id', 'in', piece)
      .where('state', '=', 'open')
      .where('owner_id', '<>', toOwnerId)
      .execute(),
  )
  for (const { id, owner_id: fromOwnerId, version } of open) {
    await uow.db
      .updateTable('tasks')
      .set({ owner_id: toOwnerId, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    await uow.audit({
      action: 'tasks.handOver',
      entity: 'task',
      entityId: id,
      before: { ownerId: fromOwnerId },
      after: { ownerId: toOwnerId },
    })
    uow.changed('tasks', id)
  }
  return open.length
}

/** What of tasks goes along when two customers become one. */
export const taskHolder = customerHolder('tasks', 'tasks', 'tasks')
