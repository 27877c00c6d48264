import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { timesOf } from './visits.rules.ts'
import type { VisitRow, VisitView } from './visits.schema.ts'

export interface SheetInput {
  readonly language: Locale
  readonly firmName: string
  readonly visit: VisitView
  /** Null where the reader may not see the customer's file. */
  readonly customer: {
    readonly code: string
    readonly address: string
    readonly phone: string
    readonly contacts: readonly { name: string; title: string; phone: string; mobile: string }[]
  } | null
  /** The latest first. */
  readonly visits: readonly VisitRow[]
  /** What is open with the customer, for whoever may see deals. Fen. */
  readonly deals: readonly { name: string; stage: string; amount: number; expectedDay: string }[]
  /** Fen; null where the reader may not see receivables. */
  readonly receivables: { readonly outstanding: number; readonly overdue: number } | null
  /** What was judged last of the customer's readiness; empty where nothing was. */
  readonly intent: string
}

/** Characters of what may be long, in halves of a Chinese character: about what two lines of its place hold. */
const FACT = 44
const GOAL = 120
const TITLE = 26
const RESULT = 52
const STEP = 44
const CHECK = 34
const FILE = 20

/** Points: what is left of the page under the goal, and what each part takes: its heading, and each of its rows. */
const PAGE_POINTS = 470
const WRAPPED = 17
const NO_HEAD = 0
const TABLE_HEAD = 66
const LINE_POINTS = 20
const PARTS = {
  contacts: { head: TABLE_HEAD, row: 23, least: 0, most: 3 },
  deals: { head: TABLE_HEAD, row: 23, least: 0, most: 2 },
  visits: { head: TABLE_HEAD, row: 38, least: 1, most: 3 },
  checks: { head: TABLE_HEAD, row: 23, least: 4, most: 8 },
  notes: { head: NO_HEAD, row: 34, least: 2, most: 9 },
} as const
type Part = keyof typeof PARTS
const PART_NAMES = Object.keys(PARTS) as Part[]

/** Halves of a Chinese character that a text takes. */
function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += character > '\u2E7F' ? 2 : 1
  return width
}

/** Lines above the tables that are there only because something is long. */
function wrappedLines(input: SheetInput, t: Translate): number {
  const long = factsOf(input, t).filter(({ value }) => widthOf(value) > 24).length
  return long + (widthOf(input.visit.goal) > 66 ? 1 : 0) + (widthOf(input.visit.customerName) > 76 ? 1 : 0)
}

/** How many rows each part gets, so that all of them are on one page: the least of each, then one by one in turn. */
function allot(wanted: Readonly<Record<Part, number>>, points: number): Record<Part, number> {
  const rows = { contacts: 0, deals: 0, visits: 0, checks: 0, notes: 0 }
  let left = points
  for (const part of PART_NAMES) {
    rows[part] = Math.min(wanted[part], PARTS[part].least)
    if (rows[part] > 0) left -= PARTS[part].head + rows[part] * PARTS[part].row
  }
  for (let grown = true; grown;) {
    grown = false
    for (const part of PART_NAMES) {
      const { head, row, most } = PARTS[part]
      const cost = rows[part] === 0 ? head + row : row
      if (rows[part] >= Math.min(wanted[part], most) || left < cost) continue
      rows[part] += 1
      left -= cost
      grown = true
    }
  }
  return rows
}

/** One page to take along: whom one meets, what was before, what to bring, and lines to write on. */
export function sheetDocument(input: SheetInput, t: Translate): DocumentModel {
  const { visit } = input
  const word = (key: string) => t(`visits:sheet.${key}`)
  const rows = allot(
    {
      contacts: input.customer?.contacts.length ?? 0,
      deals: input.deals.length,
      visits: input.visits.length,
      checks: visit.checks.length,
      notes: PARTS.notes.most,
    },
    PAGE_POINTS - WRAPPED * wrappedLines(input, t),
  )
  return {
    title: `${word('title')} ${visit.customerName}`,
    language: input.language,
    number: visit.day,
    issuer: input.firmName,
    pageLabel: word('page'),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: visit.customerName },
      { kind: 'facts', columns: 2, items: factsOf(input, t) },
      ...(visit.goal === '' ? [] : [line(t('visits:fields.goal'), cut(visit.goal, GOAL))]),
      ...contacts(input, t, rows.contacts),
      ...deals(input, t, rows.deals),
      ...before(input, t, rows.visits),
      ...checklist(visit, t, rows.checks),
      { kind: 'heading', text: word('notes') },
      ...Array.from({ length: rows.notes }, (): DocumentBlock[] => [
        { kind: 'space', points: LINE_POINTS },
        { kind: 'rule' },
      ]).flat(),
    ],
  }
}

