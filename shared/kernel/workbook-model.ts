/** A workbook as plain JSON; the worker writes it. Formulas come only from our own code, never from data. */
export interface WorkbookModel {
  readonly creator: string
  /** UTC ms that the file says it was made; given, so that the same data gives the same file. */
  readonly createdAt: number
  readonly sheets: readonly SheetModel[]
}

export interface SheetModel {
  readonly name: string
  readonly columns: readonly { readonly width: number }[]
  readonly rows: readonly RowModel[]
  /** Rows that stay in sight and are printed on every page. */
  readonly frozenRows?: number
  readonly frozenColumns?: number
  readonly landscape?: boolean
  /** `A1:H40`; the used range when absent. */
  readonly printArea?: string
  readonly header?: string
  readonly footer?: string
  /** Locks every cell but those marked `unlocked`. */
  readonly protect?: boolean
  readonly autoFilter?: string
  readonly bars?: readonly { readonly range: string; readonly color: string }[]
  readonly names?: readonly { readonly name: string; readonly range: string }[]
}

export interface RowModel {
  readonly height?: number
  readonly cells: readonly (CellModel | null)[]
}

export type CellStyle = 'title' | 'head' | 'text' | 'label' | 'number' | 'total' | 'note' | 'input' | 'wrap'
export type CellFormat = 'yuan' | 'count' | 'percent' | 'score' | 'day' | 'text'

export interface CellModel {
  /** Text, number, an amount in fen (`yuan` format), a rate in basis points (`percent`), or a day. */
  readonly value: string | number | null
  /** Without the `=`; `value` is then what the program itself calculated and is stored beside it. */
  readonly formula?: string
  readonly format?: CellFormat
  readonly style?: CellStyle
  readonly unlocked?: boolean
  /** How many columns this cell covers. */
  readonly span?: number
}
