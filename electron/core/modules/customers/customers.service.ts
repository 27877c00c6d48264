import { invalid, refuse } from '#shared/kernel/app-error.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { fileCompleteness, phoneKey } from '#shared/modules/customers/customers.rules.ts'
import type {
  CustomerFields,
  CustomerFilters,
  CustomerView,
  DuplicateHit,
} from '#shared/modules/customers/customers.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { nextDocumentNumber } from '#core/kernel/numbering.ts'
import { assertInScope, inScope } from '#core/kernel/scope.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { exportCustomers } from './customers.export.ts'
import {
  countCustomers,
  customerColumns,
  findCustomer,
  findDuplicates,
  listCustomers,
  replaceContacts,
  toCustomerRow,
  type CustomerSort,
} from './customers.repo.ts'

/** Says whether another module still needs a customer; contracts and receivables each give one. */
export type CustomerUse = (db: Reader | Writer, customerId: string) => Promise<boolean>

interface Versioned {
  readonly id: string
  readonly version: number
}

/** The customer file. */
export function createCustomersService(deps: CoreDeps, uses: readonly CustomerUse[]) {
  const mask = (ctx: CallContext, by: DuplicateHit['by']) =>
    (hit: { id: string; name: string; code: string; owner_id: string | null; owner_name: string | null }): DuplicateHit => {
      const visible = inScope(ctx.scope, hit.owner_id)
      return {
        visible,
        id: visible ? hit.id : null,
        name: visible ? hit.name : null,
        code: visible ? hit.code : null,
        ownerName: hit.owner_name,
        by,
      }
    }

  async function hits(
    db: Reader | Writer,
    ctx: CallContext,
    by: { name: string; uscc: string; phone: string; exceptId: string | null },
  ): Promise<DuplicateHit[]> {
    const digits = phoneKey(by.phone)
    const found = await findDuplicates(db, {
      uscc: normaliseCode(by.uscc),
      nameKey: normaliseFirmName(by.name),
      phoneKeys: digits.length >= 7 ? [digits] : [],
      exceptId: by.exceptId,
    })
    const seen = new Set<string>()
    const list: DuplicateHit[] = []
    for (const kind of ['uscc', 'name', 'phone'] as const) {
      for (const hit of found[kind]) {
        if (seen.has(hit.id)) continue
        seen.add(hit.id)
        list.push(mask(ctx, kind)(hit))
      }
    }
    return list
  }

  async function assertCodeFree(uow: UnitOfWork, ctx: CallContext, uscc: string, exceptId: string | null) {
    if (uscc === '') return
    const same = await hits(uow.db, ctx, { name: '', uscc, phone: '', exceptId })
    if (same.length > 0) throw refuse('CUSTOMER_DUPLICATE', { hits: same })
  }

  /** Own-scope callers may only keep customers for themselves; others may give them to anybody in their scope. */
  async function ownerFor(uow: UnitOfWork, ctx: CallContext, wanted: string | null): Promise<string | null> {
    const owner = wanted ?? ctx.actor.userId
    if (owner === null) return null
    const allowed = inScope(ctx.scope, owner) && (await isActiveUser(uow.db, owner))
    if (!allowed) throw invalid([{ path: ['ownerId'], key: 'customers:errors.owner' }])
    return owner
  }

  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned, removed = false) {
    const found = await findCustomer(uow.db, input.id)
    if (!found || (found.raw.removed_at !== null) !== removed) throw refuse('NOT_FOUND', { entity: 'customer' })
    assertInScope(ctx.scope, found.raw.owner_id, 'customer')
    if (found.raw.version !== input.version) throw refuse('STALE', { current: toView(found) })
    return found
  }

  return {
    list: (ctx: CallContext, input: PageInput<CustomerSort, CustomerFilters>) =>
      listCustomers(deps.store.read, ctx.scope, input),

    summary: async (ctx: CallContext, input: { text?: string | undefined; filters: CustomerFilters }) => ({
      count: await countCustomers(deps.store.read, ctx.scope, input.text, input.filters),
    }),

    async get(ctx: CallContext, id: string): Promise<CustomerView> {
      const found = await findCustomer(deps.store.read, id)
      if (!found) throw refuse('NOT_FOUND', { entity: 'customer' })
      assertInScope(ctx.scope, found.raw.owner_id, 'customer')
      return toView(found)
    },

    async timeline(ctx: CallContext, id: string) {
      const found = await findCustomer(deps.store.read, id)
      if (!found) throw refuse('NOT_FOUND', { entity: 'customer' })
      assertInScope(ctx.scope, found.raw.owner_id, 'customer')
      const rows = await deps.store.read
        .selectFrom('audit_log')
        .leftJoin('users', 'users.id', 'audit_log.user_id')
        .select(['audit_log.at', 'audit_log.action', 'audit_log.entity', 'users.name as userName'])
        .where('audit_log.entity', '=', 'customer')
        .where('audit_log.entity_id', '=', id)
        .orderBy('audit_log.seq', 'desc')
        .limit(100)
        .execute()
      return rows
    },

    duplicates: (
      ctx: CallContext,
      input: { name: string; uscc: string; phone: string; exceptId?: string | null | undefined },
    ) => hits(deps.store.read, ctx, { ...input, exceptId: input.exceptId ?? null }),

    async create(ctx: CallContext, fields: CustomerFields) {
      return deps.store.write(ctx.actor, async (uow) => {
        await assertCodeFree(uow, ctx, fields.uscc, null)
        const owned = { ...fields, ownerId: await ownerFor(uow, ctx, fields.ownerId) }
        const id = await insertCustomer(uow, owned)
        return { id, version: 0 }
      })
    },

    async update(ctx: CallContext, input: CustomerFields & Versioned) {
      const { id, version, ...fields } = input
      return deps.store.write(ctx.actor, async (uow) => {
        const found = await current(uow, ctx, input)
        await assertCodeFree(uow, ctx, fields.uscc, id)
        const ownerId =
          fields.ownerId === found.raw.owner_id ? fields.ownerId : await ownerFor(uow, ctx, fields.ownerId)
        const owned = { ...fields, ownerId }
        await uow.db
          .updateTable('customers')
          .set({ ...customerColumns(owned, found.raw.code), version: version + 1, updated_at: uow.now })
          .where('id', '=', id)
          .execute()
        await replaceContacts(uow.db, id, owned, found.raw.code)
        const before = toView(found)
        await uow.audit({ action: 'customers.update', entity: 'customer', entityId: id, before, after: owned })
        uow.changed('customers', id)
        return { id, version: version + 1 }
      })
    },

    async remove(ctx: CallContext, input: Versioned) {
      return deps.store.write(ctx.actor, async (uow) => {
        const found = await current(uow, ctx, input)
        for (const inUse of uses) if (await inUse(uow.db, input.id)) throw refuse('CUSTOMER_IN_USE')
        await uow.db
          .updateTable('customers')
          .set({ removed_at: uow.now, version: input.version + 1, updated_at: uow.now })
          .where('id', '=', input.id)
          .execute()
        const before = toView(found)
        await uow.audit({ action: 'customers.remove', entity: 'customer', entityId: input.id, before })
        uow.changed('customers', input.id)
        return { id: input.id, version: input.version + 1 }
      })
    },

    async restore(ctx: CallContext, input: Versioned) {
      return deps.store.write(ctx.actor, async (uow) => {
        const found = await current(uow, ctx, input, true)
        await assertCodeFree(uow, ctx, found.raw.uscc, input.id)
        await uow.db
          .updateTable('customers')
          .set({ removed_at: null, version: input.version + 1, updated_at: uow.now })
          .where('id', '=', input.id)
          .execute()
        await uow.audit({ action: 'customers.restore', entity: 'customer', entityId: input.id })
        uow.changed('customers', input.id)
        return { id: input.id, version: input.version + 1 }
      })
    },

    async transfer(ctx: CallContext, input: { ids: readonly string[]; ownerId: string }) {
      return deps.store.write(ctx.actor, async (uow) => {
        if (!inScope(ctx.scope, input.ownerId) || !(await isActiveUser(uow.db, input.ownerId))) {
          throw refuse('CUSTOMER_OWNER')
        }
        const moved: { id: string; fromOwnerId: string | null }[] = []
        for (const id of new Set(input.ids)) {
          const row = await uow.db.selectFrom('customers').select(['owner_id']).where('id', '=', id).executeTakeFirst()
          if (!row) throw refuse('NOT_FOUND', { entity: 'customer' })
          assertInScope(ctx.scope, row.owner_id, 'customer')
          if (row.owner_id === input.ownerId) continue
          await uow.db
            .updateTable('customers')
            .set((eb) => ({ owner_id: input.ownerId, version: eb('version', '+', 1), updated_at: uow.now }))
            .where('id', '=', id)
            .execute()
          const before = { ownerId: row.owner_id }
          const after = { ownerId: input.ownerId }
          await uow.audit({ action: 'customers.transfer', entity: 'customer', entityId: id, before, after })
          uow.changed('customers', id)
          moved.push({ id, fromOwnerId: row.owner_id })
        }
        return { moved }
      })
    },

    exportRows: (ctx: CallContext, input: Parameters<typeof exportCustomers>[2]) => exportCustomers(deps, ctx, input),
  }
}

