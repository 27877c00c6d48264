import { tagName } from '#shared/kernel/word-model.ts'
import type { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import type { TextList } from '#shared/modules/contracts/contracts.fill.rules.ts'
import { fieldOf, listKnowing, namesKnown, type TemplateField } from './wordtemplates.fields.ts'
import { shownTag, type Tag, type TagFault, type TagPlace, type TemplateTags } from './wordtemplates.tags.rules.ts'

type ContractKind = (typeof CONTRACT_KINDS)[number]

/** What is wrong with what a tag names, where the tag itself is in order. */
export const NAME_FAULTS = ['listAsField', 'conditionAsField', 'outsideList', 'listInList'] as const
export type NameFaultCode = (typeof NAME_FAULTS)[number]

export interface TemplateFault {
  readonly code: TagFault['code'] | NameFaultCode
  readonly text: string
  readonly place: TagPlace | null
  /** The list that it belongs into, by its code. */
  readonly list?: TextList
}

export interface KnownField {
  readonly code: string
  /** How often it stands in the template. */
  readonly count: number
}

export interface UnknownField {
  readonly name: string
  readonly places: readonly TagPlace[]
  /** The nearest name that is known there; null where none is near. */
  readonly suggestion: string | null
}

/** Parts without which there is no contract of sale, or which the check of a contract asks for. */
export const WANTED = [
  'parties',
  'addresses',
  'subject',
  'quantity',
  'price',
  'quality',
  'delivery',
  'payment',
  'breach',
  'dispute',
  'term',
  'serviceLevel',
  'callOff',
  'priceAdjust',
  'number',
  'signing',
] as const
export type Wanted = (typeof WANTED)[number]

interface WantedRule {
  /** Each of these, by at least one of its fields. */
  readonly fields: readonly (readonly string[])[]
  /** Where it stands in the law, as the check of a contract names it; null: for our own order. */
  readonly article: string | null
  readonly kinds?: readonly ContractKind[]
}

const GOODS: readonly ContractKind[] = ['goods_sale']

/** Contents of a contract (民法典 470, 596), and what the check of a draft wants beside them. */
const WANTED_RULES: Readonly<Record<Wanted, WantedRule>> = {
  parties: { fields: [['seller.name'], ['buyer.name']], article: 'civil470' },
  addresses: { fields: [['seller.address'], ['buyer.address']], article: 'civil470' },
  subject: { fields: [['line.name']], article: 'civil470' },
  quantity: { fields: [['line.quantity']], article: 'civil470', kinds: GOODS },
  price: { fields: [['line.price', 'line.amount', 'total', 'total.capitals', 'total.words']], article: 'civil470' },
  quality: { fields: [['quality']], article: 'civil470', kinds: ['goods_sale', 'frame'] },
  delivery: {
    fields: [
      ['delivery.place', 'delivery.terms'],
      ['delivery.day', 'line.deliveryDay'],
    ],
    article: 'civil470',
    kinds: GOODS,
  },
  payment: { fields: [['plan.amount', 'plan.share', 'plan.amount.capitals'], ['plan.condition']], article: 'civil596' },
  breach: { fields: [['breach', 'penalty.rate']], article: 'civil470' },
  dispute: { fields: [['dispute.court', 'dispute.arbitration']], article: 'civil470' },
  term: { fields: [['contract.startDay'], ['contract.endDay']], article: 'civil470', kinds: ['services', 'frame'] },
  serviceLevel: { fields: [['serviceLevel']], article: 'civil510', kinds: ['services'] },
  callOff: { fields: [['callOff']], article: 'civil470', kinds: ['frame'] },
  priceAdjust: { fields: [['priceAdjust']], article: 'civil511', kinds: ['frame'] },
  number: { fields: [['contract.number']], article: null },
  signing: { fields: [['contract.signDay'], ['seller.signer'], ['buyer.signer']], article: 'civil490' },
}

/** What the reading of a template comes to. Unknown and broken keep it from use; missing is for whoever answers for it. */
export interface TemplateFindings {
  readonly known: readonly KnownField[]
  readonly unknown: readonly UnknownField[]
  readonly faults: readonly TemplateFault[]
  readonly missing: readonly {
    readonly part: Wanted
    readonly article: string | null
    readonly fields: readonly string[]
  }[]
}

/** Judges the tags of a template by the catalogue, for a kind of contract. */
export function judgeTags({ tags, faults }: TemplateTags, kind: ContractKind): TemplateFindings {
  const known = new Map<string, number>()
  const unknown = new Map<string, { name: string; places: TagPlace[]; suggestion: string | null }>()
  const wrong: TemplateFault[] = [...faults]
  for (const { tag, within } of withLists(tags)) {
    if (tag.mark === 'close') continue
    const field = fieldOf(tag.name, within)
    const code = field === null ? nameless(tag) : misused(tag, field, within)
    if (code !== null) wrong.push({ ...code, text: shownTag(tag), place: tag.place })
    else if (field !== null) known.set(field.code, (known.get(field.code) ?? 0) + 1)
    else {
      const compared = tagName(tag.name)
      const entry = unknown.get(compared) ?? { name: tag.name, places: [], suggestion: nearest(tag.name, within) }
      entry.places.push(tag.place)
      unknown.set(compared, entry)
    }
  }
  return {
    known: [...known].map(([code, count]) => ({ code, count })),
    unknown: [...unknown.values()],
    faults: wrong,
    missing: missingParts(new Set(known.keys()), kind),
  }
}

/** Whether a template may be put in use. */
export function usable({ unknown, faults }: Pick<TemplateFindings, 'unknown' | 'faults'>): boolean {
  return unknown.length === 0 && faults.length === 0
}

/** Every tag with the list that it stands in. */
function withLists(tags: readonly Tag[]): { tag: Tag; within: TextList | null }[] {
  const open: (TextList | null)[] = []
  return tags.map((tag) => {
    const within = open.at(-1) ?? null
    if (tag.mark === 'close') open.pop()
    if (tag.mark === 'open' || tag.mark === 'inverse') {
      const field = fieldOf(tag.name, within)
      open.push(tag.mark === 'open' && field?.kind === 'list' ? (field.code as TextList) : within)
    }
    return { tag, within: tag.mark === 'close' ? (open.at(-1) ?? null) : within }
  })
}

type NameFault = Pick<TemplateFault, 'code' | 'list'>

/** A name that is known only within a list that this tag does not stand in. */
function nameless({ name }: Tag): NameFault | null {
  const list = listKnowing(name)
  return list === null ? null : { code: 'outsideList', list }
}

function misused({ mark }: Tag, field: TemplateField, within: TextList | null): NameFault | null {
  const opens = mark === 'open' || mark === 'inverse'
  if (field.kind === 'list' && !opens) return { code: 'listAsField', list: field.code as TextList }
  // A list within a list would print every row as often as the other has rows.
  if (field.kind === 'list' && mark === 'open' && within !== null) return { code: 'listInList', list: within }
  return field.kind === 'condition' && !opens ? { code: 'conditionAsField' } : null
}

function missingParts(known: ReadonlySet<string>, kind: ContractKind): TemplateFindings['missing'] {
  return WANTED.flatMap((part) => {
    const { fields, article, kinds } = WANTED_RULES[part]
    if (kinds !== undefined && !kinds.includes(kind)) return []
    const lacking = fields.filter((choices) => !choices.some((code) => known.has(code)))
    return lacking.length === 0 ? [] : [{ part, article, fields: lacking.map((choices) => choices[0] ?? '') }]
  })
}

/** The known name that the fewest changes lead to; more than a third of it must stay as it is written. */
function nearest(name: string, within: TextList | null): string | null {
  const asked = tagName(name)
  let best: { name: string; distance: number } | null = null
  for (const candidate of namesKnown(within)) {
    const other = tagName(candidate.name)
    const most = Math.floor(Math.max(asked.length, other.length) / 2)
    if (Math.abs(asked.length - other.length) > most) continue
    const distance = editDistance(asked, other)
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { name: candidate.name, distance }
  }
  return best?.name ?? null
}

/** How many letters must be put in, taken out or changed to make one text of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(change, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = row
  }
  return before[b.length] ?? 0
}
