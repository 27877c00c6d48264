import type { Translate } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { ReviewWeights } from '#shared/modules/performance/performance.review.schema.ts'
import type { SourceRow } from '#shared/modules/performance/performance.schema.ts'
import type { SourceTotal } from '#shared/modules/performance/performance.sources.rules.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'

/** Whose records of which days are counted. */
export interface SourceQuery {
  readonly db: Reader
  readonly scope: Scope
  readonly from: PlainDay
  readonly to: PlainDay
  readonly today: PlainDay
  /** The number that the indicator's definition leaves to the scheme; 0 where it leaves none. */
  readonly param: number
  readonly t: Translate
  /** What the groups of a 360° rating weigh for a person. */
  readonly reviewWeights: (userId: string) => ReviewWeights
  /** The month is being locked: what is not given by now will not be. */
  readonly closing: boolean
  /** Of how many rows of each person there is room, the oldest ones; only sources that are summed heed it. */
  readonly most: number
}

/** A record that counts for a person; `amount` and `received` as the sheet's source rows have them. */
export interface CountedRow extends Omit<SourceRow, 'customerName'> {
  readonly ownerId: string
  readonly customerId: string | null
}

/**
 * Where an indicator's figures come from: every record of everybody in the scope that counts in the period, oldest
 * first. The figure is what `figureOf` makes of the rows, so that it can never be another one than its rows say.
 */
export type IndicatorSource = (query: SourceQuery) => Promise<readonly CountedRow[]>

/**
 * What the rows come to and how many they are, one sum for each owner, where there may be too many of them to read each
 * for a figure.
 */
export type IndicatorSums = (query: SourceQuery) => Promise<readonly (SourceTotal & { readonly ownerId: string })[]>

/** A case that counts one, in time or not. */
export const asCase = (inTime: boolean) => ({ amount: 1, received: inTime ? 1 : 0 })
/** A record that is only counted. */
export const COUNTED = { amount: 0, received: 0 }
