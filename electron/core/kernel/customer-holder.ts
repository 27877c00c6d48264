import { sql } from 'kysely'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

/** What of a module hangs on customers: a merge moves it to the kept file, and its undoing gives it back. */
export interface CustomerHolder {
  /** Names it to the reader: `customers:merge.what.<name>`. */
  readonly name: string
  count(db: Reader | Writer, customerId: string): Promise<number>
  /** Answers with the ids of what was moved. */
  move(uow: UnitOfWork, fromId: string, toId: string): Promise<string[]>
  /** Of what was moved, whatever is still where it was moved to; what has gone elsewhere since stays there. */
  giveBack(uow: UnitOfWork, ids: readonly string[], fromId: string, toId: string): Promise<void>
}

const AT_ONCE = 500

/** For a table whose rows have an `id` and point at their customer in `customer_id`. `feed` is told of the change. */
export function customerHolder(name: string, table: string, feed: string | null): CustomerHolder {
  const rows = sql.table(table)
  return {
    name,
    async count(db, customerId) {
      const found = await sql<{ count: number }>`
        SELECT count(*) AS count FROM ${rows} WHERE customer_id = ${customerId}`.execute(db)
      return Number(found.rows[0]?.count ?? 0)
    },
    async move(uow, fromId, toId) {
      const found = await sql<{ id: string }>`SELECT id FROM ${rows} WHERE customer_id = ${fromId} ORDER BY id`.execute(
        uow.db,
      )
      await sql`UPDATE ${rows} SET customer_id = ${toId} WHERE customer_id = ${fromId}`.execute(uow.db)
      const ids = found.rows.map((row) => row.id)
      if (feed) for (const id of ids) uow.changed(feed as never, id)
      return ids
    },
    async giveBack(uow, ids, fromId, toId) {
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        const some = sql.join(ids.slice(at, at + AT_ONCE))
        await sql`UPDATE ${rows} SET customer_id = ${toId} WHERE customer_id = ${fromId} AND id IN (${some})`.execute(
          uow.db,
        )
      }
      if (feed) for (const id of ids) uow.changed(feed as never, id)
    },
  }
}
