import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { escapeCell, unescapeCell } from '#shared/kernel/csv-safe.ts'
import { documentName, safeFileName } from '#shared/kernel/filenames.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { decodeCursor, encodeCursor, pageInput } from '#shared/kernel/paging.ts'
import { buildSearchText, normaliseQuery, sortKey } from '#shared/kernel/search-text.ts'
import { code, email, phone, shortText } from '#shared/kernel/text.ts'
import { isUscc, uscc, usccCheckCharacter } from '#shared/kernel/uscc.ts'

describe('texts', () => {
  it.each(['a\u0000b', 'a\u200bb', 'a\u202eb', 'a\nb', 'a\ufeffx', 'a\ud800b', '', '   '])(
    '%j is no line of text',
    (text) => {
      expect(shortText(40).safeParse(text).success).toBe(false)
    },
  )
  it('keeps rare Han, counts them as one, and trims', () => {
    expect(shortText(2).parse(' 𠮷野 ')).toBe('𠮷野')
    expect(shortText(2).safeParse('𠮷野家').success).toBe(false)
  })
  it('puts codes and phones right, names never', () => {
    expect(code(10).parse('ｈｔ-０１')).toBe('HT-01')
    expect(phone.parse('０２３－６８８８６６６６')).toBe('023-68886666')
    expect(shortText(10).parse('Ａ公司')).toBe('Ａ公司')
    for (const bad of ['12', 'call me', '=1+1', '../x']) expect(phone.safeParse(bad).success).toBe(false)
    expect(email.safeParse('a@b').success).toBe(false)
  })
})

describe('credit code', () => {
  it('knows its check character', () => {
    expect(isUscc('91350100M000100Y43')).toBe(true)
    expect(uscc.parse(' 91350100m000100y43 ')).toBe('91350100M000100Y43')
    expect(isUscc('91350100M000100Y44')).toBe(false)
  })
  it('finds every single wrong character', () => {
    const set = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...set), { minLength: 17, maxLength: 17 }),
        fc.integer({ min: 0, max: 16 }),
        fc.constantFrom(...set),
        (body, at, other) => {
          const whole = body.join('') + usccCheckCharacter(body.join(''))
          expect(isUscc(whole)).toBe(true)
          const changed = whole.slice(0, at) + other + whole.slice(at + 1)
          expect(isUscc(changed)).toBe(changed === whole)
        },
      ),
    )
  })
})

describe('search', () => {
  it.each(['重庆', '商贸', 'cqsm', 'chongqing', 'KH00001', '0001', 'ＣＱＳＭ'])(
    '%s finds 重庆商贸有限公司',
    (typed) => {
      const text = buildSearchText('重庆商贸有限公司', ['KH00001', '13800138000'])
      expect(text).toContain(normaliseQuery(typed))
    },
  )
  it.each(['单雄信', 'dan', 'shanxiongxin', 'sxx', '渝机', 'yuji', 'zengxiansheng'])(
    '%s finds a person, a short name and a contact',
    (typed) => {
      expect(buildSearchText('单雄信', ['渝机', '曾先生'])).toContain(normaliseQuery(typed))
    },
  )
  it('what is pasted with invisible characters finds all the same', () => {
    expect(normaliseQuery('\ufeff重\u200b庆 ')).toBe('重庆')
  })
  it('sorts people by the reading of their surname', () => {
    const names = ['张三', '单雄信', '曾国藩', '安禄山']
    expect(names.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual(['安禄山', '单雄信', '曾国藩', '张三'])
  })
  it('sorts names by pinyin', () => {
    const names = ['重庆', '安徽', '北京', 'ABC']
    expect(names.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual(['ABC', '安徽', '北京', '重庆'])
  })
  it('a firm’s name without its form', () => {
    expect(normaliseFirmName('（重庆）商贸有限公司')).toBe(normaliseFirmName('重庆商贸'))
    expect(normaliseFirmName('重庆 商贸 股份有限公司')).toBe('重庆商贸')
    expect(normaliseFirmName('重慶商貿有限責任公司')).toBe('重慶商貿')
    expect(normaliseFirmName('渝机企业管理中心（有限合伙）')).toBe('渝机企业管理中心')
    expect(normaliseFirmName('Yuji Co., Ltd.')).toBe('yuji')
    expect(normaliseFirmName('甲厂')).toBe('甲厂')
  })
})

describe('cells, cursors, file names', () => {
  it('a cell escaped and unescaped is the same, and never begins like a formula', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^['=+\-@＝＋－＠\t\r]{0,3}.{0,5}$/)), (text) => {
        expect(unescapeCell(escapeCell(text))).toBe(text)
        expect(/^[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]/.test(escapeCell(text))).toBe(false)
      }),
    )
  })
  it('a cursor comes back as it went, and a forged one is refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer()), fc.uuid(), (value, id) => {
        expect(decodeCursor(encodeCursor([value, id]))).toEqual([value, id])
      }),
    )
    for (const bad of ['x', '', 'e30', 'WzFd', 'W251bGwsInoiXQ', btoa('[1e999,"x"]')])
      expect(() => decodeCursor(bad)).toThrow(AppError)
  })
  it('the longest name still leads to the next page', () => {
    const input = pageInput({ sort: ['name'], filters: z.strictObject({}) })
    for (const name of ['壮'.repeat(80), '𠮷'.repeat(80)]) {
      const cursor = encodeCursor([sortKey(name), '01890000-0000-7000-8000-000000000000'])
      expect(input.safeParse({ cursor, sort: { key: 'name', dir: 'asc' }, filters: {} }).success).toBe(true)
    }
  })
  it('a file name fits every file system, keeps its ending, and is whole', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('', '.pdf', '.xlsx'),
        (text, ending) => {
          const name = safeFileName(text + ending)
          expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(201)
          expect(name.length).toBeLessThanOrEqual(240)
          expect(name.isWellFormed()).toBe(true)
          expect(name).not.toMatch(/[. ]$/)
          expect(safeFileName(name)).toBe(name)
        },
      ),
    )
    expect(safeFileName(`${'字'.repeat(200)}.pdf`)).toMatch(/^字{60,}\.pdf$/)
    expect(safeFileName('nul .txt')).toMatch(/^_nul/)
    expect(safeFileName('COM¹.txt')).toBe('_COM¹.txt')
    expect(safeFileName('a\ud800b')).toBe('a_b')
    expect(safeFileName('\u202egnp.exe')).toBe('gnp.exe')
  })
  it('a file name holds no path and no reserved word', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = safeFileName(text)
        expect(name).not.toMatch(/[/\\:*?"<>|\u0000-\u001f]/)
        expect(name.length).toBeGreaterThan(0)
        expect(['.', '..']).not.toContain(name)
      }),
    )
    expect(safeFileName('../../etc/passwd')).not.toContain('..')
    expect(safeFileName('CON.txt')).toBe('_CON.txt')
    expect(documentName(['催款函', 'CK-1', '甲_乙'], 'pdf')).toBe('催款函_CK-1_甲-乙.pdf')
  })
})
