import { asDay } from '#shared/kernel/dates.ts'
import type { MinutesFields } from '#shared/modules/minutes/minutes.schema.ts'
import type { QuotationFields, QuotationLine } from '#shared/modules/quotations/quotations.schema.ts'
import type { CoreClient } from '#core/start-core.ts'

/** Goods at ¥56.50, listed at ¥60.00, 1,000 of them, in 20 working days. */
export function sampleLine(over: Partial<QuotationLine> = {}): QuotationLine {
  return {
    name: '深沟球轴承',
    spec: '6205-2RS 25×52×15',
    unit: '套',
    quantity: 1_000_000,
    listPrice: 600_000,
    price: 565_000,
    rate: 1300,
    deliveryDays: 20,
    floorPrice: 520_000,
    cost: 400_000,
    ...over,
  }
}

/** An offer over ¥64,550.08 at 13 %, the same goods as in the sample contract. */
export function sampleQuotation(over: Partial<QuotationFields> = {}): QuotationFields {
  return {
    title: '轴承及密封件报价',
    language: 'zh-CN',
    attention: '王强',
    validDays: 30,
    validUntil: null,
    prepay: 3000,
    paymentDays: 30,
    payment: '电汇',
    deliveryPlace: '买受人成都龙泉驿工厂仓库',
    delivery: '我方送货，运费由我方承担。',
    warrantyMonths: 18,
    warranty: '正常使用下免费更换。',
    notes: '以上价格按本次数量计算。',
    lines: [
      sampleLine(),
      sampleLine({
        name: '骨架油封',
        spec: 'TC 35×62×10 NBR',
        unit: '件',
        quantity: 400_000,
        listPrice: 0,
        price: 201_252,
        deliveryDays: 10,
        floorPrice: 0,
        cost: 150_000,
      }),
    ],
    ...over,
  }
}

/** Minutes with a price, a delivery day and a warranty agreed, a question and two actions. */
export function sampleMinutes(over: Partial<MinutesFields> = {}): MinutesFields {
  const item = { subject: '', text: '', value: null, day: null }
  return {
    day: asDay('2026-05-15'),
    place: '成都龙泉驿工厂会议室',
    subject: '轴承年度供货洽谈',
    ourPeople: '张三',
    theirPeople: '王强（采购部）',
    language: 'zh-CN',
    agreed: [
      { ...item, term: 'price', subject: '骨架油封', value: 198_000, text: '数量不变' },
      { ...item, term: 'delivery', day: asDay('2026-07-10'), text: '分两批送达' },
      { ...item, term: 'warranty', value: 24 },
    ],
    open: [{ question: '是否需要第三方检测报告', owner: '王强' }],
    next: [
      { text: '寄送样品与检验报告', ownerId: null, ownerName: '王强', day: asDay('2026-05-22') },
      { text: '确认包装方式', ownerId: null, ownerName: '王强', day: asDay('2026-05-25') },
    ],
    ...over,
  }
}

/** A deal of this customer, as the caller's own. */
export async function makeDeal(api: CoreClient, customerId: string, name = '轴承年度供货'): Promise<string> {
  const { id } = await api.deals.create({
    name,
    customerId,
    amount: 6_500_000,
    expectedDay: asDay('2026-06-30'),
  } as never)
  return id
}
