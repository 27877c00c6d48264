import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import {
  contractSums,
  dueDayOf,
  isPriceList,
  sizeToBeTold,
  splitPlan,
  type DayCounter,
  type TriggerDays,
} from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractFields, PlanLine } from '#shared/modules/contracts/contracts.schema.ts'
import { outlivesContract, waitsFor } from './obligations.rules.ts'
import type { ObligationKind, ObligationTrigger, Side } from './obligations.schema.ts'

/** What a contract says and what has become of it. */
export interface ObligationBasis {
  readonly fields: Pick<ContractFields, 'kind' | 'lines' | 'plan' | 'terms'>
  readonly days: TriggerDays
  readonly counter: DayCounter
  /** The contract says that something is to be kept secret. */
  readonly confidential: boolean
  /** Natural days before the end of the term by which the other side is told how it goes on, where it says no number. */
  readonly noticeDays: number
  /** The days on which everything due on an agreed day ('' where none was agreed) had been delivered. */
  readonly delivered: ReadonlyMap<string, PlainDay>
  /** The instalments that count, by their place, each with the day on which it was paid in full. */
  readonly instalments: ReadonlyMap<number, PlainDay | null>
  /** Of these, each with the day of the invoice that billed the last of it. */
  readonly billed: ReadonlyMap<number, PlainDay | null>
  /** A contract that goes on from this one was signed. */
  readonly renewedOn: PlainDay | null
  readonly ended: boolean
}

/** What binds somebody, as the contract says it. */
export interface Wanted {
  /** The same for the same clause, whatever it says. */
  readonly key: string
  readonly kind: ObligationKind
  readonly side: Side
  /** Place in the payment clause; null for what is not of it. */
  readonly seq: number | null
  readonly detail: string
  /** Fen. */
  readonly amount: number | null
  readonly trigger: ObligationTrigger
  readonly after: number
  readonly dayKind: PlanLine['dayKind']
  readonly dueDay: PlainDay | null
  readonly waits: boolean
  /** What was recorded elsewhere says that it is done. */
  readonly fulfilled: PlainDay | null
}

type Part = Pick<Wanted, 'key' | 'kind' | 'side' | 'trigger' | 'dueDay'> & Partial<Wanted>
const MAX_DETAIL = 200

/**
 * The obligations of both sides, from the clauses as signed and what was recorded since. Every instalment gives exactly
 * one of theirs, due by the rule that dates what is receivable. After the end of a contract only what outlives it is
 * left.
 */
export function deriveObligations(basis: ObligationBasis): Wanted[] {
  const all = [
    ...deliveries(basis),
    ...acceptance(basis),
    ...payments(basis),
    ...warranty(basis),
    ...notice(basis),
    ...silence(basis),
    ...sizeNotice(basis),
  ]
  return basis.ended ? all.filter((one) => outlives(one, basis)) : all
}

const outlives = (one: Wanted, { instalments }: ObligationBasis): boolean =>
  outlivesContract(one.kind) && (one.seq === null || instalments.has(one.seq))

function wanted({ days }: ObligationBasis, part: Part): Wanted {
  const happened = (event: ObligationTrigger) => event !== 'fixed' && event !== 'none' && days[event] !== null
  const detail = [...(part.detail ?? '')].slice(0, MAX_DETAIL).join('')
  return {
    seq: null,
    amount: null,
    after: 0,
    dayKind: 'natural',
    fulfilled: null,
    ...part,
    detail,
    waits: waitsFor(part.trigger, part.dueDay, happened),
  }
}

/**
 * One for each agreed day, in the order of the days; goods without a day make one only where goods are sold. What a price
 * list names is delivered by orders of their own.
 */
function deliveries(basis: ObligationBasis): Wanted[] {
  const { fields, delivered } = basis
  if (isPriceList(fields)) return []
  const byDay = Map.groupBy(fields.lines, (line) => line.deliveryDay ?? fields.terms.deliveryDay ?? '')
  return [...byDay]
    .filter(([day]) => day !== '' || fields.kind === 'goods_sale')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, lines], index) =>
      wanted(basis, {
        key: `delivery:${index + 1}`,
        kind: 'delivery',
        side: 'ours',
        detail: [...new Set(lines.map((line) => line.name))].filter(Boolean).join(', '),
        trigger: day === '' ? 'none' : 'fixed',
        dueDay: day === '' ? null : (day as PlainDay),
        fulfilled: delivered.get(day) ?? basis.days.delivery,
      }),
    )
}

