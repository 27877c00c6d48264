import { refuse } from '#shared/kernel/app-error.ts'
import {
  MAX_VIEWS,
  viewColumns,
  viewSearch,
  type SavedView,
  type ViewFields,
} from '#shared/modules/views/views.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { SavedViewsTable } from '#core/store/tables/views.tables.ts'

interface At {
  readonly id: string
  readonly version: number
}

/** Views that a person may open: his own, and what others share. */
const openTo = (db: Reader | Writer, userId: string) =>
  db.selectFrom('saved_views').where((eb) => eb.or([eb('user_id', '=', userId), eb('shared', '=', 1)]))

/** Named states of lists. Nobody sees or touches another's that is not shared: it is as if it were not there. */
export function createViewsService({ store }: CoreDeps) {
  /** A view at this version that the caller may open; `own`: that is his. */
  async function current(uow: UnitOfWork, at: At, own: boolean): Promise<SavedViewsTable> {
    const userId = uow.actor.userId ?? ''
    const row = await openTo(uow.db, userId).selectAll().where('id', '=', at.id).executeTakeFirst()
    if (!row || (own && row.user_id !== userId)) throw refuse('NOT_FOUND', { entity: 'view' })
    if (row.version !== at.version) throw refuse('STALE', { current: { version: row.version } })
    return row
  }

  async function write(
    uow: UnitOfWork,
    row: SavedViewsTable,
    change: Partial<Pick<SavedViewsTable, 'name' | 'search' | 'columns' | 'shared'>>,
  ) {
    const version = row.version + 1
    await uow.db
      .updateTable('saved_views')
      .set({ ...change, version, updated_at: uow.now })
      .where('id', '=', row.id)
      .execute()
    uow.changed('views', row.id)
    return { id: row.id, version }
  }

  return {
    async list(ctx: CallContext, { grid }: { grid: string }): Promise<SavedView[]> {
      const userId = ctx.actor.userId ?? ''
      const rows = await store.read
        .selectFrom('saved_views as v')
        .innerJoin('users', 'users.id', 'v.user_id')
        .leftJoin('view_defaults as d', (join) =>
          join.onRef('d.view_id', '=', 'v.id').on('d.user_id', '=', userId).onRef('d.grid', '=', 'v.grid'),
        )
        .selectAll('v')
        .select(['users.name as author_name', 'd.view_id as opens'])
        .where('v.grid', '=', grid)
        .where((eb) => eb.or([eb('v.user_id', '=', userId), eb('v.shared', '=', 1)]))
        .orderBy('v.name')
        .orderBy('v.id')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        version: row.version,
        name: row.name,
        search: viewSearch.parse(JSON.parse(row.search)),
        columns: row.columns === null ? null : viewColumns.parse(JSON.parse(row.columns)),
        mine: row.user_id === userId,
        shared: row.shared === 1,
        byName: row.author_name,
        opens: row.opens !== null,
      }))
    },

    save: (ctx: CallContext, { grid, name, ...state }: ViewFields) =>
      store.write(ctx.actor, async (uow) => {
        const userId = uow.actor.userId ?? ''
        const own = await uow.db
          .selectFrom('saved_views')
          .selectAll()
          .where('user_id', '=', userId)
          .where('grid', '=', grid)
          .execute()
        const search = JSON.stringify(state.search)
        const columns = state.columns === null ? null : JSON.stringify(state.columns)
        const same = own.find((row) => row.name === name)
        const after = { grid, name, ...state }
        if (same) {
          const before = { name, search: JSON.parse(same.search) as unknown }
          await uow.audit({ action: 'views.save', entity: 'view', entityId: same.id, before, after })
          return write(uow, same, { search, columns })
        }
        if (own.length >= MAX_VIEWS) throw refuse('VIEW_LIMIT', { max: MAX_VIEWS })
        const id = newId()
        await uow.db
          .insertInto('saved_views')
          .values({
            id,
            version: 0,
            user_id: userId,
            grid,
            name,
            search,
            columns,
            shared: 0,
            created_at: uow.now,
            updated_at: uow.now,
          })
          .execute()
        await uow.audit({ action: 'views.save', entity: 'view', entityId: id, after })
        uow.changed('views', id)
        return { id, version: 0 }
      }),

    rename: (ctx: CallContext, { name, ...at }: At & { name: string }) =>
      store.write(ctx.actor, async (uow) => {
        const row = await current(uow, at, true)
        const taken = await uow.db
          .selectFrom('saved_views')
          .select('id')
          .where('user_id', '=', row.user_id)
          .where('grid', '=', row.grid)
          .where('name', '=', name)
          .where('id', '<>', row.id)
          .executeTakeFirst()
        if (taken) throw refuse('VIEW_NAME', { name })
        const change = { before: { name: row.name }, after: { name } }
        await uow.audit({ action: 'views.rename', entity: 'view', entityId: row.id, ...change })
        return write(uow, row, { name })
      }),

    remove: (ctx: CallContext, at: At) =>
      store.write(ctx.actor, async (uow) => {
        const row = await current(uow, at, true)
        await uow.db.deleteFrom('view_defaults').where('view_id', '=', row.id).execute()
        await uow.db.deleteFrom('saved_views').where('id', '=', row.id).execute()
        const before = { grid: row.grid, name: row.name }
        await uow.audit({ action: 'views.remove', entity: 'view', entityId: row.id, before })
        uow.changed('views', row.id)
        return {}
      }),

    /** Only its author offers a view to others; whoever may share may withdraw one of somebody who is no more there. */
    share: (ctx: CallContext, { shared, ...at }: At & { shared: boolean }) =>
      store.write(ctx.actor, async (uow) => {
        const row = await current(uow, at, shared)
        if (!shared) {
          await uow.db
            .deleteFrom('view_defaults')
            .where('view_id', '=', row.id)
            .where('user_id', '<>', row.user_id)
            .execute()
        }
        const change = { before: { shared: row.shared === 1 }, after: { grid: row.grid, name: row.name, shared } }
        await uow.audit({ action: 'views.share', entity: 'view', entityId: row.id, ...change })
        return write(uow, row, { shared: shared ? 1 : 0 })
      }),

    open: (ctx: CallContext, { grid, id }: { grid: string; id: string | null }) =>
      store.write(ctx.actor, async (uow) => {
        const userId = uow.actor.userId ?? ''
        if (id !== null) {
          const row = await openTo(uow.db, userId).select('grid').where('id', '=', id).executeTakeFirst()
          if (row?.grid !== grid) throw refuse('NOT_FOUND', { entity: 'view' })
        }
        await uow.db.deleteFrom('view_defaults').where('user_id', '=', userId).where('grid', '=', grid).execute()
        if (id !== null) {
          await uow.db.insertInto('view_defaults').values({ user_id: userId, grid, view_id: id }).execute()
        }
        await uow.audit({ action: 'views.open', entity: 'view', entityId: id ?? 'list', after: { grid, id } })
        uow.changed('views', id ?? grid)
        return {}
      }),
  }
}
