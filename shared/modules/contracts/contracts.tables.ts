import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, SignatureParty, TableBlock } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { formatPrice, formatQuantity, formatShare } from './contracts.format.ts'
import { contractSums, isPriceList, lineSums, splitPlan } from './contracts.rules.ts'
import type { ContractLine, PlanLine } from './contracts.schema.ts'
import { documentWord, heads, slashed, stacked, type Speakers } from './contracts.voices.ts'

/** Points that a text takes in a table on one line: Han characters are as wide as high, others a little over half. */
function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign >= '\u2e80' ? 9.5 : 5.4), 0)
}

const widest = (texts: readonly string[]): number => Math.ceil(Math.max(0, ...texts.map(widthOf)))

/** A column as wide as its longest text, and wide enough that no word of its head is broken. */
function fitting(head: string, texts: readonly string[], least: number): number {
  return Math.max(least, widest(texts), widest(head.split(/\s/).filter((word) => /^[\x21-\x7e]+$/.test(word))) + 2)
}

const SIDE_ROWS = ['name', 'uscc', 'address', 'legalRepresentative', 'phone', 'bankName', 'bankAccount'] as const

/** Both sides next to each other, one row for each thing that identifies them or reaches them. */
export function partiesTable(speakers: Speakers, rows: readonly (typeof SIDE_ROWS)[number][] = SIDE_ROWS): TableBlock {
  const head = heads(speakers)
  const { blank } = speakers[0]
  return {
    kind: 'table',
    columns: [
      { head: head('party'), width: 96 },
      { head: slashed(speakers, (speaker) => documentWord(speaker, 'seller')), width: '*', align: 'left' },
      { head: slashed(speakers, (speaker) => documentWord(speaker, 'buyer')), width: '*', align: 'left' },
    ],
    rows: rows.map((key) => [
      head(key),
      stacked(speakers, ({ seller }) => seller[key]) || blank,
      stacked(speakers, ({ fields }) => fields.buyer[key]) || blank,
    ]),
  }
}

type Column = TableBlock['columns'][number] & { readonly of: (line: ContractLine, index: number) => string }

/** A column of figures as wide as its longest, and at least so wide. */
function figures(lines: readonly ContractLine[], head: string, least: number, of: Column['of']): Column {
  return { head, width: fitting(head, lines.map(of), least), align: 'right', of }
}

/** Points that the text of a table with so many columns has on an upright page. */
const roomOf = (columns: number): number => 483 - columns * 10.5

/**
 * Names and specifications in what the other columns leave them. Where both fit on one line the longer one has the rest;
 * otherwise they share it by their lengths. Services are often named in full: without any specification they have no
 * column for it.
 */
function nameColumns(speakers: Speakers, others: readonly Column[]): readonly Column[] {
  const { lines, kind } = speakers[0].fields
  const title = { name: heads(speakers)('lineName'), spec: heads(speakers)('lineSpec') }
  const column = (key: 'name' | 'spec', width: number | '*'): Column => ({
    head: title[key],
    width,
    of: (line) => line[key],
  })
  const needs = (key: 'name' | 'spec') => fitting(title[key], [...lines.map((line) => line[key]), title[key]], 40)
  const [name, spec] = [needs('name'), needs('spec')]
  if (kind === 'services' && lines.every((line) => line.spec === '')) return [column('name', '*')]
  const room = others.reduce((left, { width }) => left - Number(width), roomOf(others.length + 2))
  if (name + spec > room) return [column('name', Math.round(room * share(name / (name + spec)))), column('spec', '*')]
  return name > spec ? [column('name', '*'), column('spec', spec)] : [column('name', name), column('spec', '*')]
}

/** Neither of two columns is so narrow that its rows fill a page. */
const share = (part: number): number => Math.min(0.6, Math.max(0.35, part))

/** A table of the goods: what they are and what more is told of them; the sum stands under the last column. */
export function goodsTable(
  speakers: Speakers,
  more: readonly Column[],
  options: { readonly quantities?: boolean; readonly sum?: string } = {},
): TableBlock {
  const head = heads(speakers)
  const { lines } = speakers[0].fields
  const units = lines.map(({ unit }) => unit)
  const number: Column = { head: head('lineNo'), width: 22, align: 'center', of: (_line, index) => String(index + 1) }
  const unit: Column = {
    head: head('lineUnit'),
    width: Math.min(40, fitting(head('lineUnit'), units, 22)),
    align: 'center',
    of: (line) => line.unit,
  }
  const quantity = figures(lines, head('lineQuantity'), 36, (line) => formatQuantity(line.quantity))
  const others = [unit, ...(options.quantities === false ? [] : [quantity]), ...more]
  const columns = [number, ...nameColumns(speakers, [number, ...others]), ...others]
  const gaps = Array.from({ length: columns.length - 2 }, () => '')
  return {
    kind: 'table',
    columns: columns.map(({ of: _of, ...column }) => column),
    rows: lines.map((line, index) => columns.map((column) => column.of(line, index))),
    ...(options.sum === undefined ? {} : { sums: [[head('lineSum'), ...gaps, options.sum]] }),
  }
}

