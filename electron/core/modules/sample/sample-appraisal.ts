import { z } from 'zod'
import { monthOf, shiftMonth, type PlainDay } from '#shared/kernel/dates.ts'
import { USUAL_CURVE, type ScoringCurve } from '#shared/modules/performance/performance.curves.rules.ts'
import { CATALOGUE, type Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { APPRAISED } from '#shared/modules/performance/performance.schemes.schema.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'

export const sampleAppraisal = z.object({ scheme: z.string() })

/** Months that are locked; the last one waits for its lock, and the present one goes on. */
const LOCKED = [4, 3, 2]
/** Fen a month: a leader's bonus is larger. */
const BASES = { sales: 400_000, sales_manager: 600_000 } as const

const TIERS: ScoringCurve = {
  kind: 'tiers',
  floorAt: 6_000,
  floorGives: 6_000,
  stretchAt: 12_000,
  stretchGives: 13_000,
}
/** Each 50,000 yuan overdue beyond the target costs a tenth. */
const OVERDUE: ScoringCurve = { kind: 'deduction', per: 5_000_000, deduct: 1_000, floor: 0 }
const item = (indicator: Indicator, weight: number, target: number, curve: ScoringCurve = USUAL_CURVE) => ({
  indicator,
  weight,
  target,
  curve,
  param: CATALOGUE[indicator].param?.usual ?? null,
})

/**
 * The appraisal of a firm that has done it for some months by the firm's standard, and from the next month on by a
 * scheme of its own: results, the work that leads to them, and what others say.
 */
export async function makeAppraisal(
  client: CoreClient,
  { scheme: name }: z.infer<typeof sampleAppraisal>,
  today: PlainDay,
): Promise<void> {
  const month = monthOf(today)
  const first = shiftMonth(month, -Math.max(...LOCKED))
  const { rows: people } = await client.people.list({ limit: 50, sort: { key: 'name', dir: 'asc' }, filters: {} })
  for (const { id: userId, roles } of people) {
    const role = APPRAISED.find((one) => roles.includes(one))
    if (role) await client.performance.bonus.setBase({ userId, fromMonth: first, base: BASES[role] })
  }
  for (const ago of LOCKED) await client.performance.lock({ month: shiftMonth(month, -ago) })
  await client.performance.schemes.save({
    id: null,
    version: null,
    fromMonth: shiftMonth(month, 1),
    body: {
      name,
      roles: [...APPRAISED],
      teamIds: [],
      items: [
        item('contractAmount', 2_500, 30_000_000, TIERS),
        item('collected', 2_500, 25_000_000, TIERS),
        item('collectionRate', 1_000, 9_000),
        item('overdueBalance', 500, 10_000_000, OVERDUE),
        item('newCustomers', 500, 1),
        item('visits', 1_000, 12),
        item('reportsOnTime', 500, 9_500),
        item('review360', 1_000, 450),
        item('trainingHours', 500, 400),
      ],
      grades: [
        { name: 'A', from: 9_500, coefficient: 13_000, most: 2_500 },
        { name: 'B', from: 8_000, coefficient: 10_000 },
        { name: 'C', from: 6_000, coefficient: 8_000 },
        { name: 'D', from: 0, coefficient: 5_000 },
      ],
      extra: { mostUp: 500, mostDown: 500 },
    },
  })
}
