import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { answerFields, noteFields, noteFilters, noteRow } from './market.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })
const job = z.object({ jobId: z.string() })
const versioned = z.strictObject({ id: entityId, version: recordVersion })

export const marketContract = {
  list: query('market.read')
    .input(pageInput({ sort: ['day', 'competitor'], filters: noteFilters }))
    .output(pageOutput(noteRow)),
  summary: query('market.read')
    .input(z.strictObject({ text: searchText, filters: noteFilters }))
    .output(z.object({ count: z.number().int(), open: z.number().int() })),
  get: query('market.read')
    .input(z.strictObject({ id: entityId }))
    .output(noteRow),
  /** Competitors and products that notes name already, the commonest first: what is offered while one types. */
  names: query('market.read')
    .input(z.strictObject({}))
    .output(z.object({ competitors: z.array(z.string()), products: z.array(z.string()) })),
  /** Who may answer: what a note can be addressed to. */
  readers: query('market.write')
    .input(z.strictObject({}))
    .output(z.array(z.object({ id: z.string(), name: z.string() }))),
  create: command('market.write').input(noteFields).output(saved).errors(refusals('MARKET_DAY')),
  /** Until it is answered. */
  update: command('market.write')
    .input(noteFields.extend({ id: entityId, version: recordVersion }))
    .output(saved)
    .errors(refusals('MARKET_DAY', 'MARKET_ANSWERED')),
  remove: command('market.write').input(versioned).output(z.object({})).errors(refusals('MARKET_ANSWERED')),
  /** Adopted or not, with a word why; by whomever it is addressed to, and never by its author. */
  answer: command('market.answer')
    .input(versioned.extend(answerFields.shape))
    .output(saved)
    .errors(refusals('MARKET_ANSWERED', 'MARKET_NOT_YOURS')),
  /** The month's notes as a PDF, by competitor. */
  digest: command('market.read', { audit: 'export' })
    .input(z.strictObject({ month: plainMonth, language: z.enum(LOCALES) }))
    .output(job)
    .errors(refusals('MARKET_EMPTY')),
  exportRows: command('market.read', { audit: 'export' })
    .input(exportInput({ sort: ['day', 'competitor'], filters: noteFilters }))
    .output(job),
}
