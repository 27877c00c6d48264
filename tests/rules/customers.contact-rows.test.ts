import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { isContactRow, joinContacts, withoutContact } from '#shared/modules/customers/customers.contact-rows.ts'

const TRANSLATORS = LOCALES.map(makeTranslator)
const HEAD = {
  name: '重庆川力机械有限公司',
  uscc: '',
  region: '重庆',
  contactName: '吴敏',
  contactMobile: '13800138000',
}
const row = (change: object) => ({ name: '', uscc: '', region: '', contactName: '', contactMobile: '', ...change })

describe('a row is another contact of the customer above', () => {
  it.each([
    ['where nothing is said of the customer', row({ contactName: '陈立' }), true],
    ['where the same is said of the customer', row({ ...HEAD, contactName: '陈立' }), true],
    ['where its name alone is said again', row({ name: HEAD.name, contactName: '陈立' }), true],
    ['of the same name with another mobile', row({ contactName: '吴敏', contactMobile: '13900139000' }), true],
    ['but not the same person again', row({ contactName: '吴敏', contactMobile: '13800138000' }), false],
    ['but not without a person', row({ name: HEAD.name }), false],
    ['but not where something else is said', row({ name: HEAD.name, region: '成都', contactName: '陈立' }), false],
    ['but not of another customer', row({ name: '成都川力', contactName: '陈立' }), false],
    [
      'but not where the name is missing and other cells are filled',
      row({ region: '重庆', contactName: '陈立' }),
      false,
    ],
    [
      'but not where an own field says something else',
      row({ 'name': HEAD.name, 'field:a': 'x', 'contactName': '陈' }),
      false,
    ],
  ])('%s', (_words, next, joins) => {
    expect(isContactRow([HEAD], next)).toBe(joins)
  })

  it('and so is the one after it, unless it is one of those before', () => {
    const second = row({ contactName: '陈立' })
    expect(isContactRow([HEAD, second], row({ contactName: '何刚' }))).toBe(true)
    expect(isContactRow([HEAD, second], row({ contactName: '陈立' }))).toBe(false)
    expect(isContactRow([], second)).toBe(false)
  })
})

describe('the contacts of rows', () => {
  it('come in their order, the first of them primary', () => {
    const { contacts, from } = joinContacts([], [HEAD, row({ contactName: '陈立' })], TRANSLATORS)
    expect(contacts.map((one) => [one['name'], one['primary']])).toEqual([
      ['吴敏', true],
      ['陈立', undefined],
    ])
    expect(from).toEqual([0, 1])
  })

  it('go over those of the same name in the file, and leave the others', () => {
    const known = [
      { name: '何刚', mobile: '1', primary: true },
      { name: '陈立', title: '采购', mobile: '' },
    ]
    const rows = [HEAD, row({ contactName: '陈立', contactMobile: '13900139000' })]
    const { contacts, from } = joinContacts(known, rows, TRANSLATORS)
    expect(contacts).toEqual([
      known[0],
      { name: '陈立', title: '采购', mobile: '13900139000' },
      { name: '吴敏', mobile: '13800138000' },
    ])
    expect(from).toEqual([null, 1, 0])
  })

  it('of the same name in two rows are two people', () => {
    const rows = [HEAD, row({ contactName: '吴敏', contactMobile: '13900139000' })]
    expect(joinContacts([], rows, TRANSLATORS).contacts).toHaveLength(2)
  })

  it('are all that a row is freed of', () => {
    expect(Object.keys(withoutContact({ ...HEAD, moreContacts: 'x' }))).toEqual([
      'name',
      'uscc',
      'region',
      'moreContacts',
    ])
  })
})
