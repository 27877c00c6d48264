import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { decodeLines, encodeLines } from '#shared/modules/customers/cell-lines.ts'
import {
  changedFields,
  customerKeys,
  fileCompleteness,
  missingInvoiceFields,
  phoneKey,
  primaryFirst,
  startOfDay,
} from '#shared/modules/customers/customers.rules.ts'
import {
  customerFields,
  GRADES,
  KINDS,
  SIZES,
  SOURCES,
  STAGES,
  ADDRESS_KINDS,
  REJECT_REASONS,
  type CustomerFields,
} from '#shared/modules/customers/customers.schema.ts'
import {
  choiceOf,
  columnOfPath,
  fromSheetRow,
  SHEET_COLUMNS,
  toSheetRow,
} from '#shared/modules/customers/customers.sheet.ts'

const TRANSLATORS = LOCALES.map(makeTranslator)
const file = (change: object = {}): CustomerFields =>
  customerFields.parse({ name: '重庆长江机电有限公司', source: 'web', ...change })

describe('what a customer is found by', () => {
  it('is the name, pinyin, initials, code, phones and contacts, never across two of them', () => {
    const { searchText } = customerKeys(
      file({ shortName: '长江', phone: '023-68886666', contacts: [{ name: '吴敏', mobile: '138 0013 8000' }] }),
      'KH0007',
    )
    for (const typed of ['长江', 'changjiang', 'cqcjjd', 'kh0007', '68886666', '13800138000', '吴敏']) {
      expect(searchText).toContain(typed)
    }
    expect(searchText).not.toContain('公司chong')
  })

  it.each([
    ['023-6888 6666', '02368886666'],
    ['+86 138 0013 8000', '13800138000'],
    ['023-68886666转801', '02368886666'],
    ['400 820 8820 x12', '4008208820'],
    ['', ''],
  ])('compares the phone %s as %s', (typed, digits) => expect(phoneKey(typed)).toBe(digits))

  it('compares names without their legal form and brackets', () => {
    const keyOf = (name: string) => customerKeys(file({ name }), '').nameKey
    expect(keyOf('重庆长江机电有限公司')).toBe(keyOf('（重庆）长江机电股份有限公司'))
    expect(keyOf('重庆长江机电有限公司')).not.toBe(keyOf('重庆嘉陵机电有限公司'))
  })
})

describe('the file', () => {
  it('says what it still lacks', () => {
    expect(fileCompleteness(file())).toBe(0)
    expect(missingInvoiceFields(file().invoice)).toEqual([
      'title',
      'taxId',
      'address',
      'phone',
      'bankName',
      'bankAccount',
    ])
    const half = file({
      uscc: '91350100M000100Y43',
      industry: '机械',
      region: '重庆',
      address: 'x',
      phone: '02368886666',
      needs: '轴承',
      size: 'small',
    })
    expect(fileCompleteness(half)).toBe(5000)
  })

  it('has exactly one primary contact, and it stands first', () => {
    const one = (name: string, primary: boolean) => ({ name, primary })
    expect(primaryFirst([one('a', false), one('b', true), one('c', true)])).toEqual([
      one('b', true),
      one('a', false),
      one('c', false),
    ])
    expect(primaryFirst([one('a', false)])).toEqual([one('a', true)])
    expect(primaryFirst([])).toEqual([])
  })

  it('names the fields that a change touched', () => {
    expect(changedFields({ a: 1, b: { c: [1] }, d: 2 }, { a: 1, b: { c: [2] }, d: 2 })).toEqual(['b'])
    expect(changedFields(null, { a: 1 })).toEqual([])
  })

  it('begins its days in the firm\u2019s zone', () => {
    expect(new Date(startOfDay('2026-05-18', 'Asia/Shanghai')).toISOString()).toBe('2026-05-17T16:00:00.000Z')
  })

  it('asks for the day of a consent', () => {
    const contact = { name: '吴敏', consentBasis: 'consent' }
    const refused = customerFields.safeParse({ name: 'x', source: 'web', contacts: [contact] })
    expect(refused.error?.issues[0]).toMatchObject({
      path: ['contacts', 0, 'consentDay'],
      message: 'customers:errors.consentDay',
    })
    expect(file({ contacts: [{ ...contact, consentDay: '2026-01-05' }] }).contacts[0]?.consentDay).toBe('2026-01-05')
  })
})

