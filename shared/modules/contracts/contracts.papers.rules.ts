import type { PlainDay } from '#shared/kernel/dates.ts'

/** A file is kept for whole years after the one it was filed in, to the end of the last of them. */
export function retainUntil(archivedDay: PlainDay, years: number): PlainDay {
  return `${String(Number(archivedDay.slice(0, 4)) + years).padStart(4, '0')}-12-31` as PlainDay
}

/** Originals in the archive that are not lent out. */
export function copiesPresent(
  copies: number,
  loans: readonly { readonly copies: number; readonly returned: unknown }[],
): number {
  return copies - loans.reduce((out, loan) => out + (loan.returned === null ? loan.copies : 0), 0)
}

/** What is wanting before a signed contract is properly filed. */
export const FILING_GAPS = ['scan', 'pages', 'seal', 'archive'] as const
export type FilingGap = (typeof FILING_GAPS)[number]

/**
 * What a signed contract lacks: a scan; as many pages as what was signed has; a seal in the register; a place in the
 * archive. `signedPages` null: nobody knows how many pages were signed.
 */
export function filingGaps(papers: {
  readonly signedPages: number | null
  readonly scanPages: number | null
  readonly sealed: boolean
  readonly archived: boolean
}): FilingGap[] {
  const { signedPages, scanPages } = papers
  return [
    ...(scanPages === null ? (['scan'] as const) : []),
    ...(scanPages !== null && signedPages !== null && scanPages < signedPages ? (['pages'] as const) : []),
    ...(papers.sealed ? [] : (['seal'] as const)),
    ...(papers.archived ? [] : (['archive'] as const)),
  ]
}
