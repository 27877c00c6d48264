import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fen, fenNotNegative, fenPositive } from '#shared/kernel/money.ts'
import { code, email, entityId, longText, optionalText, phone, shortText } from '#shared/kernel/text.ts'
import { uscc } from '#shared/kernel/uscc.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'

const issues = (schema: z.ZodType, value: unknown) => (schema.safeParse(value).error?.issues ?? []).map(issueFromZod)

describe('characters nobody sees', () => {
  it.each([
    '\u00ad',
    '\u061c',
    '\u115f',
    '\u180e',
    '\u200d',
    '\u202e',
    '\u2066',
    '\u3164',
    '\ufeff',
    '\u{e0041}',
    '\udc00',
  ])('%j is refused in one line and in several', (character) => {
    for (const schema of [shortText(9), longText(9)]) {
      expect(issues(schema, `a${character}b`)[0]?.key).toBe('validation:invisibleCharacters')
    }
  })
  it.each(['\u0000', '\u0007', '\u001b', '\u0085', '\u2028'])('%j is a control character', (character) => {
    for (const schema of [shortText(9), longText(9)]) {
      expect(issues(schema, `a${character}b`)[0]?.key).toBe('validation:controlCharacters')
    }
  })
  it('line breaks and tabs belong into long texts only', () => {
    expect(longText(9).parse('a\n\tb\r\nc')).toBe('a\n\tb\r\nc')
    expect(optionalText(9).safeParse('a\tb').success).toBe(false)
  })
  it('a variation selector of a rare character is kept', () => {
    expect(shortText(9).parse('葛\u{e0100}城')).toBe('葛\u{e0100}城')
  })
})

describe('telephone numbers', () => {
  it.each([
    ['023-6888 6666 转 12', '023-6888 6666转12'],
    ['0571-88888888 ext. 801', '0571-88888888x801'],
    ['13800138000X801', '13800138000x801'],
    ['（023）68886666', '023 68886666'],
    ['0571−88888888', '0571-88888888'],
    ['+86 138 0013 8000', '+86 138 0013 8000'],
    ['\u200b13800138000', '13800138000'],
  ])('%s', (typed, kept) => {
    expect(phone.parse(typed)).toBe(kept)
    expect(phone.parse(kept)).toBe(kept)
  })
})

describe('what is said about a wrong value', () => {
  it.each([
    [shortText(5), '123456', { key: 'validation:tooLong', params: { max: 5 } }],
    [shortText(5), 'x'.repeat(100_000), { key: 'validation:tooLong', params: { max: 5 } }],
    [shortText(5), undefined, { key: 'validation:required' }],
    [shortText(5), '  ', { key: 'validation:required' }],
    [shortText(5), 5, { key: 'validation:wrongType' }],
    [code(5), 'ABCDEF', { key: 'validation:tooLong', params: { max: 5 } }],
    [code(5), '合同', { key: 'validation:code' }],
    [email, 'a@b', { key: 'validation:email' }],
    [phone, 'call', { key: 'validation:phone' }],
    [entityId, '1', { key: 'validation:id' }],
    [uscc, '91350100M000100Y44', { key: 'validation:uscc' }],
    [plainDay, '2026-02-30', { key: 'validation:noSuchDay' }],
    [fen, null, { key: 'validation:required' }],
    [fen, Number.NaN, { key: 'validation:notANumber' }],
    [fen, 0.5, { key: 'validation:notAFen' }],
    [fenNotNegative, -1, { key: 'validation:negative' }],
    [fenPositive, 0, { key: 'validation:notPositive' }],
    [z.array(z.string()).max(1), ['a', 'b'], { key: 'validation:tooMany', params: { max: 1 } }],
    [z.array(z.string()).max(1, 'validation:tooLong'), ['a', 'b'], { key: 'validation:tooMany', params: { max: 1 } }],
    [z.array(z.string()).min(1), [], { key: 'validation:tooFew', params: { min: 1 } }],
    [z.enum(['a']), 'b', { key: 'validation:notAChoice' }],
    [z.strictObject({}), { a: 1 }, { key: 'validation:unknownField' }],
    [z.string().refine(() => false, { message: 'validation:tooLong' }), 'a', { key: 'validation:invalid' }],
    [z.union([z.literal(1), z.literal(2)]), 3, { key: 'validation:invalid' }],
  ] as const)('%# %j', (schema, value, expected) => {
    const found = issues(schema as z.ZodType, value)
    expect(found[0]).toMatchObject(expected)
    expect(found).toHaveLength(1)
    for (const locale of LOCALES) {
      const said = makeTranslator(locale)(found[0]?.key ?? '', found[0]?.params)
      expect(said).not.toMatch(/\{\{|validation|^[a-z][A-Za-z]+$/)
    }
  })
  it('names the place', () => {
    const schema = z.strictObject({ contacts: z.array(z.strictObject({ name: shortText(2) })) })
    expect(issues(schema, { contacts: [{ name: 'ok' }, { name: 'long' }] })).toEqual([
      { path: ['contacts', 1, 'name'], key: 'validation:tooLong', params: { max: 2 } },
    ])
  })
})
