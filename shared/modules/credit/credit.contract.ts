import { z } from 'zod'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  CREDIT_MODES,
  CREDIT_SORTS,
  creditFilters,
  creditHoldInput,
  creditLimitInput,
  creditPolicy,
  creditRegistrationInput,
  creditReleaseInput,
  creditRow,
  creditVerdict,
  creditView,
} from './credit.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })

export const creditContract = {
  list: query('credit.read')
    .input(pageInput({ sort: CREDIT_SORTS, filters: creditFilters }))
    .output(pageOutput(creditRow)),
  summary: query('credit.read')
    .input(z.strictObject({ text: searchText, filters: creditFilters }))
    .output(z.object({ count, limit: count, held: count })),
  exportRows: command('credit.export', { audit: 'export' })
    .input(exportInput({ sort: CREDIT_SORTS, filters: creditFilters }))
    .output(z.object({ jobId: z.string() })),
  /** The card of one customer; null where nothing was ever set or counted. */
  get: query('credit.read')
    .input(z.strictObject({ customerId: entityId }))
    .output(creditView.nullable()),
  /** Whether a contract of so much may be drafted with a customer; fen. */
  check: query('credit.read')
    .input(z.strictObject({ customerId: entityId, amount: fenNotNegative }))
    .output(creditVerdict.extend({ mode: z.enum(CREDIT_MODES), blocked: z.boolean() })),
  /** Whether the goods of an order may leave, and what was released. */
  order: query('credit.read')
    .input(z.strictObject({ orderId: entityId }))
    .output(
      creditVerdict.extend({
        /** A delivery would be refused. */
        stops: z.boolean(),
        release: z.object({ untilDay: z.string(), reason: z.string(), byName: z.string() }).nullable(),
      }),
    ),
  /** Counts the score anew from what is on record. */
  score: command('credit.set')
    .input(z.strictObject({ customerId: entityId }))
    .output(saved),
  /** At once up to the firm's amount, above it once a second person has approved it. */
  setLimit: command('credit.set')
    .input(creditLimitInput)
    .output(saved.extend({ approvalId: z.string().nullable() }))
    .errors(refusals('CREDIT_ASKED', 'CREDIT_VALID_TO', 'APPROVAL_NOBODY')),
  setHold: command('credit.set').input(creditHoldInput).output(saved).errors(refusals('CREDIT_HOLD')),
  setRegistration: command('credit.set')
    .input(creditRegistrationInput)
    .output(saved)
    .errors(refusals('CREDIT_CARD_DAY')),
  /** Lets the goods of one order leave in spite of the check, until a day. */
  release: command('credit.override')
    .input(creditReleaseInput)
    .output(z.object({ id: z.string() }))
    .errors(refusals('CREDIT_CARD_DAY', 'CREDIT_CLEAR')),
  policy: {
    read: query('credit.read')
      .input(z.strictObject({}))
      .output(z.object({ value: creditPolicy, version: count })),
    save: command('credit.policy')
      .input(z.strictObject({ value: creditPolicy, version: recordVersion }))
      .output(z.object({ version: count })),
  },
}
