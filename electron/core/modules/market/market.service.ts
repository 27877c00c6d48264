import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { AnswerFields, NoteFields, NoteFilters, NoteRow } from '#shared/modules/market/market.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import { rolesWith } from '#shared/policy/can.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { customerOpenTo, helpedWith } from '#core/modules/customers/customers.api.ts'
import { dealBriefs, dealInScope } from '#core/modules/deals/deals.api.ts'
import { activeUsersWithRole } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import {
  commonest,
  countNotes,
  findNote,
  listNotes,
  type FoundNote,
  type NoteQuery,
  type NoteSort,
} from './market.repo.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** Whose rows this session may see under an action; null where it may not at all. */
export type ScopeFor = (ctx: CallContext, action: Action) => Promise<Scope | null>

const NAMES = 50

/** Whoever may not see a customer or a deal does not learn from a note that there is one. */
export async function shownTo(
  db: Reader | Writer,
  scopes: { readonly customers: Scope | null; readonly deals: Scope | null },
  found: readonly FoundNote[],
): Promise<NoteRow[]> {
  const { customers } = scopes
  const ids = found.flatMap((note) => note.dealId ?? [])
  const deals = scopes.deals && ids.length > 0 ? await dealBriefs(db, scopes.deals, ids) : new Map()
  const named = found.flatMap((note) => note.customerId ?? [])
  const helped = customers ? await helpedWith(db, customers, named) : new Set<string>()
  return found.map(({ customerOwnerId, ...note }) => {
    const { customerId } = note
    const mine = customerId !== null && customers && (inScope(customers, customerOwnerId) || helped.has(customerId))
    const deal = note.dealId === null ? undefined : deals.get(note.dealId)
    return {
      ...note,
      ...(mine ? {} : { customerId: null, customerName: '' }),
      ...(deal ? { dealName: `${deal.number} ${deal.name}` } : { dealId: null, dealName: '' }),
    }
  })
}

/** What of a note this session may see. */
export async function noteScopes(ctx: CallContext, scopeFor: ScopeFor) {
  return { customers: await scopeFor(ctx, 'customers.read'), deals: await scopeFor(ctx, 'deals.read') }
}

