import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { CHECK_RULES } from '#shared/modules/contracts/contracts.check.ts'
import { newDraft } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { asKind, proposedWording } from '#shared/modules/contracts/contracts.kinds.rules.ts'

describe.each(LOCALES)('a draft that becomes one of another kind, in %s', (language) => {
  const t = makeTranslator(language)
  const goods = newDraft(language, t, 1300)

  it('says what nobody has changed as the new kind says it, and gives its template up', () => {
    const services = asKind({ ...goods, templateId: 'x' as never }, 'services', t)
    expect(services).toMatchObject({ kind: 'services', templateId: null })
    const side = { 'zh-CN': '出卖人', 'zh-TW': '賣方', en: 'Seller' }[language]
    expect(JSON.stringify(goods.terms)).toContain(side)
    expect(JSON.stringify(services)).not.toContain(side)
    expect(services.terms.packaging).toBe('')
    expect(services.plan.map((line) => line.share)).toEqual(goods.plan.map((line) => line.share))
  })

  it('is the same again on the way back', () => {
    expect(asKind(asKind(goods, 'services', t), 'goods_sale', t)).toEqual(goods)
    expect(asKind(goods, 'frame', t)).toEqual({ ...goods, kind: 'frame' })
  })

  it('keeps what somebody typed', () => {
    const typed = {
      ...goods,
      terms: { ...goods.terms, quality: 'GB/T 276' },
      lines: [{ ...goods.lines[0]!, unit: '吨' }],
    }
    const services = asKind(typed, 'services', t)
    expect([services.terms.quality, services.lines[0]?.unit]).toEqual(['GB/T 276', '吨'])
  })

  it('has a proposal for every finding that offers one, with its own sides', () => {
    const codes = CHECK_RULES.filter((rule) => rule.wording !== undefined).map((rule) => rule.code)
    for (const code of codes) {
      for (const kind of ['goods_sale', 'services'] as const) {
        expect(proposedWording(kind, code, t)).not.toMatch(/^(contracts:|wordings|kindWordings)/)
      }
    }
    expect(proposedWording('services', 'dispute_place', t)).not.toBe(proposedWording('frame', 'dispute_place', t))
  })
})