/** The goods with their prices; a price list has neither quantities nor a sum. */
export function linesTable(speakers: Speakers): TableBlock {
  const head = heads(speakers)
  const { fields } = speakers[0]
  // Heads in two languages would be a tower otherwise.
  const least = speakers.length > 1 ? 58 : 40
  const priced: Column[] = [
    figures(fields.lines, head('linePrice'), least, (line) => formatPrice(line.price)),
    figures(fields.lines, head('lineRate'), 22, (line) => formatRate(line.rate)),
  ]
  if (isPriceList(fields)) return goodsTable(speakers, priced, { quantities: false })
  const days = fields.lines.some((line) => line.deliveryDay !== null)
  const sum = formatYuan(contractSums(fields.lines).amount)
  const amount = figures(fields.lines, head('lineAmount'), least, (line) => formatYuan(lineSums(line).amount))
  const wide = { ...amount, width: fitting(amount.head, [sum], Number(amount.width)) }
  return goodsTable(speakers, [...(days ? [deliveryColumn(speakers)] : []), ...priced, wide], { sum })
}

/** When each kind of goods is due. */
export function deliveryColumn(speakers: Speakers): Column {
  const day = speakers[0].fields.terms.deliveryDay ?? ''
  return { head: heads(speakers)('lineDelivery'), width: 56, align: 'center', of: (line) => line.deliveryDay ?? day }
}

/** The payment clause; of a price list only the shares, since each order has an amount of its own. */
export function planTable(speakers: Speakers): DocumentBlock[] {
  const head = heads(speakers)
  const { fields } = speakers[0]
  if (fields.plan.length === 0) return []
  const { amount } = contractSums(fields.lines)
  const { amounts } = splitPlan(amount, fields.plan)
  const listed = isPriceList(fields)
  const rows = fields.plan.map((line, index) => [
    String(index + 1),
    line.isDeposit
      ? stacked(speakers, ({ t }) => t('contracts:document.depositMark', { label: line.label }))
      : line.label,
    stacked(speakers, ({ t }) => planCondition(line, t)),
    line.share.kind === 'rest' && listed ? head('planRest') : formatShare(amounts[index] ?? 0, amount, line.share),
    ...(listed ? [] : [formatYuan(amounts[index] ?? 0)]),
  ])
  const sum = formatYuan(amounts.reduce((total, part) => total + part, 0))
  return [
    {
      kind: 'table',
      columns: [
        { head: head('planNo'), width: 24, align: 'center' },
        { head: head('planLabel'), width: 110 },
        { head: head('planCondition'), width: '*' },
        { head: head('planShare'), width: 44, align: 'right' },
        ...(listed ? [] : [{ head: head('planAmount'), width: fitting('', [sum], 66), align: 'right' as const }]),
      ],
      rows,
      ...(listed ? {} : { sums: [[head('lineSum'), '', '', '', sum]] }),
    },
  ]
}

/** When an instalment is due, in the document's words. */
export function planCondition(line: PlanLine, t: Translate): string {
  if (line.trigger === 'fixed') {
    return t('contracts:document.condition.fixed', { day: line.fixedDay ?? t('contracts:document.blank') })
  }
  if (line.dueRule === 'monthDay') {
    return t(`contracts:document.monthDay.${line.trigger}`, { day: line.monthDay ?? 31 })
  }
  if (line.dueRule === 'monthEnd') {
    return t(`contracts:document.monthEnd.${line.trigger}`, {
      days: line.days,
      dayKind: t(`contracts:document.dayKinds.${line.dayKind}`),
    })
  }
  if (line.days === 0) return t(`contracts:document.onDay.${line.trigger}`)
  return t(`contracts:document.condition.${line.trigger}`, {
    days: line.days,
    dayKind: t(`contracts:document.dayKinds.${line.dayKind}`),
  })
}

/** The places where both sides sign and seal. */
export function signatureParties(
  speakers: Speakers,
  given: { readonly sealName: string; readonly signDay: string | null },
): SignatureParty[] {
  const [{ t, fields, blank }] = speakers
  const word = (key: string) => slashed(speakers, (speaker) => documentWord(speaker, key))
  const colon = t('contracts:document.colon')
  const lines = (signer: string) => [
    `${word('signature')}${colon}${signer || blank}`,
    `${word('date')}${colon}${given.signDay ?? blank}`,
  ]
  return [
    {
      heading: word('seller'),
      name: stacked(speakers, ({ seller }) => seller.name) || blank,
      lines: lines(fields.ourSigner),
      seal: given.sealName || word('sealPlace'),
    },
    {
      heading: word('buyer'),
      name: stacked(speakers, (voice) => voice.fields.buyer.name) || blank,
      lines: lines(fields.theirSigner),
      seal: word('sealPlace'),
    },
  ]
}
