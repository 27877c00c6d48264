import { at, type CheckInput, type CheckRule } from './contracts.check.types.ts'

/** What the check of a customer's credit may say of a draft; words under `contracts:findings`. */
export const CREDIT_CODES = ['credit_hold', 'credit_late', 'credit_over', 'credit_expired', 'credit_overdue'] as const
export type CreditCode = (typeof CREDIT_CODES)[number]

/** Whether the firm trusts the buyer with so much; only where somebody has looked (3.7 +, 8.3.2). */
export const CREDIT_RULES: readonly CheckRule[] = CREDIT_CODES.map((code) => ({
  code,
  severity: 'warning',
  article: null,
  find: ({ credit = [] }: CheckInput) =>
    credit
      .filter((found) => found.code === code)
      .flatMap(({ severity, params }) => at(true, ['customerId'], params).map((place) => ({ ...place, severity }))),
}))
