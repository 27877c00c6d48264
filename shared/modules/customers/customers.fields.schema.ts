import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { entityId, optionalText, recordVersion } from '#shared/kernel/text.ts'

/** What a field of the firm's own holds. */
export const FIELD_KINDS = ['text', 'number', 'day', 'choice', 'yesNo'] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

export const MAX_FIELDS = 60
export const MAX_OPTIONS = 100
export const MAX_DECIMALS = 6
export const MAX_TEXT = 500

/** The code name of a field or option; it never changes. `constructor` is a name that every object has already. */
export const fieldKey = z
  .string('validation:required')
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'fields:errors.key')
  .refine((key) => key !== 'constructor', { message: 'fields:errors.key' })

const label = optionalText(30)
/** Words in up to three languages; a language without any shows the first that has. */
export const fieldLabels = z
  .strictObject({ 'zh-CN': label, 'zh-TW': label, 'en': label })
  .refine((labels) => LOCALES.some((locale) => labels[locale] !== ''), {
    path: ['zh-CN'],
    message: 'validation:required',
  })
export type FieldLabels = z.infer<typeof fieldLabels>

export const fieldOption = z.strictObject({
  key: fieldKey,
  labels: fieldLabels,
  /** No longer offered; customers that have it keep it. */
  retired: z.boolean().default(false),
})
export type FieldOption = z.infer<typeof fieldOption>

/** What may be changed of a field once it is there. */
export const fieldChange = z.strictObject({
  labels: fieldLabels,
  help: optionalText(200),
  required: z.boolean().default(false),
  inList: z.boolean().default(false),
  /** Of a text: whether it may have several lines. */
  lines: z.boolean().default(false),
  /** Of a number. */
  decimals: z.number().int().min(0).max(MAX_DECIMALS).default(0),
  unit: optionalText(12),
  /** Of a choice, in the order they are offered. */
  options: z.array(fieldOption).max(MAX_OPTIONS, 'validation:tooLong').default([]),
})
export const fieldDefinition = fieldChange.extend({ key: fieldKey, kind: z.enum(FIELD_KINDS) })
export type FieldInput = z.infer<typeof fieldDefinition>

export const fieldView = z.object({
  id: z.string(),
  key: z.string(),
  kind: z.enum(FIELD_KINDS),
  labels: z.object({ 'zh-CN': z.string(), 'zh-TW': z.string(), 'en': z.string() }),
  help: z.string(),
  required: z.boolean(),
  inList: z.boolean(),
  lines: z.boolean(),
  decimals: z.number().int(),
  unit: z.string(),
  options: z.array(z.object({ key: z.string(), labels: z.record(z.enum(LOCALES), z.string()), retired: z.boolean() })),
  /** Not asked for any more; what customers have of it is kept. */
  retired: z.boolean(),
  version: z.number().int(),
})
export type FieldView = z.infer<typeof fieldView>

/** Nothing is null, never an empty text. A choice is the key of its option, a day `YYYY-MM-DD`. */
export const fieldValue = z.union([z.string().max(MAX_TEXT * 4, 'validation:tooLong'), z.number(), z.boolean()])
export type FieldValue = z.infer<typeof fieldValue>
/** Values by the field's key, as they are kept: a field without a value is not there. */
export type FieldValues = Record<string, FieldValue>

/** Values as they are given: a key that is not there leaves what is there, null takes it away. */
export const givenFields = z
  .record(fieldKey, fieldValue.nullable())
  .refine((values) => Object.keys(values).length <= MAX_FIELDS * 4, { message: 'validation:invalid' })
  .default({})
export type GivenFields = Record<string, FieldValue | null>

const range = <Bound extends z.ZodType>(bound: Bound) =>
  z.strictObject({ from: bound.optional(), to: bound.optional() })

/** Which rows of a list: the option that a choice has, yes or no, a span of numbers or of days, both ends included. */
export const fieldFilters = z
  .record(fieldKey, z.union([fieldKey, z.boolean(), range(z.number()), range(plainDay)]))
  .refine((filters) => Object.keys(filters).length <= 10, { message: 'validation:invalid' })
export type FieldFilters = z.infer<typeof fieldFilters>

export const fieldVersion = z.strictObject({ id: entityId, version: recordVersion })
