import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  DEAL_SORTS,
  dealFields,
  dealFilters,
  dealLoss,
  dealMove,
  dealReopening,
  dealRow,
  dealUpdate,
  dealVersion,
  dealView,
  dealWin,
  forecastAsked,
  forecastView,
  lossesView,
  missingFactsData,
  movementAsked,
  movementView,
  partRow,
} from './deals.schema.ts'
import { MOVEMENTS } from './deals.forecast.rules.ts'
import { dealPolicy, OPEN_STAGES } from './deals.stages.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const selection = { text: searchText, filters: dealFilters }
const facts = { DEAL_FACTS: { status: 409, data: missingFactsData } }

export const dealsContract = {
  list: query('deals.read')
    .input(pageInput({ sort: DEAL_SORTS, filters: dealFilters }))
    .output(pageOutput(dealRow)),
  /** Over the whole selection, in fen. */
  summary: query('deals.read')
    .input(z.strictObject(selection))
    .output(z.object({ count, amount: count, weighted: count, overdue: count })),
  /** The open columns of the board with their sums, all of them, in the order of the stages. */
  board: query('deals.read')
    .input(z.strictObject(selection))
    .output(z.array(z.object({ stage: z.enum(OPEN_STAGES), count, amount: count, weighted: count }))),
  get: query('deals.read')
    .input(z.strictObject({ id: entityId }))
    .output(dealView),
  create: command('deals.write')
    .input(dealFields)
    .output(saved.extend({ number: z.string() })),
  update: command('deals.write').input(dealUpdate).output(saved).errors(refusals('DEAL_CLOSED')),
  /** To another open stage, with whatever of the asked facts is filled in on the way. */
  move: command('deals.write')
    .input(dealMove)
    .output(saved)
    .errors({ ...refusals('DEAL_CLOSED'), ...facts }),
  win: command('deals.write')
    .input(dealWin)
    .output(saved)
    .errors({ ...refusals('DEAL_CLOSED', 'DEAL_DAY'), ...facts }),
  lose: command('deals.write').input(dealLoss).output(saved).errors(refusals('DEAL_CLOSED', 'DEAL_DAY')),
  /** Back to the stage in which it was before it was won or lost. */
  reopen: command('deals.write').input(dealReopening).output(saved).errors(refusals('DEAL_OPEN')),
  remove: command('deals.remove').input(dealVersion).output(z.object({})),
  /** Weighted by probability and shared by credit, over months and people; in fen. */
  forecast: query('deals.read').input(forecastAsked).output(forecastView),
  /** The very parts that a number of the forecast adds up. No person: everybody's. */
  forecastRows: query('deals.read')
    .input(forecastAsked.extend({ bucket: z.string().max(10), userId: entityId.nullable() }))
    .output(z.array(partRow)),
  /** How the open pipeline came from what it was to what it is: start and changes give the end. */
  movement: query('deals.read').input(movementAsked).output(movementView),
  movementRows: query('deals.read')
    .input(movementAsked.safeExtend({ kind: z.enum(['start', 'end', ...MOVEMENTS]) }))
    .output(z.array(partRow)),
  /** What was won and lost in a period, and why. */
  losses: query('deals.read').input(movementAsked).output(lossesView),
  exportRows: command('deals.export', { audit: 'export' })
    .input(exportInput({ sort: DEAL_SORTS, filters: dealFilters }))
    .output(z.object({ jobId: z.string() })),
  policy: {
    read: query('deals.read')
      .input(z.strictObject({}))
      .output(z.object({ value: dealPolicy, version: count })),
    save: command('customers.rules')
      .input(z.strictObject({ value: dealPolicy, version: recordVersion }))
      .output(z.object({ version: count })),
  },
}
