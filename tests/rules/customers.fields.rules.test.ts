import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeCell, unescapeCell } from '#shared/kernel/csv-safe.ts'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import {
  formatCell,
  formatShown,
  freeKey,
  judgeDefinition,
  judgeValue,
  judgeValues,
  labelIn,
  parseCell,
  withoutNothing,
} from '#shared/modules/customers/customers.fields.rules.ts'
import {
  FIELD_KINDS,
  fieldDefinition,
  fieldKey,
  type FieldInput,
  type FieldKind,
  type FieldValue,
  type FieldView,
} from '#shared/modules/customers/customers.fields.schema.ts'
import { fieldColumn, fromFieldCells, toFieldCell } from '#shared/modules/customers/customers.fields.sheet.ts'
import { everyFieldWords } from '#shared/modules/customers/customers.fields.words.ts'

const WORDS = everyFieldWords()
const [CN, , EN] = WORDS as [(typeof WORDS)[0], (typeof WORDS)[0], (typeof WORDS)[0]]

const labels = (cn: string, en = '') => ({ 'zh-CN': cn, 'zh-TW': '', en })
const OPTIONS = [
  { key: 'cash', labels: labels('现款', 'Cash'), retired: false },
  { key: 'month', labels: labels('月结', 'Monthly'), retired: false },
  { key: 'never', labels: labels('不付'), retired: true },
]
const define = (kind: FieldKind, over: Partial<FieldView> = {}): FieldView => ({
  id: kind,
  key: kind.toLowerCase(),
  kind,
  labels: labels(`字段${kind}`, `Field ${kind}`),
  help: '',
  required: false,
  inList: false,
  lines: true,
  decimals: 3,
  unit: '吨',
  options: OPTIONS,
  retired: false,
  version: 0,
  ...over,
})
const FIELDS = FIELD_KINDS.map((kind) => define(kind))

/** Values of a kind that are taken, as they are kept. */
const text = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', "'", '"', '\n', ',', ';', '0', '7', ' ', '\t', 'a', '客'),
      maxLength: 60,
    }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('=SUM(A1)', "'=1", '007', '+86 23', '"quoted"', 'a\nb', '-', '\u6587,\u5b57', '1E5', '2026-01-05'),
  )
  .map((given) => judgeValue(define('text'), given))
  .filter((judged): judged is { value: string } => 'value' in judged && judged.value !== null)
  .map(({ value }) => value)
const valueOf: Readonly<Record<FieldKind, fc.Arbitrary<FieldValue>>> = {
  text,
  number: fc.integer({ min: -(10 ** 14), max: 10 ** 14 }).map((n) => n / 1000),
  day: fc.integer({ min: 0, max: 100_000 }).map((n) => addDays(asDay('1900-01-01'), n)),
  choice: fc.constantFrom('cash', 'month'),
  yesNo: fc.boolean(),
}

