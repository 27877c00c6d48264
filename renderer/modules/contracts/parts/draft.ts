import {
  contractSums,
  isPriceList,
  splitPlan,
  type PlanSplit,
  type Sums,
} from '#shared/modules/contracts/contracts.rules.ts'
import { contractDraftFields, type ContractDraft } from '#shared/modules/contracts/contracts.schema.ts'
import type {
  ContractFields,
  ContractLine,
  ContractView,
  PlanLine,
} from '#shared/modules/contracts/contracts.schema.ts'
import type { FormValues } from '#renderer/ui/form-state.ts'

/** The form of a contract as read. */
export function fieldsOfView(view: ContractView): ContractFields {
  const { kind, title, customerId, language, ourSigner, theirSigner, signPlace, buyer, terms } = view
  return {
    kind,
    title,
    customerId: customerId as ContractFields['customerId'],
    language,
    templateId: view.templateId as ContractFields['templateId'],
    ourSigner,
    theirSigner,
    signPlace,
    buyer,
    terms,
    dealId: view.dealId as ContractFields['dealId'],
    renewsId: view.renewsId as ContractFields['renewsId'],
    lines: view.lines.map(({ name, spec, unit, quantity, price, rate, deliveryDay }) => ({
      name,
      spec,
      unit,
      quantity,
      price,
      rate,
      deliveryDay,
    })),
    plan: view.plan.map(({ amount: _amount, dueDay: _dueDay, ...line }) => line),
  }
}

const whole = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : 0)

/** One kind of goods as far as it can be counted. */
export function countableLine(line: ContractLine): ContractLine {
  return { ...line, price: whole(line.price), quantity: whole(line.quantity), rate: whole(line.rate) }
}

/** What is typed, as far as it can be counted: a number that cannot be read yet counts as nothing. */
export function countable(values: FormValues): Pick<ContractFields, 'lines' | 'plan'> {
  const lines = (values['lines'] as ContractLine[]).map(countableLine)
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

/** Sums and instalments of what is typed, and whether it is a price list, which has none. */
export function draftFigures(values: FormValues): { sums: Sums; split: PlanSplit; priceList: boolean } {
  const { lines, plan } = countable(values)
  const sums = contractSums(lines)
  const priceList = isPriceList({ kind: values['kind'] as ContractFields['kind'], lines })
  return { sums, split: splitPlan(sums.amount, plan), priceList }
}

/** What is typed, as far as it reads as a contract; null while something in it cannot be read. */
export function readable(values: FormValues): ContractDraft | null {
  const parsed = contractDraftFields.safeParse(values)
  return parsed.success ? parsed.data : null
}
