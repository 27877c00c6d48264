import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import type { FieldIssue } from '#shared/kernel/app-error.ts'
import { isPlainDay, parseDay } from '#shared/kernel/dates.ts'
import { longText, optionalText } from '#shared/kernel/text.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { normaliseHeading } from '#shared/modules/imports/imports.rules.ts'
import {
  MAX_TEXT,
  type FieldInput,
  type FieldLabels,
  type FieldValue,
  type FieldValues,
  type FieldView,
  type GivenFields,
} from './customers.fields.schema.ts'

type Rule = Pick<FieldView, 'kind' | 'lines' | 'decimals' | 'unit' | 'options'>
type Problem = Omit<FieldIssue, 'path'>
type Judged = { readonly value: FieldValue | null } | { readonly problem: Problem }

/** The words of one language that a value is written and read with. */
export interface FieldWords {
  readonly locale: Locale
  readonly yes: string
  readonly no: string
  /** Further words for yes and no in other people's sheets. */
  readonly yesToo: readonly string[]
  readonly noToo: readonly string[]
}

/** Fifteen digits are what a number keeps exactly, in the file, in JSON and in a spreadsheet. */
const MOST_DIGITS = 10 ** 15

/** A label in this language, else the first there is. */
export function labelIn(labels: Readonly<Record<Locale, string>>, locale: Locale): string {
  return labels[locale] || (LOCALES.map((one) => labels[one]).find((text) => text !== '') ?? '')
}

const plainWord = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
const several = longText(MAX_TEXT)
const single = optionalText(MAX_TEXT)

/** A value as it is kept, or why it cannot be. An empty text is none. */
export function judgeValue(field: Rule, given: FieldValue | null): Judged {
  if (given === null || given === '') return { value: null }
  switch (field.kind) {
    case 'text':
      return judgeText(field, given)
    case 'number':
      return judgeNumber(field, given)
    case 'day':
      if (typeof given !== 'string') return wrong('validation:wrongType')
      return isPlainDay(given) ? { value: given } : wrong('validation:noSuchDay')
    case 'choice':
      if (typeof given !== 'string') return wrong('validation:wrongType')
      return field.options.some((option) => option.key === given && !option.retired)
        ? { value: given }
        : wrong('validation:notAChoice')
    case 'yesNo':
      return typeof given === 'boolean' ? { value: given } : wrong('validation:wrongType')
  }
}

const wrong = (key: string, params?: Problem['params']): Judged => ({ problem: params ? { key, params } : { key } })

function judgeText(field: Rule, given: FieldValue): Judged {
  if (typeof given !== 'string') return wrong('validation:wrongType')
  const text = given.replace(/\r\n?/g, '\n').trim()
  if (!field.lines && text.includes('\n')) return wrong('fields:errors.oneLine')
  const parsed = (field.lines ? several : single).safeParse(text)
  if (parsed.success) return { value: parsed.data === '' ? null : parsed.data }
  const [issue] = parsed.error.issues
  const { key, params } = issue ? issueFromZod(issue) : { key: 'validation:invalid', params: undefined }
  return wrong(key, params)
}

function judgeNumber(field: Rule, given: FieldValue): Judged {
  if (typeof given !== 'number' || !Number.isFinite(given)) return wrong('validation:notANumber')
  if (Math.abs(given) * 10 ** field.decimals >= MOST_DIGITS) return wrong('validation:tooLarge')
  if (Number(given.toFixed(field.decimals)) !== given)
    return field.decimals === 0
      ? wrong('fields:errors.whole')
      : wrong('fields:errors.decimals', { decimals: field.decimals })
  return { value: given === 0 ? 0 : given }
}

/**
 * The values of a file after a change, with what is wrong. What is left as it was is not
 * judged again: a field may have become stricter, or been retired, since it was filled. `complete` is whether required
 * fields must have a value; a sheet that does not mention them is no reason to refuse its other columns.
 */
export function judgeValues(
  fields: readonly (Rule & Pick<FieldView, 'key' | 'required' | 'retired'>)[],
  given: GivenFields,
  before: FieldValues,
  complete = true,
): { values: FieldValues; issues: FieldIssue[] } {
  const values: FieldValues = {}
  const issues: FieldIssue[] = []
  for (const field of fields) {
    const { key } = field
    const had = ownValue(before, key)
    const wanted = Object.hasOwn(given, key) ? (given[key] ?? null) : had
    const result = keepOrJudge(field, wanted, had)
    if ('problem' in result) {
      issues.push({ path: ['fields', key], ...result.problem })
      continue
    }
    if (result.value !== null) values[key] = result.value
    else if (field.required && !field.retired && complete)
      issues.push({ path: ['fields', key], key: 'validation:required' })
  }
  const known = new Set(fields.map((field) => field.key))
  for (const [key, value] of Object.entries(given)) {
    if (value !== null && !known.has(key)) issues.push({ path: ['fields', key], key: 'fields:errors.unknown' })
  }
  return { values: withoutNothing(values), issues }
}

function keepOrJudge(field: Rule & Pick<FieldView, 'retired'>, wanted: FieldValue | null, had: FieldValue | null) {
  if (wanted === had) return { value: had }
  return field.retired ? wrong('fields:errors.retired') : judgeValue(field, wanted)
}

/** Values as they are kept and compared: those that are there, by the alphabet of their keys. */
export function withoutNothing(values: GivenFields): FieldValues {
  const there = Object.entries(values).filter(([, value]) => value !== null)
  return Object.fromEntries(there.toSorted(([a], [b]) => (a < b ? -1 : 1))) as FieldValues
}

