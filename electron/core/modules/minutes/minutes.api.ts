import type { AgreedItem } from '#shared/modules/minutes/minutes.schema.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { agreedItemOf, findAgreed } from './minutes.repo.ts'

export { minutesInScope, minutesByNumber, searchMinutes } from './minutes.repo.ts'
export { minutesIdsOf, minutesTimeline } from './minutes.timeline.ts'

/** What final minutes of a deal agreed on, in the order of the talks; whoever calls has checked the deal. */
export async function agreedInMinutes(
  db: Reader | Writer,
  dealId: string,
): Promise<{ number: string; day: string; items: AgreedItem[] }[]> {
  const rows = await findAgreed(db, dealId)
  return [...Map.groupBy(rows, (row) => row.minutes_id).values()].map((items) => ({
    number: items[0]?.number ?? '',
    day: items[0]?.talked_on ?? '',
    items: items.map(agreedItemOf),
  }))
}
