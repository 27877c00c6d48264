/** What may be measured, in the order in which it is offered. */
export const INDICATOR_CODES = [
  'contractAmount',
  'invoiced',
  'collected',
  'grossProfit',
  'newCustomers',
  'satisfaction',
  'visits',
  'winRate',
  'signingOnTime',
  'collectionRate',
  'overdueBalance',
  'callBacksOnTime',
  'reportsOnTime',
  'tasksOnTime',
  'review360',
  'helpGiven',
  'notesAdopted',
  'trainingHours',
  'examResult',
] as const
export type Indicator = (typeof INDICATOR_CODES)[number]

/** What kind of work an indicator looks at. */
export type IndicatorKind = 'result' | 'process' | 'teamwork' | 'growth'

/** An amount in fen, a rate in basis points, a count, or in hundredths a figure with two decimals or a rating of 1 to 5. */
export type IndicatorUnit = 'fen' | 'rate' | 'count' | 'points' | 'rating'

export interface IndicatorSpec {
  readonly kind: IndicatorKind
  readonly unit: IndicatorUnit
  /** Whether more of it is better, or less. */
  readonly better: 'more' | 'less'
  /** Counted from records, or entered by a superior with a note. */
  readonly source: 'records' | 'manual'
  /** A number that its definition leaves to the scheme: what is usual and the most. */
  readonly param: { readonly usual: number; readonly most: number } | null
}

type Rest = Partial<Pick<IndicatorSpec, 'better' | 'source' | 'param'>>
const spec = (kind: IndicatorKind, unit: IndicatorUnit, rest: Rest = {}): IndicatorSpec => ({
  kind,
  unit,
  better: 'more',
  source: 'records',
  param: null,
  ...rest,
})
const manual = { source: 'manual' } as const

/** The catalogue; names and definitions are in the words of each language under the same codes. */
export const CATALOGUE: Readonly<Record<Indicator, IndicatorSpec>> = {
  contractAmount: spec('result', 'fen'),
  invoiced: spec('result', 'fen'),
  collected: spec('result', 'fen'),
  grossProfit: spec('result', 'fen', manual),
  // Months without a contract after which a customer is new again; 0: only the first contract ever.
  newCustomers: spec('result', 'count', { param: { usual: 0, most: 60 } }),
  satisfaction: spec('result', 'points', manual),
  visits: spec('process', 'count'),
  winRate: spec('process', 'rate'),
  // Natural days from the agreement to the signature.
  signingOnTime: spec('process', 'rate', { param: { usual: 3, most: 90 } }),
  collectionRate: spec('process', 'rate'),
  overdueBalance: spec('process', 'fen', { better: 'less' }),
  callBacksOnTime: spec('process', 'rate'),
  reportsOnTime: spec('process', 'rate'),
  tasksOnTime: spec('teamwork', 'rate'),
  review360: spec('teamwork', 'rating'),
  helpGiven: spec('teamwork', 'count'),
  notesAdopted: spec('teamwork', 'count'),
  trainingHours: spec('growth', 'points', manual),
  examResult: spec('growth', 'points', manual),
}
