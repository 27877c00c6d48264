import type { Locale } from '#shared/i18n/locale.ts'
import { asDay } from '#shared/kernel/dates.ts'
import { contractFields, type Party } from '#shared/modules/contracts/contracts.schema.ts'

export const sampleSeller: Party = {
  name: '重庆渝机配件有限公司',
  uscc: '91350100M000100Y43',
  legalRepresentative: '陈立',
  address: '重庆市渝北区金开大道 1 号',
  phone: '023-12345678',
  bankName: '中国工商银行重庆渝北支行',
  bankAccount: '3100 0123 4567 8901 234',
}

/** A complete goods-sale contract over ¥64,550.08 at 13 %, in three instalments. */
export function sampleFields(customerId = '0198c2f0-0000-7000-8000-000000000001', language: Locale = 'zh-CN') {
  return contractFields.parse({
    kind: 'goods_sale',
    title: '轴承及密封件购销',
    customerId,
    language,
    ourSigner: '陈立',
    theirSigner: '王强',
    signPlace: '重庆市渝北区',
    buyer: {
      name: '成都兴川机械制造有限公司',
      uscc: '91510100MA61T0TT27',
      legalRepresentative: '王强',
      address: '四川省成都市龙泉驿区经开南二路 88 号',
      phone: '028-87654321',
      bankName: '中国建设银行成都龙泉支行',
      bankAccount: '5100 1234 5678 9012',
    },
    lines: [
      { name: '深沟球轴承', spec: '6205-2RS 25×52×15', unit: '套', quantity: 1_000_000, price: 565_000, rate: 1300 },
      { name: '骨架油封', spec: 'TC 35×62×10 NBR', unit: '件', quantity: 400_000, price: 201_252, rate: 1300 },
    ],
    plan: [
      {
        label: '预付款',
        isDeposit: false,
        trigger: 'signing',
        days: 5,
        dayKind: 'working',
        fixedDay: null,
        share: { kind: 'percent', rate: 3000 },
      },
      {
        label: '到货款',
        isDeposit: false,
        trigger: 'acceptance',
        days: 30,
        dayKind: 'natural',
        fixedDay: null,
        share: { kind: 'percent', rate: 6500 },
      },
      {
        label: '质保金',
        isDeposit: false,
        trigger: 'warranty_end',
        days: 10,
        dayKind: 'natural',
        fixedDay: null,
        share: { kind: 'rest' },
      },
    ],
    terms: {
      quality: '符合 GB/T 276-2013 与 GB/T 13871.1-2022，并附出厂检验合格证。',
      packaging: '防锈油封后装纸箱，木托盘固定，外标品名、规格与数量。',
      deliveryPlace: '买受人成都龙泉驿工厂仓库',
      deliveryTerms: '出卖人送货上门，运费由出卖人承担，卸货由买受人负责。',
      deliveryDay: asDay('2026-06-30'),
      inspection: '按 GB/T 2828.1 一般检验水平 II 抽样，尺寸与外观逐批检验。',
      inspectionDays: 7,
      warrantyMonths: 12,
      warranty: '',
      penaltyPerDay: 5,
      penaltyCap: 1000,
      breach: '',
      disputeWay: 'court',
      disputePlace: '出卖人住所地人民法院',
      copies: 4,
      other: '',
      settlement: '银行转账。',
      ourSize: 'small',
      buyerSize: 'medium',
      ourAuthority: { kind: 'proxy', letter: 'SQ-2026-01', validTo: asDay('2099-12-31') },
      theirAuthority: { kind: 'proxy', letter: 'XC-2026-07', validTo: asDay('2099-12-31') },
      serviceAddress: '四川省成都市龙泉驿区经开南二路 88 号',
    },
  })
}
