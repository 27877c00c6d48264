/** A workbook as plain JSON; the worker writes it. Formulas come only from our own code, never from data. */
export interface WorkbookModel {
  readonly creator: string
  /** UTC ms that the file says it was made; given, so that the same data gives the same file. */
  readonly createdAt: number
  readonly sheets: readonly SheetModel[]
}

export interface SheetModel {
  readonly name: string
  /** `format` is that of the column's plain values. */
  readonly columns: readonly { readonly width: number; readonly format?: CellFormat }[]
  readonly rows: readonly RowModel[]
  /** Rows that stay in sight and are printed on every page. */
  readonly frozenRows?: number
  readonly frozenColumns?: number
  readonly landscape?: boolean
  /** `A1:H40`; the used range when absent. */
  readonly printArea?: string
  /** In Excel's own notation, `&L…&C…&R&P / &N`; an `&` of a text must be written `&&`. */
  readonly header?: string
  readonly footer?: string
  /** Locks every cell but those marked `unlocked`. There is no password: it prevents slips, not intent. */
  readonly protect?: boolean
  readonly autoFilter?: string
  /** Bars in the cells, as long as their numbers; `color` is ARGB, `FF2F6FDE`. */
  readonly bars?: readonly { readonly range: string; readonly color: string }[]
  /** Cells that look different when a formula of ours, written for the range's first cell, is true. */
  readonly highlights?: readonly { readonly range: string; readonly formula: string; readonly tone: CellTone }[]
  /** Cells that offer a list to choose from; together at most 255 characters, without commas. */
  readonly choices?: readonly { readonly range: string; readonly values: readonly string[] }[]
  readonly names?: readonly { readonly name: string; readonly range: string }[]
  /** PNG pictures that the program itself made, base64; `at` is the cell of the upper left corner. */
  readonly images?: readonly {
    readonly png: string
    readonly at: string
    readonly width: number
    readonly height: number
  }[]
}

export interface RowModel {
  readonly height?: number
  /** A plain value looks as its column does: a long list of them takes a fraction of the memory. Null: no cell. */
  readonly cells: readonly (CellModel | string | number | null)[]
}

/** A plain value as the cell that its column, with such a format, makes of it. */
export function cellOf(cell: CellModel | string | number, format?: CellFormat): CellModel {
  if (typeof cell === 'object') return cell
  return { value: cell, style: typeof cell === 'number' ? 'number' : 'text', ...(format ? { format } : {}) }
}

export type CellStyle = 'title' | 'head' | 'text' | 'label' | 'number' | 'total' | 'note' | 'input' | 'wrap'
export type CellTone = 'good' | 'warning' | 'bad'
export type CellFormat = 'yuan' | 'count' | 'number' | 'percent' | 'score' | 'day' | 'text'

export interface CellModel {
  /** Text, number, an amount in fen (`yuan`), hundredths (`score`), a rate in basis points (`percent`), or a day. */
  readonly value: string | number | null
  /** Without the `=`; `value` is then what the program itself calculated and is stored beside it. */
  readonly formula?: string
  readonly format?: CellFormat
  readonly style?: CellStyle
  readonly tone?: CellTone
  readonly align?: 'left' | 'center' | 'right'
  readonly unlocked?: boolean
  /** How many columns this cell covers. */
  readonly span?: number
  /** How many rows this cell covers. */
  readonly rowSpan?: number
}