/** Notes on the market: written by those who sell, answered by a manager. */
export function createMarketService(deps: CoreDeps, scopeFor: ScopeFor) {
  const { store } = deps
  const shown = async (ctx: CallContext, db: Reader | Writer, found: readonly FoundNote[]) =>
    shownTo(db, await noteScopes(ctx, scopeFor), found)
  const shownOne = async (ctx: CallContext, db: Reader | Writer, found: FoundNote): Promise<NoteRow> => {
    const [note] = await shown(ctx, db, [found])
    if (!note) throw refuse('NOT_FOUND', { entity: 'marketNote' })
    return note
  }

  const readers = async (db: Reader | Writer) => activeUsersWithRole(db, rolesWith('market.answer'))

  /** A note as the caller last saw it. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<NoteRow> {
    const found = await findNote(uow.db, input.id)
    if (!found) throw refuse('NOT_FOUND', { entity: 'marketNote' })
    const note = await shownOne(ctx, uow.db, found)
    if (note.version !== input.version) throw refuse('STALE', { current: note })
    if (note.answer !== 'open') throw refuse('MARKET_ANSWERED')
    return note
  }

  /** The same, if the caller may change it: his own, or his team's. */
  async function own(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<NoteRow> {
    const note = await current(uow, ctx, input)
    if (!inScope(ctx.scope, note.authorId)) throw refuse('NOT_FOUND', { entity: 'marketNote' })
    return note
  }

  async function columns(uow: UnitOfWork, ctx: CallContext, fields: NoteFields, before: NoteRow | null) {
    if (fields.day > uow.today) throw refuse('MARKET_DAY')
    const known = (await readers(uow.db)).some((person) => person.id === fields.addressedId)
    if (!known && before?.addressedId !== fields.addressedId) {
      throw invalid([{ path: ['addressedId'], key: 'market:errors.reader' }])
    }
    if (fields.customerId !== null && fields.customerId !== before?.customerId) {
      const customers = await scopeFor(ctx, 'customers.read')
      if (!customers) throw refuse('NOT_FOUND', { entity: 'customer' })
      await customerOpenTo(uow.db, customers, fields.customerId)
    }
    if (fields.dealId !== null && fields.dealId !== before?.dealId) {
      const deals = await scopeFor(ctx, 'deals.read')
      if (!deals) throw refuse('NOT_FOUND', { entity: 'deal' })
      await dealInScope(uow.db, deals, fields.dealId)
    }
    return {
      day: fields.day,
      competitor: fields.competitor,
      product: fields.product,
      price: fields.price,
      unit: fields.unit,
      source: fields.source,
      content: fields.content,
      customer_id: fields.customerId,
      deal_id: fields.dealId,
      addressed_id: fields.addressedId,
      search_text: buildSearchText(fields.competitor, [fields.product, fields.content]),
      updated_at: uow.now,
    }
  }

  return {
    async list(ctx: CallContext, input: PageInput<NoteSort, NoteFilters>) {
      const { rows, nextCursor } = await listNotes(store.read, await allowed(ctx, input), input)
      return { rows: await shown(ctx, store.read, rows), nextCursor }
    },

    summary: async (ctx: CallContext, input: NoteQuery) => countNotes(store.read, await allowed(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<NoteRow> {
      const found = await findNote(store.read, id)
      if (!found) throw refuse('NOT_FOUND', { entity: 'marketNote' })
      return shownOne(ctx, store.read, found)
    },

    async names() {
      const [competitors, products] = [
        await commonest(store.read, 'competitor', NAMES),
        await commonest(store.read, 'product', NAMES),
      ]
      return { competitors, products }
    },

    readers: async () => (await readers(store.read)).map(({ id, name }) => ({ id, name })),

    create: (ctx: CallContext, fields: NoteFields) =>
      store.write(ctx.actor, async (uow) => {
        const id = newId()
        const row = await columns(uow, ctx, fields, null)
        const author = uow.actor.userId ?? ''
        await uow.db
          .insertInto('market_notes')
          .values({ id, ...row, author_id: author, answer: 'open', answer_note: '', version: 0, created_at: uow.now })
          .execute()
        await uow.audit({ action: 'market.create', entity: 'marketNote', entityId: id, after: fields })
        uow.changed('market', id)
        return { id, version: 0 }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: NoteFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await own(uow, ctx, { id, version })
        const row = await columns(uow, ctx, fields, before)
        await uow.db
          .updateTable('market_notes')
          .set({ ...row, version: version + 1 })
          .where('id', '=', id)
          .execute()
        await uow.audit({ action: 'market.update', entity: 'marketNote', entityId: id, before, after: fields })
        uow.changed('market', id)
        return { id, version: version + 1 }
      }),

    remove: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await own(uow, ctx, input)
        await uow.db.deleteFrom('market_notes').where('id', '=', input.id).execute()
        await uow.audit({ action: 'market.remove', entity: 'marketNote', entityId: input.id, before })
        uow.changed('market', input.id)
        return {}
      }),

    answer: (ctx: CallContext, { id, version, answer, note }: AnswerFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, { id, version })
        // Nobody judges what he wrote himself; whoever else may answer stands in for one who is away.
        if (before.authorId === uow.actor.userId) throw refuse('MARKET_NOT_YOURS')
        const set = { answer, answer_note: note, answered_by: uow.actor.userId, answered_day: uow.today }
        await uow.db
          .updateTable('market_notes')
          .set({ ...set, version: version + 1, updated_at: uow.now })
          .where('id', '=', id)
          .execute()
        await uow.audit({ action: 'market.answer', entity: 'marketNote', entityId: id, after: { answer, note } })
        uow.changed('market', id)
        return { id, version: version + 1 }
      }),
  }

  /** A filter by a customer or a deal that the caller may not see finds nothing, and says nothing. */
  async function allowed(ctx: CallContext, { text, filters }: NoteQuery): Promise<NoteQuery> {
    if (filters.customerId !== undefined) {
      const customers = await scopeFor(ctx, 'customers.read')
      if (!customers) throw refuse('NOT_FOUND', { entity: 'customer' })
      await customerOpenTo(store.read, customers, filters.customerId)
    }
    if (filters.dealId !== undefined) {
      const deals = await scopeFor(ctx, 'deals.read')
      if (!deals) throw refuse('NOT_FOUND', { entity: 'deal' })
      await dealInScope(store.read, deals, filters.dealId)
    }
    return { text, filters }
  }
}
