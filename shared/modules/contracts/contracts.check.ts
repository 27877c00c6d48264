import { CREDIT_RULES } from './contracts.check.credit.ts'
import { GOODS_RULES } from './contracts.check.goods.ts'
import { KIND_RULES } from './contracts.check.kinds.ts'
import { PARTY_RULES } from './contracts.check.parties.ts'
import { PAYMENT_RULES } from './contracts.check.payment.ts'
import { TERMS_RULES } from './contracts.check.terms.ts'
import { TEXT_RULES } from './contracts.check.texts.ts'
import type { CheckInput, CheckRule } from './contracts.check.types.ts'
import { WORDING_RULES } from './contracts.check.wording.ts'
import type { Finding } from './contracts.schema.ts'

export type { CheckInput, CheckRule } from './contracts.check.types.ts'

/** Every rule of the check, in the order in which a contract is read. */
export const CHECK_RULES: readonly CheckRule[] = [
  ...PARTY_RULES,
  ...CREDIT_RULES,
  ...GOODS_RULES,
  ...PAYMENT_RULES,
  ...TERMS_RULES,
  ...KIND_RULES,
  ...TEXT_RULES,
  ...WORDING_RULES,
]

/**
 * What is missing or doubtful in a draft, with the field it concerns and the article it rests on. Errors keep it from
 * being signed: the parts without which there is no contract (民法典 470), what is void, and whatever does not add up;
 * warnings are for whoever answers for it, notes tell what follows from what was agreed.
 */
export function checkContract(input: CheckInput): Finding[] {
  return CHECK_RULES.flatMap((rule) =>
    rule.find(input).map(({ path, severity, params }) => ({
      severity: severity ?? rule.severity,
      code: rule.code,
      path: [...path],
      article: rule.article,
      ...(params ? { params } : {}),
      ...(rule.wording ? { wording: rule.wording } : {}),
    })),
  )
}

/** True when nothing keeps the draft from being signed. */
export function canBeSigned(findings: readonly Finding[]): boolean {
  return findings.every((f) => f.severity !== 'error')
}

/** VAT rates (basis points) in force on a day. */
export function ratesOn(
  rates: readonly { readonly rate: number; readonly from: string; readonly to: string | null }[],
  day: string,
): number[] {
  return rates.filter((row) => row.from <= day && (row.to === null || row.to >= day)).map((row) => row.rate)
}
