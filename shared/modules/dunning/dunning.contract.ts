import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { dunningPolicy, letterFilters, letterRow, previewRow, sentFields } from './dunning.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })
const job = z.object({ jobId: z.string() })

export const dunningContract = {
  policy: query('dunning.read')
    .input(z.strictObject({}))
    .output(z.object({ policy: dunningPolicy, version: z.number().int() })),
  /** A policy is succeeded, never edited: letters keep the version that they were made by. */
  savePolicy: command('dunning.policy')
    .input(z.strictObject({ policy: dunningPolicy, version: recordVersion }))
    .output(z.object({ version: z.number().int() })),
  /** Who would get which letter today, most owed first; those without one say why. */
  preview: query('dunning.read')
    .input(z.strictObject({ text: searchText, minDays: z.number().int().min(1).max(3650).optional() }))
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
    .input(
      z.strictObject({
        customerIds: z.array(entityId).min(1, 'validation:required').max(2000, 'validation:tooLong'),
        language: z.enum(LOCALES).optional(),
      }),
    )
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
  markSent: command('dunning.run')
    .input(sentFields.extend({ id: entityId, version: recordVersion }))
    .output(saved)
    .errors(refusals('DUNNING_SENT_DAY', 'DUNNING_VOID')),
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
    .input(
      z.strictObject({
        format: z.enum(['xlsx', 'csv']),
        text: searchText,
        filters: letterFilters,
        sort: z.strictObject({ key: z.enum(['day', 'number', 'principal']), dir: z.enum(['asc', 'desc']) }),
      }),
    )
    .output(job),
}
