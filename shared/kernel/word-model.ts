import { withoutInvisible } from './characters.ts'

/** The parts of a Word file that fields are filled into. */
export const WORD_PARTS = ['body', 'header', 'footer', 'footnotes'] as const
export type WordPart = (typeof WORD_PARTS)[number]

/** Where a paragraph stands, as a reader looks for it; everything is counted from 1 within its part. */
export interface WordPlace {
  readonly part: WordPart
  readonly paragraph: number
  /** The table it stands in, with row and column; null outside of tables. */
  readonly cell: { readonly table: number; readonly row: number; readonly column: number } | null
}

/** A paragraph that holds a brace of either width. */
export interface WordLine {
  readonly place: WordPlace
  readonly text: string
}

/** A tag that cannot be filled where it stands. */
export interface WordMisplaced {
  /** What stands between its braces, without its mark; empty where it is not known. */
  readonly tag: string
  /** It would tear a table or a cell; otherwise it does not fit with the tags around it. */
  readonly torn: boolean
}

/** What was read of a Word file that is to be filled. */
export interface WordScan {
  readonly lines: readonly WordLine[]
  readonly misplaced: readonly WordMisplaced[]
}

/** What the tags of one level are filled with, by `tagName`; a list is gone through once for each of its scopes. */
export interface WordScope {
  readonly texts: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, readonly WordScope[]>>
}

/** A Word file and what is put into it. */
export interface WordFill {
  readonly bytes: Uint8Array
  readonly scope: WordScope
  /** Printed for an empty text: the line that is filled in by hand. */
  readonly blank: string
  /** A paragraph in front of everything else, or none. */
  readonly mark: string | null
}

/** More tags than any contract has; a file with more of them is refused. */
export const MAX_WORD_TAGS = 2000
/** Nor are passages of a contract set within each other so deep. */
export const MAX_WORD_DEPTH = 20

/**
 * How the name in a tag is compared: of half width, without spaces, in lower case. Word breaks a name with no-break
 * spaces, and a Chinese keyboard writes full-width letters and dots.
 */
export function tagName(text: string): string {
  return withoutInvisible(text).normalize('NFKC').replace(/\s/g, '').toLowerCase()
}

/** C0 controls but tab and line feed, DEL and C1, halves of characters, and the two that XML has no place for. */
const NOT_IN_WORD = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Surrogate}/gu

/** A value as it goes into a Word file: plain text, one kind of line break, nothing that XML cannot hold. */
export function fillText(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(NOT_IN_WORD, '')
}