describe('a value', () => {
  it.each(FIELD_KINDS)('of kind %s is read back from its cell in every language', (kind) => {
    const field = define(kind)
    fc.assert(
      fc.property(valueOf[kind], fc.constantFrom(...WORDS), (value, words) => {
        expect(judgeValue(field, value)).toEqual({ value })
        const cell = formatCell(field, value, words)
        expect(parseCell(field, cell, WORDS)).toEqual({ value })
        // As a CSV says it, which is made harmless on the way.
        expect(parseCell(field, unescapeCell(escapeCell(cell)), WORDS)).toEqual({ value })
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['number', '１，２３４．５ 吨', 1234.5],
    ['number', '-0', 0],
    ['number', '+7', 7],
    ['number', '.5', 0.5],
    ['day', '2026/1/5', '2026-01-05'],
    ['day', '2026年1月5日', '2026-01-05'],
    ['choice', ' 现 款 ', 'cash'],
    ['choice', 'CASH', 'cash'],
    ['choice', 'month', 'month'],
    ['yesNo', '有', true],
    ['yesNo', '√', true],
    ['yesNo', 'N', false],
    ['yesNo', '0', false],
    ['text', ' 007 ', '007'],
    ['text', 'a\r\nb', 'a\nb'],
  ] as const)('%s reads %j', (kind, cell, value) => {
    expect(parseCell(define(kind), cell, WORDS)).toEqual({ value })
  })

  it.each([
    ['number', 'abc', 'validation:notANumber'],
    ['number', '1.2.3', 'validation:notANumber'],
    ['number', '1.2345', 'fields:errors.decimals'],
    ['number', '9999999999999', 'validation:tooLarge'],
    ['day', '2026-02-30', 'validation:noSuchDay'],
    ['choice', '赊账', 'validation:notAChoice'],
    ['choice', '不付', 'validation:notAChoice'],
    ['yesNo', '也许', 'validation:notAChoice'],
    ['text', 'x'.repeat(501), 'validation:tooLong'],
    ['text', 'a\u0000b', 'validation:controlCharacters'],
    ['text', 'a\u202eb', 'validation:invisibleCharacters'],
  ] as const)('%s refuses %j', (kind, cell, key) => {
    expect(parseCell(define(kind), cell, WORDS)).toMatchObject({ problem: { key } })
  })

  it('is nothing where the cell is empty', () => {
    for (const field of FIELDS) expect(parseCell(field, '  ', WORDS)).toEqual({ value: null })
    expect(judgeValue(define('text'), '   ')).toEqual({ value: null })
  })

  it('of another kind is refused', () => {
    expect(judgeValue(define('number'), '12')).toMatchObject({ problem: { key: 'validation:notANumber' } })
    expect(judgeValue(define('number'), Number.NaN)).toMatchObject({ problem: { key: 'validation:notANumber' } })
    expect(judgeValue(define('yesNo'), 'yes')).toMatchObject({ problem: { key: 'validation:wrongType' } })
    expect(judgeValue(define('text'), 1)).toMatchObject({ problem: { key: 'validation:wrongType' } })
    expect(judgeValue(define('text', { lines: false }), 'a\nb')).toMatchObject({
      problem: { key: 'fields:errors.oneLine' },
    })
    expect(judgeValue(define('number', { decimals: 0 }), 1.5)).toMatchObject({
      problem: { key: 'fields:errors.whole' },
    })
  })

  it('is shown grouped, with its decimals and unit', () => {
    expect(formatShown(define('number'), 1_234_567.5, CN)).toBe('1,234,567.500 吨')
    expect(formatShown(define('number', { decimals: 0, unit: '' }), -1234, CN)).toBe('-1,234')
    expect(formatShown(define('choice'), 'month', EN)).toBe('Monthly')
    expect(formatShown(define('choice'), 'never', EN)).toBe('不付')
    expect(formatShown(define('yesNo'), false, EN)).toBe('No')
    expect(formatShown(define('text'), null, EN)).toBe('')
  })
})

describe('the values of a file', () => {
  const file = fc
    .record(
      { text: valueOf.text, number: valueOf.number, day: valueOf.day, choice: valueOf.choice, yesno: valueOf.yesNo },
      { requiredKeys: [] },
    )
    .map((values) => withoutNothing(values as Record<string, FieldValue>))

  it('go out into a row and come back the same, into a new file and over the same one', () => {
    fc.assert(
      fc.property(file, fc.constantFrom(...WORDS), (values, words) => {
        const cells = Object.fromEntries(
          FIELDS.map((field) => [fieldColumn(field.key), String(toFieldCell(field, values, words) ?? '')]),
        )
        for (const before of [{}, values]) {
          const { given, issues } = fromFieldCells(FIELDS, cells, before, WORDS)
          expect(issues).toEqual([])
          expect(judgeValues(FIELDS, given, before)).toEqual({ values, issues: [] })
        }
      }),
    )
  })

  it('stay where they are not mentioned, and go where they are taken away', () => {
    fc.assert(
      fc.property(file, fc.subarray(FIELDS.map((field) => field.key)), (before, gone) => {
        const given = Object.fromEntries(gone.map((key) => [key, null]))
        const { values, issues } = judgeValues(FIELDS, given, before)
        expect(issues).toEqual([])
        expect(values).toEqual(Object.fromEntries(Object.entries(before).filter(([key]) => !gone.includes(key))))
      }),
    )
  })

  it('are kept as they are where a field became stricter or was retired, and refused where they change', () => {
    const strict = [define('number', { decimals: 0 }), define('choice', { retired: true })]
    const before = { number: 1.5, choice: 'never' }
    expect(judgeValues(strict, { number: 1.5, choice: 'never' }, before)).toEqual({
      values: withoutNothing(before),
      issues: [],
    })
    expect(judgeValues(strict, { number: 2.5, choice: 'cash' }, before).issues).toEqual([
      { path: ['fields', 'number'], key: 'fields:errors.whole' },
      { path: ['fields', 'choice'], key: 'fields:errors.retired' },
    ])
  })

  it('are asked for where the field is required, unless it is retired or a sheet leaves it out', () => {
    const required = [define('text', { required: true }), define('yesNo', { required: true })]
    expect(judgeValues(required, { yesno: false }, {}).issues).toEqual([
      { path: ['fields', 'text'], key: 'validation:required' },
    ])
    expect(judgeValues(required, {}, {}, false).issues).toEqual([])
    expect(judgeValues([define('text', { required: true, retired: true })], {}, {}).issues).toEqual([])
  })

  it('of fields that do not exist are refused, whatever their name', () => {
    const given = { nobody: 1, tostring: 'x', gone: null }
    expect(judgeValues(FIELDS, given, {}).issues.map((issue) => issue.path[1])).toEqual(['nobody', 'tostring'])
    expect(fieldKey.safeParse('constructor').success).toBe(false)
    expect(fieldKey.safeParse('__proto__').success).toBe(false)
  })
})

describe('a definition', () => {
  const given = (over: object): FieldInput =>
    fieldDefinition.parse({ key: 'pay', kind: 'choice', labels: { 'zh-CN': '付款' }, options: OPTIONS, ...over })

  it('shows the first language that has words', () => {
    expect(labelIn(labels('付款', 'Payment'), 'en')).toBe('Payment')
    expect(labelIn(labels('付款', 'Payment'), 'zh-TW')).toBe('付款')
    expect(labelIn(labels('', 'Payment'), 'zh-CN')).toBe('Payment')
    expect(fieldDefinition.safeParse({ key: 'a', kind: 'text', labels: {} }).success).toBe(false)
  })

  it('is called like no other column, in any language, brackets not counted', () => {
    const others = [{ key: 'other', labels: labels('产值（万元）', 'Output') }]
    const refused = (cn: string, en = '') =>
      judgeDefinition(given({ labels: labels(cn, en) }), others, ['客户名称']).map((issue) => issue.path.join('.'))
    expect(refused('付款')).toEqual([])
    expect(refused('产值(吨)')).toEqual(['labels.zh-CN'])
    expect(refused('付款', 'OUTPUT')).toEqual(['labels.en'])
    expect(refused('客户名称 *')).toEqual(['labels.zh-CN'])
    expect(refused('（备用）')).toEqual(['labels.zh-CN'])
    expect(judgeDefinition(given({ key: 'other' }), others, []).map((issue) => issue.path)).toEqual([['key']])
  })

  it('of a choice has options that are told apart, one of them on offer', () => {
    const option = (key: string, cn: string, retired = false) => ({ key, labels: labels(cn), retired })
    expect(judgeDefinition(given({ options: [] }))).toEqual([{ path: ['options'], key: 'fields:errors.noOptions' }])
    expect(judgeDefinition(given({ options: [option('a', '甲', true)] }))).toHaveLength(1)
    expect(judgeDefinition(given({ options: [option('a', '甲'), option('a', '乙')] }))).toEqual([
      { path: ['options', 1, 'key'], key: 'fields:errors.keyTaken' },
    ])
    expect(judgeDefinition(given({ options: [option('a', '甲 A'), option('b', '甲ａ')] }))).toEqual([
      { path: ['options', 1, 'labels', 'zh-CN'], key: 'fields:errors.optionTaken' },
    ])
    for (const locale of LOCALES) expect(labelIn(option('a', '甲').labels, locale)).toBe('甲')
  })

  it('is offered a code name that is free', () => {
    expect(freeKey('field', [])).toBe('field_1')
    expect(freeKey('field', ['field_2', 'x'])).toBe('field_3')
    expect(freeKey('field', ['field_2'])).toBe('field_3')
  })
})
