import { makeTranslator } from '#shared/i18n/translate.ts'
import type { ApprovalContent, ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import { textAfter, textBefore } from '#shared/kernel/text-redline.ts'
import { shownChanges } from './contracts.redline.words.ts'
import type { ContractFields } from './contracts.schema.ts'
import { contractSnapshot } from './contracts.snapshot.ts'

/**
 * A supplement as its approvers read it and as it is frozen: first what it changes, in the words of the paper, then all
 * of what the contract is to be.
 */
export function supplementSnapshot(
  supplement: { readonly number: string; readonly reason: string },
  base: ContractFields,
  fields: ContractFields,
): ApprovalContent {
  const t = makeTranslator(fields.language)
  const whole = contractSnapshot(supplement.number, fields)
  const text = (id: string, label: string, value: string, params?: ContentLine['params']): ContentLine => ({
    id,
    group: 'contracts:supplement.changes',
    label,
    form: 'text',
    value,
    ...(params ? { params } : {}),
  })
  const changes = shownChanges(base, fields, t).map(({ item, before, after, pieces }, index) => {
    const [old, fresh] = pieces === null ? [before, after] : [textBefore(pieces), textAfter(pieces)]
    const nothing = t('contracts:redline.nothing')
    return text(`change.${index}`, 'contracts:redline.ofItem', `${old || nothing} → ${fresh || nothing}`, { item })
  })
  return {
    lines: [text('reason', 'contracts:supplement.reason', supplement.reason), ...changes, ...whole.lines],
    data: { number: supplement.number, reason: supplement.reason, fields },
  }
}
