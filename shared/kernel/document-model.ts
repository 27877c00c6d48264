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
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly runs: readonly TextRun[]; readonly indent?: boolean; readonly align?: Align }
  | { readonly kind: 'facts'; readonly columns: 1 | 2; readonly items: readonly { label: string; value: string }[] }
  | TableBlock
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'signatures'; readonly parties: readonly SignatureParty[] }
  | { readonly kind: 'bilingual'; readonly rows: readonly { left: string; right: string; bold?: boolean }[] }
  | { readonly kind: 'space'; readonly points: number }
  /** Starts a new page; page numbers begin again at 1 where `restart` is set. */
  | { readonly kind: 'page' }

export interface TextRun {
  readonly text: string
  readonly bold?: boolean
}

export type Align = 'left' | 'right' | 'center'

export interface TableBlock {
  readonly kind: 'table'
  /** Widths in points, or `*` for an equal share of the rest. */
  readonly columns: readonly { readonly head: string; readonly width: number | '*'; readonly align?: Align }[]
  readonly rows: readonly (readonly string[])[]
  /** Bold rows under the table: sums. An empty text joins the cell to its left. */
  readonly sums?: readonly (readonly string[])[]
}

/** One side of the signature block; it is never torn across pages. */
export interface SignatureParty {
  readonly heading: string
  readonly name: string
  readonly lines: readonly string[]
  /** Words at the place of the seal. */
  readonly seal: string
}

/** Several documents in one file, each numbered from page 1 by itself. */
export interface DocumentBatch {
  readonly documents: readonly DocumentModel[]
}
