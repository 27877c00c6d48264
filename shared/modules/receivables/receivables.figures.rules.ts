import { addMonths, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { divideRounded, formatYuan, mulRate } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'

/**
 * Days sales outstanding of a period in tenths of a day: outstanding / sales × days, half up. Both with tax, in fen.
 * Null where nothing was sold.
 */
export function daysSalesOutstanding(outstanding: number, sales: number, days: number): number | null {
  if (sales <= 0) return null
  return Number(divideRounded(BigInt(outstanding) * BigInt(days) * 10n, BigInt(sales)))
}

/**
 * The same by counting back: the sales of the latest months are taken off what is outstanding until it is used up, so
 * that a seasonal trade is not blamed for its season. Months latest first, tenths of a day. Null where the months given
 * do not reach: the true figure lies above all of them.
 */
export function countBackDays(
  outstanding: number,
  months: readonly { readonly sales: number; readonly days: number }[],
): number | null {
  let left = outstanding
  let tenths = 0
  for (const { sales, days } of months) {
    if (left <= 0) break
    if (left < sales) return tenths + Number(divideRounded(BigInt(left) * BigInt(days) * 10n, BigInt(sales)))
    left -= sales
    tenths += days * 10
  }
  return left <= 0 ? tenths : null
}

/** One instalment and when it was paid. Fen. */
export interface PlannedInstalment {
  readonly dueDay: PlainDay | null
  readonly amount: number
  readonly paid: readonly { readonly day: PlainDay; readonly amount: number }[]
}

/** What fell due in a period and what became of it up to a day: `due = inTime + late + open`. Fen; rate in basis points. */
export interface PlanFigures {
  readonly due: number
  readonly inTime: number
  readonly late: number
  readonly open: number
  readonly rate: number | null
}

/** Collected against plan: what fell due from `from` to `to`, paid by its day, later, or not by `asOf`. */
export function planFigures(
  rows: readonly PlannedInstalment[],
  from: PlainDay,
  to: PlainDay,
  asOf: PlainDay,
): PlanFigures {
  let [due, inTime, late] = [0, 0, 0]
  for (const { dueDay, amount, paid } of rows) {
    if (dueDay === null || dueDay < from || dueDay > to) continue
    due += amount
    for (const payment of paid) {
      if (payment.day > asOf) continue
      if (payment.day <= dueDay) inTime += payment.amount
      else late += payment.amount
    }
  }
  const rate = due === 0 ? null : Number(divideRounded(BigInt(inTime + late) * 10_000n, BigInt(due)))
  return { due, inTime, late, open: due - inTime - late, rate }
}

/**
 * Average days between due day and payment, weighted by what was paid, in tenths of a day; early payments count as
 * negative days. Null where nothing with a due day was paid.
 */
export function averageDelay(rows: readonly PlannedInstalment[], asOf: PlainDay): number | null {
  let weighted = 0n
  let paid = 0n
  for (const row of rows) {
    if (row.dueDay === null) continue
    for (const { day, amount } of row.paid) {
      if (day > asOf) continue
      weighted += BigInt(amount) * BigInt(diffDays(row.dueDay, day))
      paid += BigInt(amount)
    }
  }
  return paid === 0n ? null : Number(divideRounded(weighted * 10n, paid))
}

/** Provision rates from a day on, by bucket, in basis points; each change with its reason. No rate is set by law. */
export interface ProvisionRates {
  readonly from: PlainDay
  readonly rates: Readonly<Record<string, number>>
  readonly reason: string
}

export interface Provision {
  /** The rates' first day; null where the firm has set none, and then nothing is provided for. */
  readonly from: PlainDay | null
  readonly rows: readonly {
    readonly bucket: string
    readonly amount: number
    readonly rate: number
    readonly provision: number
  }[]
  /** Set aside for single debts by hand; their amounts are not in the rows. */
  readonly single: number
  readonly total: number
}

/**
 * What to set aside for bad debts as of a day: each bucket at the rate in force, rounded half up; debts judged singly
 * are taken out of their bucket first. The history is kept, so that a past day gives what it gave then. Fen.
 */
export function provisionOn(
  history: readonly ProvisionRates[],
  asOf: PlainDay,
  buckets: ReadonlyMap<string, number>,
  singly: readonly { readonly bucket: string; readonly outstanding: number; readonly provision: number }[] = [],
): Provision {
  let inForce: ProvisionRates | null = null
  for (const one of history) if (one.from <= asOf && (!inForce || one.from >= inForce.from)) inForce = one
  const rows = [...buckets].map(([bucket, sum]) => {
    const apart = singly.reduce((total, one) => total + (one.bucket === bucket ? one.outstanding : 0), 0)
    const rate = inForce?.rates[bucket] ?? 0
    return { bucket, amount: sum - apart, rate, provision: mulRate(sum - apart, rate) }
  })
  const single = singly.reduce((sum, one) => sum + one.provision, 0)
  const total = rows.reduce((sum, row) => sum + row.provision, single)
  return { from: inForce?.from ?? null, rows, single, total }
}

/** Years and limits of the tax rules on bad debts; the small amount in yuan, its share of revenue in basis points. */
export interface BadDebtLaw {
  readonly badDebtYears: number
  readonly badDebtSmallYears: number
  readonly badDebtSmallYuan: number
  readonly badDebtSmallShare: number
}

export interface BadDebtFlag {
  readonly rule: 'overdueYears' | 'smallAmount'
  /** Key under `contracts:articles`. */
  readonly article: string
  readonly reason: Reason
}

/**
 * Which tax rule lets a debt be deducted as a loss (国家税务总局公告 2011 年第 25 号): overdue for three years (23); or for
 * one year and not above ¥50,000 or 0.01 % of the year's revenue (24). Either way it must be booked as a loss, explained
 * and reported specially. Amount and revenue in fen; without a known revenue only the amount decides.
 */
export function badDebtFlags(
  debt: { readonly dueDay: PlainDay | null; readonly outstanding: number },
  asOf: PlainDay,
  revenue: number | null,
  law: BadDebtLaw,
): BadDebtFlag[] {
  const { dueDay, outstanding } = debt
  if (dueDay === null || outstanding <= 0) return []
  const overdueFor = (years: number) => asOf > addMonths(dueDay, years * 12)
  const flags: BadDebtFlag[] = []
  if (overdueFor(law.badDebtYears)) {
    const params = { years: law.badDebtYears, day: dueDay }
    flags.push({
      rule: 'overdueYears',
      article: 'tax23',
      reason: { key: 'receivables:badDebt.overdueYears', params },
    })
  }
  const byAmount = outstanding <= law.badDebtSmallYuan * 100
  const byShare = revenue !== null && BigInt(outstanding) * 10_000n <= BigInt(revenue) * BigInt(law.badDebtSmallShare)
  if (overdueFor(law.badDebtSmallYears) && (byAmount || byShare)) {
    const limit = formatYuan(byAmount ? law.badDebtSmallYuan * 100 : mulRate(revenue ?? 0, law.badDebtSmallShare))
    flags.push({
      rule: 'smallAmount',
      article: 'tax24',
      reason: { key: 'receivables:badDebt.smallAmount', params: { years: law.badDebtSmallYears, limit } },
    })
  }
  return flags
}
