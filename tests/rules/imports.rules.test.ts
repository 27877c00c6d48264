import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { columnNames, columnTitle, SHEET_COLUMNS } from '#shared/modules/customers/customers.sheet.ts'
import {
  countStates,
  guessHeadRow,
  guessMapping,
  isBlank,
  normaliseHeading,
} from '#shared/modules/imports/imports.rules.ts'

const TRANSLATORS = LOCALES.map(makeTranslator)
const FIELDS = SHEET_COLUMNS.map((key) => ({ key, names: columnNames(key, TRANSLATORS) }))

describe('headings', () => {
  it('are compared without remarks, stars and spaces', () => {
    expect(normaliseHeading(' *客户名称（必填）：')).toBe('客户名称')
    expect(normaliseHeading('E-Mail Address')).toBe('emailaddress')
  })

  it.each(LOCALES)('of our own sheet in %s are all known', (locale) => {
    const t = makeTranslator(locale)
    expect(
      guessMapping(
        SHEET_COLUMNS.map((column) => columnTitle(t, column)),
        FIELDS,
      ),
    ).toEqual([...SHEET_COLUMNS])
  })

  it.each([
    [
      ['序号', '单位名称', '税号', '联系人姓名', '手机号码', '所属行业', '客户级别', '业务员'],
      [null, 'name', 'invoiceTaxId', 'contactName', 'contactMobile', 'industry', 'grade', 'owner'],
    ],
    [
      ['公司全称', '公司地址(办公)', '微信号'],
      ['name', 'address', 'contactWechat'],
    ],
    [
      ['Company', 'Contact person', 'E-mail', 'Tel.', 'City', 'Remarks'],
      ['name', 'contactName', 'contactEmail', 'phone', 'region', 'note'],
    ],
    [
      ['統一編號', '客戶名稱', '行動電話'],
      ['uscc', 'name', 'contactMobile'],
    ],
    [
      ['', 'xyz', '42'],
      [null, null, null],
    ],
  ])('%j are guessed', (headings, mapping) => expect(guessMapping(headings, FIELDS)).toEqual(mapping))

  it('give every field once, the exact name first', () => {
    expect(guessMapping(['名称', '客户名称', '简称'], FIELDS).filter((key) => key === 'name')).toHaveLength(1)
  })

  it('are found under titles', () => {
    expect(guessHeadRow([['客户一览表'], ['制表：王'], ['客户名称', '电话', '地址'], ['长江', '1', 'x']], FIELDS)).toBe(
      2,
    )
    expect(guessHeadRow([[''], ['a', 'b']], FIELDS)).toBe(1)
    expect(guessHeadRow([], FIELDS)).toBe(0)
  })

  it('the column of reasons is no field', () => {
    for (const t of TRANSLATORS) expect(guessMapping([t('imports:reason')], FIELDS)).toEqual([null])
  })
})

it('counts add up to the rows', () => {
  const counts = countStates(['create', 'joined', 'create', 'update', 'same', 'skip', 'failed', 'joined'])
  expect(counts).toEqual({ rows: 6, created: 2, updated: 1, skipped: 2, failed: 1, joined: 2 })
  expect(isBlank(['', ' \t'])).toBe(true)
})
