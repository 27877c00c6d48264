import { z } from 'zod'
import { plainDay, plainMonth } from '#shared/kernel/dates.ts'
import { fenNotNegative, fenPositive } from '#shared/kernel/money.ts'
import { entityId, longText, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { choice } from '#shared/modules/customers/customers.schema.ts'
import { CLOSE_REASONS, DEAL_FACTS, DEAL_STAGES, OPEN_STAGES } from './deals.stages.schema.ts'

export const CONCERN_STATES = ['open', 'answered', 'settled'] as const
export type ConcernState = (typeof CONCERN_STATES)[number]

const rate = z.number({ error: 'validation:required' }).int('validation:notANumber')
/** A person's part of the credit, in basis points. */
export const dealSplit = z.strictObject({
  userId: entityId,
  share: rate.min(1, 'validation:notPositive').max(10_000, 'deals:errors.percent'),
})
export type DealSplit = z.infer<typeof dealSplit>

export const dealSplits = z
  .array(dealSplit)
  .max(20, 'validation:tooLong')
  .refine((rows) => new Set(rows.map((row) => row.userId)).size === rows.length, { message: 'deals:errors.splitTwice' })
  .refine((rows) => rows.length === 0 || rows.reduce((sum, row) => sum + row.share, 0) === 10_000, {
    message: 'deals:errors.splitSum',
  })

export const competitorFields = z.strictObject({
  name: shortText(80),
  product: optionalText(80),
  /** Their price in fen, as it was heard. */
  price: fenPositive.nullable().default(null),
  note: optionalText(200),
})
export type CompetitorFields = z.infer<typeof competitorFields>

export const concernFields = z.strictObject({
  topic: shortText(200),
  answer: longText(500),
  status: z.enum(CONCERN_STATES).default('open'),
})
export type ConcernFields = z.infer<typeof concernFields>

const competitors = z.array(competitorFields).max(30, 'validation:tooLong')
const concerns = z.array(concernFields).max(50, 'validation:tooLong')

const columns = {
  name: shortText(80),
  customerId: entityId,
  /** Null: whoever looks after the customer, else who enters it. */
  ownerId: entityId.nullable().default(null),
  /** Fen; 0 while nobody knows. */
  amount: fenNotNegative.default(0 as never),
  /** Basis points; null: what the stage has. */
  probability: rate.min(0, 'validation:negative').max(10_000, 'deals:errors.percent').nullable().default(null),
  expectedDay: plainDay,
  needs: longText(2000),
  decisionMaker: optionalText(80),
  budget: fenPositive.nullable().default(null),
  nextStep: optionalText(200),
  nextDay: plainDay.nullable().default(null),
  note: longText(2000),
  /** Why no quotation is made in this case. */
  quotationSkip: optionalText(200),
  /** Somebody looked, and there is none. */
  noCompetitors: z.boolean().default(false),
}

/** A next step is a task, and a task has a day. */
const stepHasDay = (fields: { nextStep?: string; nextDay?: string | null }) =>
  (fields.nextStep ?? '') === '' || (fields.nextDay ?? null) !== null
const dayHasStep = (fields: { nextStep?: string; nextDay?: string | null }) =>
  (fields.nextDay ?? null) === null || (fields.nextStep ?? '') !== ''
const NEEDS_DAY = { path: ['nextDay'], message: 'validation:required' }
const NEEDS_STEP = { path: ['nextStep'], message: 'validation:required' }

const plainFields = z.strictObject({
  ...columns,
  splits: dealSplits.default([]),
  competitors: competitors.default([]),
  concerns: concerns.default([]),
})
/** Everything a deal is entered with. No splits: the owner has all of it. */
export const dealFields = plainFields.refine(stepHasDay, NEEDS_DAY).refine(dayHasStep, NEEDS_STEP)
export const dealUpdate = plainFields
  .extend({ id: entityId, version: recordVersion })
  .refine(stepHasDay, NEEDS_DAY)
  .refine(dayHasStep, NEEDS_STEP)
export type DealFields = z.infer<typeof dealFields>

/** What may be filled in while a deal is moved; what is left out stays. */
export const movedFacts = z.strictObject({
  needs: longText(2000).unwrap().optional(),
  decisionMaker: optionalText(80).unwrap().optional(),
  budget: fenPositive.optional(),
  amount: fenNotNegative.optional(),
  expectedDay: plainDay.optional(),
  nextStep: optionalText(200).unwrap().optional(),
  nextDay: plainDay.optional(),
  quotationSkip: optionalText(200).unwrap().optional(),
  noCompetitors: z.boolean().optional(),
  competitors: competitors.optional(),
  concerns: concerns.optional(),
})
export type MovedFacts = z.infer<typeof movedFacts>

const versioned = { id: entityId, version: recordVersion }
export const dealMove = z.strictObject({ ...versioned, stage: z.enum(OPEN_STAGES), facts: movedFacts.prefault({}) })
export const dealWin = z.strictObject({
  ...versioned,
  day: plainDay,
  amount: fenPositive,
  reason: z.enum(CLOSE_REASONS).nullable().default(null),
  note: longText(2000),
  facts: movedFacts.prefault({}),
})
export const dealLoss = z.strictObject({
  ...versioned,
  day: plainDay,
  reason: choice(CLOSE_REASONS),
  /** To whom it went, where that is known. */
  competitor: optionalText(80),
  note: longText(2000).refine((text) => text.length >= 2, { message: 'validation:required' }),
})
export const dealReopening = z.strictObject({ ...versioned, expectedDay: plainDay, note: shortText(200) })
export const dealVersion = z.strictObject(versioned)

export const dealFilters = z.strictObject({
  stage: z.enum(DEAL_STAGES).optional(),
  /** All open ones, or all that are over. */
  state: z.enum(['open', 'closed']).optional(),
  ownerId: entityId.optional(),
  customerId: entityId.optional(),
  /** The month it is expected in. */
  month: plainMonth.optional(),
  /** Open, and the expected day is past. */
  overdue: z.literal(true).optional(),
  reason: z.enum(CLOSE_REASONS).optional(),
  lostTo: z.string().max(80).optional(),
  closedFrom: plainDay.optional(),
  closedTo: plainDay.optional(),
})
export type DealFilters = z.infer<typeof dealFilters>

export const DEAL_SORTS = ['expectedDay', 'updatedAt', 'amount', 'name'] as const
export type DealSort = (typeof DEAL_SORTS)[number]

const count = z.number().int()
export const dealRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  stage: z.enum(DEAL_STAGES),
  stageSince: z.string(),
  daysInStage: count,
  probability: count,
  amount: count,
  /** Amount times probability, in fen. */
  weighted: count,
  expectedDay: z.string(),
  overdue: z.boolean(),
  nextStep: z.string(),
  nextDay: z.string().nullable(),
  closedDay: z.string().nullable(),
  closeReason: z.enum(CLOSE_REASONS).nullable(),
  updatedAt: count,
  version: count,
})
export type DealRow = z.infer<typeof dealRow>

