import type { Law } from './contracts.law.ts'
import type { Sums } from './contracts.rules.ts'
import type { ContractDraft, Finding, Party } from './contracts.schema.ts'

/** What the check needs beside the form: our side, the sums, the day, and the rates and legal numbers of that day. */
export interface CheckInput {
  readonly fields: ContractDraft
  readonly seller: Party
  readonly sums: Sums
  /** VAT rates in basis points that are in force on the day of the check. */
  readonly rates: readonly number[]
  /** The day of the check, or that of signing. */
  readonly day: string
  readonly law: Law
  /** What the check of the buyer's credit found; absent where nobody looked. */
  readonly credit?: readonly CreditFound[]
}

/** One thing that speaks against trusting the buyer with so much, by a code of `CREDIT_CODES`. */
export interface CreditFound {
  readonly code: string
  readonly severity: Finding['severity']
  readonly params: Readonly<Record<string, string>>
}

/** One place where a rule found something; the rule's own severity unless it says another. */
export interface Place {
  readonly path: Finding['path']
  readonly severity?: Finding['severity']
  readonly params?: Finding['params']
}

/**
 * A rule of the check. An `error` keeps a draft from being submitted and signed, a `warning` needs a reason, a `note` is
 * for knowledge. `article` names where it stands; `wording` is the text field that the proposed wording can be put into.
 */
export interface CheckRule {
  readonly code: string
  readonly severity: Finding['severity']
  readonly article: string | null
  readonly wording?: string
  find(input: CheckInput): readonly Place[]
}

/** True for a text without anything to read. */
export const blank = (text: string): boolean => text.trim() === ''

/** The one place, where the condition holds. */
export const at = (holds: boolean, path: Finding['path'], params?: Finding['params']): readonly Place[] =>
  holds ? [{ path, ...(params ? { params } : {}) }] : []

/** A rule that holds for some kinds of contracts only. */
export const onlyFor = (kinds: readonly ContractDraft['kind'][], rule: CheckRule): CheckRule => ({
  ...rule,
  find: (input) => (kinds.includes(input.fields.kind) ? rule.find(input) : []),
})
