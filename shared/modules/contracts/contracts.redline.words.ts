import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { redlineText, type TextPiece } from '#shared/kernel/text-redline.ts'
import { pairGoods } from '#shared/modules/quotations/quotations.rules.ts'
import { planCondition } from './contracts.tables.ts'
import { secondLabel } from './contracts.languages.ts'
import { formatPrice, formatQuantity, formatShare } from './contracts.format.ts'
import { redlineContract, type FieldChange, type RowChange } from './contracts.redline.ts'
import { contractSums, lineSums, splitPlan } from './contracts.rules.ts'
import type { ContractDraft, ContractLine, PlanLine } from './contracts.schema.ts'
import type { Annex, SecondText } from './contracts.texts.schema.ts'

/** One change in words, for the screen and for paper. */
export interface ShownChange {
  readonly kind: 'changed' | 'moved' | 'added' | 'removed'
  readonly part: 'lines' | 'plan' | 'terms'
  /** Which field of what. */
  readonly item: string
  readonly before: string
  readonly after: string
  /** A long text word by word, instead of the two texts; null for short values. */
  readonly pieces: readonly TextPiece[] | null
}

/** From this many characters on a text is shown with what changed inside it. */
const LONG = 16
/** What says which record it belongs to, not what was agreed. */
const LINKS = new Set(['customerId', 'templateId', 'dealId', 'renewsId'])
/** Where the words of a choice stand. */
const CHOICES: Readonly<Record<string, string>> = {
  kind: 'contracts:kinds',
  language: 'contracts:languages',
  'terms.disputeWay': 'contracts:disputes',
  'terms.ourSize': 'customers:size',
  'terms.buyerSize': 'customers:size',
  'terms.renewal': 'contracts:renewals',
  'terms.secondLanguage': 'contracts:languages',
  'terms.prevailingLanguage': 'contracts:prevailing',
  'terms.ourAuthority.kind': 'contracts:authorities',
  'terms.theirAuthority.kind': 'contracts:authorities',
}
const AMOUNTS = new Set(['estimatedLoss'])
const RATES = new Set(['penaltyPerDay', 'penaltyCap', 'rate'])

/** Everything that differs between two forms of a contract, in the order in which a contract is read. */
export function shownChanges(before: ContractDraft, after: ContractDraft, t: Translate): ShownChange[] {
  const redline = redlineContract(before, after)
  return [
    ...redline.lines.flatMap((row) => lineChanges(row, t)),
    ...totalChange(before, after, t),
    ...redline.plan.flatMap((row) => planChange(row, before, after, t)),
    ...redline.fields.flatMap((change) => fieldChange(change, t)),
  ]
}

function lineChanges(row: RowChange<ContractLine>, t: Translate): ShownChange[] {
  if (row.kind === 'same') return []
  const line = row.after ?? row.before!
  const name = [line.name, line.spec].filter((text) => text !== '').join(' ')
  const item = t('contracts:redline.line', { no: (row.to ?? row.from ?? 0) + 1, name })
  const whole = (of: ContractLine | null) => (of === null ? '' : lineWords(of, t))
  const shown = { part: 'lines' as const, pieces: null }
  if (row.kind === 'moved') {
    return [{ ...shown, kind: 'moved', item, before: String(row.from! + 1), after: String(row.to! + 1) }]
  }
  if (row.kind !== 'changed') {
    return [{ ...shown, kind: row.kind, item, before: whole(row.before), after: whole(row.after) }]
  }
  const parts = row.parts.map((part): ShownChange => {
    const label = t(`contracts:fields.line.${part.path.join('.')}`)
    const words = (value: unknown) => lineValue(part.path[0] ?? '', value)
    return {
      ...shown,
      kind: 'changed',
      item: `${item} · ${label}`,
      before: words(part.before),
      after: words(part.after),
    }
  })
  const amounts = [row.before!, row.after!].map((of) => formatYuan(lineSums(of).amount))
  if (amounts[0] === amounts[1]) return parts
  const label = t('contracts:editor.lineAmount')
  return [...parts, { ...shown, kind: 'changed', item: `${item} · ${label}`, before: amounts[0]!, after: amounts[1]! }]
}

function lineWords(line: ContractLine, t: Translate): string {
  return t('contracts:redline.lineWords', {
    quantity: formatQuantity(line.quantity),
    unit: line.unit,
    price: formatPrice(line.price),
    rate: formatRate(line.rate),
    amount: formatYuan(lineSums(line).amount),
  })
}

function lineValue(name: string, value: unknown): string {
  if (typeof value !== 'number') return value === null || value === undefined ? '' : String(value)
  if (name === 'quantity') return formatQuantity(value)
  return name === 'price' ? formatPrice(value) : formatRate(value)
}

function totalChange(before: ContractDraft, after: ContractDraft, t: Translate): ShownChange[] {
  const [old, fresh] = [contractSums(before.lines).amount, contractSums(after.lines).amount]
  if (old === fresh) return []
  const item = t('contracts:redline.total')
  return [{ kind: 'changed', part: 'lines', item, before: formatYuan(old), after: formatYuan(fresh), pieces: null }]
}