/** The buyer inspects within the agreed days after delivery (民法典 621) and accepts where payment waits for it. */
function acceptance(basis: ObligationBasis): Wanted[] {
  const { fields, days, counter } = basis
  const { inspectionDays } = fields.terms
  const dueDay =
    inspectionDays === null || days.delivery === null ? null : counter.addDays(days.delivery, inspectionDays)
  const common = {
    side: 'theirs',
    trigger: 'delivery',
    after: inspectionDays ?? 0,
    dueDay,
    fulfilled: days.acceptance,
  } as const
  const accepts = fields.plan.some((line) => line.trigger === 'acceptance')
  return [
    ...(inspectionDays === null ? [] : [wanted(basis, { ...common, key: 'inspection', kind: 'inspection' })]),
    ...(accepts ? [wanted(basis, { ...common, key: 'acceptance', kind: 'acceptance' })] : []),
  ]
}

/** They pay each instalment; the seller issues the invoice for it by then, but none for a deposit. */
function payments(basis: ObligationBasis): Wanted[] {
  const { fields, days, counter, instalments, billed } = basis
  if (isPriceList(fields)) return []
  const { amounts } = splitPlan(contractSums(fields.lines).amount, fields.plan)
  return fields.plan.flatMap((line, index) => {
    const seq = index + 1
    const common = {
      seq,
      detail: line.label,
      amount: amounts[index] ?? 0,
      trigger: line.trigger,
      after: line.dueRule === 'days' ? line.days : 0,
      dayKind: line.dayKind,
      dueDay: dueDayOf(line, days, counter),
    } as const
    const kind = line.isDeposit ? 'deposit' : line.trigger === 'warranty_end' ? 'retention' : 'payment'
    const fulfilled = instalments.get(seq) ?? null
    return [
      wanted(basis, { ...common, key: `payment:${seq}`, kind, side: 'theirs', fulfilled }),
      ...(line.isDeposit
        ? []
        : [
            wanted(basis, {
              ...common,
              key: `invoice:${seq}`,
              kind: 'invoice',
              side: 'ours',
              fulfilled: billed.get(seq) ?? null,
            }),
          ]),
    ]
  })
}

function warranty(basis: ObligationBasis): Wanted[] {
  const { fields, days } = basis
  if (!fields.terms.warrantyMonths) return []
  const dueDay = days.warranty_end
  return [wanted(basis, { key: 'warranty', kind: 'warranty', side: 'ours', trigger: 'warranty_end', dueDay })]
}

/** Before a term ends the other side is told how it goes on. */
function notice(basis: ObligationBasis): Wanted[] {
  const { kind, terms } = basis.fields
  if (kind === 'goods_sale' || terms.endDay === null) return []
  return [
    wanted(basis, {
      key: 'notice',
      kind: 'notice',
      side: 'ours',
      detail: terms.endDay,
      trigger: 'fixed',
      dueDay: addDays(terms.endDay, -(terms.noticeDays ?? basis.noticeDays)),
      fulfilled: basis.renewedOn,
    }),
  ]
}

function silence(basis: ObligationBasis): Wanted[] {
  if (!basis.confidential) return []
  return (['ours', 'theirs'] as const).map((side) =>
    wanted(basis, { key: `confidentiality:${side}`, kind: 'confidentiality', side, trigger: 'none', dueDay: null }),
  )
}

/** Who is small tells a large buyer when the contract is made, unless the contract says it (中小企业款项支付条例 3). */
function sizeNotice(basis: ObligationBasis): Wanted[] {
  if (!sizeToBeTold(basis.fields.terms)) return []
  const dueDay = basis.days.signing
  return [wanted(basis, { key: 'sizeNotice', kind: 'sizeNotice', side: 'ours', trigger: 'signing', dueDay })]
}
