const RISKY = /^[=+\-@\t\r\0]/
const ESCAPED = /^'[=+\-@\t\r\0']/

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
