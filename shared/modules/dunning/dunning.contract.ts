import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { courtContract } from './dunning.court.contract.ts'
import { escalationsContract } from './dunning.escalations.contract.ts'
import { policySave, policyView } from './dunning.policy.schema.ts'
import { letterView, sendingFields } from './dunning.proof.schema.ts'
import { letterFilters, letterRow, previewRow } from './dunning.schema.ts'
import { workContract } from './dunning.work.contract.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })
const job = z.object({ jobId: z.string() })
const customerIds = z.array(entityId).min(1, 'validation:required').max(2000, 'validation:tooLong')

export const dunningContract = {
  ...workContract,
  escalations: escalationsContract,
  court: courtContract,
  policy: query('dunning.read').input(z.strictObject({})).output(policyView),
  /** A policy is succeeded, never edited: letters keep the version that they were made by. */
  savePolicy: command('dunning.policy')
    .input(policySave)
    .output(z.object({ version: z.number().int() }))
    .errors(refusals('DUNNING_POLICY_DAY')),
  /** Who gets which letter today, most at risk first; those without one say why. At most 2,000 letters at once. */
  preview: query('dunning.read')
    .input(z.strictObject({ text: searchText, customerIds: customerIds.optional() }))
    .output(
      z.object({
        rows: z.array(previewRow),
        totals: z.object({ letters: z.number().int(), principal: z.number().int(), interest: z.number().int() }),
      }),
    ),
  /** One letter as it would be printed, for the preview; nothing is kept. */
  previewLetter: query('dunning.read')
    .input(z.strictObject({ customerId: entityId, language: z.enum(LOCALES).optional() }))
    .output(z.object({ fileId: z.string(), url: z.string(), name: z.string() }))
    .errors(refusals('DUNNING_NOTHING')),
  /** Makes, numbers and keeps the letters of these customers; single PDFs and one merged PDF. Can be cancelled. */
  run: command('dunning.run')
    .input(z.strictObject({ customerIds, language: z.enum(LOCALES).optional() }))
    .output(job),
  list: query('dunning.read')
    .input(pageInput({ sort: ['day', 'number', 'principal'], filters: letterFilters }))
    .output(pageOutput(letterRow)),
  summary: query('dunning.read')
    .input(z.strictObject({ text: searchText, filters: letterFilters }))
    .output(z.object({ count: z.number().int(), principal: z.number().int(), interest: z.number().int() })),
  /** The letter as it was printed, from the register. */
  letterFile: query('dunning.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ url: z.string(), name: z.string(), mime: z.string() })),
  /** A letter with how it was sent and what that proves. */
  letter: query('dunning.read')
    .input(z.strictObject({ id: entityId }))
    .output(letterView),
  /** An unsent message with the letter attached, for the mail program; nothing is sent. */
  emailDraft: query('dunning.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ url: z.string(), name: z.string() }))
    .errors(refusals('DUNNING_VOID')),
  /** How a letter was sent; a demand that arrived interrupts the limitation period (诉讼时效规定 8). */
  recordSending: command('dunning.run')
    .input(z.strictObject({ letterId: entityId, fields: sendingFields }))
    .output(saved)
    .errors(refusals('DUNNING_SENT_DAY', 'DUNNING_VOID')),
  changeSending: command('dunning.run')
    .input(z.strictObject({ id: entityId, version: recordVersion, fields: sendingFields }))
    .output(saved)
    .errors(refusals('DUNNING_SENT_DAY', 'DUNNING_VOID')),
  voidSending: command('dunning.run')
    .input(z.strictObject({ id: entityId, version: recordVersion, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('DUNNING_VOID')),
  voidLetter: command('dunning.run')
    .input(z.strictObject({ id: entityId, version: recordVersion, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('DUNNING_VOID')),
  /** No letters for this customer until a day, with the reason on record. */
  exclude: command('dunning.run')
    .input(z.strictObject({ customerId: entityId, reason: shortText(200), untilDay: plainDay.nullable() }))
    .output(z.object({})),
  include: command('dunning.run')
    .input(z.strictObject({ customerId: entityId }))
    .output(z.object({})),
  exportRows: command('dunning.export', { audit: 'export' })
    .input(exportInput({ sort: ['day', 'number', 'principal'], filters: letterFilters }))
    .output(job),
}
