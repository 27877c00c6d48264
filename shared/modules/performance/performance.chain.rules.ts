import { endOfMonth, startOfMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import type { ChainGap, ChainLink, ChainLinkName } from './performance.chain.schema.ts'
import type { ConsequenceLine } from './performance.policy.schema.ts'
import { isBelow, lineIn } from './performance.proposals.rules.ts'
import type { ProposalKind } from './performance.proposals.schema.ts'
import type { PersonSheet } from './performance.schema.ts'

/** A locked month of a person, as far as it is evidence. */
export interface ChainMonth {
  readonly month: PlainMonth
  readonly lockedDay: PlainDay
  /** Whether any of his indicators was measured. */
  readonly measured: boolean
  readonly total: number
  readonly standing: PersonSheet['standing']
  /** The day on which his targets of the month were last set; null: those of the scheme. */
  readonly targetsDay: PlainDay | null
}

/** A training, coaching or transfer that was carried out. */
export interface ChainMeasure {
  readonly id: string
  readonly kind: ProposalKind
  readonly subject: string
  readonly doneDay: PlainDay
}

/** What somebody agreed to: targets of his own that were set before the month was over, or else the result itself. */
function agreement({ month, targetsDay, standing }: ChainMonth): { how: 'targets' | 'confirmed'; day: string } | null {
  if (targetsDay !== null && targetsDay <= endOfMonth(month)) return { how: 'targets', day: targetsDay }
  return standing?.state === 'confirmed' && standing.day !== null ? { how: 'confirmed', day: standing.day } : null
}

/** Why a month is no result that may be held against somebody; null where it is one. */
function gapOf(month: ChainMonth, lines: readonly ConsequenceLine[]): ChainGap | null {
  if (!isBelow(month, lineIn(lines, month.month))) return 'notBelow'
  if (month.standing?.state === 'appealed') return 'appealed'
  return agreement(month) === null ? 'notAgreed' : null
}

const empty = (link: ChainLinkName, gap: ChainGap | null, rest: Partial<ChainLink> = {}): ChainLink => ({
  link,
  gap,
  month: null,
  day: null,
  how: null,
  total: null,
  proposalId: null,
  kind: null,
  subject: '',
  ...rest,
})
const agreedLink = (month: ChainMonth) => empty('agreed', null, { month: month.month, ...agreement(month) })
const result = (link: 'first' | 'second', month: ChainMonth, gap: ChainGap | null) =>
  empty(link, gap, { month: month.month, day: month.lockedDay, total: month.total })
const measureLink = (gap: ChainGap | null, { id, doneDay, kind, subject }: ChainMeasure) =>
  empty('measure', gap, { proposalId: id, day: doneDay, kind, subject })

/**
 * The chain of evidence that somebody is not up to the job (劳动合同法 40 第二项): he agreed to his targets of a month or
 * to its result; the result was below the line of that month; after it was locked a training, a coaching or a transfer
 * was carried out; and the first month that began after that was below the line again, agreed to in the same way. A
 * better month right after the measure breaks the chain, a contested result proves nothing, and a month in which nothing
 * was measured is passed over. Of several chains the
 * latest counts; where none is whole, the links that stand and what is missing of the latest one.
 */
export function chainOf(
  months: readonly ChainMonth[],
  measures: readonly ChainMeasure[],
  lines: readonly ConsequenceLine[],
): ChainLink[] {
  const inOrder = months.filter((month) => month.measured).toSorted((a, b) => (a.month < b.month ? -1 : 1))
  const failed = inOrder.filter((month) => gapOf(month, lines) === null)
  const latestFirst = measures.toSorted((a, b) => (a.doneDay < b.doneDay ? 1 : -1))
  const begun = latestFirst.flatMap((measure) => {
    const first = failed.findLast((month) => month.lockedDay < measure.doneDay)
    return first ? [{ measure, first, next: inOrder.find((month) => startOfMonth(month.month) > measure.doneDay) }] : []
  })
  const best = begun.find(({ next }) => next && gapOf(next, lines) === null) ?? begun[0]
  if (best) {
    const { first, measure, next } = best
    const second = next ? result('second', next, gapOf(next, lines)) : empty('second', 'notYet')
    return [agreedLink(first), result('first', first, null), measureLink(null, measure), second]
  }
  const last = failed.at(-1)
  if (last) {
    const [early] = latestFirst
    const measure = early ? measureLink('tooEarly', early) : empty('measure', 'noMeasure')
    return [agreedLink(last), result('first', last, null), measure, empty('second', 'waits')]
  }
  return [...withoutResult(inOrder, lines), empty('measure', 'waits'), empty('second', 'waits')]
}

/** No result may be held against him: of the latest that is below the line, why not. */
function withoutResult(inOrder: readonly ChainMonth[], lines: readonly ConsequenceLine[]): ChainLink[] {
  const agreed = inOrder.findLast((month) => agreement(month) !== null)
  const below = inOrder.findLast((month) => gapOf(month, lines) !== 'notBelow')
  if (!below) return [agreed ? agreedLink(agreed) : empty('agreed', 'notAgreed'), empty('first', 'notBelow')]
  const gap = gapOf(below, lines)
  return gap === 'notAgreed'
    ? [empty('agreed', gap, { month: below.month }), result('first', below, 'waits')]
    : [
        agreement(below) ? agreedLink(below) : empty('agreed', 'notAgreed', { month: below.month }),
        result('first', below, gap),
      ]
}

/** Whether every link stands. */
export const isComplete = (links: readonly ChainLink[]): boolean => links.every((link) => link.gap === null)
