import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { asDay } from '#shared/kernel/dates.ts'
import { contractFields, type ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { ContractDocumentInput } from '#shared/modules/contracts/contracts.fill.rules.ts'

const NOBODY = '00000000-0000-7000-8000-000000000000'

/**
 * A contract that nobody has made, with something in every field: what a template is tried with, and what stands as the
 * example in the catalogue.
 */
export function sampleContract(kind: ContractFields['kind'], language: Locale, t: Translate): ContractDocumentInput {
  const word = (key: string) => t(`wordtemplates:sample.${key}`)
  const side = (of: 'seller' | 'buyer', uscc: string, account: string) => ({
    name: word(`${of}.name`),
    uscc,
    legalRepresentative: word(`${of}.legalRepresentative`),
    address: word(`${of}.address`),
    phone: of === 'seller' ? '023-68880000' : '028-86660000',
    bankName: word(`${of}.bankName`),
    bankAccount: account,
  })
  const seller = side('seller', '91350100M000100Y43', '3100 0012 3456 7890 123')
  const buyer = side('buyer', '91510100MA61T0TT27', '5105 0012 3456 7890 456')
  const line = (no: 1 | 2, quantity: number, price: number) => ({
    name: word(`line${no}.name`),
    spec: word(`line${no}.spec`),
    unit: word(`line${no}.unit`),
    quantity,
    price,
    rate: 1300,
  })
  const instalment = { isDeposit: false, days: 10, dayKind: 'natural', fixedDay: null } as const
  const fields = contractFields.parse({
    kind,
    title: word('title'),
    customerId: NOBODY,
    language,
    ourSigner: seller.legalRepresentative,
    theirSigner: word('buyer.signer'),
    signPlace: word('signPlace'),
    buyer,
    lines: [line(1, 1_000_000, 565_000), line(2, 400_000, 201_250)],
    plan: [
      {
        ...instalment,
        label: word('plan.deposit'),
        isDeposit: true,
        trigger: 'signing',
        share: { kind: 'percent', rate: 2000 },
      },
      { ...instalment, label: word('plan.delivery'), trigger: 'acceptance', share: { kind: 'percent', rate: 7500 } },
      { ...instalment, label: word('plan.retention'), trigger: 'warranty_end', share: { kind: 'rest' } },
    ],
    terms: {
      quality: word('quality'),
      packaging: word('packaging'),
      deliveryPlace: word('deliveryPlace'),
      deliveryTerms: word('deliveryTerms'),
      deliveryDay: asDay('2026-06-30'),
      inspection: word('inspection'),
      inspectionDays: 7,
      warrantyMonths: 12,
      warranty: word('warranty'),
      penaltyPerDay: 5,
      penaltyCap: 1000,
      breach: word('breach'),
      disputeWay: 'court',
      disputePlace: word('disputePlace'),
      copies: 4,
      other: word('other'),
      settlement: word('settlement'),
      retainTitle: true,
      smeNotice: true,
      ourAuthority: { kind: 'proxy', letter: 'SQ-2026-01', validTo: null },
      theirAuthority: { kind: 'proxy', letter: 'XC-2026-07', validTo: null },
      serviceAddress: buyer.address,
      serviceEmail: 'purchase@example.com',
      startDay: asDay('2026-05-18'),
      endDay: asDay('2027-05-17'),
      renewal: 'automatic',
      noticeDays: 30,
      serviceLevel: word('serviceLevel'),
      callOff: word('callOff'),
      priceDay: asDay('2026-12-31'),
      priceAdjust: word('priceAdjust'),
      secondLanguage: language === 'en' ? 'zh-CN' : 'en',
      annexes: [{ title: word('annex.title'), text: word('annex.text') }],
    },
  })
  return {
    fields,
    seller,
    sealName: word('seller.seal'),
    number: 'HT-2026-0001',
    state: 'draft',
    signDay: '2026-05-18',
  }
}
