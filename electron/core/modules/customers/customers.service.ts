import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { Screening } from '#shared/modules/customers/customers.screening.schema.ts'
import type {
  CustomerFields,
  CustomerFilters,
  CustomerMove,
  CustomerView,
} from '#shared/modules/customers/customers.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope, inScope } from '#core/kernel/scope.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { duplicateHits, type DuplicateKeys } from './customers.duplicates.ts'
import { settledFields } from './customers.fields.service.ts'
import { mergedInto } from './customers.merge.repo.ts'
import { assertCampaign, campaignName } from './campaigns.repo.ts'
import { accessTo } from './customers.team.repo.ts'
import { exportCustomers, type CustomerExport } from './customers.export.ts'
import {
  assertBirthdays,
  assertCodeFree,
  binCustomer,
  changeCustomer,
  insertCustomer,
  moveCustomer,
  ownerFor,
  toCustomerView,
} from './customers.records.ts'
import {
  countCustomers,
  eraseBirthdays,
  findCustomer,
  listCustomers,
  listRegions,
  listTags,
  type CustomerRecord,
  type CustomerSort,
} from './customers.repo.ts'

/** Says whether another module still needs a customer; each module that refers to customers gives one. */
export type CustomerUse = (db: Reader | Writer, customerId: string) => Promise<boolean>

interface Versioned {
  readonly id: string
  readonly version: number
}