const namedSplit = z.object({ userId: z.string(), userName: z.string(), share: count })
/** A change of stage, amount or day; the first one has no stage before it. */
export const dealMoveRow = z.object({
  id: z.string(),
  at: count,
  day: z.string(),
  userName: z.string(),
  fromStage: z.enum(DEAL_STAGES).nullable(),
  toStage: z.enum([...DEAL_STAGES, 'removed']),
  amount: count,
  expectedDay: z.string(),
})
export type DealMoveRow = z.infer<typeof dealMoveRow>

export const dealView = dealRow.extend({
  needs: z.string(),
  decisionMaker: z.string(),
  budget: count.nullable(),
  note: z.string(),
  quotationSkip: z.string(),
  noCompetitors: z.boolean(),
  quotations: count,
  closeNote: z.string(),
  /** The competitor that got it. */
  lostTo: z.string(),
  contractId: z.string().nullable(),
  splits: z.array(namedSplit),
  competitors: z.array(z.object({ name: z.string(), product: z.string(), price: count.nullable(), note: z.string() })),
  concerns: z.array(z.object({ topic: z.string(), answer: z.string(), status: z.enum(CONCERN_STATES) })),
  moves: z.array(dealMoveRow),
  /** Whether the caller may change it: who shares the credit of another's deal only reads. */
  editable: z.boolean(),
  createdAt: count,
})
export type DealView = z.infer<typeof dealView>

/** Facts that are missing, as a refusal names them. */
export const missingFactsData = z.object({ stage: z.enum(DEAL_STAGES), missing: z.array(z.enum(DEAL_FACTS)) })

export const forecastAsked = z.strictObject({
  months: z.number().int().min(1).max(24).default(6),
  ownerId: entityId.optional(),
})
export const forecastView = z.object({
  today: z.string(),
  /** `overdue`, months, `later`. */
  buckets: z.array(z.string()),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  cells: z.array(z.object({ bucket: z.string(), userId: z.string(), count, amount: count, weighted: count })),
  /** Credit for what was won this month. */
  won: z.array(z.object({ userId: z.string(), count, amount: count })),
  /** Targets of the contract amount; null where the caller may not see them. */
  targets: z.array(z.object({ month: z.string(), userId: z.string(), amount: count })).nullable(),
})
export type ForecastView = z.infer<typeof forecastView>

/** A deal behind a number: whose part, and how much of it. */
export const partRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  stage: z.enum([...DEAL_STAGES, 'removed']),
  expectedDay: z.string(),
  amount: count,
  probability: count,
  /** Basis points of the credit that are counted here; the whole where no person was asked for. */
  share: count,
  /** What of it is in the number. */
  part: count,
})
export type PartRow = z.infer<typeof partRow>

const tally = z.object({ count, amount: count })
export const movementAsked = z
  .strictObject({ from: plainDay, to: plainDay, ownerId: entityId.optional() })
  .refine((period) => period.from <= period.to, { path: ['to'], message: 'deals:errors.period' })
export const movementView = z.object({
  from: z.string(),
  to: z.string(),
  start: tally,
  end: tally,
  kinds: z.object({
    opened: tally,
    reopened: tally,
    up: tally,
    down: tally,
    won: tally,
    lost: tally,
    removed: tally,
    advanced: tally,
    back: tally,
    slipped: tally,
    pulled: tally,
  }),
})
export type MovementView = z.infer<typeof movementView>

export const lossesView = z.object({
  won: tally,
  lost: tally,
  reasons: z.array(z.object({ reason: z.enum(CLOSE_REASONS), count, amount: count })),
  /** To whom the deals went, the most often first. */
  competitors: z.array(z.object({ name: z.string(), count, amount: count })),
})
export type LossesView = z.infer<typeof lossesView>
