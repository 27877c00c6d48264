import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  STATEMENT_SORTS,
  statementAnswered,
  statementCandidate,
  statementFilters,
  statementPeriod,
  statementRow,
  statementSent,
} from './claims.statements.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const job = z.object({ jobId: z.string() })
const language = z.enum(LOCALES).optional()

/** Statements of account: made in batches, sent, and answered by the other side. */
export const claimsStatementsContract = {
  list: query('claims.read')
    .input(pageInput({ sort: STATEMENT_SORTS, filters: statementFilters }))
    .output(pageOutput(statementRow)),
  summary: query('claims.read')
    .input(z.strictObject({ text: searchText, filters: statementFilters }))
    .output(z.object({ count, closing: count, unanswered: count })),
  get: query('claims.read')
    .input(z.strictObject({ id: entityId }))
    .output(statementRow),
  exportRows: command('claims.export', { audit: 'export' })
    .input(exportInput({ sort: STATEMENT_SORTS, filters: statementFilters }))
    .output(job),
  /** Customers that owe something as things stand, the most owed first; a statement itself is of any day. */
  candidates: query('claims.read')
    .input(
      z.strictObject({
        text: searchText,
        ownerId: entityId.optional(),
        cursor: z.string().max(600).nullish(),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(pageOutput(statementCandidate)),
  /** One as it would be printed; nothing is kept. */
  preview: query('claims.read')
    .input(z.strictObject({ customerId: entityId, period: statementPeriod, language }))
    .output(z.object({ fileId: z.string(), url: z.string(), name: z.string() })),
  /** Makes, numbers and keeps statements; single PDFs and one merged PDF. Can be cancelled. */
  run: command('claims.record')
    .input(
      z.strictObject({
        customerIds: z.array(entityId).min(1, 'validation:required').max(2000, 'validation:tooLong'),
        period: statementPeriod,
        language,
      }),
    )
    .output(job)
    .errors(refusals('CLAIM_DAY')),
  /** As it was printed, from the register. */
  file: query('claims.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ url: z.string(), name: z.string(), mime: z.string() })),
  markSent: command('claims.record').input(statementSent).output(saved).errors(refusals('STATEMENT_VOID', 'CLAIM_DAY')),
  /** What came back; a confirmed one interrupts the limitation of the debts in it. */
  answer: command('claims.record')
    .input(statementAnswered)
    .output(saved)
    .errors(refusals('STATEMENT_VOID', 'STATEMENT_ANSWERED', 'CLAIM_DAY')),
  void: command('claims.record')
    .input(z.strictObject({ id: entityId, version: recordVersion, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('STATEMENT_VOID')),
}