/** What no field may let through, and nothing that may hold one may be damaged by. */
const BAD: readonly [string, unknown][] = [
  ['a number', 42],
  ['null', null],
  ['a list', ['x']],
  ['an object', { toString: 'x' }],
  ['a control sign', 'a\u0007b'],
  ['a zero-width sign', '重庆\u200B商贸'],
  ['a turned text', 'abc\u202Etxt.exe'],
  ['half a character', 'a\uD800b'],
  ['ten thousand signs', 'x'.repeat(10_000)],
]
const TEXTS = [
  'name',
  'shortName',
  'uscc',
  'industry',
  'region',
  'address',
  'phone',
  'website',
  'needs',
  'note',
] as const

describe('bad input', () => {
  const refused = (change: object) => !customerFields.safeParse({ name: '长江', source: 'web', ...change }).success
  for (const field of TEXTS) {
    it.each(BAD)(`%s is refused as ${field}`, (_what, value) => expect(refused({ [field]: value })).toBe(true))
  }
  it.each(BAD)('%s is refused in invoice data and contacts', (_what, value) => {
    for (const key of ['title', 'taxId', 'address', 'phone', 'bankName', 'bankAccount']) {
      expect(refused({ invoice: { [key]: value } })).toBe(true)
    }
    for (const key of ['name', 'title', 'phone', 'mobile', 'email', 'wechat']) {
      expect(refused({ contacts: [{ name: '吴敏', [key]: value }] })).toBe(true)
    }
  })
  it.each(['kind', 'stage', 'grade', 'source', 'size', 'ownerId'])('an unknown word is refused as %s', (field) => {
    expect(refused({ [field]: '../etc/passwd' })).toBe(true)
  })
  it('refuses what is not a field', () => {
    expect(refused({ extra: 1 })).toBe(true)
    expect(refused(JSON.parse('{"__proto__":{"polluted":1}}') as object)).toBe(true)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
  it('puts right what is only written differently', () => {
    const fields = file({
      uscc: ' ９１350100m000100y43 ',
      phone: '（０２３）68886666',
      contacts: [{ name: ' 吴敏 ', email: ' A@B.cn ' }],
    })
    expect(fields).toMatchObject({ uscc: '91350100M000100Y43', contacts: [{ name: '吴敏', email: 'A@B.cn' }] })
    expect(phoneKey(fields.phone)).toBe('02368886666')
  })
  it('keeps formulas and markup as the text they are', () => {
    for (const text of ['=1+1', '@SUM(A1)', '<script>alert(1)</script>', '../../x', "'; DROP TABLE customers; --"]) {
      expect(file({ name: text }).name).toBe(text)
    }
  })
})

describe('several contacts in one cell', () => {
  it('come back as they were', () => {
    const field = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\u2028\u2029]/g, ''))
    const record = fc
      .tuple(fc.constantFrom('吴敏', 'a|b', '\\', 'x\\n'), fc.array(field, { maxLength: 5 }))
      .map(([name, rest]) => [name, ...rest])
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const trimmed = records.map((fields) => fields.slice(0, fields.findLastIndex((text) => text !== '') + 1))
        const read = decodeLines(encodeLines(records)).map((fields) =>
          fields.slice(0, fields.findLastIndex((text) => text !== '') + 1),
        )
        expect(read).toEqual(trimmed)
      }),
    )
  })
})

