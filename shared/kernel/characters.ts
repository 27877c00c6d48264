/** Zero-width, bidirectional and tag characters, and letters that are drawn as nothing: none is typed on purpose. */
const INVISIBLE =
  '\\u00AD\\u061C\\u115F\\u1160\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF9-\\uFFFB\\u{E0001}\\u{E0020}-\\u{E007F}'
const ANY_INVISIBLE = new RegExp(`[${INVISIBLE}]`, 'u')
const EVERY_INVISIBLE = new RegExp(`[${INVISIBLE}]`, 'gu')

/** C0 and C1 control characters but tab, line feed and carriage return; line and paragraph separators. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029]/
const CONTROL_OR_BREAK = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/

/** True where a text holds a character nobody sees, or half a character. Variation selectors of rare Han are kept. */
export function hasInvisible(text: string): boolean {
  return ANY_INVISIBLE.test(text) || !text.isWellFormed()
}

/** The text without the characters nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(EVERY_INVISIBLE, '')
}

/** True where a text holds a control character; line breaks and tabs count only where they are not allowed. */
export function hasControl(text: string, options: { lines: boolean }): boolean {
  return (options.lines ? CONTROL : CONTROL_OR_BREAK).test(text)
}

/** How many characters a reader counts: 𠮷 is one. */
export function countCharacters(text: string): number {
  return [...text].length
}
