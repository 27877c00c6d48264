import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'

/** What can be imported; each is a module with an adapter. */
export const IMPORT_ENTITIES = ['customers', 'invoices', 'receivables'] as const
export type ImportEntity = (typeof IMPORT_ENTITIES)[number]

/** Why a file is not read. */
export const UNREADABLE = [
  'IMPORT_BAD_CSV',
  'IMPORT_BAD_ENCODING',
  'IMPORT_DAMAGED',
  'IMPORT_EMPTY',
  'IMPORT_EXTERNAL_LINKS',
  'IMPORT_FILE_TOO_LARGE',
  'IMPORT_MACROS',
  'IMPORT_NOT_A_TABLE',
  'IMPORT_OLD_FORMAT',
  'IMPORT_TOO_LARGE',
  'IMPORT_TOO_MANY_ROWS',
  'IMPORT_TOO_SLOW',
  'IMPORT_ZIP_BOMB',
] as const

export const MAX_COLUMNS = 200
/** Rows above the headings that a person may point at. */
export const HEAD_ROWS = 12

/** By column of the sheet: which field it is, or null for a column that is left out. */
export const columnMapping = z.array(z.string().max(40).nullable()).max(MAX_COLUMNS)

/** A row that names a record by its own key (code, credit code): overwrite it or leave it. */
export const ON_MATCH = ['update', 'skip'] as const
/** A row that is only like a record (name, phone): make another one or leave it out. */
export const ON_SIMILAR = ['skip', 'create'] as const

export const checkInput = z.strictObject({
  tableId: entityId,
  sheet: z.number().int().min(0).max(200),
  headRow: z
    .number()
    .int()
    .min(0)
    .max(HEAD_ROWS - 1),
  mapping: columnMapping,
  onMatch: z.enum(ON_MATCH),
  onSimilar: z.enum(ON_SIMILAR),
})
export type CheckInput = z.infer<typeof checkInput>

/** A file as it was read: what one needs to say which column is what. */
export const importTable = z.object({
  tableId: z.string(),
  fileName: z.string(),
  /** Of a CSV file; shown, since a wrong guess shows in the first rows. */
  encoding: z.string().nullable(),
  fields: z.array(z.object({ key: z.string(), title: z.string(), required: z.boolean(), names: z.array(z.string()) })),
  sheets: z.array(
    z.object({
      name: z.string(),
      rows: z.number().int(),
      columns: z.number().int(),
      /** The first rows, for choosing the headings and seeing what the columns hold. */
      top: z.array(z.array(z.string())),
      headRow: z.number().int(),
      mapping: columnMapping,
      /** The mapping is the one this person used for these headings before. */
      remembered: z.boolean(),
    }),
  ),
})
export type ImportTable = z.infer<typeof importTable>

export const ROW_STATES = ['create', 'update', 'same', 'skip', 'failed', 'joined'] as const

/** A record that a row is, or is like. Of one that the caller may not see, only the owner's name is told. */
export const rowMatch = z.object({
  /** `sure`: by a key of its own. */
  sure: z.boolean(),
  by: z.enum(['code', 'uscc', 'name', 'phone']),
  visible: z.boolean(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  code: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** An earlier row of the same file instead of a record. */
  row: z.number().int().nullable(),
})
export type RowMatch = z.infer<typeof rowMatch>

export const rowProblem = z.object({
  /** The field, null where no single one is to blame. */
  field: z.string().nullable(),
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type RowProblem = z.infer<typeof rowProblem>

/** What will become of one row; `row` is its number in the sheet, as the spreadsheet program shows it. */
export const plannedRow = z.object({
  row: z.number().int(),
  state: z.enum(ROW_STATES),
  title: z.string(),
  problems: z.array(rowProblem),
  match: rowMatch.nullable(),
  /** The row above that this one goes on with, as a further contact of the same customer. */
  joins: z.number().int().nullable(),
})
export type PlannedRow = z.infer<typeof plannedRow>

export const rowCounts = z.object({
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
})
export type RowCounts = z.infer<typeof rowCounts>

/** What a person decided for single rows, by row number, against the rule for all. */
export const rowChoices = z
  .record(z.string().regex(/^\d{1,7}$/), z.enum(['create', 'update', 'skip']))
  .refine((choices) => Object.keys(choices).length <= 5000, { message: 'validation:tooLong' })
export type RowChoices = z.infer<typeof rowChoices>

export const importRecord = rowCounts.extend({
  id: z.string(),
  entity: z.enum(IMPORT_ENTITIES),
  fileName: z.string(),
  at: z.number(),
  userName: z.string().nullable(),
  revertedAt: z.number().nullable(),
  version: z.number().int(),
})
export type ImportRecord = z.infer<typeof importRecord>

/** What taking an import back would do. */
export const revertView = z.object({
  /** Records as the import left them: they go back. */
  same: z.number().int(),
  /** Changed by somebody since. */
  changed: z.number().int(),
  /** Needed by contracts and such. */
  inUse: z.number().int(),
})
export type RevertView = z.infer<typeof revertView>
