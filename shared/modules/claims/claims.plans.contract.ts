import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { PLAN_SORTS, planFields, planFilters, planRow, planSigned, planView } from './claims.plans.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const job = z.object({ jobId: z.string() })
const drafting = refusals('CLAIM_CUSTOMERS', 'PLAN_SUM', 'PLAN_DEBT')

/** Repayment agreements: drafted, approved, printed, signed, kept or broken. */
export const claimsPlansContract = {
  list: query('claims.read')
    .input(pageInput({ sort: PLAN_SORTS, filters: planFilters }))
    .output(pageOutput(planRow)),
  summary: query('claims.read')
    .input(z.strictObject({ text: searchText, filters: planFilters }))
    .output(z.object({ count, principal: count, late: count })),
  get: query('claims.read')
    .input(z.strictObject({ id: entityId }))
    .output(planView),
  exportRows: command('claims.export', { audit: 'export' })
    .input(exportInput({ sort: PLAN_SORTS, filters: planFilters }))
    .output(job),
  /** What a customer owes on a day, with interest and costs: what a plan begins with. */
  start: query('claims.record')
    .input(z.strictObject({ customerId: entityId, day: plainDay }))
    .output(
      z.object({
        debts: z.array(
          z.object({
            instalmentId: z.string(),
            contractNumber: z.string(),
            label: z.string(),
            dueDay: z.string().nullable(),
            principal: count,
            interest: count,
            costs: count,
          }),
        ),
      }),
    ),
  create: command('claims.record').input(planFields).output(saved).errors(drafting),
  update: command('claims.record')
    .input(planFields.extend(versioned.shape))
    .output(saved)
    .errors({ ...drafting, ...refusals('PLAN_STATE') }),
  submit: command('claims.record')
    .input(versioned)
    .output(saved.extend({ approvalId: z.string() }))
    .errors(refusals('PLAN_STATE', 'PLAN_DEBT', 'APPROVAL_NOBODY')),
  /** As it is to be signed; a draft bears a mark. */
  print: query('claims.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ fileId: z.string(), url: z.string(), name: z.string() })),
  /** As it was signed, from the register. */
  file: query('claims.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ url: z.string(), name: z.string(), mime: z.string() })),
  /** Puts the debts off to its days, interrupts their limitation and fixes principal and interest. */
  sign: command('claims.record')
    .input(planSigned)
    .output(saved)
    .errors(refusals('PLAN_STATE', 'PLAN_DEBT', 'CLAIM_DAY')),
  /** A part was not paid in time: all of the rest is due from a day on. */
  callIn: command('claims.decide')
    .input(versioned.extend({ day: plainDay, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('PLAN_STATE', 'CLAIM_DAY')),
  void: command('claims.record')
    .input(versioned.extend({ reason: shortText(200) }))
    .output(saved)
    .errors(refusals('PLAN_STATE')),
}
