import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { asDay } from '#shared/kernel/dates.ts'
import { contractDraftFields, type ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { newDraft } from '#shared/modules/contracts/contracts.draft.rules.ts'
import type { AgreedItem } from '#shared/modules/minutes/minutes.schema.ts'
import { agreedOf, type AgreedSource } from '#shared/modules/quotations/quotations.agreed.ts'
import { departures, draftOfAgreed } from '#shared/modules/quotations/quotations.departures.ts'
import { sampleLine, sampleMinutes, sampleQuotation } from '#tests/helpers/sample-quotation.ts'

const base = newDraft('zh-CN', makeTranslator('zh-CN'), 1300)
const quotation = (over: object = {}, day = '2026-05-10'): AgreedSource => ({
  kind: 'quotation',
  number: 'BJ-1',
  day,
  fields: sampleQuotation(over),
  deliveryDay: asDay('2026-06-08'),
})
const minutes = (items: readonly AgreedItem[], day = '2026-05-15'): AgreedSource => ({
  kind: 'minutes',
  number: 'JY-1',
  day,
  items,
})
const item = (over: Partial<AgreedItem>): AgreedItem => ({
  term: 'other',
  subject: '',
  text: '',
  value: null,
  day: null,
  ...over,
})
const draftOf = (...sources: AgreedSource[]) => draftOfAgreed(base, agreedOf(sources))

describe('what holds', () => {
  it('is the quotation, changed by later minutes in what they name', () => {
    const agreed = agreedOf([minutes(sampleMinutes().agreed), quotation()])
    expect(agreed.sources).toEqual(['BJ-1', 'JY-1'])
    expect(agreed.lines.map((line) => [line.name, line.price, line.quantity?.source])).toEqual([
      ['深沟球轴承', { value: 565_000, source: 'BJ-1' }, 'BJ-1'],
      ['骨架油封', { value: 198_000, source: 'JY-1' }, 'BJ-1'],
    ])
    expect(agreed).toMatchObject({
      whole: true,
      deliveryDay: { value: '2026-07-10', source: 'JY-1' },
      warrantyMonths: { value: 24, source: 'JY-1' },
      paymentDays: { value: 30, source: 'BJ-1' },
      penaltyPerDay: null,
    })
  })

  it('is the later quotation where the minutes came before it', () => {
    const agreed = agreedOf([quotation({}, '2026-05-16'), minutes(sampleMinutes().agreed)])
    expect(agreed.lines[1]?.price).toEqual({ value: 201_252, source: 'BJ-1' })
    expect(agreed.deliveryDay).toEqual({ value: '2026-06-08', source: 'BJ-1' })
  })

  it('takes a price without goods for the only ones, and for none of several', () => {
    const price = item({ term: 'price', value: 1 })
    expect(agreedOf([quotation({ lines: [sampleLine()] }), minutes([price])]).lines[0]?.price?.value).toBe(1)
    expect(agreedOf([quotation(), minutes([price])]).lines.map((line) => line.price?.value)).toEqual([565_000, 201_252])
  })

  it('knows goods by name with specification, and adds those that no quotation has', () => {
    const agreed = agreedOf([
      quotation(),
      minutes([
        item({ term: 'price', subject: '深沟球轴承 6205-2RS 25×52×15', value: 2 }),
        item({ term: 'quantity', subject: '联轴器', value: 3000 }),
      ]),
    ])
    expect(agreed.lines.map((line) => [line.name, line.price?.value])).toEqual([
      ['深沟球轴承', 2],
      ['骨架油封', 201_252],
      ['联轴器', undefined],
    ])
    expect(agreed.whole).toBe(false)
  })

  it('has no days until a rest where all is paid ahead', () => {
    expect(agreedOf([quotation({ prepay: 10_000 })]).paymentDays).toBeNull()
  })
})

describe('the draft', () => {
  it('holds what was agreed, and what the firm usually writes where nothing was', () => {
    const draft = draftOf(
      quotation(),
      minutes([item({ text: '卖方派人指导安装' }), item({ term: 'penalty', value: 10 })]),
    )
    expect(draft.plan.map(({ trigger, days, share }) => [trigger, days, share])).toEqual([
      ['signing', 7, { kind: 'percent', rate: 3000 }],
      ['acceptance', 30, { kind: 'rest' }],
    ])
    expect(draft.terms).toMatchObject({
      deliveryDay: '2026-06-08',
      warrantyMonths: 18,
      penaltyPerDay: 10,
      other: '卖方派人指导安装',
      quality: base.terms.quality,
    })
  })
  it('keeps the usual instalments where nothing was said of payment', () => {
    expect(draftOf(quotation({ prepay: null, paymentDays: null, payment: '' })).plan).toEqual(base.plan)
    const days = draftOf(quotation({ prepay: null, paymentDays: 45 })).plan
    expect(days.map((line) => line.days)).toEqual([7, 45, 15])
    expect(draftOf(quotation({ prepay: 0, paymentDays: 60 })).plan).toMatchObject([
      { trigger: 'acceptance', days: 60, share: { kind: 'rest' } },
    ])
  })
})

describe('departures', () => {
  const agreed = agreedOf([
    quotation(),
    minutes(sampleMinutes().agreed),
    minutes([item({ term: 'penalty', value: 5 })]),
  ])
  const draft = draftOfAgreed(base, agreed)
  const [first, second] = draft.lines as [ContractFields['lines'][number], ContractFields['lines'][number]]
  const [ahead, rest] = draft.plan as [ContractFields['plan'][number], ContractFields['plan'][number]]
  const changed = (over: Partial<ContractFields>) =>
    departures({ ...draft, ...over }, agreed).map(({ code, path }) => `${code} ${path.join('.')}`)
  const terms = (over: Partial<ContractFields['terms']>) => changed({ terms: { ...draft.terms, ...over } })

  it.each([
    ['nothing', () => changed({}), []],
    ['a title', () => changed({ title: '别的' }), []],
    ['the order of the goods', () => changed({ lines: [second, first] }), []],
    [
      'a price',
      () => changed({ lines: [{ ...first, price: 1 }, second] }),
      ['departs_price lines.0.price', 'departs_total lines'],
    ],
    [
      'a quantity',
      () => changed({ lines: [first, { ...second, quantity: 1000 }] }),
      ['departs_quantity lines.1.quantity', 'departs_total lines'],
    ],
    ['goods left out', () => changed({ lines: [first] }), ['departs_goods lines', 'departs_total lines']],
    ['goods added', () => changed({ lines: [first, second, { ...first, name: '联轴器' }] }), ['departs_total lines']],
    ['a later payment', () => changed({ plan: [ahead, { ...rest, days: 60 }] }), ['departs_payment plan.1.days']],
    [
      'a smaller prepayment',
      () => changed({ plan: [{ ...ahead, share: { kind: 'percent', rate: 1000 } }, rest] }),
      ['departs_prepay plan.0.share'],
    ],
    ['no prepayment', () => changed({ plan: [rest] }), ['departs_prepay plan.0.share']],
    ['a later delivery', () => terms({ deliveryDay: asDay('2026-09-01') }), ['departs_delivery terms.deliveryDay']],
    ['no delivery day: the check asks for one', () => terms({ deliveryDay: null }), []],
    ['a shorter warranty', () => terms({ warrantyMonths: 6 }), ['departs_warranty terms.warrantyMonths']],
    ['another penalty', () => terms({ penaltyPerDay: 3 }), ['departs_penalty terms.penaltyPerDay']],
  ] as const)('with %s changed', (_what, act, found) => expect(act()).toEqual(found))

  it('say what is drafted, what was agreed and where', () => {
    expect(departures({ ...draft, lines: [{ ...first, price: 600_000 }, second] }, agreed)[0]).toEqual({
      severity: 'warning',
      code: 'departs_price',
      path: ['lines', 0, 'price'],
      article: null,
      params: { drafted: '60.00', agreed: '56.50', source: 'BJ-1' },
    })
  })

  it('are none where nothing was agreed', () => expect(departures(draft, agreedOf([]))).toEqual([]))

  const name = fc.constantFrom('轴承', '油封', '联轴器', '链条')
  const lines = fc.array(
    fc.record({
      name,
      spec: fc.constantFrom('', 'A', 'B'),
      quantity: fc.integer({ min: 1, max: 1_000_000 }),
      price: fc.integer({ min: 1, max: 10_000_000 }),
      rate: fc.constantFrom(0, 600, 1300),
      deliveryDays: fc.integer({ min: 0, max: 60 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  const items = fc.array(
    fc.oneof(
      fc.record({
        term: fc.constantFrom('price' as const, 'quantity' as const),
        subject: name,
        value: fc.integer({ min: 1, max: 1e6 }),
      }),
      fc.record({
        term: fc.constantFrom('payment' as const, 'warranty' as const),
        value: fc.integer({ min: 0, max: 200 }),
      }),
      fc.record({ term: fc.constant('penalty' as const), value: fc.integer({ min: 0, max: 1000 }) }),
      fc.record({ term: fc.constant('delivery' as const), day: fc.constant(asDay('2026-08-01')) }),
    ),
    { maxLength: 8 },
  )
  const head = fc.record({
    prepay: fc.option(fc.constantFrom(0, 1000, 3000, 3333, 10_000), { nil: null }),
    paymentDays: fc.option(fc.integer({ min: 0, max: 180 }), { nil: null }),
    warrantyMonths: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  })

  it('are none for the unchanged draft, whatever was agreed', () => {
    fc.assert(
      fc.property(fc.option(lines, { nil: null }), head, items, fc.boolean(), (goods, terms_, talked, before) => {
        const offer = goods === null ? [] : [quotation({ ...terms_, lines: goods.map((line) => sampleLine(line)) })]
        const talks = minutes(
          talked.map((one) => item(one)),
          before ? '2026-05-01' : '2026-05-15',
        )
        const all = agreedOf([...offer, talks])
        const made = draftOfAgreed(base, all)
        expect(contractDraftFields.safeParse(made).error).toBeUndefined()
        expect(departures(made, all)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
