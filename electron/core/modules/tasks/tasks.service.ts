import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { isWorkday, makeCalendar, nextWorkday } from '#shared/kernel/workdays.ts'
import {
  afterStep,
  earliestSnooze,
  proposeSnooze,
  SNOOZES,
  type TaskState,
  type TaskStep,
} from '#shared/modules/tasks/tasks.rules.ts'
import type { TaskFields, TaskFilters, TaskRow, TaskSort } from '#shared/modules/tasks/tasks.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { AuditAction } from '#shared/modules/audit/audit.actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerOpenTo } from '#core/modules/customers/customers.api.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { addTask, taskSearchText } from './tasks.api.ts'
import { exportTasks, type TaskExport } from './tasks.export.ts'
import { countTasks, findTasks, listTasks, type TaskSight } from './tasks.repo.ts'

export interface TaskItem {
  readonly id: string
  readonly version: number
}

interface Listed {
  readonly text?: string | undefined
  readonly filters: TaskFilters
}

const MAX_NOTE = 2000

/** The inbox. `scopeFor` tells of which customers a person may be told. */
export function createTasksService(
  deps: CoreDeps,
  scopeFor: (ctx: CallContext, action: Action) => Promise<Scope | null>,
) {
  const { store } = deps

  const sightOf = async (ctx: CallContext): Promise<TaskSight> => ({
    scope: ctx.scope,
    userId: ctx.actor.userId ?? '',
    customers: await scopeFor(ctx, 'customers.read'),
    today: deps.clock.today(),
  })

  /** These tasks as the caller last saw them, each where the step is possible; all or none. */
  async function current(uow: UnitOfWork, sight: TaskSight, items: readonly TaskItem[], step: TaskStep) {
    const found = new Map(
      (
        await findTasks(
          uow.db,
          sight,
          items.map((item) => item.id),
        )
      ).map((row) => [row.id, row]),
    )
    return items.map(({ id, version }) => {
      const row = found.get(id)
      if (!row) throw refuse('NOT_FOUND', { entity: 'task' })
      if (row.version !== version) throw refuse('STALE', { current: row })
      const next = afterStep(row.state, step)
      if (next === null) throw refuse(step === 'reopen' ? 'TASK_OPEN' : 'TASK_CLOSED')
      return { row, next }
    })
  }

  /** Takes one step with each of the tasks, with a row of the audit log for each. */
  function walk(
    ctx: CallContext,
    items: readonly TaskItem[],
    step: TaskStep,
    action: AuditAction,
    change: (uow: UnitOfWork, row: TaskRow, next: TaskState) => { columns: object; before: object; after: object },
    check: (uow: UnitOfWork, rows: readonly TaskRow[]) => Promise<void> | void = () => undefined,
  ) {
    return store.write(ctx.actor, async (uow) => {
      const steps = await current(uow, await sightOf(ctx), items, step)
      await check(
        uow,
        steps.map(({ row }) => row),
      )
      const moved: { id: string; version: number }[] = []
      for (const { row, next } of steps) {
        const { columns, before, after } = change(uow, row, next)
        const version = row.version + 1
        await uow.db
          .updateTable('tasks')
          .set({ ...columns, version, updated_at: uow.now })
          .where('id', '=', row.id)
          .execute()
        await uow.audit({ action, entity: 'task', entityId: row.id, before, after })
        uow.changed('tasks', row.id)
        moved.push({ id: row.id, version })
      }
      return { items: moved }
    })
  }

  const close =
    (step: 'done' | 'drop', action: AuditAction) =>
    (ctx: CallContext, input: { items: readonly TaskItem[]; result: string }) =>
      walk(ctx, input.items, step, action, (uow, row, state) => ({
        columns: { state, result: input.result, closed_at: uow.now, closed_by: uow.actor.userId },
        before: { state: row.state },
        after: { state, result: input.result },
      }))

  return {
    list: async (ctx: CallContext, input: PageInput<TaskSort, TaskFilters>) =>
      listTasks(store.read, { sight: await sightOf(ctx), text: input.text, filters: input.filters }, input),

    summary: async (ctx: CallContext, input: Listed) => countTasks(store.read, { sight: await sightOf(ctx), ...input }),

    async get(ctx: CallContext, id: string): Promise<TaskRow> {
      const [found] = await findTasks(store.read, await sightOf(ctx), [id])
      if (!found) throw refuse('NOT_FOUND', { entity: 'task' })
      return found
    },

    create: (ctx: CallContext, fields: TaskFields) =>
      store.write(ctx.actor, async (uow) => {
        const { customers } = await sightOf(ctx)
        if (fields.customerId !== null) await reachable(uow, customers, fields.customerId)
        const ownerId = fields.ownerId ?? uow.actor.userId ?? ''
        const id = await addTask(uow, { ...fields, ownerId, source: null })
        return { id, version: 0 }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: Omit<TaskFields, 'ownerId'> & TaskItem) =>
      store.write(ctx.actor, async (uow) => {
        const sight = await sightOf(ctx)
        const [step] = await current(uow, sight, [{ id, version }], 'change')
        const before = step?.row
        // What the caller was not shown is not the caller's to take away.
        const hidden = before?.customerId === null && fields.customerId === null
        if (fields.customerId !== null && fields.customerId !== before?.customerId) {
          await reachable(uow, sight.customers, fields.customerId)
        }
        await uow.db
          .updateTable('tasks')
          .set({
            kind: fields.kind,
            title: fields.title,
            note: fields.note,
            due_day: fields.dueDay,
            ...(hidden ? {} : { customer_id: fields.customerId }),
            search_text: taskSearchText(fields.title, fields.note),
            version: version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', id)
          .execute()
        await uow.audit({ action: 'tasks.update', entity: 'task', entityId: id, before, after: fields })
        uow.changed('tasks', id)
        return { id, version: version + 1 }
      }),

    done: close('done', 'tasks.done'),
    drop: close('drop', 'tasks.drop'),

    reopen: (ctx: CallContext, input: { items: readonly TaskItem[] }) =>
      walk(ctx, input.items, 'reopen', 'tasks.reopen', (_uow, row, state) => ({
        columns: { state, result: '', closed_at: null, closed_by: null },
        before: { state: row.state, result: row.result },
        after: { state },
      })),

    async snoozeDays(_ctx: CallContext, input: { day?: PlainDay | undefined }) {
      const today = deps.clock.today()
      const calendar = makeCalendar((await readSetting(store.read, 'workCalendar')).value)
      return {
        earliest: earliestSnooze(today),
        choices: SNOOZES.map((choice) => ({ choice, day: proposeSnooze(choice, today, calendar) })),
        asked:
          input.day === undefined
            ? null
            : {
                day: input.day,
                workday: isWorkday(calendar, input.day),
                next: nextWorkday(calendar, input.day).day,
              },
      }
    },

    snooze: (ctx: CallContext, input: { items: readonly TaskItem[]; day: PlainDay }) =>
      walk(
        ctx,
        input.items,
        'change',
        'tasks.snooze',
        (_uow, row) => ({
          columns: { due_day: input.day },
          before: { dueDay: row.dueDay },
          after: { dueDay: input.day },
        }),
        (uow) => {
          if (input.day >= earliestSnooze(uow.today)) return
          throw invalid([{ path: ['day'], key: 'tasks:errors.snooze' }])
        },
      ),

    handOver: (ctx: CallContext, input: { items: readonly TaskItem[]; ownerId: string; note: string }) =>
      walk(
        ctx,
        input.items,
        'change',
        'tasks.handOver',
        (uow, row) => ({
          columns: {
            owner_id: input.ownerId,
            ...noteWith(row, input.note === '' ? '' : `${uow.today} ${ctx.session?.userName ?? ''}: ${input.note}`),
          },
          before: { ownerId: row.ownerId },
          after: { ownerId: input.ownerId, note: input.note },
        }),
        async (uow, rows) => {
          if (!(await isActiveUser(uow.db, input.ownerId))) {
            throw invalid([{ path: ['ownerId'], key: 'tasks:errors.owner' }])
          }
          if (rows.some((row) => row.ownerId === input.ownerId)) {
            throw invalid([{ path: ['ownerId'], key: 'tasks:errors.sameOwner' }])
          }
        },
      ),

    exportRows: async (ctx: CallContext, input: TaskExport) => exportTasks(deps, ctx, await sightOf(ctx), input),
  }
}

/** A customer that the caller may name; throws NOT_FOUND for one outside the caller's customers. */
async function reachable(uow: UnitOfWork, customers: Scope | null, id: string): Promise<void> {
  if (customers === null) throw refuse('NOT_FOUND', { entity: 'customer' })
  await customerOpenTo(uow.db, customers, id)
}

/** The note with a line on top; the oldest words give way where there is no room. */
function noteWith(row: TaskRow, line: string) {
  if (line === '') return {}
  const note = [...[line, row.note].filter(Boolean).join('\n')].slice(0, MAX_NOTE).join('')
  return { note, search_text: taskSearchText(row.title, note) }
}
