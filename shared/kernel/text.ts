import { z } from 'zod'

/** Control characters (C0, C1), zero-width and bidirectional controls: nothing a person types on purpose. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u
const CONTROL_OR_BREAK = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/u
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/u
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

const base = (max: number, control: RegExp) =>
  z
    .string('validation:required')
    .max(max * 4, 'validation:tooLong')
    .trim()
    .refine((text) => !control.test(text), { message: 'validation:controlCharacters' })
    .refine((text) => !INVISIBLE.test(text) && !LONE_SURROGATE.test(text), { message: 'validation:invisibleCharacters' })
    .refine((text) => [...text].length <= max, { message: 'validation:tooLong', params: { max } })

/** One line that must not be empty; `max` counts characters, so 𠮷 is one. */
export const shortText = (max: number) =>
  base(max, CONTROL_OR_BREAK).refine((text) => text.length > 0, { message: 'validation:required' })

/** One line that may be empty. */
export const optionalText = (max: number) => base(max, CONTROL_OR_BREAK).default('')

/** Several lines, may be empty. */
export const longText = (max: number) => base(max, CONTROL).default('')

/** Full-width to half-width, upper case, no spaces: how codes and numbers are compared and kept. */
export function normaliseCode(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

/** A code of letters, digits, dash, slash, dot or underscore. */
export const code = (max: number) =>
  z
    .string('validation:required')
    .max(max * 2, 'validation:tooLong')
    .transform(normaliseCode)
    .pipe(
      z
        .string()
        .min(1, 'validation:required')
        .max(max, 'validation:tooLong')
        .regex(/^[A-Z0-9\-/._]+$/, 'validation:code'),
    )

/** Digits with +, -, spaces and an extension; full-width digits are taken as digits. */
export function normalisePhone(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[()（）\s]+/g, ' ')
    .replace(/[‐‑–—－]/g, '-')
    .trim()
}

export const phone = z
  .string('validation:required')
  .max(60, 'validation:tooLong')
  .transform(normalisePhone)
  .pipe(z.string().regex(/^\+?[0-9][0-9 -]{4,24}([x#\u8F6C,][0-9]{1,6})?$/, 'validation:phone'))

export const email = z
  .string('validation:required')
  .max(120, 'validation:tooLong')
  .transform((text) => text.normalize('NFKC').trim())
  .pipe(z.email('validation:email'))

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The id of a record. */
export const entityId = z.string('validation:required').max(36, 'validation:id').regex(UUID, 'validation:id')

/** What is typed into a search field. */
export const searchText = z.string().max(100, 'validation:tooLong').optional()

/** The version that a change was made against. */
export const recordVersion = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
