import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { lawRow } from '#shared/modules/contracts/contracts.law.schema.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  DISPUTE_SORTS,
  disputeFields,
  disputeFilters,
  disputeResolved,
  disputeRow,
  REQUEST_SORTS,
  requestFields,
  requestFilters,
  requestRow,
  requestView,
} from './claims.decisions.schema.ts'
import {
  costFields,
  interestItem,
  itemVoid,
  pauseFields,
  rateRow,
  sheetOf,
  sheetView,
  termsChoice,
  termsView,
} from './claims.interest.schema.ts'
import {
  LIMITATION_SORTS,
  limitationEventChange,
  limitationEventFields,
  limitationEventRow,
  limitationFilters,
  limitationRow,
  limitationView,
} from './claims.limitation.schema.ts'
import { claimsPlansContract } from './claims.plans.contract.ts'
import { claimsPolicy } from './claims.schema.ts'
import { claimsStatementsContract } from './claims.statements.contract.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const job = z.object({ jobId: z.string() })
const one = z.strictObject({ id: entityId })
const takenBack = z.strictObject({ id: entityId, version: recordVersion, reason: shortText(200) })
const filtered = <F extends z.ZodType>(filters: F) => z.strictObject({ text: searchText, filters })

export const claimsContract = {
  /** How interest and limitation are counted where no person has chosen for a contract. */
  policy: {
    read: query('claims.read')
      .input(z.strictObject({}))
      .output(z.object({ value: claimsPolicy, version: count })),
    save: command('claims.policy')
      .input(z.strictObject({ value: claimsPolicy, version: recordVersion }))
      .output(z.object({ version: count })),
    /** The published rates in force over time, and until when somebody has looked for a newer one. */
    rates: query('claims.read')
      .input(z.strictObject({}))
      .output(z.object({ rows: z.array(rateRow), through: z.string(), stale: z.boolean() })),
    /** Writes down a published rate, or only that nothing has changed until a day. */
    checkRates: command('claims.policy')
      .input(z.strictObject({ rate: lawRow.omit({ key: true }).nullable(), through: plainDay }))
      .output(z.object({ version: count }))
      .errors(refusals('CLAIM_RATES_DAY')),
  },

  interest: {
    terms: query('claims.read')
      .input(z.strictObject({ contractId: entityId }))
      .output(termsView),
    choose: command('claims.decide')
      .input(termsChoice)
      .output(z.object({ version: count })),
    /** Interest in segments as of a day, by debt. */
    sheet: query('claims.read')
      .input(z.strictObject({ target: sheetOf, asOf: plainDay }))
      .output(sheetView),
    /** The sheet as PDF; nothing is kept. */
    print: query('claims.read')
      .input(z.strictObject({ target: sheetOf, asOf: plainDay, language: z.enum(LOCALES).optional() }))
      .output(z.object({ fileId: z.string(), url: z.string(), name: z.string() }))
      .errors(refusals('CLAIM_NOTHING')),
    /** What was written down of one debt: pauses and costs. */
    items: query('claims.read')
      .input(z.strictObject({ instalmentId: entityId }))
      .output(z.array(interestItem)),
    addPause: command('claims.record')
      .input(pauseFields)
      .output(z.object({ ids: z.array(z.string()) })),
    addCost: command('claims.record')
      .input(costFields)
      .output(z.object({ id: z.string() }))
      .errors(refusals('CLAIM_DAY')),
    voidItem: command('claims.record')
      .input(itemVoid)
      .output(z.object({ id: z.string() }))
      .errors(refusals('CLAIM_VOID')),
  },

  limitation: {
    list: query('claims.read')
      .input(pageInput({ sort: LIMITATION_SORTS, filters: limitationFilters }))
      .output(pageOutput(limitationRow)),
    /** Over the whole filtered set; fen. */
    summary: query('claims.read')
      .input(filtered(limitationFilters))
      .output(z.object({ count, outstanding: count, expired: count, soon: count })),
    exportRows: command('claims.export', { audit: 'export' })
      .input(exportInput({ sort: LIMITATION_SORTS, filters: limitationFilters }))
      .output(job),
    /** The clock of one debt with the events it was counted from, or of all debts of a contract. */
    clock: query('claims.read')
      .input(z.strictObject({ instalmentId: entityId }))
      .output(z.object({ row: limitationRow, clock: limitationView, events: z.array(limitationEventRow) })),
    /** What was written down about debts of one customer, latest first. */
    events: query('claims.read')
      .input(
        z.strictObject({
          customerId: entityId,
          cursor: z.string().max(600).nullish(),
          limit: z.number().int().min(1).max(200),
        }),
      )
      .output(pageOutput(limitationEventRow)),
    record: command('claims.record')
      .input(limitationEventFields)
      .output(saved)
      .errors(refusals('CLAIM_DAY', 'CLAIM_CUSTOMERS')),
    change: command('claims.record')
      .input(limitationEventChange)
      .output(saved)
      .errors(refusals('CLAIM_DAY', 'CLAIM_VOID', 'CLAIM_FOLLOWS')),
    void: command('claims.record').input(takenBack).output(saved).errors(refusals('CLAIM_VOID', 'CLAIM_FOLLOWS')),
  },

  disputes: {
    list: query('claims.read')
      .input(pageInput({ sort: DISPUTE_SORTS, filters: disputeFilters }))
      .output(pageOutput(disputeRow)),
    summary: query('claims.read')
      .input(filtered(disputeFilters))
      .output(z.object({ count, amount: count, open: count })),
    get: query('claims.read').input(one).output(disputeRow),
    exportRows: command('claims.export', { audit: 'export' })
      .input(exportInput({ sort: DISPUTE_SORTS, filters: disputeFilters }))
      .output(job),
    open: command('claims.record')
      .input(disputeFields)
      .output(saved)
      .errors(refusals('DISPUTE_OPEN', 'DISPUTE_AMOUNT', 'CLAIM_DAY')),
    resolve: command('claims.record')
      .input(disputeResolved)
      .output(saved)
      .errors(refusals('DISPUTE_RESOLVED', 'CLAIM_DAY')),
  },

  /** Writing off, putting off, waiving interest: asked by one, decided by another. */
  requests: {
    list: query('claims.read')
      .input(pageInput({ sort: REQUEST_SORTS, filters: requestFilters }))
      .output(pageOutput(requestRow)),
    summary: query('claims.read')
      .input(filtered(requestFilters))
      .output(z.object({ count, amount: count, asked: count })),
    get: query('claims.read').input(one).output(requestView),
    exportRows: command('claims.export', { audit: 'export' })
      .input(exportInput({ sort: REQUEST_SORTS, filters: requestFilters }))
      .output(job),
    ask: command('claims.record')
      .input(requestFields)
      .output(z.object({ id: z.string(), version: count, approvalId: z.string() }))
      .errors(refusals('CLAIM_CUSTOMERS', 'CLAIM_AMOUNT', 'CLAIM_DAY', 'CLAIM_ASKED', 'APPROVAL_NOBODY')),
    /** Hands in once more, as it is to be now, what came back. */
    again: command('claims.record')
      .input(z.strictObject({ id: entityId, version: recordVersion, fields: requestFields }))
      .output(z.object({ id: z.string(), version: count, approvalId: z.string() }))
      .errors(
        refusals('CLAIM_CUSTOMERS', 'CLAIM_AMOUNT', 'CLAIM_DAY', 'CLAIM_ASKED', 'CLAIM_STATE', 'APPROVAL_NOBODY'),
      ),
    /** Takes a write-off back: what was written off is owed again. */
    reverse: command('claims.decide').input(takenBack).output(saved).errors(refusals('CLAIM_STATE')),
  },

  statements: claimsStatementsContract,
  plans: claimsPlansContract,
}
