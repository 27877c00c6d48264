import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  CONTACT_SORTS,
  contactFields,
  contactFilters,
  contactRow,
  PROMISE_SORTS,
  promiseFilters,
  promiseRow,
} from './dunning.contacts.schema.ts'
import {
  caseSettings,
  caseView,
  leaveOutFields,
  WORK_SORTS,
  workFilters,
  workListRow,
  workSums,
} from './dunning.worklist.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const job = z.object({ jobId: z.string() })
const withReason = z.strictObject({ id: entityId, version: recordVersion, reason: shortText(200) })

/** The day's work: the ranked list, one customer's case, calls and visits, promises. */
export const workContract = {
  /** One row a customer; broken promises first, then what is due today, by the amount at risk. */
  work: query('dunning.read')
    .input(pageInput({ sort: WORK_SORTS, filters: workFilters }))
    .output(pageOutput(workListRow)),
  workSummary: query('dunning.read')
    .input(z.strictObject({ text: searchText, filters: workFilters }))
    .output(workSums),
  workExport: command('dunning.export', { audit: 'export' })
    .input(exportInput({ sort: WORK_SORTS, filters: workFilters }))
    .output(job),
  /** Everything about one customer's debts, and the one thing to do next. */
  case: query('dunning.read')
    .input(z.strictObject({ customerId: entityId }))
    .output(caseView),
  /** Trust, language and a note; the version is null the first time. */
  saveCase: command('dunning.run')
    .input(caseSettings)
    .output(z.object({ version: count })),
  /** One payment is left out of dunning until a day, with the reason on record. */
  leaveOut: command('dunning.run').input(leaveOutFields).output(z.object({})).errors(refusals('DUNNING_NOTHING')),
  takeIn: command('dunning.run')
    .input(z.strictObject({ instalmentId: entityId }))
    .output(z.object({})),
  /** Writes down a call or a visit, with the promise that was made. */
  logContact: command('dunning.run')
    .input(contactFields)
    .output(saved)
    .errors(refusals('DUNNING_CONTACT_DAY', 'DUNNING_NOT_OWED')),
  /** It was written down wrongly; with it goes the promise that it brought. */
  voidContact: command('dunning.run').input(withReason).output(saved).errors(refusals('DUNNING_VOID')),
  contacts: query('dunning.read')
    .input(pageInput({ sort: CONTACT_SORTS, filters: contactFilters }))
    .output(pageOutput(contactRow)),
  contactsSummary: query('dunning.read')
    .input(z.strictObject({ text: searchText, filters: contactFilters }))
    .output(z.object({ count })),
  contactsExport: command('dunning.export', { audit: 'export' })
    .input(exportInput({ sort: CONTACT_SORTS, filters: contactFilters }))
    .output(job),
  /** Kept, partly kept or broken: judged by the money that came in, never typed. */
  promises: query('dunning.read')
    .input(pageInput({ sort: PROMISE_SORTS, filters: promiseFilters }))
    .output(pageOutput(promiseRow)),
  promisesSummary: query('dunning.read')
    .input(z.strictObject({ text: searchText, filters: promiseFilters }))
    .output(z.object({ count, amount: count, paid: count })),
  promisesExport: command('dunning.export', { audit: 'export' })
    .input(exportInput({ sort: PROMISE_SORTS, filters: promiseFilters }))
    .output(job),
  /** Taken back by agreement: neither kept nor broken. */
  withdrawPromise: command('dunning.run').input(withReason).output(saved).errors(refusals('DUNNING_PROMISE_STATE')),
}
