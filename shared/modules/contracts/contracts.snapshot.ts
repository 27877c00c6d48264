import type { ApprovalContent, ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import { SECOND_TEXTS, secondLabel } from './contracts.languages.ts'
import { contractSums, lineSums, splitPlan } from './contracts.rules.ts'
import type { ContractFields, ContractTerms } from './contracts.schema.ts'

type Form = ContentLine['form']
type Value = ContentLine['value']
type Put = (group: string, id: string, label: string, form: Form, value: Value, params?: ContentLine['params']) => void
const field = (path: string) => `contracts:fields.${path}`

/** How a term is shown that is neither words nor a day; rates of penalties are basis points. */
const TERM_FORMS: Readonly<Partial<Record<keyof ContractTerms, Form>>> = {
  inspectionDays: 'count',
  warrantyMonths: 'count',
  penaltyPerDay: 'rate',
  penaltyCap: 'rate',
  copies: 'count',
  estimatedLoss: 'fen',
  noticeDays: 'count',
}

const TERM_GROUPS: Readonly<Partial<Record<keyof ContractTerms, string>>> = {
  quality: 'quality',
  packaging: 'delivery',
  deliveryPlace: 'delivery',
  deliveryTerms: 'delivery',
  deliveryDay: 'delivery',
  inspection: 'quality',
  inspectionDays: 'quality',
  warrantyMonths: 'quality',
  warranty: 'quality',
  penaltyPerDay: 'breach',
  penaltyCap: 'breach',
  breach: 'breach',
  disputeWay: 'breach',
  disputePlace: 'breach',
  startDay: 'run',
  endDay: 'run',
  renewal: 'run',
  noticeDays: 'run',
  serviceLevel: 'quality',
  callOff: 'run',
  priceDay: 'run',
  priceAdjust: 'run',
  ourSize: 'law',
  buyerSize: 'law',
  secondLanguage: 'second',
  prevailingLanguage: 'second',
}

/** What stands beside the form: why it is submitted in spite of warnings, and the template edition of its wording. */
interface SnapshotBeside {
  readonly reason?: string
  readonly template?: { readonly code: string; readonly edition: number } | null
}

/**
 * A contract as its approvers read it and as it is frozen: every figure and clause by itself, so that two submissions
 * can be held against each other line by line. What was left empty is left out.
 */
export function contractSnapshot(
  number: string,
  fields: ContractFields,
  { reason = '', template = null }: SnapshotBeside = {},
): ApprovalContent {
  const lines: ContentLine[] = []
  const put: Put = (group, id, label, form, value, params) => {
    if (value === null || value === '') return
    lines.push({ id, group: `contracts:groups.${group}`, label, form, value, ...(params ? { params } : {}) })
  }
  const sums = contractSums(fields.lines)

  put('basics', 'number', 'contracts:columns.number', 'text', number)
  put('basics', 'title', field('title'), 'text', fields.title)
  put('basics', 'kind', field('kind'), 'word', `contracts:kinds.${fields.kind}`)
  put('basics', 'template', 'contracts:submit.template', 'text', template && `${template.code} / ${template.edition}`)
  put('basics', 'amount', 'contracts:columns.amount', 'fen', sums.amount)
  put('basics', 'reason', 'contracts:submit.reason', 'text', reason)
  put('basics', 'ourSigner', field('ourSigner'), 'text', fields.ourSigner)
  put('basics', 'theirSigner', field('theirSigner'), 'text', fields.theirSigner)
  put('basics', 'signPlace', field('signPlace'), 'text', fields.signPlace)
  for (const [key, value] of Object.entries(fields.buyer))
    put('buyer', `buyer.${key}`, field(`buyer.${key}`), 'text', value)

  // A kind of goods keeps its place by what it is, so that one put in before it does not change the rest.
  const seen = new Map<string, number>()
  for (const line of fields.lines) {
    const name = [line.name, line.spec].filter((part) => part !== '').join(' ')
    const nth = (seen.get(name) ?? 0) + 1
    seen.set(name, nth)
    const id = `line.${name}.${nth}`
    const params = { name }
    const at = (key: string) => `contracts:submit.line.${key}`
    put('lines', `${id}.quantity`, at('quantity'), 'quantity', line.quantity, params)
    put('lines', `${id}.unit`, at('unit'), 'text', line.unit, params)
    put('lines', `${id}.price`, at('price'), 'price', line.price, params)
    put('lines', `${id}.rate`, at('rate'), 'rate', line.rate, params)
    put('lines', `${id}.amount`, at('amount'), 'fen', lineSums(line).amount, params)
    put('lines', `${id}.deliveryDay`, at('deliveryDay'), 'day', line.deliveryDay, params)
  }
  const { amounts } = splitPlan(sums.amount, fields.plan)
  fields.plan.forEach((line, index) => {
    const params = { n: index + 1, name: line.label }
    const at = (key: string) => `contracts:submit.plan.${key}`
    const id = `plan.${index + 1}`
    put('plan', `${id}.amount`, at('amount'), 'fen', amounts[index] ?? 0, params)
    put('plan', `${id}.trigger`, at('trigger'), 'word', `contracts:triggers.${line.trigger}`, params)
    if (line.trigger === 'fixed') put('plan', `${id}.fixedDay`, at('fixedDay'), 'day', line.fixedDay, params)
    else put('plan', `${id}.days`, at('days'), 'count', line.days, params)
    put('plan', `${id}.dueRule`, at('dueRule'), 'word', `contracts:dueRules.${line.dueRule}`, params)
    put('plan', `${id}.monthDay`, at('monthDay'), 'count', line.monthDay, params)
  })
  putTerms(fields.terms, put)
  const wording = template && { code: template.code, edition: template.edition }
  return { lines, data: { number, fields, template: wording } }
}

/** Terms that are a choice, where its words stand, and what is not worth a line. */
const CHOICES: Readonly<Partial<Record<keyof ContractTerms, { readonly words: string; readonly unsaid?: string }>>> = {
  disputeWay: { words: 'contracts:disputes' },
  ourSize: { words: 'customers:size', unsaid: 'unknown' },
  buyerSize: { words: 'customers:size', unsaid: 'unknown' },
  renewal: { words: 'contracts:renewals', unsaid: 'unsaid' },
  secondLanguage: { words: 'contracts:languages' },
  prevailingLanguage: { words: 'contracts:prevailing' },
}

function putTerms(terms: ContractTerms, put: Put): void {
  const { ourAuthority, theirAuthority, second, annexes, prevailingLanguage, ...rest } = terms
  const said = terms.secondLanguage === null ? rest : { ...rest, prevailingLanguage }
  for (const [name, value] of Object.entries(said)) {
    const key = name as keyof typeof said
    const group = TERM_GROUPS[key] ?? 'other'
    const choice = CHOICES[key]
    if (choice) {
      if (value !== null && value !== choice.unsaid) {
        put(group, key, field(`terms.${key}`), 'word', `${choice.words}.${String(value)}`)
      }
    } else if (typeof value === 'boolean') {
      if (value) put(group, key, field(`terms.${key}`), 'word', 'approvals:content.yes')
    } else put(group, key, field(`terms.${key}`), TERM_FORMS[key] ?? 'text', value)
  }
  for (const [key, { kind, letter, validTo }] of Object.entries({ ourAuthority, theirAuthority })) {
    if (kind === 'unknown') continue
    put('law', key, field(`terms.${key}`), 'word', `contracts:authorities.${kind}`)
    put('law', `${key}.letter`, `contracts:authority.letter.${key}`, 'text', letter)
    put('law', `${key}.validTo`, `contracts:authority.validTo.${key}`, 'day', validTo)
  }
  if (terms.secondLanguage !== null) {
    for (const name of SECOND_TEXTS) put('second', `second.${name}`, secondLabel(name), 'text', second[name])
  }
  annexes.forEach(({ title, text }, index) => {
    put('annexes', `annex.${index + 1}`, 'contracts:annex.label', 'text', text, { no: index + 1, title })
  })
}