/** Writes a new customer with its number and audit row; the caller has settled owner and duplicates. */
export async function insertCustomer(uow: UnitOfWork, fields: CustomerFields): Promise<string> {
  const id = newId()
  const code = await nextDocumentNumber(uow, 'customer')
  await uow.db
    .insertInto('customers')
    .values({
      id,
      code,
      ...customerColumns(fields, code),
      removed_at: null,
      version: 0,
      created_at: uow.now,
      updated_at: uow.now,
    })
    .execute()
  await replaceContacts(uow.db, id, fields, code)
  await uow.audit({ action: 'customers.create', entity: 'customer', entityId: id, after: fields })
  uow.changed('customers', id)
  return id
}

function toView(found: NonNullable<Awaited<ReturnType<typeof findCustomer>>>): CustomerView {
  const { raw } = found
  const view = {
    ...toCustomerRow(raw),
    size: raw.size as CustomerView['size'],
    address: raw.address,
    website: raw.website,
    needs: raw.needs,
    note: raw.note,
    removed: raw.removed_at !== null,
    invoice: JSON.parse(raw.invoice) as CustomerView['invoice'],
    contacts: found.contacts.map((contact) => ({
      name: contact.name,
      title: contact.title,
      phone: contact.phone,
      mobile: contact.mobile,
      email: contact.email,
      wechat: contact.wechat,
      decisionRole: contact.decision_role as CustomerView['contacts'][number]['decisionRole'],
      primary: contact.is_primary === 1,
      consentBasis: contact.consent_basis as CustomerView['contacts'][number]['consentBasis'],
      consentDay: contact.consent_day,
    })),
  }
  return { ...view, completeness: fileCompleteness(view) }
}
