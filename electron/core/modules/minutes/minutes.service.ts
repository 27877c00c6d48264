import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { afterMinutesStep, type MinutesStep } from '#shared/modules/minutes/minutes.rules.ts'
import type { MinutesFields, MinutesFilters, MinutesSort, MinutesView } from '#shared/modules/minutes/minutes.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { dealToChange } from '#core/modules/deals/deals.api.ts'
import { isActiveUser, userBriefs } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf, taskStates } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import {
  agreedItemOf,
  countMinutes,
  findItems,
  findMinutes,
  itemRows,
  listMinutes,
  replaceItems,
  toMinutesRow,
  type ItemRecord,
  type MinutesRecord,
} from './minutes.repo.ts'

/** Whose rows this session may see under an action; null where it may not at all. */
export type ScopeFor = (ctx: CallContext, action: Action) => Promise<Scope | null>

interface Versioned {
  readonly id: string
  readonly version: number
}

interface Selection {
  readonly text?: string | undefined
  readonly filters: MinutesFilters
}

/** Everything in one set of minutes, with the names and how its tasks stand. */
export async function minutesView(db: Reader | Writer, record: MinutesRecord, editable: boolean): Promise<MinutesView> {
  const items = await findItems(db, record.id)
  const people = await userBriefs(
    db,
    items.flatMap((item) => item.owner_id ?? []),
  )
  const tasks = await taskStates(
    db,
    items.flatMap((item) => item.task_id ?? []),
  )
  const of = (kind: ItemRecord['kind']) => items.filter((item) => item.kind === kind)
  return {
    ...toMinutesRow(record),
    language: record.language,
    ourPeople: record.our_people,
    theirPeople: record.their_people,
    agreed: of('agreed').map(agreedItemOf),
    open: of('open').map((item) => ({ question: item.text, owner: item.owner_name })),
    next: of('next').map((item) => ({
      text: item.text,
      ownerId: item.owner_id,
      ownerName: item.owner_id === null ? item.owner_name : (people.get(item.owner_id)?.name ?? ''),
      day: item.day ?? '',
      task: item.task_id === null ? null : (tasks.get(item.task_id) ?? null),
    })),
    finalDay: record.final_day,
    finalName: record.final_name ?? '',
    editable,
  }
}

