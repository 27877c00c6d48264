import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fen } from '#shared/kernel/money.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { SOURCES } from './customers.schema.ts'

export const CAMPAIGN_KINDS = ['exhibition', 'campaign', 'other'] as const

const fields = z.strictObject({
  name: shortText(60),
  kind: z.enum(CAMPAIGN_KINDS).default('exhibition'),
  fromDay: plainDay,
  toDay: plainDay,
  place: optionalText(60),
  /** Fen. */
  cost: fen.default(0 as never),
  note: optionalText(500),
})
const inOrder = (one: { fromDay: string; toDay: string }) => one.toDay >= one.fromDay
const order = { path: ['toDay'], message: 'validation:invalid' }
export const campaignFields = fields.refine(inOrder, order)
export type CampaignFields = z.infer<typeof campaignFields>

export const campaignRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(CAMPAIGN_KINDS),
  fromDay: z.string(),
  toDay: z.string(),
  place: z.string(),
  cost: z.number().int(),
  note: z.string(),
  version: z.number().int(),
})
export type CampaignRow = z.infer<typeof campaignRow>

/** What came of a source or a campaign: files made in the period, and what they have become by now. */
const figures = z.object({
  customers: z.number().int(),
  won: z.number().int(),
  rejected: z.number().int(),
  /** Signed with them until today, fen. */
  amount: z.number().int(),
})
export const sourceFigures = z.object({
  sources: z.array(figures.extend({ source: z.enum(SOURCES) })),
  campaigns: z.array(figures.extend({ id: z.string(), name: z.string(), cost: z.number().int() })),
})
export type SourceFigures = z.infer<typeof sourceFigures>

const saved = z.object({ id: z.string(), version: z.number().int() })

export const campaignsContract = {
  /** All of them, the latest first; a firm has a few each year. */
  list: query('customers.read').input(z.strictObject({})).output(z.array(campaignRow)),
  create: command('customers.rules').input(campaignFields).output(saved).errors(refusals('CAMPAIGN_NAME')),
  update: command('customers.rules')
    .input(fields.extend({ id: entityId, version: recordVersion }).refine(inOrder, order))
    .output(saved)
    .errors(refusals('CAMPAIGN_NAME')),
  remove: command('customers.rules')
    .input(z.strictObject({ id: entityId, version: recordVersion }))
    .output(z.object({}))
    .errors(refusals('CAMPAIGN_IN_USE')),
  /** By source and by campaign, of files made from one day to another (both included), within the scope. */
  figures: query('customers.read')
    .input(z.strictObject({ from: plainDay, to: plainDay }))
    .output(sourceFigures),
}
