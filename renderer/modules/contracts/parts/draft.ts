import type { Translate } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { contractSums, splitPlan, type PlanSplit, type Sums } from '#shared/modules/contracts/contracts.rules.ts'
import type {
  ContractFields,
  ContractLine,
  ContractView,
  Party,
  PlanLine,
} from '#shared/modules/contracts/contracts.schema.ts'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import type { FormValues } from '#renderer/ui/form-state.ts'

/** A further line of goods, at the rate of the one before it. */
export function emptyLine(rate: number, unit: string): ContractLine {
  return { name: '', spec: '', unit, quantity: 0, price: 0, rate }
}

/** A further instalment. */
export function emptyPlanLine(): PlanLine {
  return {
    label: '',
    isDeposit: false,
    trigger: 'signing',
    days: 0,
    dayKind: 'natural',
    fixedDay: null,
    share: { kind: 'rest' },
  }
}

const NOBODY: Party = {
  name: '',
  uscc: '',
  legalRepresentative: '',
  address: '',
  phone: '',
  bankName: '',
  bankAccount: '',
}

/** The buyer's side as the customer's file has it; who represents the same firm by law stays as typed. */
export function buyerOf(customer: CustomerView, before: Party = NOBODY): Party {
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
  customer: CustomerView | null = null,
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
    },
  }
}

/** The form of a contract as read. */
export function fieldsOfView(view: ContractView): ContractFields {
  const { kind, title, customerId, language, ourSigner, theirSigner, signPlace, buyer, terms } = view
  return {
    kind,
    title,
    customerId: customerId as ContractFields['customerId'],
    language,
    ourSigner,
    theirSigner,
    signPlace,
    buyer,
    terms,
    lines: view.lines.map(({ name, spec, unit, quantity, price, rate }) => ({
      name,
      spec,
      unit,
      quantity,
      price,
      rate,
    })),
    plan: view.plan.map(({ amount: _amount, dueDay: _dueDay, ...line }) => line),
  }
}

/** What is typed, as far as it can be counted: a number that cannot be read yet counts as nothing. */
export function countable(values: FormValues): Pick<ContractFields, 'lines' | 'plan'> {
  const whole = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : 0)
  const lines = (values['lines'] as ContractLine[]).map((line) => ({
    ...line,
    price: whole(line.price),
    quantity: whole(line.quantity),
    rate: whole(line.rate),
  }))
  const plan = (values['plan'] as PlanLine[]).map((line) => ({
    ...line,
    share:
      line.share.kind === 'percent'
        ? { ...line.share, rate: whole(line.share.rate) }
        : line.share.kind === 'amount'
          ? { ...line.share, amount: whole(line.share.amount) as never }
          : line.share,
  }))
  return { lines, plan }
}

/** Sums and instalments of what is typed. */
export function draftFigures(values: FormValues): { sums: Sums; split: PlanSplit } {
  const { lines, plan } = countable(values)
  const sums = contractSums(lines)
  return { sums, split: splitPlan(sums.amount, plan) }
}
