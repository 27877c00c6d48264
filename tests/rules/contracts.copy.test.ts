import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { callOffOf, copyOf, renewalOf } from '#shared/modules/contracts/contracts.copy.ts'
import { newDraft } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { usualTranslations } from '#shared/modules/contracts/contracts.usual.ts'
import { asBilingual, asPriceList } from '#tests/helpers/contract-kinds.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'

describe('a draft from an earlier contract', () => {
  const frame = sampleFields()
  asPriceList(frame)
  asBilingual(frame)
  frame.terms.annexes = [{ title: '规格', text: '内径' }]

  it('takes languages, their texts and annexes along, and no days', () => {
    for (const fields of [copyOf(frame), renewalOf(frame.customerId, frame)]) {
      expect(fields.terms).toMatchObject({
        secondLanguage: 'en',
        second: frame.terms.second,
        annexes: frame.terms.annexes,
        priceDay: null,
      })
    }
    expect(renewalOf(frame.customerId, frame).terms).toMatchObject({ startDay: '2027-02-01', endDay: '2028-01-31' })
  })

  it('that orders under a frame agreement sells its goods at its prices and names it', () => {
    const order = callOffOf('HT-2026-0003', frame)
    expect(order.kind).toBe('goods_sale')
    expect(order.lines.map(({ name, price, quantity }) => [name, price, quantity])).toEqual(
      frame.lines.map(({ name, price }) => [name, price, 0]),
    )
    expect(order.terms).toMatchObject({ callOff: '', priceAdjust: '', renewal: 'unsaid', startDay: null, endDay: null })
    expect(order.terms.other).toContain('HT-2026-0003')
  })
})

describe('texts that are translated already', () => {
  const draft = (from: (typeof LOCALES)[number]) => newDraft(from, makeTranslator(from), 1300)

  it.each(LOCALES.flatMap((from) => LOCALES.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'are those that a draft in %s starts with, in %s',
    (from, to) => {
      const found = usualTranslations(draft(from).terms, makeTranslator(from), makeTranslator(to))
      const wanted = draft(to).terms
      for (const name of [
        'quality',
        'packaging',
        'deliveryTerms',
        'inspection',
        'disputePlace',
        'settlement',
      ] as const) {
        expect(found[name]).toBe(wanted[name])
      }
    },
  )

  it('are not written over, and what somebody wrote anew has none', () => {
    const { terms } = draft('zh-CN')
    const changed = { ...terms, quality: '按图纸', second: { ...terms.second, packaging: 'As agreed.' } }
    const found = usualTranslations(changed, makeTranslator('zh-CN'), makeTranslator('en'))
    expect(Object.keys(found)).not.toContain('quality')
    expect(Object.keys(found)).not.toContain('packaging')
  })
})
