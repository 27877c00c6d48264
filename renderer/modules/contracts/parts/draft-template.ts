import {
  chosenTemplate,
  choiceFault,
  templateFinding,
  type Wanted,
} from '#shared/modules/clauses/clauses.choice.rules.ts'
import type { TemplateChoice } from '#shared/modules/clauses/clauses.schema.ts'
import { secondLanguageOf } from '#shared/modules/contracts/contracts.languages.ts'
import type { ContractDraft, Finding } from '#shared/modules/contracts/contracts.schema.ts'

type Asking = Pick<ContractDraft, 'kind' | 'language' | 'templateId' | 'terms'>

/** What a draft asks of its template. */
export function wantedBy(fields: Asking): Wanted {
  const second = secondLanguageOf(fields)
  return {
    templateId: fields.templateId,
    kind: fields.kind,
    languages: second === null ? [fields.language] : [fields.language, second],
  }
}

/** What of its template keeps a draft from being submitted and signed, as the core's check says it. */
export function templateFindings(choices: readonly TemplateChoice[], fields: Asking): Finding[] {
  const wanted = wantedBy(fields)
  const fault = choiceFault(chosenTemplate(choices, wanted), wanted)
  return fault === null ? [] : [templateFinding(fault)]
}
