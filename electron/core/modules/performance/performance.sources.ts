import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { contractAmount, newlyWon, signingOnTime } from './sources/contracts.source.ts'
import { entered } from './sources/entries.source.ts'
import {
  collected,
  collectedSums,
  collectionRate,
  collectionRateSums,
  invoiced,
  overdueBalance,
  overdueBalanceSums,
} from './sources/money.source.ts'
import { review360 } from './sources/reviews.source.ts'
import type { IndicatorSource, IndicatorSums } from './sources/source.ts'
import { helpGiven, reportsOnTime, visits } from './sources/visits.source.ts'
import { callBacksOnTime, notesAdopted, tasksOnTime, winRate } from './sources/work.source.ts'

/** Where each indicator's figures come from. What is entered by hand today becomes counted by a line here. */
export const SOURCES: Readonly<Record<Indicator, IndicatorSource>> = {
  contractAmount,
  invoiced,
  collected,
  grossProfit: entered('grossProfit'),
  newCustomers: newlyWon,
  satisfaction: entered('satisfaction'),
  visits,
  winRate,
  signingOnTime,
  collectionRate,
  overdueBalance,
  callBacksOnTime,
  reportsOnTime,
  tasksOnTime,
  review360,
  helpGiven,
  notesAdopted,
  trainingHours: entered('trainingHours'),
  examResult: entered('examResult'),
}

/** Those whose figure is summed by the data file; their rows are read only where they are shown or kept. */
export const SUMS: Readonly<Partial<Record<Indicator, IndicatorSums>>> = {
  collected: collectedSums,
  collectionRate: collectionRateSums,
  overdueBalance: overdueBalanceSums,
}
