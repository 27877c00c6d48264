import type { Locale } from '#shared/i18n/locale.ts'
import type { Finding } from '#shared/modules/contracts/contracts.schema.ts'
import type { PinnedClause } from './clauses.compose.rules.ts'
import { standingOn, type DatedEdition } from './clauses.editions.rules.ts'
import type { ContractKind, TemplateChoice, TemplateFault } from './clauses.schema.ts'

/** What a contract asks of its template. `templateId` null: the standard one of the kind. */
export interface Wanted {
  readonly templateId: string | null
  readonly kind: ContractKind
  /** All languages that the contract is to be printed in. */
  readonly languages: readonly Locale[]
}

const fault = (code: TemplateFault['code'], params: TemplateFault['params'] = {}): TemplateFault => ({ code, params })

/**
 * Why an edition cannot be used on a day, null where it can: it was withdrawn or has run out, or one of the clauses in
 * it was or has. `edition` null: none has begun.
 */
export function editionFault(
  edition: DatedEdition | null,
  clauses: readonly PinnedClause[],
  day: string,
): TemplateFault | null {
  if (edition === null) return fault('unpublished')
  const no = String(edition.no)
  const standing = standingOn(edition, day)
  if (standing === 'withdrawn') return fault('withdrawn', { no, day: edition.withdrawnDay ?? '' })
  if (standing === 'expired') return fault('expired', { no, day: edition.validTo ?? '' })
  if (standing !== 'inForce') return fault('unpublished')
  for (const clause of clauses) {
    const by = standingOn(clause, day)
    if (by === 'inForce') continue
    const params = { no, clause: clause.code, clauseNo: String(clause.no) }
    return by === 'expired' ? fault('clauseExpired', params) : fault('clauseWithdrawn', params)
  }
  return null
}

/** The template that a contract means, among all there are. */
export function chosenTemplate(choices: readonly TemplateChoice[], wanted: Wanted): TemplateChoice | null {
  const { templateId, kind } = wanted
  const meant = choices.find((choice) =>
    templateId === null ? choice.standard && choice.kind === kind : choice.id === templateId,
  )
  return meant ?? null
}

/** Why the template that a contract means cannot be used for it; null where it can. */
export function choiceFault(choice: TemplateChoice | null, wanted: Wanted): TemplateFault | null {
  if (choice === null) return fault('missing')
  if (choice.kind !== wanted.kind) return fault('kind', { code: choice.code })
  if (choice.fault !== null) return { ...choice.fault, params: { ...choice.fault.params, code: choice.code } }
  const lacks = wanted.languages.some((language) => !choice.languages.includes(language))
  return lacks ? fault('language', { code: choice.code }) : null
}

/** A fault as the check of a contract tells it: it keeps the draft from being submitted and signed. */
export function templateFinding({ code, params }: TemplateFault): Finding {
  const path = code === 'language' ? ['language'] : code === 'kind' ? ['kind'] : ['templateId']
  return { severity: 'error', code: `template_${code}`, path, article: null, params }
}
