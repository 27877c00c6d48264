import { z } from 'zod'
import { countCharacters, hasControl, hasInvisible, withoutInvisible } from './characters.ts'

/** A missing value is required; a value of another kind is said to be one. */
export const kindError = (issue: { input?: unknown }): string =>
  issue.input === undefined || issue.input === null ? 'validation:required' : 'validation:wrongType'

const base = (max: number, options: { lines: boolean }) =>
  z
    .string({ error: kindError })
    // Hostile lengths are refused before anything walks over them.
    .refine((text) => text.length <= max * 4, { message: 'validation:tooLong', params: { max }, abort: true })
    .trim()
    .refine((text) => !hasControl(text, options), { message: 'validation:controlCharacters' })
    .refine((text) => !hasInvisible(text), { message: 'validation:invisibleCharacters' })
    .refine((text) => countCharacters(text) <= max, { message: 'validation:tooLong', params: { max } })

/** One line that must not be empty; `max` counts characters, so 𠮷 is one. */
export const shortText = (max: number) =>
  base(max, { lines: false }).refine((text) => text.length > 0, { message: 'validation:required' })

/** One line that may be empty. */
export const optionalText = (max: number) => base(max, { lines: false }).default('')

/** Several lines, may be empty. */
export const longText = (max: number) => base(max, { lines: true }).default('')

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

/**
 * Digits with +, -, spaces and an extension; full-width digits are taken as digits, brackets as spaces.
 * An extension may be written `x801`, `ext. 801`, `#801`, `,801` or behind the Chinese word for it (U+8F6C, U+8F49).
 */
export function normalisePhone(text: string): string {
  return withoutInvisible(text)
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[()\s]+/g, ' ')
    .replace(/ ?(?:ext\.?|x) ?(?=\d)/i, 'x')
    .replace(/ ?([#,\u8F6C\u8F49]) ?(?=\d)/, '$1')
    .trim()
}

export const phone = z
  .string('validation:required')
  .max(60, 'validation:tooLong')
  .transform(normalisePhone)
  .pipe(z.string().regex(/^\+?[0-9][0-9 -]{4,24}([x#,\u8F6C\u8F49][0-9]{1,6})?$/, 'validation:phone'))

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
