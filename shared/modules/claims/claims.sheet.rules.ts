import type { PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, mulRate } from '#shared/kernel/money.ts'
import type {
  InterestClaim,
  InterestSheet,
  PaymentLine,
} from '#shared/modules/receivables/receivables.interest.rules.ts'

/** What is on record of one debt. Amounts in fen. */
export interface DebtHistory {
  readonly amount: number
  /** Received before the program knew of it. */
  readonly settledBefore: number
  readonly dueDay: PlainDay | null
  readonly changes: readonly {
    readonly day: PlainDay
    readonly before: PlainDay | null
    readonly after: PlainDay | null
    readonly source: string
    readonly sourceId: string
  }[]
  readonly settled: readonly {
    readonly kind: 'receipt' | 'credit' | 'writeOff'
    readonly day: PlainDay
    readonly releasedDay: PlainDay | null
    readonly costs: number
    readonly interest: number
    readonly principal: number
  }[]
  readonly pauses: readonly { readonly from: PlainDay; readonly to: PlainDay }[]
  readonly costs: readonly { readonly day: PlainDay; readonly amount: number }[]
  readonly waivers: readonly { readonly day: PlainDay; readonly amount: number }[]
  readonly statements: NonNullable<InterestClaim['statements']>
  /** Records that put the due day off without giving up what had accrued. */
  readonly keepsAccrued: ReadonlySet<string>
}

/** Changes that both sides agreed on; all others only correct the day that always held. */
const AGREED: ReadonlySet<string> = new Set(['extension', 'agreement', 'supplement'])

/**
 * A debt as the engine of interest takes it, as of a day: with what stood then, and receipts split as they were booked.
 * Null while it has no due day.
 */
export function interestClaim(debt: DebtHistory, asOf: PlainDay): InterestClaim | null {
  const agreed = debt.changes.filter((change) => AGREED.has(change.source) && change.after !== null)
  const dueDay = agreed[0] ? (agreed[0].before ?? agreed[0].after) : debt.dueDay
  if (dueDay === null) return null
  const standing = debt.settled.filter(({ releasedDay }) => releasedDay === null || releasedDay > asOf)
  const received = standing.filter(({ kind }) => kind === 'receipt')
  return {
    principal: debt.amount - debt.settledBefore,
    dueDay,
    payments: received.flatMap(({ day, costs, interest, principal }) => [
      ...(costs + interest > 0 ? [{ day, amount: costs + interest, order: 'costsFirst' as const }] : []),
      ...(principal > 0 ? [{ day, amount: principal, order: 'principalFirst' as const }] : []),
    ]),
    reductions: standing
      .filter(({ kind }) => kind !== 'receipt')
      .map(({ day, principal }) => ({ day, amount: principal })),
    costs: debt.costs,
    waivers: debt.waivers,
    pauses: debt.pauses,
    dueChanges: agreed.map(({ day, after, sourceId }) => ({
      day,
      dueDay: after as PlainDay,
      keepsAccrued: debt.keepsAccrued.has(sourceId),
    })),
    statements: debt.statements,
  }
}

/** The payments of a sheet with one line for each day: what one receipt was booked on in two parts is one payment. */
export function paymentsByDay(payments: readonly PaymentLine[]): PaymentLine[] {
  const byDay = Map.groupBy(payments, ({ day }) => day)
  return [...byDay].map(([day, lines]) => {
    const sum = (part: 'amount' | 'costs' | 'interest' | 'principal' | 'over') =>
      lines.reduce((all, line) => all + line[part], 0)
    return {
      day,
      amount: sum('amount'),
      costs: sum('costs'),
      interest: sum('interest'),
      principal: sum('principal'),
      over: sum('over'),
    }
  })
}

/**
 * Interest that was agreed with a highest amount (basis points of the debt) is not claimed beyond it: what is owed is
 * cut, and a note says so. Segments stay as they were counted.
 */
export function capInterest(sheet: InterestSheet, principal: number, cap: number | null): InterestSheet {
  if (cap === null) return sheet
  const most = mulRate(principal, cap)
  const over = Math.min(Math.max(0, sheet.accrued + sheet.fixed - most), sheet.owed.interest)
  if (over === 0) return sheet
  const params = { limit: formatYuan(most), over: formatYuan(over) }
  return {
    ...sheet,
    owed: { ...sheet.owed, interest: sheet.owed.interest - over },
    notes: [...sheet.notes, { key: 'claims:notes.cap', params }],
  }
}
