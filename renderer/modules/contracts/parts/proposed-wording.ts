import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { proposedWording } from '#shared/modules/contracts/contracts.kinds.rules.ts'
import type { ContractDraft, Finding } from '#shared/modules/contracts/contracts.schema.ts'
import { getPath, type FormHandle } from '#renderer/ui/form-state.ts'

/** Puts the proposed wording of a finding into its field, after what is there, in the language of the document. */
export function takeWording(form: FormHandle, finding: Finding): void {
  if (!finding.wording) return
  const t = makeTranslator(form.values['language'] as Locale)
  const before = String(getPath(form.values, finding.wording) ?? '').trim()
  const words = proposedWording(form.values['kind'] as ContractDraft['kind'], finding.code, t)
  form.set(finding.wording, before === '' ? words : `${before}\n${words}`)
}
