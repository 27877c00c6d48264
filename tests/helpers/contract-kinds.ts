import { asDay } from '#shared/kernel/dates.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { sampleFields } from './sample-contract.ts'

type Change = (fields: ContractFields) => void
const set = (f: ContractFields, terms: Partial<ContractFields['terms']>) => Object.assign(f.terms, terms)

/** The sample as a service contract for a year, complete. */
export function asServices(f: ContractFields): void {
  f.kind = 'services'
  f.lines = [{ ...f.lines[0]!, name: '设备维护', spec: '', unit: '月', quantity: 12_000, price: 50_000_000 }]
  f.plan = [{ ...f.plan[1]!, label: '服务费', share: { kind: 'rest' } }]
  set(f, {
    startDay: asDay('2026-02-01'),
    endDay: asDay('2027-01-31'),
    renewal: 'automatic',
    noticeDays: 30,
    serviceLevel: '接到通知后 2 小时内响应，24 小时内到场。',
    warrantyMonths: null,
    packaging: '',
    deliveryDay: null,
  })
}

/** The sample as a frame agreement that is a price list: prices, no quantities, no total. */
export function asPriceList(f: ContractFields): void {
  f.kind = 'frame'
  f.lines = f.lines.map((line) => ({ ...line, quantity: 0 }))
  f.plan = []
  set(f, {
    startDay: asDay('2026-02-01'),
    endDay: asDay('2027-01-31'),
    renewal: 'ends',
    callOff: '以书面订单订购，出卖人三个工作日内确认。',
    priceDay: asDay('2026-12-31'),
    priceAdjust: '调价提前三十日书面通知，双方签署新的价目表后适用。',
    deliveryPlace: '',
    deliveryTerms: '',
    deliveryDay: null,
  })
}

/** The sample in Chinese and English, with everything translated. */
export function asBilingual(f: ContractFields): void {
  set(f, {
    secondLanguage: 'en',
    second: {
      ...f.terms.second,
      title: 'Purchase of bearings and seals',
      sellerName: 'Chongqing Yuji Parts Co., Ltd.',
      buyerName: 'Chengdu Xingchuan Machinery Co., Ltd.',
      quality: 'In accordance with GB/T 276-2013 and GB/T 13871.1-2022, with the factory’s certificate of inspection.',
      packaging: 'Sealed in anti-rust oil, in cartons on wooden pallets, marked with name, specification and quantity.',
      deliveryPlace: 'the Buyer’s warehouse in Longquanyi, Chengdu',
      deliveryTerms: 'The Seller delivers and bears the freight; the Buyer unloads.',
      inspection: 'Sampling under GB/T 2828.1, general level II; dimensions and appearance lot by lot.',
      settlement: 'Bank transfer.',
      disputePlace: 'the People’s Court at the Seller’s domicile',
    },
  })
}

const services = (over: Partial<ContractFields['terms']>) => (f: ContractFields) => {
  asServices(f)
  set(f, over)
}
const priced = (over: Partial<ContractFields['terms']>) => (f: ContractFields) => {
  asPriceList(f)
  set(f, over)
}
const bilingual = (over: Partial<ContractFields['terms']>) => (f: ContractFields) => {
  asBilingual(f)
  set(f, over)
}
const annexed = (title: string, text: string) => (f: ContractFields) => set(f, { annexes: [{ title, text }] })

/** Of each rule about kinds, languages and annexes a draft that breaks it and one close to it that does not. */
export const KIND_CASES: readonly [string, Change, Change?][] = [
  ['error:run_days', services({ endDay: null }), services({})],
  ['warning:renewal', services({ renewal: 'unsaid' }), services({ renewal: 'ends' })],
  ['warning:notice_days', services({ noticeDays: null }), services({ noticeDays: null, renewal: 'ends' })],
  ['error:notice_long', services({ noticeDays: 364 }), services({ noticeDays: 363 })],
  ['warning:service_level', services({ serviceLevel: '' }), priced({ serviceLevel: '' })],
  ['error:inspection', services({ inspection: '' }), services({})],
  ['error:call_off', priced({ callOff: '' }), services({ callOff: '' })],
  ['warning:price_adjust', priced({ priceAdjust: '' }), services({ priceAdjust: '' })],
  ['warning:price_day', priced({ priceDay: null }), priced({})],
  ['error:price_over', priced({ priceDay: asDay('2026-01-31') }), priced({ priceDay: asDay('2026-02-01') })],
  [
    'error:line_quantity',
    (f) => {
      asPriceList(f)
      f.lines[0]!.quantity = 1000
    },
    priced({}),
  ],
  ['error:no_plan', (f) => (f.plan = []), priced({})],
  [
    'error:plan_sum',
    (f) => {
      asPriceList(f)
      f.plan = [{ ...sampleFields().plan[0]!, share: { kind: 'percent', rate: 3000 } }]
    },
    (f) => {
      asPriceList(f)
      f.plan = [{ ...sampleFields().plan[0]!, share: { kind: 'percent', rate: 10_000 } }]
    },
  ],
  ['error:second_same', bilingual({ secondLanguage: 'zh-CN' }), bilingual({})],
  ['warning:prevailing', bilingual({ prevailingLanguage: 'unsaid' }), bilingual({})],
  ['note:prevailing_both', bilingual({ prevailingLanguage: 'both' }), bilingual({ prevailingLanguage: 'second' })],
  [
    'warning:untranslated',
    bilingual({ breach: '另行赔偿损失' }),
    (f) => {
      bilingual({ breach: '另行赔偿损失' })(f)
      f.terms.second.breach = 'Losses are compensated.'
    },
  ],
  ['error:annex_title', annexed('', '内径 25 mm'), annexed('技术规格', '内径 25 mm')],
  ['error:annex_empty', annexed('技术规格', ' '), annexed('技术规格', '内径 25 mm')],
  [
    'warning:annex_missing',
    (f) => (f.lines[0]!.spec = '详见附件二'),
    (f) => {
      annexed('技术规格', '内径 25 mm')(f)
      f.lines[0]!.spec = '详见附件一'
      f.terms.other = 'See annex 1.'
    },
  ],
]
