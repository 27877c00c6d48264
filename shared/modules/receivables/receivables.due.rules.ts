import { addDays, addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import type { Reason } from '#shared/kernel/reason.ts'

/** A day that a payment term or a right hangs on, and how it came about. */
export interface GroundedDay {
  readonly day: PlainDay
  /** Key under `contracts:articles`. */
  readonly article: string
  readonly reason: Reason
}

/**
 * The day of acceptance that the payment term runs from: as recorded, otherwise, where the buyer puts the inspection
 * off, the end of the agreed inspection period once it has passed (支付条例 10; 民法典 621: silence is acceptance). Null
 * while the period runs, or where none was agreed.
 */
export function acceptanceDay(
  facts: {
    readonly deliveryDay: PlainDay | null
    readonly acceptedDay: PlainDay | null
    readonly inspectionDays: number | null
    /** A notice of defects within the period stops it. */
    readonly noticeDay: PlainDay | null
  },
  asOf: PlainDay,
): GroundedDay | null {
  const { deliveryDay, acceptedDay, inspectionDays, noticeDay } = facts
  if (acceptedDay !== null && acceptedDay <= asOf) {
    const reason = { key: 'receivables:due.accepted', params: { day: acceptedDay } }
    return { day: acceptedDay, article: 'sme10', reason }
  }
  if (deliveryDay === null || inspectionDays === null) return null
  const end = addDays(deliveryDay, inspectionDays)
  if (asOf <= end || (noticeDay !== null && noticeDay <= end)) return null
  const reason = {
    key: 'receivables:due.inspectionOver',
    params: { delivery: deliveryDay, days: inspectionDays, day: end },
  }
  return { day: end, article: 'sme10', reason }
}

/**
 * Until when the buyer may complain of quantity or quality (民法典 621, 622): the agreed inspection period, which for
 * hidden defects is only a first one where it is too short for them; without one a reasonable time, at most two years
 * from receipt, or the warranty where that was agreed. The two years never stop (买卖合同解释 12).
 */
export function inspectionEnd(facts: {
  readonly deliveryDay: PlainDay
  readonly inspectionDays: number | null
  readonly warrantyMonths: number | null
}): GroundedDay {
  const { deliveryDay, inspectionDays, warrantyMonths } = facts
  if (inspectionDays !== null) {
    const day = addDays(deliveryDay, inspectionDays)
    return { day, article: 'civil621', reason: { key: 'receivables:due.inspection.agreed', params: { day } } }
  }
  const day = addMonths(deliveryDay, warrantyMonths ?? 24)
  const how = warrantyMonths === null ? 'twoYears' : 'warranty'
  return { day, article: 'civil621', reason: { key: `receivables:due.inspection.${how}`, params: { day } } }
}
