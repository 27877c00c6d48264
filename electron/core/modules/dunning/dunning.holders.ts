import { sql } from 'kysely'
import { customerHolder, type CustomerHolder } from '#core/kernel/customer-holder.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Cases } from './dunning.cases.ts'

/** What a customer has once or not at all: of two, one stays, the kept one's first. */
function singleHolder(name: string, table: 'dunning_exclusions' | 'dunning_customers'): CustomerHolder {
  const rows = sql.table(table)
  const has = async (db: UnitOfWork['db'], customerId: string) => {
    const found = await sql`SELECT 1 FROM ${rows} WHERE customer_id = ${customerId}`.execute(db)
    return found.rows.length > 0
  }
  const change = (uow: UnitOfWork, fromId: string, toId: string) =>
    sql`UPDATE ${rows} SET customer_id = ${toId} WHERE customer_id = ${fromId}`.execute(uow.db)
  return {
    name,
    async count(db, customerId) {
      return (await has(db as UnitOfWork['db'], customerId)) ? 1 : 0
    },
    async move(uow, fromId, toId) {
      if ((await has(uow.db, toId)) || !(await has(uow.db, fromId))) return []
      await change(uow, fromId, toId)
      return [fromId]
    },
    async giveBack(uow, ids, fromId, toId) {
      if (ids.length > 0) await change(uow, fromId, toId)
    },
  }
}

/** The rows of the work list are counted anew for both, once everything else has moved. */
const caseHolder = (cases: Pick<Cases, 'recount'>): CustomerHolder => ({
  name: 'dunningCases',
  count: async () => 0,
  async move(uow, fromId, toId) {
    await cases.recount(uow, [fromId, toId])
    return []
  },
  giveBack: (uow, _ids, fromId, toId) => cases.recount(uow, [fromId, toId]),
})

/** What of dunning goes along when two customers become one; after what receivables hold. */
export const dunningHolders = (cases: Pick<Cases, 'recount'>): readonly CustomerHolder[] => [
  customerHolder('letters', 'dunning_letters', 'dunning'),
  customerHolder('contacts', 'dunning_contacts', 'dunning'),
  customerHolder('promises', 'dunning_promises', 'dunning'),
  customerHolder('escalations', 'dunning_escalations', 'dunning'),
  customerHolder('courtFiles', 'dunning_court_files', 'dunning'),
  singleHolder('exclusions', 'dunning_exclusions'),
  singleHolder('dunningSettings', 'dunning_customers'),
  caseHolder(cases),
]
