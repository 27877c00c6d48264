import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, longText, optionalText, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { OUTCOMES } from '#shared/modules/approvals/approvals.rules.ts'
import { approvalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { contractSigning, PAPER_GAPS, PRINT_FORMATS, PRINT_VARIANTS } from './contracts.papers.schema.ts'
import { papersContract, sealsContract } from './contracts.papers.contract.ts'
import { contractLivesContract, supplementsContract } from './contracts.lives.contract.ts'
import {
  CONTRACT_STAGES,
  contractDraftFields,
  contractFields,
  contractRow,
  contractView,
  EVENT_KINDS,
  finding,
} from './contracts.schema.ts'

const versioned = { id: entityId, version: recordVersion }
const saved = z.object({ id: z.string(), version: z.number().int() })

export const contractFilters = z.strictObject({
  stage: z.enum(CONTRACT_STAGES).optional(),
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  signedFrom: plainDay.optional(),
  signedTo: plainDay.optional(),
  amountFrom: fenNotNegative.optional(),
  amountTo: fenNotNegative.optional(),
  /** Signed ones that lack a scan or a place in the archive, or of which originals are lent out. */
  papers: z.enum(PAPER_GAPS).optional(),
  /** Running ones whose term ends within so many natural days. */
  expiresWithin: z.number().int().min(0).max(3660).optional(),
  /** Drafts that wait to be signed for so many working days since they were handed in. */
  unsignedFor: z.number().int().min(0).max(365).optional(),
})

const filtered = z.strictObject({ text: searchText, filters: contractFilters })

export const CONTRACT_SORTS = ['updatedAt', 'number', 'signDay', 'endDay', 'amount', 'buyerName'] as const

export const contractsContract = {
  ...contractLivesContract,
  supplements: supplementsContract,
  list: query('contracts.read')
    .input(pageInput({ sort: CONTRACT_SORTS, filters: contractFilters }))
    .output(pageOutput(contractRow)),
  /** Over the whole filtered set; amounts in fen. */
  summary: query('contracts.read')
    .input(filtered)
    .output(
      z.object({
        count: z.number().int(),
        amount: z.number().int(),
        settled: z.number().int(),
        outstanding: z.number().int(),
      }),
    ),
  get: query('contracts.read')
    .input(z.strictObject({ id: entityId }))
    .output(contractView),
  /** Takes the next number; a draft is never deleted but made void, so that the numbers have no gaps. */
  create: command('contracts.create')
    .input(contractFields)
    .output(saved.extend({ number: z.string() })),
  update: command('contracts.update')
    .input(contractFields.extend(versioned))
    .output(saved)
    .errors(refusals('CONTRACT_STATE', 'APPROVAL_PENDING')),
  /** The same check that signing makes, for what is typed at the moment. */
  check: query('contracts.read').input(contractDraftFields).output(z.array(finding)),
  /**
   * What is typed at the moment, or the contract as stored, as PDF or for Word, whole or as the warehouse may see it; kept
   * for the caller for half an hour.
   */
  preview: query('contracts.read')
    .input(
      z.strictObject({
        id: entityId.nullable(),
        fields: contractDraftFields.nullable(),
        variant: z.enum(PRINT_VARIANTS).default('full'),
        format: z.enum(PRINT_FORMATS).default('pdf'),
      }),
    )
    .output(z.object({ fileId: z.string(), name: z.string() }))
    .errors(refusals('TEMPLATE_UNUSABLE')),
  /** How its approval stands, and whether it needs one before it is signed. */
  approval: query('contracts.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ needed: z.enum(['none', 'optional', 'binding']), status: approvalStatus.nullable() })),
  /** Asks for approval of the draft as stored; what its approvers see is frozen. */
  submit: command('contracts.submit')
    .input(z.strictObject({ ...versioned, reason: longText(1000) }))
    .output(z.object({ id: z.string(), approvalId: z.string(), outcome: z.enum(OUTCOMES) }))
    .errors({
      ...refusals('CONTRACT_STATE', 'APPROVAL_STATE', 'APPROVAL_NOBODY', 'APPROVAL_NO_WAY'),
      CONTRACT_INCOMPLETE: { status: 422, data: z.object({ findings: z.array(finding) }) },
      CONTRACT_REASON: { status: 422, data: z.object({ findings: z.array(finding) }) },
    }),
  papers: papersContract,
  seals: sealsContract,
  /** Freezes the contract, keeps what was signed as a PDF and makes its instalments receivable, in one unit of work. */
  sign: command('contracts.sign')
    .input(contractSigning)
    .output(saved)
    .errors({
      ...refusals('CONTRACT_STATE', 'CONTRACT_SIGN_DAY', 'CONTRACT_APPROVAL', 'APPROVAL_PENDING', 'CONTRACT_COPIES'),
      CONTRACT_INCOMPLETE: { status: 422, data: z.object({ findings: z.array(finding) }) },
    }),
  void: command('contracts.void')
    .input(z.strictObject({ ...versioned, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('CONTRACT_STATE', 'CONTRACT_HAS_RECEIPTS')),
  /** Records a day that starts payment terms, or corrects it; the instalments are dated anew. */
  recordEvent: command('contracts.update')
    .input(z.strictObject({ ...versioned, kind: z.enum(EVENT_KINDS), day: plainDay, note: optionalText(200) }))
    .output(saved)
    .errors(refusals('CONTRACT_STATE', 'CONTRACT_EVENT_DAY')),
  exportRows: command('contracts.export', { audit: 'export' })
    .input(exportInput({ sort: CONTRACT_SORTS, filters: contractFilters }))
    .output(z.object({ jobId: z.string() })),
}
