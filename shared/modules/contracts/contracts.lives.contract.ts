import { z } from 'zod'
import { entityId, recordVersion, shortText } from '#shared/kernel/text.ts'
import { OUTCOMES } from '#shared/modules/approvals/approvals.rules.ts'
import { approvalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  contractEnding,
  contractVersion,
  redlineAsk,
  redlinePair,
  supplementFields,
  supplementRow,
  supplementSigning,
  supplementView,
} from './contracts.lives.schema.ts'
import { PRINT_FORMATS } from './contracts.papers.schema.ts'
import { finding } from './contracts.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })
const paper = z.object({ fileId: z.string(), name: z.string() })
const approvalState = z.object({
  needed: z.enum(['none', 'optional', 'binding']),
  status: approvalStatus.nullable(),
})
const one = z.strictObject({ id: entityId })
const formatted = { format: z.enum(PRINT_FORMATS).default('pdf') }
const versioned = { id: entityId, version: recordVersion }

/** What becomes of a contract in time: its versions, and its end. */
export const contractLivesContract = {
  /** What was kept of a contract, the newest first. */
  versions: query('contracts.read').input(one).output(z.array(contractVersion)),
  redline: query('contracts.read').input(redlineAsk).output(redlinePair),
  redlineFile: query('contracts.read').input(redlineAsk.extend(formatted)).output(paper),
  /** Ends a signed contract before everything in it was done. */
  end: command('contracts.void')
    .input(contractEnding)
    .output(saved)
    .errors(refusals('CONTRACT_STATE', 'CONTRACT_END_DAY', 'CONTRACT_END_FULFILLED', 'CONTRACT_END_SUPPLEMENT')),
}

/** Changes in writing to signed contracts. */
export const supplementsContract = {
  /** Those of one contract, the newest first. */
  list: query('contracts.read')
    .input(z.strictObject({ contractId: entityId }))
    .output(z.array(supplementRow)),
  get: query('contracts.read').input(one).output(supplementView),
  /** What a new one starts from: the contract in force, with what was paid held fast. */
  start: query('contracts.read')
    .input(z.strictObject({ contractId: entityId }))
    .output(supplementView),
  create: command('contracts.update')
    .input(supplementFields.extend({ contractId: entityId }))
    .output(saved.extend({ number: z.string() }))
    .errors(refusals('CONTRACT_STATE', 'CONTRACT_SUPPLEMENT_OPEN')),
  /** Writes the draft against what is in force now. */
  update: command('contracts.update')
    .input(supplementFields.extend(versioned))
    .output(saved)
    .errors(refusals('CONTRACT_SUPPLEMENT_STATE', 'APPROVAL_PENDING')),
  /** The contract, its sums, its payment clause and what is receivable follow in one unit of work. */
  sign: command('contracts.sign')
    .input(supplementSigning)
    .output(saved)
    .errors({
      ...refusals(
        'CONTRACT_STATE',
        'CONTRACT_SUPPLEMENT_STATE',
        'CONTRACT_SUPPLEMENT_DAY',
        'CONTRACT_SUPPLEMENT_BASE',
        'CONTRACT_SUPPLEMENT_NOTHING',
        'CONTRACT_SUPPLEMENT_APPROVAL',
        'APPROVAL_PENDING',
      ),
      CONTRACT_INCOMPLETE: { status: 422, data: z.object({ findings: z.array(finding) }) },
      CONTRACT_SUPPLEMENT_BELOW_RECEIVED: { status: 409, data: z.object({ received: z.string() }) },
      CONTRACT_SUPPLEMENT_PAID: {
        status: 409,
        data: z.object({ no: z.number().int(), label: z.string(), amount: z.string() }),
      },
    }),
  void: command('contracts.update')
    .input(z.strictObject({ ...versioned, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('CONTRACT_SUPPLEMENT_STATE')),
  preview: query('contracts.read').input(one.extend(formatted)).output(paper),
  /** How its approval stands, and whether it needs one before it is signed. */
  approval: query('contracts.read').input(one).output(approvalState),
  /** Asks for approval of the draft as stored; what its approvers see is frozen. */
  submit: command('contracts.submit')
    .input(z.strictObject(versioned))
    .output(z.object({ id: z.string(), approvalId: z.string(), outcome: z.enum(OUTCOMES) }))
    .errors({
      ...refusals(
        'CONTRACT_SUPPLEMENT_STATE',
        'CONTRACT_SUPPLEMENT_NOTHING',
        'APPROVAL_STATE',
        'APPROVAL_NO_WAY',
        'APPROVAL_NOBODY',
        'APPROVAL_NOT_YOURS',
      ),
      CONTRACT_INCOMPLETE: { status: 422, data: z.object({ findings: z.array(finding) }) },
    }),
}