/** A value by its key; nothing that every object has by itself. */
export function ownValue(values: GivenFields, key: string): FieldValue | null {
  return Object.hasOwn(values, key) ? (values[key] ?? null) : null
}

/** A value as a cell of a sheet says it; `parseCell` reads it back, in whatever language it was written. */
export function formatCell(field: Rule, value: FieldValue | null, words: FieldWords): string {
  if (value === null) return ''
  if (field.kind === 'yesNo') return value === true ? words.yes : words.no
  if (field.kind !== 'choice') return String(value)
  const option = field.options.find((found) => found.key === value)
  return option ? labelIn(option.labels, words.locale) : String(value)
}

/** A value as a page shows it: numbers grouped, with the decimals of the field and its unit. */
export function formatShown(field: Rule, value: FieldValue | null, words: FieldWords): string {
  if (field.kind !== 'number' || typeof value !== 'number') return formatCell(field, value, words)
  const [whole = '', part = ''] = String(value).split('.')
  const shown = part.padEnd(field.decimals, '0')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return [shown === '' ? grouped : `${grouped}.${shown}`, field.unit].filter(Boolean).join(' ')
}

/** What a cell says as a value, or why it says none; words of every language given are understood. */
export function parseCell(field: Rule, cell: string, words: readonly FieldWords[]): Judged {
  const text = cell.replace(/\r\n?/g, '\n').trim()
  if (text === '') return { value: null }
  switch (field.kind) {
    case 'text':
      return judgeValue(field, text)
    case 'number': {
      const value = parseNumber(text, field.unit)
      return value === null ? wrong('validation:notANumber') : judgeValue(field, value)
    }
    case 'day':
      return judgeValue(field, parseDay(text) ?? text)
    case 'choice':
      return judgeValue(field, optionOf(field, text) ?? text)
    case 'yesNo': {
      const plain = plainWord(text)
      const among = (list: (of: FieldWords) => readonly string[]) =>
        words.some((of) => list(of).some((word) => plainWord(word) === plain))
      if (among((of) => [of.yes, ...of.yesToo])) return { value: true }
      return among((of) => [of.no, ...of.noToo]) ? { value: false } : wrong('validation:notAChoice')
    }
  }
}

/** Reads a number as people type it: grouped, full-width, with its unit behind it. Null where it is none. */
export function parseNumber(text: string, unit: string): number | null {
  const behind = plainWord(unit)
  const plain = plainWord(text).replaceAll(',', '')
  const bare = behind !== '' && plain.endsWith(behind) ? plain.slice(0, -behind.length) : plain
  if (!/^[+-]?(\d{1,16}(\.\d{0,12})?|\.\d{1,12})$/.test(bare)) return null
  return Number(bare)
}

/** The option that a word stands for: one still offered before one that is not, a label before a code name. */
function optionOf(field: Rule, text: string): string | null {
  const plain = plainWord(text)
  const named = (option: Rule['options'][number]) =>
    LOCALES.some((locale) => option.labels[locale] !== '' && plainWord(option.labels[locale]) === plain)
  const found =
    field.options.find((option) => !option.retired && named(option)) ??
    field.options.find((option) => !option.retired && option.key === plain) ??
    field.options.find(named)
  return found?.key ?? null
}

/** What a column for this field may be headed with. */
export function headingsOf(field: { readonly key: string; readonly labels: FieldLabels }): string[] {
  return [...LOCALES.map((locale) => field.labels[locale]).filter((text) => text !== ''), field.key]
}

/**
 * What is wrong with a definition: a choice without options, options that cannot be told apart, a label that another
 * column of the sheet goes by. `others` are the other fields in use, `titles` the headings of the file's own columns.
 */
export function judgeDefinition(
  field: FieldInput,
  others: readonly { readonly key: string; readonly labels: FieldLabels }[] = [],
  titles: readonly string[] = [],
): FieldIssue[] {
  const issues: FieldIssue[] = []
  if (field.kind === 'choice') issues.push(...judgeOptions(field.options))
  const taken = new Set([...titles, ...others.flatMap(headingsOf)].map(normaliseHeading))
  for (const locale of LOCALES) {
    const heading = normaliseHeading(field.labels[locale])
    if (field.labels[locale] !== '' && (heading === '' || taken.has(heading)))
      issues.push({ path: ['labels', locale], key: 'fields:errors.labelTaken' })
  }
  if (others.some((other) => other.key === field.key)) issues.push({ path: ['key'], key: 'fields:errors.keyTaken' })
  return issues
}

function judgeOptions(options: FieldInput['options']): FieldIssue[] {
  const issues: FieldIssue[] = []
  if (!options.some((option) => !option.retired)) issues.push({ path: ['options'], key: 'fields:errors.noOptions' })
  const keys = new Set<string>()
  const words = new Map<string, number>()
  options.forEach((option, i) => {
    if (keys.has(option.key)) issues.push({ path: ['options', i, 'key'], key: 'fields:errors.keyTaken' })
    keys.add(option.key)
    for (const locale of LOCALES) {
      const word = plainWord(option.labels[locale])
      if (word === '') continue
      const first = words.get(word)
      if (first !== undefined && first !== i)
        issues.push({ path: ['options', i, 'labels', locale], key: 'fields:errors.optionTaken' })
      else words.set(word, i)
    }
  })
  return issues
}

/** A code name that none of these has yet: `field_3`, `option_2`. */
export function freeKey(stem: string, taken: readonly string[]): string {
  let n = taken.length + 1
  while (taken.includes(`${stem}_${n}`)) n += 1
  return `${stem}_${n}`
}

/** The fields that a form asks for. */
export function fieldsInUse<F extends { readonly retired: boolean }>(fields: readonly F[]): F[] {
  return fields.filter((field) => !field.retired)
}
