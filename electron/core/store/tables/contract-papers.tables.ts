import type { AttachmentKind } from '#shared/modules/attachments/attachments.rules.ts'

type Right = 'unknown' | 'legalRepresentative' | 'proxy'

/** How a contract was signed, and the PDF of what was signed; no PDF where it was entered only for the record. */
export interface ContractSigningsTable {
  contract_id: string
  our_signer: string
  our_post: string
  our_right: Right
  our_letter: string
  our_letter_to: string | null
  their_signer: string
  their_post: string
  their_right: Right
  their_letter: string
  their_letter_to: string | null
  place: string
  copies: number
  copies_ours: number
  copies_theirs: number
  copies_else: number
  held_else: string
  file_id: string | null
  file_name: string
  pages: number | null
  /** Of the PDF, hexadecimal. */
  sha256: string | null
  recorded_by: string
  recorded_at: number
}

/** A use of a seal; never changed, only cancelled. */
export interface ContractSealsTable {
  id: string
  version: number
  number: string
  contract_id: string
  seal: 'company' | 'contract' | 'finance' | 'legalRepresentative' | 'invoice' | 'other'
  document: 'contract' | 'supplement' | 'authority' | 'annex' | 'other'
  document_name: string
  copies: number
  pages: number
  asked_by: string
  sealed_by: string
  seal_day: string
  purpose: string
  search_text: string
  recorded_by: string
  recorded_at: number
  cancelled_at: number | null
  cancelled_by: string | null
  cancel_reason: string
}

/** A scan of the signed paper; one that was replaced stays. */
export interface ContractScansTable {
  id: string
  contract_id: string
  no: number
  pages: number
  note: string
  added_by: string
  added_at: number
  replaced_at: number | null
}

export interface ContractScanFilesTable {
  id: string
  scan_id: string
  seq: number
  file_id: string
  name: string
  kind: AttachmentKind
  size: number
  pages: number
  sha256: string
}

/** Where the paper lies, and until when it is kept. */
export interface ContractArchivesTable {
  contract_id: string
  version: number
  cabinet: string
  box: string
  place_number: string
  copies: number
  archived_day: string
  archived_by: string
  years: number
  years_source: string
  retain_until: string
  note: string
  updated_at: number
}

export interface ContractLoansTable {
  id: string
  contract_id: string
  copies: number
  borrower: string
  purpose: string
  lent_day: string
  due_day: string | null
  lent_by: string
  recorded_at: number
  returned_day: string | null
  returned_by: string | null
  return_note: string
}

export interface ContractPapersTables {
  contract_signings: ContractSigningsTable
  contract_seals: ContractSealsTable
  contract_scans: ContractScansTable
  contract_scan_files: ContractScanFilesTable
  contract_archives: ContractArchivesTable
  contract_loans: ContractLoansTable
}
