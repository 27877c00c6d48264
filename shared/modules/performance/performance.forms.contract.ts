import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  FORM_SORTS,
  formAnswer,
  formCandidate,
  formFilters,
  formRow,
  formsMake,
  formWithdrawal,
  MOST_FORMS,
} from './performance.forms.schema.ts'

const count = z.number().int()
const done = z.object({ id: z.string() })
const printed = z.object({ jobId: z.string() })

/** Customers rate by a short form, printed or mailed; whoever may enter a customer's rating asks for it. */
export const formsContract = {
  /** The person's customers, those he visited in the month first. */
  candidates: query('performance.targets')
    .input(z.strictObject({ month: plainMonth, userId: entityId, text: searchText }))
    .output(z.array(formCandidate)),
  /** Makes the forms, and of them one file to print and a mail draft for each who has an address. */
  make: command('performance.targets', { audit: 'export' })
    .input(formsMake)
    .output(printed.extend({ made: count }))
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE')),
  /** The same papers once more. */
  print: command('performance.targets', { audit: 'export' })
    .input(z.strictObject({ ids: z.array(entityId).min(1).max(MOST_FORMS, 'validation:tooLong') }))
    .output(printed)
    .errors(refusals('PERFORMANCE_FORM_CLOSED')),
  list: query('performance.targets')
    .input(pageInput({ sort: FORM_SORTS, filters: formFilters }))
    .output(pageOutput(formRow)),
  /** How many there are, and what share of those not withdrawn came back, in basis points. */
  summary: query('performance.targets')
    .input(z.strictObject({ text: searchText, filters: formFilters }))
    .output(z.object({ count, open: count, answered: count, returned: count.nullable() })),
  exportRows: command('performance.targets', { audit: 'export' })
    .input(exportInput({ sort: FORM_SORTS, filters: formFilters }))
    .output(printed),
  /** Writes down what came back: a customer's rating, bound to the form. */
  answer: command('performance.targets')
    .input(formAnswer)
    .output(done)
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE', 'PERFORMANCE_FORM_CLOSED')),
  withdraw: command('performance.targets')
    .input(formWithdrawal)
    .output(done)
    .errors(refusals('PERFORMANCE_OWN_FIGURE', 'PERFORMANCE_FORM_CLOSED')),
}
