import { sql } from 'kysely'
import { invalid } from '#shared/kernel/app-error.ts'
import type { CampaignRow } from '#shared/modules/customers/campaigns.contract.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Every campaign by its id; there are few. */
export async function campaignNames(db: Reader | Writer): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('campaigns').select(['id', 'name']).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

export async function campaignName(db: Reader | Writer, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom('campaigns').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}

/** Refuses a campaign that is not there. Throws VALIDATION. */
export async function assertCampaign(db: Reader | Writer, id: string | null): Promise<void> {
  if (id === null || (await campaignName(db, id)) !== null) return
  throw invalid([{ path: ['campaignId'], key: 'customers:errors.noSuchCampaign' }])
}

export async function listCampaigns(db: Reader): Promise<CampaignRow[]> {
  const rows = await db.selectFrom('campaigns').selectAll().orderBy('from_day', 'desc').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind as CampaignRow['kind'],
    fromDay: row.from_day,
    toDay: row.to_day,
    place: row.place,
    cost: row.cost,
    note: row.note,
    version: row.version,
  }))
}

/** Whether a file, also one in the bin, came from this campaign. */
export async function usedCampaign(db: Reader | Writer, id: string): Promise<boolean> {
  const row = await db.selectFrom('customers').select('id').where('campaign_id', '=', id).limit(1).executeTakeFirst()
  return row !== undefined
}

interface Counts {
  readonly customers: number
  readonly won: number
  readonly rejected: number
  readonly amount: number
}

/** What came of the files made in a period (moments), by where they came from; amounts in fen, signed ones alone. */
export async function countsBy(
  db: Reader,
  scope: Scope,
  column: 'source' | 'campaign_id',
  period: { readonly from: number; readonly until: number },
): Promise<ReadonlyMap<string, Counts>> {
  const rows = await applyScope(db.selectFrom('customers'), scope, 'customers.owner_id')
    .leftJoin(
      (eb) =>
        applyScope(eb.selectFrom('contracts'), scope, 'contracts.owner_id')
          .where('contracts.state', '=', 'signed')
          .groupBy('contracts.customer_id')
          .select((s) => ['contracts.customer_id', s.fn.sum<number>('contracts.amount').as('amount')])
          .as('signed'),
      (join) => join.onRef('signed.customer_id', '=', 'customers.id'),
    )
    .where('customers.removed_at', 'is', null)
    .where(`customers.${column}`, 'is not', null)
    .where('customers.created_at', '>=', period.from)
    .where('customers.created_at', '<', period.until)
    .groupBy(`customers.${column}`)
    .select((eb) => [
      `customers.${column} as key`,
      eb.fn.countAll<number>().as('customers'),
      sql<number>`sum(signed.amount IS NOT NULL)`.as('won'),
      sql<number>`sum(customers.stage = 'rejected')`.as('rejected'),
      sql<number>`coalesce(sum(signed.amount), 0)`.as('amount'),
    ])
    .execute()
  return new Map(
    rows.map((row) => [
      row.key ?? '',
      {
        customers: Number(row.customers),
        won: Number(row.won),
        rejected: Number(row.rejected),
        amount: Number(row.amount),
      },
    ]),
  )
}
