import { mulRate } from '#shared/kernel/money.ts'
import { splitPlan, type Sums } from './contracts.rules.ts'
import type { ContractDraft, Finding, Party, PlanLine } from './contracts.schema.ts'

/** What the check needs beside the form: our side, the sums, and which rates are in force. */
export interface CheckInput {
  readonly fields: ContractDraft
  readonly seller: Party
  readonly sums: Sums
  /** VAT rates in basis points that are in force on the day of the check. */
  readonly rates: readonly number[]
}

/** Highest share of the total that can be earnest money, in basis points (民法典 586). */
export const DEPOSIT_LIMIT = 2000

type Path = Finding['path']
type Report = (severity: Finding['severity'], code: string, path: Path, article: string | null) => void

/**
 * What is missing or doubtful in a draft, with the field it concerns. Errors keep it from being signed: the parts
 * without which there is no contract (民法典 470: parties, goods, quantity) and whatever does not add up; the other
 * usual parts of articles 470 and 596 are errors where this firm's template prints them, warnings elsewhere.
 */
export function checkContract(input: CheckInput): Finding[] {
  const found: Finding[] = []
  const report: Report = (severity, code, path, article) => found.push({ severity, code, path: [...path], article })
  checkParties(input, report)
  checkLines(input, report)
  checkTerms(input, report)
  checkPlan(input, report)
  return found
}

/** True when nothing keeps the draft from being signed. */
export function canBeSigned(findings: readonly Finding[]): boolean {
  return findings.every((f) => f.severity !== 'error')
}

function checkParties({ fields, seller }: CheckInput, report: Report): void {
  if (blank(fields.buyer.name)) report('error', 'buyer_name', ['buyer', 'name'], 'civil470')
  if (blank(fields.buyer.address)) report('error', 'buyer_address', ['buyer', 'address'], 'civil470')
  if (blank(fields.buyer.uscc)) report('warning', 'buyer_uscc', ['buyer', 'uscc'], null)
  if (blank(seller.name)) report('error', 'seller_name', ['seller', 'name'], 'civil470')
  if (blank(seller.address)) report('error', 'seller_address', ['seller', 'address'], 'civil470')
  if (blank(seller.bankName) || blank(seller.bankAccount)) {
    report('error', 'seller_bank', ['seller', 'bankAccount'], 'civil596')
  }
  if (!blank(seller.name) && seller.name.trim() === fields.buyer.name.trim()) {
    report('error', 'same_party', ['buyer', 'name'], null)
  }
  if (blank(fields.ourSigner)) report('warning', 'our_signer', ['ourSigner'], 'civil490')
  if (blank(fields.theirSigner)) report('warning', 'their_signer', ['theirSigner'], 'civil490')
  if (blank(fields.signPlace)) report('warning', 'sign_place', ['signPlace'], null)
}

function checkLines({ fields, sums, rates }: CheckInput, report: Report): void {
  if (fields.lines.length === 0) report('error', 'no_lines', ['lines'], 'civil470')
  fields.lines.forEach((line, index) => {
    const at = (field: string): Path => ['lines', index, field]
    if (blank(line.name)) report('error', 'line_name', at('name'), 'civil596')
    if (line.quantity === 0) report('error', 'line_quantity', at('quantity'), 'civil470')
    if (blank(line.unit)) report('error', 'line_unit', at('unit'), 'civil470')
    if (line.price === 0) report('error', 'line_price', at('price'), 'civil470')
    if (blank(line.spec)) report('warning', 'line_spec', at('spec'), 'civil470')
    if (!rates.includes(line.rate)) report('error', 'line_rate', at('rate'), 'vat10')
  })
  if (fields.lines.length > 0 && sums.amount === 0) report('error', 'no_amount', ['lines'], 'civil470')
}

function checkTerms({ fields }: CheckInput, report: Report): void {
  const { terms } = fields
  const required = [
    ['quality', 'quality', 'civil470'],
    ['deliveryPlace', 'delivery_place', 'civil470'],
    ['deliveryTerms', 'delivery_terms', 'civil470'],
    ['inspection', 'inspection', 'civil596'],
    ['disputePlace', 'dispute_place', 'civil470'],
  ] as const
  for (const [field, code, article] of required) {
    if (blank(terms[field])) report('error', code, ['terms', field], article)
  }
  if (terms.deliveryDay === null) report('error', 'delivery_day', ['terms', 'deliveryDay'], 'civil470')
  if (terms.penaltyPerDay === null && blank(terms.breach)) report('error', 'breach', ['terms', 'breach'], 'civil470')
  if (terms.penaltyPerDay === null) report('warning', 'penalty', ['terms', 'penaltyPerDay'], 'civil585')
  if (blank(terms.packaging)) report('warning', 'packaging', ['terms', 'packaging'], 'civil596')
  if (terms.inspectionDays === null) report('warning', 'inspection_days', ['terms', 'inspectionDays'], 'civil621')
  if (terms.warrantyMonths === null && blank(terms.warranty)) {
    report('warning', 'warranty', ['terms', 'warrantyMonths'], 'civil470')
  }
}

function checkPlan({ fields, sums }: CheckInput, report: Report): void {
  const { plan } = fields
  if (plan.length === 0) {
    report('error', 'no_plan', ['plan'], 'civil470')
    return
  }
  const split = splitPlan(sums.amount, plan)
  if (split.difference !== 0) report('error', 'plan_sum', ['plan'], null)
  plan.forEach((line, index) => checkInstalment(input(line, index, split.amounts[index] ?? 0), report))
  const deposit = plan.reduce((sum, line, i) => sum + (line.isDeposit ? (split.amounts[i] ?? 0) : 0), 0)
  // The limit itself is rounded to the fen: an odd total must not make exactly 20 % look like more.
  if (deposit > mulRate(sums.amount, DEPOSIT_LIMIT)) {
    report('warning', 'deposit_limit', ['plan', plan.findIndex((line) => line.isDeposit), 'share'], 'civil586')
  }
  const needsWarranty = plan.findIndex((line) => line.trigger === 'warranty_end')
  if (needsWarranty >= 0 && fields.terms.warrantyMonths === null) {
    report('error', 'plan_warranty', ['terms', 'warrantyMonths'], null)
  }

  function input(line: PlanLine, index: number, amount: number) {
    return { line, index, amount, last: index === plan.length - 1 }
  }
}

function checkInstalment(
  { line, index, amount, last }: { line: PlanLine; index: number; amount: number; last: boolean },
  report: Report,
): void {
  const at = (field: string): Path => ['plan', index, field]
  if (blank(line.label)) report('error', 'plan_label', at('label'), null)
  if (amount <= 0) report('error', 'plan_amount', at('share'), null)
  if (line.trigger === 'fixed' && line.fixedDay === null) report('error', 'plan_fixed_day', at('fixedDay'), 'civil470')
  if (line.share.kind === 'rest' && !last) report('error', 'plan_rest', at('share'), null)
}

function blank(text: string): boolean {
  return text.trim() === ''
}

/** VAT rates (basis points) in force on a day. */
export function ratesOn(
  rates: readonly { readonly rate: number; readonly from: string; readonly to: string | null }[],
  day: string,
): number[] {
  return rates.filter((row) => row.from <= day && (row.to === null || row.to >= day)).map((row) => row.rate)
}