const word = fc.constantFrom('长江', '=1+1', '@x', "'-y", '<b>', 'A, "B"', '𠮷野', 'one two')
const maybe = fc.option(word, { nil: '' })
const contact = fc.record({
  name: word,
  title: maybe,
  phone: fc.constantFrom('', '023-68886666'),
  mobile: fc.constantFrom('', '13800138000'),
  email: fc.constantFrom('', 'a@b.cn'),
  wechat: maybe,
  decisionRole: fc.constantFrom('decides', 'pays', 'unknown'),
  consentBasis: fc.constantFrom('contract', 'public'),
  consentDay: fc.constantFrom(null, '2026-01-05'),
  birthday: fc.constantFrom(null, '1980-02-29'),
})
const anyFile = fc
  .record({
    name: word,
    shortName: maybe,
    uscc: fc.constantFrom('', '91350100M000100Y43'),
    kind: fc.constantFrom(...KINDS),
    industry: maybe,
    stage: fc.constantFrom(...STAGES),
    grade: fc.constantFrom(...GRADES),
    source: fc.constantFrom(...SOURCES),
    size: fc.constantFrom(...SIZES),
    region: maybe,
    address: maybe,
    phone: fc.constantFrom('', '023-68886666 '),
    website: maybe,
    needs: fc.constantFrom('', '轴承\n齿轮', '-'),
    note: maybe,
    rejectReason: fc.constantFrom(...REJECT_REASONS),
    rejectNote: maybe,
    tags: fc.array(fc.constantFrom('重点', '价格|敏感', '=1+1', 'b'), { maxLength: 4 }),
    addresses: fc.array(
      fc.record({
        kind: fc.constantFrom(...ADDRESS_KINDS),
        address: fc.constantFrom('江北区 1 号', 'a|b\\c'),
        contact: maybe,
        phone: fc.constantFrom('', '023-68886666'),
      }),
      { maxLength: 3 },
    ),
    invoice: fc.record({ title: maybe, bankAccount: fc.constantFrom('', '5000 1013 6000') }),
    contacts: fc.array(contact, { maxLength: 4 }),
  })
  .map((given) => {
    const fields = customerFields.parse(given)
    // As the core writes it: a reason where the file is rejected, and nowhere else.
    const reason = fields.stage === 'rejected' ? {} : { rejectReason: '' as const, rejectNote: '' }
    return { ...fields, ...reason, contacts: primaryFirst(fields.contacts) }
  })

describe('the sheet', () => {
  it.each(LOCALES.map((locale, i) => [locale, i] as const))('gives back what was exported in %s', (_locale, i) => {
    const t = TRANSLATORS[i] as (typeof TRANSLATORS)[number]
    fc.assert(
      fc.property(anyFile, (fields) => {
        const row = toSheetRow({ ...fields, code: 'KH0001', ownerName: null, campaignName: null }, t)
        expect(Object.keys(row).sort()).toEqual([...SHEET_COLUMNS].sort())
        expect(customerFields.parse(fromSheetRow(row, null, null, TRANSLATORS))).toEqual(fields)
        expect(customerFields.parse(fromSheetRow(row, fields, null, TRANSLATORS))).toEqual(fields)
      }),
    )
  })

  it('leaves over an existing file what it does not mention', () => {
    const fields = file({
      phone: '02368886666',
      contacts: [{ name: '吴敏', mobile: '13800138000', primary: true }, { name: '陈立' }],
    })
    const next = customerFields.parse(
      fromSheetRow({ address: '新地址', contactTitle: '经理' }, fields, fields.ownerId, TRANSLATORS),
    )
    expect(next).toEqual({
      ...fields,
      address: '新地址',
      contacts: [{ ...fields.contacts[0], title: '经理' }, fields.contacts[1]],
    })
  })

  it('understands the words of all languages and leaves others to be refused', () => {
    expect(choiceOf('stage', ' 意向', TRANSLATORS)).toBe('prospect')
    expect(choiceOf('stage', 'PROSPECT', TRANSLATORS)).toBe('prospect')
    expect(choiceOf('source', '展覽', TRANSLATORS)).toBe('exhibition')
    expect(choiceOf('grade', 'a级', TRANSLATORS)).toBe('A')
    expect(choiceOf('source', '天上', TRANSLATORS)).toBe('天上')
  })

  it('knows the column of every issue', () => {
    expect(columnOfPath(['invoice', 'taxId'])).toBe('invoiceTaxId')
    expect(columnOfPath(['contacts', 0, 'mobile'])).toBe('contactMobile')
    expect(columnOfPath(['contacts', 3, 'mobile'])).toBe('moreContacts')
    expect(columnOfPath(['ownerId'])).toBe('owner')
    expect(columnOfPath(['name'])).toBe('name')
    expect(columnOfPath([])).toBeNull()
  })
})
