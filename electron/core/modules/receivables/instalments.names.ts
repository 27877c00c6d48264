import type { PlainDay } from '#shared/kernel/dates.ts'
import type { InstalmentRow } from '#shared/modules/receivables/receivables.schema.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader } from '#core/store/store.ts'
import { toInstalmentRow, type RawInstalment } from './instalments.repo.ts'

/** Rows with the names of customers and owners: two look-ups a page, however long it is. */
export async function namedInstalments(
  db: Reader,
  rows: readonly RawInstalment[],
  day: PlainDay,
): Promise<InstalmentRow[]> {
  const customers = await customerBriefs(
    db,
    rows.map((row) => row.customer_id),
  )
  const owners = await userBriefs(
    db,
    rows.map((row) => row.owner_id),
  )
  return rows.map((row) =>
    toInstalmentRow(
      row,
      { customer: customers.get(row.customer_id)?.name ?? '', owner: owners.get(row.owner_id)?.name ?? '' },
      day,
    ),
  )
}

/** Number and customer of contracts, by id. */
export async function contractLabels(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select(['contract_id', 'contract_number', 'customer_id'])
      .where('contract_id', 'in', piece)
      .distinct()
      .execute(),
  )
  const customers = await customerBriefs(
    db,
    rows.map((row) => row.customer_id),
  )
  return new Map(
    rows.map((row) => [
      row.contract_id ?? '',
      `${row.contract_number} ${customers.get(row.customer_id)?.name ?? ''}`.trim(),
    ]),
  )
}
