import { insertRows } from '#tests/bench/bulk.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText, sortKey } from '#shared/kernel/search-text.ts'
import { DEFAULT_DEAL_POLICY, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { withClosedFirm, type ClosedFirm } from './closed-firm.ts'

const PEOPLE = 20
const NAMES = ['循环水泵站改造', '三号线减速机更换', '新厂区阀门成套', '空压站配件年度协议', '破碎机衬板采购']

// Fills a firm that is set up, and whose program is closed, with so many open deals in each stage; in a process of its
// own, because the driver of the data file does not load where journeys run:
// node tests/tools/many-deals.ts <data folder> <login> <password> '{"open":3000,…}'

/** They are written as rows: a firm comes by them over years, and a journey has a minute. */
async function fillWithDeals(
  { core, owner, ownerId }: ClosedFirm,
  counts: Readonly<Record<OpenStage, number>>,
): Promise<number> {
  const customers: string[] = []
  for (let n = 0; n < PEOPLE; n += 1) {
    const made = await owner.customers.create({ name: `重庆第${n + 1}机械制造有限公司`, source: 'web' })
    customers.push(made.id)
  }
  const { store, clock } = core.deps
  const today = clock.today()
  const stages = (Object.keys(counts) as OpenStage[]).flatMap((stage) =>
    Array.from({ length: counts[stage] }, () => stage),
  )
  await store.write({ userId: ownerId, roles: [], device: 'fill' }, async (uow) => {
    const rows = stages.map((stage, n) => {
      const name = `${NAMES[n % NAMES.length]}第 ${n + 1} 期`
      const number = `SJ-2025-${String(n + 1).padStart(5, '0')}`
      return {
        id: newId(),
        number,
        name,
        customer_id: customers[n % PEOPLE] ?? '',
        owner_id: ownerId,
        stage,
        stage_since: addDays(today, -(n % 90)) as string,
        probability: DEFAULT_DEAL_POLICY[stage].probability,
        amount: (n % 997) * 10_000 + 50_000,
        expected_day: addDays(today, ((n * 7) % 400) - 30) as PlainDay as string,
        next_step: n % 3 === 0 ? '送样品并跟踪试装' : '',
        next_day: n % 3 === 0 ? (addDays(today, 5) as string) : null,
        search_text: buildSearchText(name, [number]),
        sort_name: sortKey(name),
        version: 0,
        created_at: uow.now,
        updated_at: uow.now,
      }
    })
    await insertRows(uow.db, 'deals', rows as never)
    const splits = rows.map((row) => ({ deal_id: row.id, position: 0, user_id: row.owner_id, share: 10_000 }))
    await insertRows(uow.db, 'deal_splits', splits)
    await uow.audit({ action: 'office.sample', entity: 'office', entityId: 'deals', after: { deals: rows.length } })
  })
  return stages.length
}

const argv = process.argv.slice(2)
const counts = JSON.parse(argv[3] ?? '{}') as Record<OpenStage, number>
await withClosedFirm(argv, async (firm) => {
  process.stdout.write(`${await fillWithDeals(firm, counts)}\n`)
})