/** Minutes of talks: read by whoever may read their deal, written by whoever may change it. */
export function createMinutesService(deps: CoreDeps, scopeFor: ScopeFor) {
  const { store } = deps

  /** Minutes that the caller may change, as he last saw them and where the step is possible. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned, step: MinutesStep) {
    const record = await findMinutes(uow.db, ctx.scope, input.id)
    if (!record) throw refuse('NOT_FOUND', { entity: 'minutes' })
    if (!inScope(ctx.scope, record.owner_id)) throw refuse('FORBIDDEN', { action: 'deals.write' })
    const view = await minutesView(uow.db, record, true)
    if (record.version !== input.version) {
      const next = view.next.map(({ task: _task, ...item }) => ({
        ...item,
        ownerName: item.ownerId === null ? item.ownerName : '',
      }))
      throw refuse('STALE', { current: { ...view, next } })
    }
    const state = afterMinutesStep(record.state, step)
    if (state === null) throw refuse('MINUTES_STATE', { state: record.state })
    return { record, view, state }
  }

  /** Columns that come from the form; who is to do something must be there to do it. */
  async function columns(uow: UnitOfWork, fields: MinutesFields, number: string) {
    if (fields.day > uow.today) throw refuse('MINUTES_DAY')
    for (const [at, item] of fields.next.entries()) {
      if (item.ownerId !== null && !(await isActiveUser(uow.db, item.ownerId))) {
        throw invalid([{ path: ['next', at, 'ownerId'], key: 'tasks:errors.owner' }])
      }
    }
    return {
      day: fields.day,
      place: fields.place,
      subject: fields.subject,
      our_people: fields.ourPeople,
      their_people: fields.theirPeople,
      language: fields.language,
      search_text: buildSearchText(fields.subject, [number, fields.ourPeople, fields.theirPeople]),
      updated_at: uow.now,
    }
  }

  return {
    async list(ctx: CallContext, input: PageInput<MinutesSort, MinutesFilters>) {
      return listMinutes(store.read, { scope: ctx.scope, text: input.text, filters: input.filters }, input)
    },

    summary: (ctx: CallContext, { text, filters }: Selection) =>
      countMinutes(store.read, { scope: ctx.scope, text, filters }),

    async get(ctx: CallContext, id: string): Promise<MinutesView> {
      const record = await findMinutes(store.read, ctx.scope, id)
      if (!record) throw refuse('NOT_FOUND', { entity: 'minutes' })
      const writes = await scopeFor(ctx, 'deals.write')
      return minutesView(store.read, record, writes !== null && inScope(writes, record.owner_id))
    },

    create: (ctx: CallContext, { dealId, ...fields }: MinutesFields & { dealId: string }) =>
      store.write(ctx.actor, async (uow) => {
        await dealToChange(uow.db, ctx.scope, dealId)
        const number = await nextDocumentNumber(uow, 'minutes')
        const id = newId()
        await uow.db
          .insertInto('minutes')
          .values({
            id,
            number,
            deal_id: dealId,
            ...(await columns(uow, fields, number)),
            state: 'draft',
            edition: 1,
            final_day: null,
            final_by: null,
            version: 0,
            created_at: uow.now,
            created_by: uow.actor.userId ?? '',
          })
          .execute()
        await replaceItems(uow.db, id, itemRows(id, fields))
        await uow.audit({
          action: 'minutes.create',
          entity: 'minutes',
          entityId: id,
          after: { number, dealId, ...fields },
        })
        uow.changed('minutes', id)
        return { id, version: 0, number }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: MinutesFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const { record, view } = await current(uow, ctx, { id, version }, 'update')
        await uow.db
          .updateTable('minutes')
          .set({ ...(await columns(uow, fields, record.number)), version: version + 1 })
          .where('id', '=', id)
          .execute()
        await replaceItems(uow.db, id, keepTasks(itemRows(id, fields), await findItems(uow.db, id)))
        await uow.audit({ action: 'minutes.update', entity: 'minutes', entityId: id, before: view, after: fields })
        uow.changed('minutes', id)
        return { id, version: version + 1 }
      }),

    finish: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const { record, view, state } = await current(uow, ctx, input, 'finish')
        await makeTasks(uow, record, view)
        await uow.db
          .updateTable('minutes')
          .set({
            state,
            final_day: uow.today,
            final_by: uow.actor.userId,
            version: record.version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', record.id)
          .execute()
        await uow.audit({
          action: 'minutes.finish',
          entity: 'minutes',
          entityId: record.id,
          before: { state: record.state },
          after: { state, edition: record.edition, agreed: view.agreed, open: view.open, next: view.next },
        })
        uow.changed('minutes', record.id)
        return { id: record.id, version: record.version + 1 }
      }),

    reopen: (ctx: CallContext, { id, version, reason }: Versioned & { reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const { record, view, state } = await current(uow, ctx, { id, version }, 'reopen')
        await closeTasksOf(uow, { module: 'minutes', id }, 'dropped')
        await uow.db
          .updateTable('minutes')
          .set({
            state,
            edition: record.edition + 1,
            final_day: null,
            final_by: null,
            version: version + 1,
            updated_at: uow.now,
          })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'minutes.reopen',
          entity: 'minutes',
          entityId: id,
          before: { state: record.state, edition: record.edition, view },
          after: { state, edition: record.edition + 1, reason },
        })
        uow.changed('minutes', id)
        return { id, version: version + 1 }
      }),
  }
}

/** What is written down as before keeps the task that was made of it. */
function keepTasks(rows: ItemRecord[], before: readonly ItemRecord[]): ItemRecord[] {
  const key = (item: ItemRecord) => JSON.stringify([item.text, item.owner_id, item.day])
  const known = new Map(before.filter((item) => item.kind === 'next').map((item) => [key(item), item.task_id]))
  return rows.map((row) => (row.kind === 'next' ? { ...row, task_id: known.get(key(row)) ?? null } : row))
}

/** A task for each action of ours that has none, or whose task was dropped when the minutes were opened again. */
async function makeTasks(uow: UnitOfWork, record: MinutesRecord, view: MinutesView): Promise<void> {
  for (const [index, item] of view.next.entries()) {
    if (item.ownerId === null || item.task === 'open' || item.task === 'done') continue
    const taskId = await addTask(uow, {
      kind: 'nextStep',
      title: item.text,
      note: `${record.number} ${record.subject}`,
      ownerId: item.ownerId,
      dueDay: item.day as PlainDay,
      customerId: record.customer_id,
      source: { module: 'minutes', id: record.id },
    })
    await uow.db
      .updateTable('minute_items')
      .set({ task_id: taskId })
      .where('minutes_id', '=', record.id)
      .where('kind', '=', 'next')
      .where('seq', '=', index + 1)
      .execute()
  }
}