function planChange(
  row: RowChange<PlanLine>,
  before: ContractDraft,
  after: ContractDraft,
  t: Translate,
): ShownChange[] {
  const words = (form: ContractDraft, at: number | null) => (at === null ? '' : planWords(form, at, t))
  const shown = { before: words(before, row.from), after: words(after, row.to) }
  // A percentage of another total is another amount, though nothing was typed anew.
  if (row.kind === 'same' && shown.before === shown.after) return []
  const line = row.after ?? row.before!
  const item = t('contracts:redline.plan', { no: (row.to ?? row.from ?? 0) + 1, label: line.label })
  if (row.kind === 'moved' && shown.before === shown.after) {
    const places = { before: String(row.from! + 1), after: String(row.to! + 1) }
    return [{ kind: 'moved', part: 'plan', item, ...places, pieces: null }]
  }
  const kind = row.kind === 'same' || row.kind === 'moved' ? 'changed' : row.kind
  return [{ kind, part: 'plan', item, ...shown, pieces: null }]
}

/** An instalment as it is printed, with everything in it that can change. */
function planWords(form: ContractDraft, at: number, t: Translate): string {
  const line = form.plan[at]!
  const total = contractSums(form.lines).amount
  const amount = splitPlan(total, form.plan).amounts[at] ?? 0
  const label = line.isDeposit ? t('contracts:document.depositMark', { label: line.label }) : line.label
  const share =
    line.share.kind === 'percent' ? formatShare(amount, total, line.share) : t(`contracts:shares.${line.share.kind}`)
  return t('contracts:redline.planWords', {
    label,
    condition: planCondition(line, t),
    share,
    amount: formatYuan(amount),
  })
}

function fieldChange({ path, before, after }: FieldChange, t: Translate): ShownChange[] {
  const name = path.join('.')
  if (LINKS.has(name)) return []
  if (name === 'terms.annexes') return annexChanges(before as readonly Annex[], after as readonly Annex[], t)
  const item = labelOf(path, t)
  const texts = { before: valueWords(path, before, t), after: valueWords(path, after, t) }
  const isText = typeof before === 'string' && typeof after === 'string' && !(name in CHOICES)
  return [textChange(item, texts, isText)]
}

function textChange(item: string, texts: { before: string; after: string }, isText: boolean): ShownChange {
  const { before, after } = texts
  const long = isText && before !== '' && after !== '' && Math.max(before.length, after.length) >= LONG
  const kind = before === '' ? 'added' : after === '' ? 'removed' : 'changed'
  return { kind, part: 'terms', item, ...texts, pieces: long ? redlineText(before, after) : null }
}

/** Annexes belong together by their titles, those that were only renamed by their texts. */
function pairAnnexes(before: readonly Annex[], after: readonly Annex[]): (number | null)[] {
  const titled = ({ title, text }: Annex) => ({ name: title, spec: text })
  const pairs = pairGoods(after.map(titled), before.map(titled))
  const free = new Set([...before.keys()].filter((index) => !pairs.includes(index)))
  return pairs.map((pair, at) => {
    const same = pair ?? [...free].find((index) => before[index]!.text === after[at]!.text) ?? null
    if (same !== null) free.delete(same)
    return same
  })
}

function annexChanges(before: readonly Annex[], after: readonly Annex[], t: Translate): ShownChange[] {
  const pairs = pairAnnexes(before, after)
  const label = (no: number, title: string) => t('contracts:annex.label', { no: no + 1, title })
  const present = after.flatMap((annex, to): ShownChange[] => {
    const from = pairs[to] ?? null
    const old = from === null ? undefined : before[from]
    const item = label(to, annex.title)
    if (old === undefined || from === null) return [textChange(item, { before: '', after: annex.text }, true)]
    const moved = { kind: 'moved', part: 'terms', item, pieces: null } as const
    return [
      ...(from === to ? [] : [{ ...moved, before: String(from + 1), after: String(to + 1) }]),
      ...(old.title === annex.title ? [] : [textChange(item, { before: old.title, after: annex.title }, false)]),
      ...(old.text === annex.text ? [] : [textChange(item, { before: old.text, after: annex.text }, true)]),
    ]
  })
  const kept = new Set(pairs)
  const dropped = before.flatMap(({ title, text }, from) =>
    kept.has(from) ? [] : [textChange(label(from, title), { before: text || title, after: '' }, true)],
  )
  return [...present, ...dropped]
}

function labelOf(path: readonly string[], t: Translate): string {
  const [group, name, part] = path
  if (name === 'second' && part !== undefined) {
    return `${t('contracts:groups.second')} · ${t(secondLabel(part as SecondText))}`
  }
  if (group === 'terms' && part !== undefined) {
    const whose = t(`contracts:fields.terms.${name}`)
    return part === 'kind' ? whose : t(`contracts:authority.${part}.${name}`)
  }
  const label = t(`contracts:fields.${path.join('.')}`)
  return group === 'buyer' ? `${t('contracts:document.buyer')} · ${label}` : label
}

function valueWords(path: readonly string[], value: unknown, t: Translate): string {
  if (value === null || value === undefined) return ''
  const name = path.join('.')
  if (name in CHOICES) return t(`${CHOICES[name]}.${String(value)}`)
  if (typeof value === 'boolean') return t(`contracts:redline.${value ? 'yes' : 'no'}`)
  const last = path.at(-1) ?? ''
  if (typeof value === 'number' && AMOUNTS.has(last)) return formatYuan(value)
  if (typeof value === 'number' && RATES.has(last)) return formatRate(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