function factsOf({ visit, customer, receivables, intent }: SheetInput, t: Translate) {
  const field = (key: string) => t(`visits:fields.${key}`)
  const yuan = (fen: number) => t('visits:sheet.yuan', { figures: formatYuan(fen) })
  const none = t('visits:sheet.none')
  const and = t('visits:sheet.and')
  return [
    { label: field('day'), value: [visit.day, timesOf(visit)].filter(Boolean).join(' ') },
    { label: field('purpose'), value: t(`visits:purpose.${visit.purpose}`) },
    { label: field('place'), value: cut(visit.place || customer?.address || none, FACT) },
    {
      label: field('userId'),
      value: cut([visit.userName, ...visit.withPeople.map((person) => person.name)].join(and), FACT),
    },
    { label: field('theirPeople'), value: cut(visit.theirPeople.join(and), FACT) || none },
    { label: field('intent'), value: intent || none },
    ...(customer === null
      ? []
      : [
          { label: t('visits:sheet.customer'), value: customer.code },
          { label: t('visits:sheet.phone'), value: customer.phone || none },
        ]),
    ...(receivables === null
      ? []
      : [
          { label: t('visits:sheet.outstanding'), value: yuan(receivables.outstanding) },
          { label: t('visits:sheet.overdue'), value: yuan(receivables.overdue) },
        ]),
  ]
}

const line = (label: string, text: string): DocumentBlock => ({
  kind: 'paragraph',
  runs: [{ text: `${label}  `, bold: true }, { text: text.replace(/\s*\n\s*/g, ' ') }],
})

function contacts({ customer }: SheetInput, t: Translate, count: number): DocumentBlock[] {
  const found = customer?.contacts.slice(0, count) ?? []
  if (found.length === 0) return []
  return [
    { kind: 'heading', text: t('visits:sheet.contacts') },
    {
      kind: 'table',
      columns: [
        { head: t('visits:sheet.name'), width: 110 },
        { head: t('visits:sheet.post'), width: '*' },
        { head: t('visits:sheet.phone'), width: 200 },
      ],
      rows: found.map((contact) => [
        cut(contact.name, TITLE),
        cut(contact.title, TITLE),
        contact.mobile || contact.phone,
      ]),
    },
  ]
}

function deals(input: SheetInput, t: Translate, count: number): DocumentBlock[] {
  const found = input.deals.slice(0, count)
  if (found.length === 0) return []
  const field = (key: string) => t(`deals:fields.${key}`)
  return [
    { kind: 'heading', text: t('visits:sheet.deals') },
    {
      kind: 'table',
      columns: [
        { head: field('name'), width: '*' },
        { head: field('stage'), width: 90 },
        { head: field('amount'), width: 100, align: 'right' },
        { head: field('expectedDay'), width: 80 },
      ],
      rows: found.map((deal) => [
        cut(deal.name, CHECK),
        t(`deals:stage.${deal.stage}`),
        formatYuan(deal.amount),
        deal.expectedDay,
      ]),
    },
  ]
}

function before({ visits }: SheetInput, t: Translate, count: number): DocumentBlock[] {
  if (visits.length === 0) return []
  const field = (key: string) => t(`visits:fields.${key}`)
  return [
    { kind: 'heading', text: t('visits:sheet.before') },
    {
      kind: 'table',
      columns: [
        { head: field('day'), width: 62 },
        { head: field('userId'), width: 52 },
        { head: field('purpose'), width: 62 },
        { head: field('result'), width: '*' },
        { head: field('nextStep'), width: 120 },
      ],
      rows: visits
        .slice(0, count)
        .map((visit) => [
          visit.day,
          visit.userName,
          t(`visits:purpose.${visit.purpose}`),
          cut(visit.result, RESULT),
          cut(visit.nextStep, STEP),
        ]),
    },
  ]
}

/** The first words of what was written, on one line; `room` in halves of a Chinese character. */
function cut(text: string, room: number): string {
  let left = room
  let shown = ''
  for (const character of text.replace(/\s+/g, ' ')) {
    left -= character > '\u2E7F' ? 2 : 1
    if (left < 0) return `${shown}…`
    shown += character
  }
  return shown
}

function checklist(visit: VisitView, t: Translate, count: number): DocumentBlock[] {
  if (visit.checks.length === 0) return []
  return [
    { kind: 'heading', text: t('visits:checklist.title') },
    {
      kind: 'table',
      columns: [
        { head: t('visits:checklist.ready'), width: 52, align: 'center' },
        { head: t('visits:checklist.item'), width: '*' },
        { head: t('visits:checklist.material'), width: 196 },
      ],
      rows: visit.checks
        .slice(0, count)
        .map((item) => [
          item.done ? '√' : '□',
          cut(item.text, CHECK),
          item.attachmentName === '' ? '' : `${cut(item.attachmentName, FILE)} (${item.attachmentSha256.slice(0, 8)})`,
        ]),
    },
  ]
}
