import { contractSums, lineSums, splitPlan, triggerDays, dueDayOf } from '#shared/modules/contracts/contracts.rules.ts'
import type { DayCounter, TriggerDays } from '#shared/modules/contracts/contracts.rules.ts'
import {
  contractTerms,
  party,
  type ContractFields,
  type ContractLine,
  type ContractTerms,
  type Party,
  type PlanLine,
} from '#shared/modules/contracts/contracts.schema.ts'
import type { FirmProfile } from '#shared/modules/office/office.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import type {
  ContractEventsTable,
  ContractLinesTable,
  ContractPlanTable,
  ContractsTable,
} from '#core/store/tables/contracts.tables.ts'

export type ContractRecord = ContractsTable

/** Our own side of a contract, from the firm's profile. */
export function sellerOf(firm: FirmProfile): Party {
  return {
    name: firm.name,
    uscc: firm.uscc,
    legalRepresentative: firm.legalRepresentative,
    address: firm.address,
    phone: firm.phone,
    bankName: firm.bankName,
    bankAccount: firm.bankAccount,
  }
}

/** What lists of contracts sort by where they ask for the end of the term. */
export const endKeyOf = (terms: Pick<ContractTerms, 'endDay'>): string => terms.endDay ?? NO_END

/** Stands for the last day of a contract that has none. */
export const NO_END = '9999-12-31'

/** Rows of the goods, each with its sums in fen. */
export function lineRows(lines: readonly ContractLine[]): Omit<ContractLinesTable, 'contract_id'>[] {
  return lines.map(({ deliveryDay, ...line }, index) => ({
    id: newId(),
    seq: index + 1,
    ...line,
    delivery_day: deliveryDay,
    ...lineSums(line),
  }))
}

/** Rows of the payment clause with the amounts the rule computes; a sum that does not fit is stored as it is typed. */
export function planRows(fields: Pick<ContractFields, 'plan' | 'lines'>): Omit<ContractPlanTable, 'contract_id'>[] {
  const { amounts } = splitPlan(contractSums(fields.lines).amount, fields.plan)
  return fields.plan.map((line, index) => ({
    id: newId(),
    seq: index + 1,
    label: line.label,
    is_deposit: line.isDeposit ? 1 : 0,
    trigger: line.trigger,
    days: line.days,
    day_kind: line.dayKind,
    due_rule: line.dueRule,
    month_day: line.monthDay,
    fixed_day: line.fixedDay,
    share_kind: line.share.kind,
    share_value: line.share.kind === 'percent' ? line.share.rate : line.share.kind === 'amount' ? line.share.amount : 0,
    amount: amounts[index] ?? 0,
  }))
}

export function lineOf(row: ContractLinesTable): ContractLine {
  return {
    name: row.name,
    spec: row.spec,
    unit: row.unit,
    quantity: row.quantity,
    price: row.price,
    rate: row.rate,
    deliveryDay: row.delivery_day as ContractLine['deliveryDay'],
  }
}

export function planLineOf(row: ContractPlanTable): PlanLine {
  return {
    label: row.label,
    isDeposit: row.is_deposit === 1,
    trigger: row.trigger,
    days: row.days,
    dayKind: row.day_kind,
    dueRule: row.due_rule,
    monthDay: row.month_day,
    fixedDay: row.fixed_day as PlanLine['fixedDay'],
    share:
      row.share_kind === 'percent'
        ? { kind: 'percent', rate: row.share_value }
        : row.share_kind === 'amount'
          ? { kind: 'amount', amount: row.share_value as never }
          : { kind: 'rest' },
  }
}

/** The form of a stored contract, as the editor, the check and the document take it. */
export function fieldsOf(
  record: ContractRecord,
  parts: { readonly lines: readonly ContractLinesTable[]; readonly plan: readonly ContractPlanTable[] },
): ContractFields {
  return {
    kind: record.kind,
    title: record.title,
    customerId: record.customer_id as ContractFields['customerId'],
    language: record.language,
    templateId: record.chosen_template_id as ContractFields['templateId'],
    ourSigner: record.our_signer,
    theirSigner: record.their_signer,
    signPlace: record.sign_place,
    buyer: party.parse(JSON.parse(record.buyer)),
    lines: parts.lines.map(lineOf),
    plan: parts.plan.map(planLineOf),
    terms: contractTerms.parse(JSON.parse(record.terms)),
    dealId: record.deal_id as ContractFields['dealId'],
    renewsId: record.renews_id as ContractFields['renewsId'],
  }
}

/** Due days of a payment clause by position, from the signing day and what has happened since. */
export function dueDays(
  fields: Pick<ContractFields, 'plan' | 'terms'>,
  signDay: string | null,
  events: readonly Pick<ContractEventsTable, 'kind' | 'day'>[],
  counter: DayCounter,
): { readonly days: TriggerDays; readonly due: ReadonlyMap<number, string | null> } {
  const days = triggerDays(signDay as never, events, fields.terms.warrantyMonths, counter)
  return { days, due: new Map(fields.plan.map((line, index) => [index + 1, dueDayOf(line, days, counter)])) }
}
