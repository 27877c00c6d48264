import { z } from 'zod'

/** Stages that a deal passes while it is worked on, in their order. */
export const OPEN_STAGES = ['open', 'qualified', 'proposal', 'negotiation', 'agreed'] as const
export type OpenStage = (typeof OPEN_STAGES)[number]
export const CLOSED_STAGES = ['won', 'lost'] as const
export type ClosedStage = (typeof CLOSED_STAGES)[number]
export const DEAL_STAGES = [...OPEN_STAGES, ...CLOSED_STAGES] as const
export type DealStage = (typeof DEAL_STAGES)[number]

/** What may be asked to be known before a deal enters a stage. */
export const DEAL_FACTS = [
  'needs',
  'decisionMaker',
  'budget',
  'amount',
  'expectedDay',
  'nextStep',
  'quotation',
  'competitors',
  'concerns',
] as const
export type DealFact = (typeof DEAL_FACTS)[number]

/** Why a deal was lost; for a deal that was won, what decided it. */
export const CLOSE_REASONS = [
  'price',
  'relation',
  'delivery',
  'function',
  'payment',
  'noBudget',
  'competitor',
  'other',
] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]

const stageRule = z.strictObject({
  /** Basis points that a deal has by default when it enters. */
  probability: z
    .number()
    .int('validation:notANumber')
    .min(0, 'validation:negative')
    .max(10_000, 'deals:errors.percent'),
  facts: z.array(z.enum(DEAL_FACTS)).max(DEAL_FACTS.length),
})

/** The firm's stages: what each is worth in the forecast, and what must be known to enter it. */
export const dealPolicy = z.strictObject({
  open: stageRule,
  qualified: stageRule,
  proposal: stageRule,
  negotiation: stageRule,
  agreed: stageRule,
})
export type DealPolicy = z.infer<typeof dealPolicy>

export const DEFAULT_DEAL_POLICY: DealPolicy = {
  open: { probability: 1000, facts: [] },
  qualified: { probability: 3000, facts: ['needs', 'decisionMaker'] },
  proposal: { probability: 5000, facts: ['amount', 'expectedDay'] },
  negotiation: { probability: 7000, facts: ['quotation'] },
  agreed: { probability: 9000, facts: ['competitors', 'concerns'] },
}

export function isOpenStage(stage: DealStage): stage is OpenStage {
  return (OPEN_STAGES as readonly string[]).includes(stage)
}
