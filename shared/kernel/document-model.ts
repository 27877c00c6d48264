/**
 * A printed document as plain JSON: what is written, not how it is drawn. A module makes it from data and words; the
 * worker renders it. Every text is a plain string: nothing in it is ever taken for markup, a link or a file.
 */
export interface DocumentModel {
  readonly title: string
  readonly language: 'zh-CN' | 'zh-TW' | 'en'
  readonly landscape?: boolean
  /** Printed at the head of every page, right: the document's number. */
  readonly number: string
  /** At the head of every page, left: our firm. */
  readonly issuer: string
  /** At the foot of every page; `{page}` and `{pages}` are filled in. */
  readonly pageLabel: string
  /** At the foot, left; the audit anchor of a KPI sheet for instance. */
  readonly footNote?: string
  /** Grey across each page, as long as the document does not count. */
  readonly watermark?: string
  readonly blocks: readonly DocumentBlock[]
}

export type DocumentBlock =
  | { readonly kind: 'title'; readonly text: string; readonly subtitle?: string }
  /** Never the last line of a page. */
  | { readonly kind: 'heading'; readonly text: string }
  | ParagraphBlock
  /** Labels with their values, in one or two columns, read from left to right. */
  | { readonly kind: 'facts'; readonly columns: 1 | 2; readonly items: readonly { label: string; value: string }[] }
  | TableBlock
  /** Numbered where `ordered` is not false. */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ordered?: boolean }
  /** Never torn across pages, and never alone on one: the paragraph before it comes along. */
  | { readonly kind: 'signatures'; readonly parties: readonly SignatureParty[] }
  | { readonly kind: 'bilingual'; readonly rows: readonly BilingualRow[] }
  | ImageBlock
  | { readonly kind: 'space'; readonly points: number }
  /** A thin line across the page. */
  | { readonly kind: 'rule' }
  /** What follows starts on a new page. */
  | { readonly kind: 'page' }

/** The same in two languages, side by side; a long one goes on over the page. */
export interface BilingualRow {
  readonly left: string
  readonly right: string
  readonly bold?: boolean
  /** A heading: never the last line of a page. */
  readonly head?: boolean
}

export interface ParagraphBlock {
  readonly kind: 'paragraph'
  readonly runs: readonly TextRun[]
  /** Chinese: the first line is set in by two characters. Western: the whole paragraph is set in. */
  readonly indent?: boolean
  readonly align?: Align
  /** Small and grey: a remark. */
  readonly small?: boolean
}

export interface TextRun {
  readonly text: string
  readonly bold?: boolean
  /** Underlined and green, or struck through and red: what a redline shows. */
  readonly mark?: 'inserted' | 'removed'
}

export type Align = 'left' | 'right' | 'center'

export interface TableBlock {
  readonly kind: 'table'
  /** Widths in points, or `*` for an equal share of the rest. The head is repeated on every page. */
  readonly columns: readonly { readonly head: string; readonly width: number | '*'; readonly align?: Align }[]
  readonly rows: readonly (readonly string[])[]
  /** Bold rows under the table: sums. Empty texts after the first one are joined to it. */
  readonly sums?: readonly (readonly string[])[]
}

/** A picture the program itself made. */
export interface ImageBlock {
  readonly kind: 'image'
  /** `data:image/png;base64,…` or `data:image/jpeg;base64,…`; anything else is refused. */
  readonly data: string
  /** In points; the height follows. */
  readonly width: number
  readonly align?: Align
}

/** One side of the signature block; a side without any text leaves its place empty. */
export interface SignatureParty {
  readonly heading: string
  readonly name: string
  readonly lines: readonly string[]
  /** Words at the place of the seal. */
  readonly seal: string
}

/** Several documents in one file, each numbered from page 1 by itself, with its own head, foot and watermark. */
export interface DocumentBatch {
  readonly documents: readonly DocumentModel[]
}
