import type { Translate } from '#shared/i18n/translate.ts'
import type { ContractFields } from './contracts.schema.ts'

type Kind = ContractFields['kind']

/** Words that a new draft starts with and a service says in its own way. */
const IN_TERMS = ['quality', 'deliveryTerms', 'inspection', 'disputePlace'] as const
const IN_PLAN = ['planDelivery', 'planRetention'] as const
/** Proposals of the check that a service says in its own way. */
const PROPOSALS: ReadonlySet<string> = new Set([
  'quality',
  'delivery_place',
  'delivery_terms',
  'inspection',
  'dispute_place',
  'sme_notice',
  'service_level',
])

/** A word that drafts of a kind start with. */
function defaultWord(kind: Kind, key: string, t: Translate): string {
  return t(kind === 'services' ? `contracts:kindDefaults.services.${key}` : `contracts:defaults.${key}`)
}

/** The wording that is proposed for a finding, with the sides as this kind of contract calls them. */
export function proposedWording(kind: Kind, code: string, t: Translate): string {
  const own = kind === 'services' && PROPOSALS.has(code)
  return t(own ? `contracts:kindWordings.services.${code}` : `contracts:wordings.${code}`)
}

/**
 * A draft as one of another kind: whatever still says what a draft of the old kind starts with says what one of the new
 * kind does; what somebody typed stays. The template is given up: it was of the old kind.
 */
export function asKind<Fields extends Pick<ContractFields, 'kind' | 'terms' | 'plan' | 'lines' | 'templateId'>>(
  fields: Fields,
  kind: Kind,
  t: Translate,
): Fields {
  const said = (key: string, text: string) =>
    text === defaultWord(fields.kind, key, t) ? defaultWord(kind, key, t) : text
  const { terms } = fields
  const packaging = t('contracts:defaults.packaging')
  const texts = Object.fromEntries(IN_TERMS.map((key) => [key, said(key, terms[key])]))
  const packed = kind === 'services' ? (terms.packaging === packaging ? '' : terms.packaging) : terms.packaging
  const again = fields.kind === 'services' && kind !== 'services' && packed === '' ? packaging : packed
  return {
    ...fields,
    kind,
    templateId: null,
    terms: { ...terms, ...texts, packaging: again },
    plan: fields.plan.map((line) => ({ ...line, label: IN_PLAN.reduce((label, key) => said(key, label), line.label) })),
    lines: fields.lines.map((line) => ({ ...line, unit: said('unit', line.unit) })),
  }
}
