import type { Translate } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { NO_SECOND_TEXTS } from './contracts.texts.schema.ts'
import type { ContractFields, ContractLine, ContractTerms, Party, PlanLine } from './contracts.schema.ts'

/** A further line of goods, at the rate of the one before it. */
export function emptyLine(rate: number, unit: string): ContractLine {
  return { name: '', spec: '', unit, quantity: 0, price: 0, rate, deliveryDay: null }
}

/** A further instalment. */
export function emptyPlanLine(): PlanLine {
  return {
    label: '',
    isDeposit: false,
    trigger: 'signing',
    days: 0,
    dayKind: 'natural',
    dueRule: 'days',
    monthDay: null,
    fixedDay: null,
    share: { kind: 'rest' },
  }
}

/** What a contract can say beside the usual clauses; nothing of it said yet. */
export const UNSAID = {
  settlement: '',
  retainTitle: false,
  estimatedLoss: null,
  ourSize: 'unknown',
  buyerSize: 'unknown',
  smeNotice: false,
  ourAuthority: { kind: 'unknown', letter: '', validTo: null },
  theirAuthority: { kind: 'unknown', letter: '', validTo: null },
  serviceAddress: '',
  serviceEmail: '',
  startDay: null,
  endDay: null,
  renewal: 'unsaid',
  noticeDays: null,
  serviceLevel: '',
  callOff: '',
  priceDay: null,
  priceAdjust: '',
  secondLanguage: null,
  prevailingLanguage: 'first',
  second: NO_SECOND_TEXTS,
} as const satisfies Partial<ContractTerms>

const NOBODY: Party = {
  name: '',
  uscc: '',
  legalRepresentative: '',
  address: '',
  phone: '',
  bankName: '',
  bankAccount: '',
}

/** What of a customer's file stands in a document. */
export interface CustomerSide {
  readonly id: string
  readonly name: string
  readonly uscc: string
  readonly address: string
  readonly phone: string
  readonly size: ContractTerms['buyerSize']
  readonly invoice: { readonly bankName: string; readonly bankAccount: string }
}

/** The buyer's side as the customer's file has it; who represents the same firm by law stays as typed. */
export function buyerOf(customer: CustomerSide, before: Party = NOBODY): Party {
  const { name, uscc, address, phone, invoice } = customer
  return {
    name,
    uscc,
    legalRepresentative: before.name === name ? before.legalRepresentative : '',
    address,
    phone,
    bankName: invoice.bankName,
    bankAccount: invoice.bankAccount,
  }
}

/** What a new draft starts with: the clauses most contracts of this firm have, in the language of the document. */
export function newDraft(
  language: Locale,
  t: Translate,
  rate: number,
  customer: CustomerSide | null = null,
): ContractFields {
  const word = (key: string) => t(`contracts:defaults.${key}`)
  const plan = (label: string, over: Partial<PlanLine>): PlanLine => ({
    ...emptyPlanLine(),
    label: word(label),
    ...over,
  })
  return {
    kind: 'goods_sale',
    title: '',
    customerId: (customer?.id ?? '') as ContractFields['customerId'],
    language,
    templateId: null,
    ourSigner: '',
    theirSigner: '',
    signPlace: '',
    buyer: customer ? buyerOf(customer) : NOBODY,
    lines: [emptyLine(rate, word('unit'))],
    plan: [
      plan('planAdvance', { days: 7, share: { kind: 'percent', rate: 3000 } }),
      plan('planDelivery', { trigger: 'acceptance', days: 30, share: { kind: 'percent', rate: 6500 } }),
      plan('planRetention', { trigger: 'warranty_end', days: 15 }),
    ],
    terms: {
      quality: word('quality'),
      packaging: word('packaging'),
      deliveryPlace: '',
      deliveryTerms: word('deliveryTerms'),
      deliveryDay: null,
      inspection: word('inspection'),
      inspectionDays: 7,
      warrantyMonths: 12,
      warranty: '',
      penaltyPerDay: 5,
      penaltyCap: null,
      breach: '',
      disputeWay: 'court',
      disputePlace: word('disputePlace'),
      copies: 2,
      other: '',
      ...UNSAID,
      annexes: [],
      settlement: word('settlement'),
      buyerSize: customer?.size ?? 'unknown',
      serviceAddress: customer?.address ?? '',
    },
    dealId: null,
  }
}
