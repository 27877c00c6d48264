import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, optionalText, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  archiveFields,
  loanFields,
  papersView,
  scanNew,
  SEAL_SORTS,
  sealFields,
  sealFilters,
  sealRow,
} from './contracts.papers.schema.ts'

const one = z.strictObject({ id: entityId })
const ofPapers = z.strictObject({ id: entityId, fileId: entityId })
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })

/** What a contract has on paper. */
export const papersContract = {
  get: query('contracts.read').input(one).output(papersView),
  /** One of its files, kept for the caller for half an hour. */
  open: query('contracts.read')
    .input(ofPapers)
    .output(z.object({ fileId: z.string(), name: z.string() })),
  /** Computes the fingerprint of a file anew; `intact`: it is the one that was written down when the file was kept. */
  verify: query('contracts.read')
    .input(ofPapers)
    .output(z.object({ sha256: z.string(), intact: z.boolean() })),
  /** Keeps a scan of the signed paper, in place of the one before, which stays on record. */
  addScan: command('contracts.archive')
    .input(scanNew)
    .output(z.object({ id: z.string(), no: count, pages: count }))
    .errors(
      refusals(
        'CONTRACT_STATE',
        'CONTRACT_SCAN_TYPE',
        'CONTRACT_SCAN_PAGES',
        'ATTACHMENT_TYPE',
        'ATTACHMENT_TOO_LARGE',
        'ATTACHMENT_MACROS',
        'ATTACHMENT_DAMAGED',
      ),
    ),
  /** Files the paper, or moves it to another place. `id` is the contract's, `version` that of the place: -1 at first. */
  archive: command('contracts.archive')
    .input(archiveFields.extend({ id: entityId, version: count.min(-1) }))
    .output(saved)
    .errors(refusals('CONTRACT_STATE', 'CONTRACT_ARCHIVE_DAY', 'CONTRACT_ARCHIVE_LENT')),
  lend: command('contracts.archive')
    .input(loanFields)
    .output(z.object({ id: z.string() }))
    .errors(refusals('CONTRACT_ARCHIVE_NONE', 'CONTRACT_LOAN_DAY', 'CONTRACT_LOAN_COPIES')),
  takeBack: command('contracts.archive')
    .input(z.strictObject({ id: entityId, loanId: entityId, day: plainDay, note: optionalText(200) }))
    .output(z.object({ id: z.string() }))
    .errors(refusals('CONTRACT_LOAN_RETURNED', 'CONTRACT_LOAN_DAY')),
}

const filtered = z.strictObject({ text: searchText, filters: sealFilters })

/** The register of seals. */
export const sealsContract = {
  list: query('contracts.read')
    .input(pageInput({ sort: SEAL_SORTS, filters: sealFilters }))
    .output(pageOutput(sealRow)),
  /** Over the whole filtered set; copies of uses that were not cancelled. */
  summary: query('contracts.read')
    .input(filtered)
    .output(z.object({ count, copies: count })),
  /** Writes a use of a seal down; it is never changed afterwards. `id` is the contract's. */
  record: command('contracts.seal')
    .input(sealFields.extend({ id: entityId }))
    .output(saved.extend({ number: z.string() }))
    .errors(refusals('CONTRACT_STATE', 'CONTRACT_SEAL_DAY', 'CONTRACT_APPROVAL', 'APPROVAL_PENDING')),
  cancel: command('contracts.seal')
    .input(versioned.extend({ reason: shortText(200) }))
    .output(saved)
    .errors(refusals('CONTRACT_SEAL_CANCELLED')),
  exportRows: command('contracts.export', { audit: 'export' })
    .input(exportInput({ sort: SEAL_SORTS, filters: sealFilters }))
    .output(z.object({ jobId: z.string() })),
}
