import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { ATTACHMENT_KINDS } from '#shared/modules/attachments/attachments.rules.ts'
import { authority } from './contracts.schema.ts'

const versioned = { id: entityId, version: recordVersion }
const count = z.number().int()
const copyCount = count.min(0).max(20)

/** Who holds how many of the copies; `holder` names a third one, such as a notary or an agent. */
export const heldCopies = z.strictObject({
  ours: copyCount,
  theirs: copyCount,
  elsewhere: copyCount,
  holder: optionalText(60),
})
export type HeldCopies = z.infer<typeof heldCopies>

/** All of a contract, or what the warehouse may see of it: no prices. */
export const PRINT_VARIANTS = ['full', 'warehouse'] as const
export type PrintVariant = (typeof PRINT_VARIANTS)[number]
/** To be looked at and printed, or to be changed in Word. */
export const PRINT_FORMATS = ['pdf', 'docx'] as const
export type PrintFormat = (typeof PRINT_FORMATS)[number]

/** What signing writes down. Whatever is left out stays as it was drafted; copies are then shared between the sides. */
export const contractSigning = z.strictObject({
  ...versioned,
  signDay: plainDay,
  ourSigner: shortText(40),
  theirSigner: shortText(40),
  ourPost: optionalText(40),
  theirPost: optionalText(40),
  ourAuthority: authority.optional(),
  theirAuthority: authority.optional(),
  signPlace: optionalText(80),
  copies: heldCopies.optional(),
})
export type ContractSigning = z.infer<typeof contractSigning>

const signer = z.object({ name: z.string(), post: z.string(), authority })

/** A file of the papers as it is kept; `sha256` is what its bytes gave when it was stored. */
export const paperFile = z.object({
  fileId: z.string(),
  name: z.string(),
  kind: z.enum(ATTACHMENT_KINDS),
  pages: count,
  size: count,
  sha256: z.string(),
})
export type PaperFile = z.infer<typeof paperFile>

export const signingView = z.object({
  ours: signer,
  theirs: signer,
  place: z.string(),
  copies: heldCopies,
  /** The PDF of what was signed; null where the contract was entered for the record, long after it was signed. */
  file: paperFile.nullable(),
  byName: z.string(),
  at: count,
})
export type SigningView = z.infer<typeof signingView>

export const SEALS = ['company', 'contract', 'finance', 'legalRepresentative', 'invoice', 'other'] as const
export type Seal = (typeof SEALS)[number]
export const SEALED_DOCUMENTS = ['contract', 'supplement', 'authority', 'annex', 'other'] as const

/** One use of a seal. */
export const sealFields = z.strictObject({
  seal: z.enum(SEALS),
  document: z.enum(SEALED_DOCUMENTS),
  documentName: optionalText(80),
  copies: count.min(1).max(100),
  pages: count.min(1).max(2000),
  askedBy: entityId,
  sealedBy: entityId,
  day: plainDay,
  purpose: shortText(200),
})
export type SealFields = z.infer<typeof sealFields>

export const SEAL_SORTS = ['day', 'number', 'recordedAt'] as const
export type SealSort = (typeof SEAL_SORTS)[number]
export const sealFilters = z.strictObject({
  seal: z.enum(SEALS).optional(),
  document: z.enum(SEALED_DOCUMENTS).optional(),
  state: z.enum(['valid', 'cancelled']).optional(),
  contractId: entityId.optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
})
export type SealFilters = z.infer<typeof sealFilters>

export const sealRow = z.object({
  id: z.string(),
  version: count,
  number: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  buyerName: z.string(),
  seal: z.enum(SEALS),
  document: z.enum(SEALED_DOCUMENTS),
  documentName: z.string(),
  copies: count,
  pages: count,
  askedByName: z.string(),
  sealedByName: z.string(),
  day: z.string(),
  purpose: z.string(),
  recordedByName: z.string(),
  recordedAt: count,
  cancelled: z.object({ at: count, byName: z.string(), reason: z.string() }).nullable(),
})
export type SealRow = z.infer<typeof sealRow>

/** Files of `files.upload`, in the order of the pages. */
export const scanNew = z.strictObject({
  id: entityId,
  files: z.array(z.string().min(1).max(60)).min(1).max(30),
  note: optionalText(200),
})

export const scanView = z.object({
  id: z.string(),
  no: count,
  pages: count,
  note: z.string(),
  files: z.array(paperFile),
  byName: z.string(),
  at: count,
  replacedAt: count.nullable(),
})
export type ScanView = z.infer<typeof scanView>

/** What a list of contracts can be narrowed to by their papers. */
export const PAPER_GAPS = ['noScan', 'noArchive', 'lent'] as const

/** Where the paper goes. `version`: that of the archive record, null for the first one. */
export const archiveFields = z.strictObject({
  cabinet: shortText(40),
  box: optionalText(40),
  placeNumber: optionalText(40),
  copies: count.min(1).max(20),
  day: plainDay,
  years: count.min(1).max(100),
  note: longText(500),
})
export type ArchiveFields = z.infer<typeof archiveFields>

export const loanFields = z.strictObject({
  id: entityId,
  copies: count.min(1).max(20),
  borrower: shortText(60),
  purpose: shortText(200),
  day: plainDay,
  dueDay: plainDay.nullable(),
})
export type LoanFields = z.infer<typeof loanFields>

export const loanView = z.object({
  id: z.string(),
  copies: count,
  borrower: z.string(),
  purpose: z.string(),
  day: z.string(),
  dueDay: z.string().nullable(),
  lentByName: z.string(),
  returned: z.object({ day: z.string(), byName: z.string(), note: z.string() }).nullable(),
})
export type LoanView = z.infer<typeof loanView>

export const archiveView = z.object({
  version: count,
  cabinet: z.string(),
  box: z.string(),
  placeNumber: z.string(),
  copies: count,
  /** Copies that are not lent out. */
  present: count,
  day: z.string(),
  byName: z.string(),
  years: count,
  yearsSource: z.string(),
  retainUntil: z.string(),
  note: z.string(),
  loans: z.array(loanView),
})
export type ArchiveView = z.infer<typeof archiveView>

/** Everything that a contract has on paper. */
export const papersView = z.object({
  signing: signingView.nullable(),
  /** The one in force first, then those that were replaced. */
  scans: z.array(scanView),
  archive: archiveView.nullable(),
  /** Uses of seals, the latest first. */
  seals: z.array(sealRow),
  /** How many years contracts are kept by the table of legal numbers, and where that stands. */
  retention: z.object({ years: count, source: z.string() }),
})
export type PapersView = z.infer<typeof papersView>
