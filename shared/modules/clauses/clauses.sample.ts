import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { addDays, addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import { newDraft } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { asKind } from '#shared/modules/contracts/contracts.kinds.rules.ts'
import type { ContractDraft, Party } from '#shared/modules/contracts/contracts.schema.ts'
import type { ContractKind } from './clauses.schema.ts'

/** Basis points of VAT in a sample: goods, or services. */
const RATES = { goods_sale: 1300, services: 600, frame: 1300 } as const

/** Words of a sample in one language. */
function textsOf(t: Translate) {
  const word = (key: string) => t(`clauses:sample.${key}`)
  return {
    quality: word('quality'),
    packaging: word('packaging'),
    deliveryPlace: word('deliveryPlace'),
    deliveryTerms: word('deliveryTerms'),
    inspection: word('inspection'),
    warranty: word('warranty'),
    serviceLevel: word('serviceLevel'),
    callOff: word('callOff'),
    priceAdjust: word('priceAdjust'),
    settlement: word('settlement'),
    breach: word('breach'),
    disputePlace: word('disputePlace'),
    other: word('other'),
  }
}

/** Our side of a sample: nobody's. */
export function sampleSeller(t: Translate): Party {
  return sideOf(t, 'seller')
}

function sideOf(t: Translate, side: 'seller' | 'buyer'): Party {
  const word = (key: string) => t(`clauses:sample.${side}.${key}`)
  return {
    name: word('name'),
    uscc: '91000000000000000X',
    legalRepresentative: word('representative'),
    address: word('address'),
    phone: '000-00000000',
    bankName: word('bank'),
    bankAccount: '0000 0000 0000 0000',
  }
}

/**
 * A contract of a kind in which everything is said, so that every clause of a template stands: what a template is shown
 * with. In two languages its free texts are in both.
 */
export function sampleContract(
  kind: ContractKind,
  said: { readonly language: Locale; readonly t: Translate },
  second: { readonly language: Locale; readonly t: Translate } | null,
  today: PlainDay,
): ContractDraft {
  const { language, t } = said
  const draft = asKind(newDraft(language, t, RATES[kind]), kind, t)
  const word = (key: string) => t(`clauses:sample.${key}`)
  const startDay = addDays(today, 1)
  const line = (name: string, quantity: number, price: number) => ({
    ...draft.lines[0]!,
    name: word(`${kind}.${name}`),
    spec: word(`${kind}.${name}Spec`),
    unit: word(`${kind}.unit`),
    quantity,
    price,
  })
  return {
    ...draft,
    kind,
    title: word(`${kind}.title`),
    buyer: sideOf(t, 'buyer'),
    signPlace: word('signPlace'),
    lines: [line('first', 100_000, 1_130_000), line('second', 20_000, 5_650_000)],
    plan: draft.plan.map((row, index) => (index === 0 ? { ...row, isDeposit: true } : row)),
    terms: {
      ...draft.terms,
      ...textsOf(t),
      deliveryDay: addMonths(today, 2),
      inspectionDays: 7,
      warrantyMonths: 12,
      penaltyPerDay: 5,
      penaltyCap: 1000,
      retainTitle: true,
      smeNotice: true,
      serviceAddress: word('buyer.address'),
      serviceEmail: 'contracts@example.com',
      startDay,
      endDay: addDays(addMonths(startDay, 12), -1),
      renewal: 'automatic',
      noticeDays: 30,
      priceDay: addMonths(startDay, 6),
      secondLanguage: second?.language ?? null,
      ...(second === null ? {} : { second: { ...draft.terms.second, ...secondTexts(kind, second.t) } }),
    },
  }
}

function secondTexts(kind: ContractKind, t: Translate) {
  const { seller, buyer } = { seller: sideOf(t, 'seller'), buyer: sideOf(t, 'buyer') }
  return {
    ...textsOf(t),
    title: t(`clauses:sample.${kind}.title`),
    sellerName: seller.name,
    sellerAddress: seller.address,
    buyerName: buyer.name,
    buyerAddress: buyer.address,
  }
}
