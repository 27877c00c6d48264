import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { CampaignFields, CampaignRow, SourceFigures } from '#shared/modules/customers/campaigns.contract.ts'
import { startOfDay } from '#shared/modules/customers/customers.rules.ts'
import { SOURCES } from '#shared/modules/customers/customers.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { countsBy, listCampaigns, usedCampaign } from './campaigns.repo.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** Fairs and actions that bring customers, and what comes of them. */
export function createCampaignsService(deps: CoreDeps) {
  const { store, clock } = deps

  async function current(uow: UnitOfWork, input: Versioned) {
    const found = await uow.db.selectFrom('campaigns').selectAll().where('id', '=', input.id).executeTakeFirst()
    if (!found) throw refuse('NOT_FOUND', { entity: 'campaign' })
    if (found.version !== input.version) throw refuse('STALE', { current: { version: found.version } })
    return found
  }

  async function assertNameFree(uow: UnitOfWork, name: string, exceptId: string): Promise<void> {
    const same = await uow.db.selectFrom('campaigns').select('id').where('name', '=', name).executeTakeFirst()
    if (same && same.id !== exceptId) throw refuse('CAMPAIGN_NAME')
  }

  const columns = (fields: CampaignFields) => ({
    name: fields.name,
    kind: fields.kind,
    from_day: fields.fromDay,
    to_day: fields.toDay,
    place: fields.place,
    cost: fields.cost,
    note: fields.note,
  })

  return {
    list: (): Promise<CampaignRow[]> => listCampaigns(store.read),

    create: (ctx: CallContext, fields: CampaignFields) =>
      store.write(ctx.actor, async (uow) => {
        const id = newId()
        await assertNameFree(uow, fields.name, id)
        const times = { version: 0, created_at: uow.now, updated_at: uow.now }
        await uow.db
          .insertInto('campaigns')
          .values({ id, ...columns(fields), ...times })
          .execute()
        await uow.audit({ action: 'campaigns.create', entity: 'campaign', entityId: id, after: fields })
        uow.changed('customers', id)
        return { id, version: 0 }
      }),

    update: (ctx: CallContext, { id, version, ...fields }: CampaignFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await current(uow, { id, version })
        await assertNameFree(uow, fields.name, id)
        await uow.db
          .updateTable('campaigns')
          .set({ ...columns(fields), version: version + 1, updated_at: uow.now })
          .where('id', '=', id)
          .execute()
        await uow.audit({ action: 'campaigns.update', entity: 'campaign', entityId: id, before, after: fields })
        uow.changed('customers', id)
        return { id, version: version + 1 }
      }),

    remove: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const before = await current(uow, input)
        if (await usedCampaign(uow.db, input.id)) throw refuse('CAMPAIGN_IN_USE')
        await uow.db.deleteFrom('campaigns').where('id', '=', input.id).execute()
        await uow.audit({ action: 'campaigns.remove', entity: 'campaign', entityId: input.id, before })
        uow.changed('customers', input.id)
        return {}
      }),

    async figures(ctx: CallContext, { from, to }: { from: PlainDay; to: PlainDay }): Promise<SourceFigures> {
      const period = { from: startOfDay(from, clock.zone), until: startOfDay(addDays(to, 1), clock.zone) }
      const none = { customers: 0, won: 0, rejected: 0, amount: 0 }
      const bySource = await countsBy(store.read, ctx.scope, 'source', period)
      const byCampaign = await countsBy(store.read, ctx.scope, 'campaign_id', period)
      return {
        sources: SOURCES.map((source) => ({ source, ...(bySource.get(source) ?? none) })),
        campaigns: (await listCampaigns(store.read)).map(({ id, name, cost }) => ({
          id,
          name,
          cost,
          ...(byCampaign.get(id) ?? none),
        })),
      }
    },
  }
}
