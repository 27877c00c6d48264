import type { ImportEntity, RowMatch, RowProblem } from '#shared/modules/imports/imports.schema.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { CallContext } from '#core/kernel/deps.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

export {
  cleanSheet,
  headingKey,
  mappedRows,
  sheetPage,
  sheetView,
  type KeptMappings,
  type OpenTable,
} from './imports.tables.ts'

/** The cells of one row by field; a field whose column is left out is not there. */
export type Cells = Readonly<Record<string, string>>

/** What a row would write, once its problems are settled. The engine only carries it about. */
export interface JudgedRow<Fields> {
  readonly problems: readonly RowProblem[]
  /** Null where there are problems. */
  readonly fields: Fields | null
  /** An update that would change nothing. */
  readonly same: boolean
  /** What is wrong with each of the rows that go on with it, by place; those without are fine. */
  readonly joined?: readonly (readonly RowProblem[])[]
}

/** A field that a column may be. */
export interface ImportField {
  readonly key: string
  readonly required: boolean
  /** Its heading in our own sheets: an i18n key, or of a field that the firm defined the heading itself. */
  readonly title: string
  /** Every heading it is known by, in all languages. */
  readonly names: readonly string[]
}

/** What another module gives so that its records can be imported. One session serves one check or one run. */
export interface ImportAdapter<Fields = unknown> {
  readonly entity: ImportEntity
  /** Who may, and how far: the scope of this action is handed to the session. */
  readonly permit: Action
  /** i18n key of what the sheet is called. */
  readonly title: string
  readonly fields: readonly ImportField[]
  /** Fields that the firm itself defined, with their titles in this language. */
  ownFields?(db: Reader, locale: Locale): Promise<readonly ImportField[]>
  session(db: Reader | Writer, ctx: CallContext, scope: Scope): Promise<ImportSession<Fields>>
  /** How records stand against what an import left: as it left them, changed since, or needed elsewhere. */
  standing(db: Reader | Writer, rows: readonly WrittenRow[]): Promise<('same' | 'changed' | 'inUse')[]>
  /** Takes one row back: what was made goes away, what was changed gets its former fields. */
  takeBack(uow: UnitOfWork, row: WrittenRow): Promise<void>
}

/** A row to be judged: over which record, and with which rows that go on with it. */
export interface GivenRow {
  readonly cells: Cells
  readonly over: string | null
  readonly joined: readonly Cells[]
}

export interface WrittenRow {
  readonly recordId: string
  readonly action: 'create' | 'update'
  /** The record's version when the import was done with it. */
  readonly version: number
  readonly before: unknown
}

export interface ImportSession<Fields = unknown> {
  /** What the row is called in lists. */
  titleOf(cells: Cells): string
  /** Keys by which rows of one file are the same: `sure` ones must not come twice, `similar` ones are asked about. */
  keysOf(cells: Cells): { readonly sure: readonly string[]; readonly similar: readonly string[] }
  /** Whether a row goes on with the rows right above it: another line of the same record. Not where left out. */
  joins?(rows: readonly Cells[], next: Cells): boolean
  /** The record that each row is or is like, the surest one; null for none. */
  match(rows: readonly Cells[]): Promise<(RowMatch | null)[]>
  /** Judges rows by the module's own schema and rules; `over` names the record that a row is to change. */
  judge(rows: readonly GivenRow[]): Promise<JudgedRow<Fields>[]>
  /** Writes a judged row with its audit; answers with what a way back needs. */
  write(uow: UnitOfWork, fields: Fields, over: string | null): Promise<WrittenRow>
}
