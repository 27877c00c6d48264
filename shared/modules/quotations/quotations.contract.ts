import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, longText, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  agreedTerms,
  contractDraftAnswer,
  dealBasis,
  QUOTATION_SORTS,
  quotationFields,
  quotationFilters,
  quotationRow,
  quotationView,
} from './quotations.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const filtered = z.strictObject({ text: searchText, filters: quotationFilters })
/** The step is not possible where the quotation stands. */
const state = refusals('QUOTATION_STATE')

export const quotationsContract = {
  list: query('deals.read')
    .input(pageInput({ sort: QUOTATION_SORTS, filters: quotationFilters }))
    .output(pageOutput(quotationRow)),
  /** Over the whole filtered set; the amount in fen, of the newest versions. */
  summary: query('deals.read')
    .input(filtered)
    .output(z.object({ count, amount: count })),
  /** With all of its versions. */
  get: query('deals.read')
    .input(z.strictObject({ id: entityId }))
    .output(quotationView),
  /** What a form about a deal starts from. */
  basis: query('deals.read')
    .input(z.strictObject({ dealId: entityId }))
    .output(dealBasis),
  create: command('deals.write')
    .input(quotationFields.extend({ dealId: entityId }))
    .output(saved.extend({ number: z.string() })),
  /** The newest version, as long as it is a draft. */
  update: command('deals.write').input(quotationFields.extend(versioned.shape)).output(saved).errors(state),
  /** A new draft version from the newest one, which stays as it is. */
  revise: command('deals.write').input(versioned).output(saved).errors(state),
  /** Freezes the newest version; below the floor price with a reason, and perhaps only once somebody releases it. */
  send: command('deals.write')
    .input(versioned.extend({ reason: longText(500) }))
    .output(saved.extend({ state: z.enum(['sent', 'awaiting']) }))
    .errors({ ...state, ...refusals('QUOTATION_REASON', 'QUOTATION_VALIDITY', 'QUOTATION_RATE') }),
  /** Lets out what waits, or gives it back; by somebody who answers for others and did not submit it. */
  release: command('deals.write')
    .input(versioned.extend({ decision: z.enum(['release', 'return']), note: longText(500) }))
    .output(saved)
    .errors({ ...state, ...refusals('QUOTATION_OWN_RELEASE', 'QUOTATION_VALIDITY') }),
  /** What the customer said, or that it is taken back. */
  close: command('deals.write')
    .input(
      versioned.extend({
        outcome: z.enum(['accepted', 'rejected', 'withdrawn']),
        day: plainDay,
        note: longText(500),
      }),
    )
    .output(saved)
    .errors({ ...state, ...refusals('QUOTATION_EXPIRED', 'QUOTATION_CLOSE_DAY') }),
  /** A version as PDF, or what is typed at the moment for a deal; kept for the caller for half an hour. */
  preview: query('deals.read')
    .input(
      z.union([
        z.strictObject({ id: entityId, no: z.number().int().min(1).max(10_000), language: z.enum(LOCALES).nullable() }),
        z.strictObject({ dealId: entityId, fields: quotationFields }),
      ]),
    )
    .output(z.object({ fileId: z.string(), name: z.string() })),
  /** Everything that was agreed about a deal. */
  agreed: query('deals.read')
    .input(z.strictObject({ dealId: entityId }))
    .output(agreedTerms),
  /** A contract draft from what was agreed, or from a version that is not accepted yet and the minutes. */
  contractDraft: query('deals.read')
    .input(
      z.strictObject({
        dealId: entityId,
        quotation: z.strictObject({ id: entityId, no: z.number().int().min(1).max(10_000) }).nullable(),
      }),
    )
    .output(contractDraftAnswer),
  exportRows: command('deals.export', { audit: 'export' })
    .input(exportInput({ sort: QUOTATION_SORTS, filters: quotationFilters }))
    .output(z.object({ jobId: z.string() })),
}
