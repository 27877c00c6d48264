import type { DealView } from '#shared/modules/deals/deals.schema.ts'

/** The quotations of a deal; the module that makes them fills it. */
export function QuotationsPanel(_props: { deal: DealView }) {
  return null
}