/** The customer file. `uses` keep a customer out of the bin while another module needs it. */
export function createCustomersService(deps: CoreDeps, uses: readonly CustomerUse[]) {
  const { store } = deps

  const queryOf = (ctx: CallContext, asked: { text?: string | undefined; filters: CustomerFilters }) => ({
    scope: ctx.scope,
    zone: deps.clock.zone,
    text: asked.text,
    filters: asked.filters,
    today: deps.clock.today(),
  })

  /** A file as its owner has it: to give it away, or to put it into the bin. */
  async function owned(db: Reader | Writer, ctx: CallContext, id: string): Promise<CustomerRecord> {
    const found = await findCustomer(db, id)
    if (!found) throw refuse('NOT_FOUND', { entity: 'customer' })
    assertInScope(ctx.scope, found.raw.owner_id, 'customer')
    return found
  }

  /** A file that the caller looks after or helps with; of what is in the bin only the former. */
  async function visible(db: Reader | Writer, ctx: CallContext, id: string) {
    const found = await findCustomer(db, id)
    const access = found ? await accessTo(db, ctx.scope, found.raw) : null
    const binned = found?.raw.removed_at !== null && access !== 'full'
    if (!found || access === null || binned) throw refuse('NOT_FOUND', { entity: 'customer' })
    return { found, access }
  }

  function assertCurrent(found: CustomerRecord, access: CustomerView['access'], input: Versioned, removed = false) {
    if ((found.raw.removed_at !== null) !== removed) throw refuse('NOT_FOUND', { entity: 'customer' })
    if (found.raw.version !== input.version) throw refuse('STALE', { current: toCustomerView(found, { access }) })
  }

  /** The record that an owner changes: in the scope, in the bin or not, and as the caller last saw it. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned, removed = false) {
    const found = await owned(uow.db, ctx, input.id)
    assertCurrent(found, 'full', input, removed)
    return found
  }

  return {
    list: (ctx: CallContext, input: PageInput<CustomerSort, CustomerFilters>) =>
      listCustomers(store.read, queryOf(ctx, input), input),

    summary: async (ctx: CallContext, input: { text?: string | undefined; filters: CustomerFilters }) => ({
      count: await countCustomers(store.read, queryOf(ctx, input)),
    }),

    async get(ctx: CallContext, id: string): Promise<CustomerView> {
      const { found, access } = await visible(store.read, ctx, id)
      return toCustomerView(found, {
        access,
        mergedInto: found.raw.removed_at === null ? null : await mergedInto(store.read, id),
        campaignName: await campaignName(store.read, found.raw.campaign_id),
        criteria: (await readSetting(store.read, 'screening')).value.criteria,
      })
    },

    regions: (ctx: CallContext) => listRegions(store.read, ctx.scope),

    tags: (ctx: CallContext) => listTags(store.read, ctx.scope),

    screening: () => readSetting(store.read, 'screening'),
    saveScreening: (ctx: CallContext, input: { value: Screening; version: number }) =>
      store.write(ctx.actor, async (uow) => {
        const saved = await writeSetting(uow, 'screening', input.value, input.version)
        // A purpose that is given up leaves nothing behind (个人信息保护法 art. 47).
        if (!input.value.birthdays) await eraseBirthdays(uow.db)
        return saved
      }),

    duplicates: (ctx: CallContext, keys: DuplicateKeys) => duplicateHits(store.read, ctx.scope, keys),

    create: (ctx: CallContext, fields: CustomerFields) =>
      store.write(ctx.actor, async (uow) => {
        await assertCodeFree(uow, ctx.scope, fields.uscc, null)
        await assertCampaign(uow.db, fields.campaignId)
        await assertBirthdays(uow.db, fields.contacts)
        const ownerId = await ownerFor(uow, ctx.scope, fields.ownerId)
        const own = await settledFields(uow.db, fields.fields)
        return { id: await insertCustomer(uow, { ...fields, ownerId, fields: own }), version: 0 }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: CustomerFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const { found, access } = await visible(uow.db, ctx, id)
        if (access === 'read') throw refuse('FORBIDDEN', { action: 'customers.update' })
        assertCurrent(found, access, { id, version })
        await assertCodeFree(uow, ctx.scope, fields.uscc, id)
        await assertBirthdays(uow.db, fields.contacts)
        if (fields.campaignId !== found.raw.campaign_id) await assertCampaign(uow.db, fields.campaignId)
        const kept = fields.ownerId === found.raw.owner_id
        // Who helps does not decide whose it is.
        if (!kept && access !== 'full') throw invalid([{ path: ['ownerId'], key: 'customers:errors.owner' }])
        const ownerId = kept ? fields.ownerId : await ownerFor(uow, ctx.scope, fields.ownerId)
        const own = await settledFields(uow.db, fields.fields, found.fields)
        return { id, version: await changeCustomer(uow, found, { ...fields, ownerId, fields: own }) }
      }),

    remove: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const found = await current(uow, ctx, input)
        for (const inUse of uses) if (await inUse(uow.db, input.id)) throw refuse('CUSTOMER_IN_USE')
        return { id: input.id, version: await binCustomer(uow, found, true) }
      }),

    restore: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const found = await current(uow, ctx, input, true)
        // What it had hangs on another file: only the merge itself can be taken back.
        if ((await mergedInto(uow.db, input.id)) !== null) throw refuse('CUSTOMER_MERGED')
        await assertCodeFree(uow, ctx.scope, found.raw.uscc, input.id)
        return { id: input.id, version: await binCustomer(uow, found, false) }
      }),

    transfer: (ctx: CallContext, { moves }: { moves: readonly CustomerMove[] }) =>
      store.write(ctx.actor, async (uow) => {
        const back: CustomerMove[] = []
        for (const { id, ownerId } of moves) {
          const found = await owned(uow.db, ctx, id)
          const allowed = inScope(ctx.scope, ownerId) && (ownerId === null || (await isActiveUser(uow.db, ownerId)))
          if (!allowed) throw refuse('CUSTOMER_OWNER')
          if (found.raw.owner_id === ownerId) continue
          await moveCustomer(uow, found, ownerId)
          back.push({ id, ownerId: found.raw.owner_id })
        }
        return { back }
      }),

    exportRows: (ctx: CallContext, input: CustomerExport) => exportCustomers(deps, ctx, input),
  }
}
