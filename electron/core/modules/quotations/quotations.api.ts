import type { ContractDraft, Finding } from '#shared/modules/contracts/contracts.schema.ts'
import { departures } from '#shared/modules/quotations/quotations.departures.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { dealBriefs } from '#core/modules/deals/deals.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { agreedAbout } from './quotations.agreed.ts'

export { quotationInScope, quotationsByNumber, searchQuotations } from './quotations.repo.ts'
export { quotationIdsOf, quotationsTimeline } from './quotations.timeline.ts'

/** How many quotations of each of these deals ever went out. */
export async function countQuotationsOf(
  db: Reader | Writer,
  dealIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await inPieces(dealIds, (piece) =>
    db
      .selectFrom('quotations')
      .innerJoin('quotation_versions', 'quotation_versions.quotation_id', 'quotations.id')
      .select(['quotations.deal_id', 'quotations.id'])
      .where('quotations.deal_id', 'in', piece)
      .where('quotation_versions.sent_day', 'is not', null)
      .distinct()
      .execute(),
  )
  return new Map([...Map.groupBy(rows, (row) => row.deal_id)].map(([id, found]) => [id, found.length]))
}

/** Where a contract draft departs from what was agreed about its deal; nothing for a deal one may not read. */
export async function departuresOf(db: Reader | Writer, scope: Scope, draft: ContractDraft): Promise<Finding[]> {
  const dealId = draft.dealId ?? null
  if (dealId === null || !(await dealBriefs(db, scope, [dealId])).has(dealId)) return []
  return departures(draft, await agreedAbout(db, dealId))
}
