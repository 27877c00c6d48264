import type { DealView } from '#shared/modules/deals/deals.schema.ts'

/** The minutes of talks about a deal; the module that keeps them fills it. */
export function MinutesPanel(_props: { deal: DealView }) {
  return null
}
