/** What a spreadsheet runs: the four signs, also full-width, and the breaks behind which some programs look for them. */
const RISKY = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n\0]/
const ESCAPED = /^'[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n\0']/

/**
 * Makes a text harmless as a spreadsheet cell: what a spreadsheet would run as a formula gets an apostrophe in front.
 * A text that already begins with an apostrophe and such a sign gets another, so that `unescapeCell` undoes it exactly.
 */
export function escapeCell(text: string): string {
  return RISKY.test(text) || ESCAPED.test(text) ? `'${text}` : text
}

/** Takes our own apostrophe off again on import. */
export function unescapeCell(text: string): string {
  return ESCAPED.test(text) ? text.slice(1) : text
}
