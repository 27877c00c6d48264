import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatPrice, formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import { TERM_UNITS } from './minutes.rules.ts'
import type { AgreedItem, MinutesView } from './minutes.schema.ts'

export interface MinutesDocumentInput {
  readonly minutes: MinutesView
  readonly firmName: string
  /** Printed at the seal's place; the usual words where the firm gave none. */
  readonly sealName: string
}

type Agreed = Omit<AgreedItem, 'day'> & { readonly day: string | null }

/** The figure of an agreed item in words, with its unit; empty where none was named. */
export function figureWords({ term, value, day }: Pick<Agreed, 'term' | 'value' | 'day'>, t: Translate): string {
  const unit = TERM_UNITS[term]
  if (unit === 'day') return day === null ? '' : t('minutes:figures.day', { day })
  if (value === null || unit === 'none') return ''
  const shown =
    unit === 'price'
      ? formatPrice(value)
      : unit === 'quantity'
        ? formatQuantity(value)
        : unit === 'perDay'
          ? formatRate(value)
          : String(value)
  return t(`minutes:figures.${unit}`, { value: shown })
}

/** What was agreed in one line: which goods, the figure, the words. */
export function agreedWords(item: Agreed, t: Translate): string {
  return [item.subject, figureWords(item, t), item.text]
    .filter((part) => part !== '')
    .join(t('minutes:figures.between'))
}

/** The minutes for both sides to sign: who talked about what, what was agreed, what stays open, what is done next. */
export function minutesDocument({ minutes, firmName, sealName }: MinutesDocumentInput, t: Translate): DocumentModel {
  const word = (key: string, params?: Record<string, string | number>) => t(`minutes:document.${key}`, params)
  return {
    title: `${word('title')} ${minutes.number}`,
    language: minutes.language,
    number: word('numberLine', { number: minutes.number, edition: minutes.edition }),
    issuer: firmName,
    pageLabel: word('page'),
    ...(minutes.state === 'draft' ? { watermark: word('draft') } : {}),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: minutes.subject },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: word('number'), value: minutes.number },
          { label: word('edition'), value: String(minutes.edition) },
          { label: word('day'), value: minutes.day },
          { label: word('place'), value: minutes.place || word('blank') },
        ],
      },
      {
        kind: 'table',
        columns: [
          { head: word('side'), width: 72 },
          { head: word('firm'), width: '*' },
          { head: word('people'), width: '*' },
        ],
        rows: [
          [word('seller'), firmName, minutes.ourPeople],
          [word('buyer'), minutes.customerName, minutes.theirPeople],
        ],
      },
      ...agreedBlocks(minutes, t),
      ...openBlocks(minutes, t),
      ...nextBlocks(minutes, t),
      { kind: 'paragraph', runs: [{ text: word('closing') }], indent: true },
      {
        kind: 'signatures',
        parties: [
          side(word('seller'), firmName, sealName || word('sealPlace')),
          side(word('buyer'), minutes.customerName, word('sealPlace')),
        ],
      },
    ],
  }

  function side(heading: string, name: string, seal: string) {
    const line = (label: string) => `${word(label)}${word('colon')}${word('blank')}`
    return { heading, name: name || word('blank'), lines: [line('signature'), line('date')], seal }
  }
}

const nothing = (text: string): DocumentBlock => ({ kind: 'paragraph', runs: [{ text }] })

function agreedBlocks({ agreed }: MinutesView, t: Translate): DocumentBlock[] {
  const word = (key: string) => t(`minutes:document.${key}`)
  const heading: DocumentBlock = { kind: 'heading', text: word('agreed') }
  if (agreed.length === 0) return [heading, nothing(word('none'))]
  return [
    heading,
    {
      kind: 'table',
      columns: [
        { head: word('no'), width: 28, align: 'center' },
        { head: word('term'), width: 64 },
        { head: word('content'), width: '*' },
      ],
      rows: agreed.map((item, index) => [String(index + 1), t(`minutes:terms.${item.term}`), agreedWords(item, t)]),
    },
  ]
}

function openBlocks({ open }: MinutesView, t: Translate): DocumentBlock[] {
  const word = (key: string) => t(`minutes:document.${key}`)
  if (open.length === 0) return []
  return [
    { kind: 'heading', text: word('open') },
    {
      kind: 'table',
      columns: [
        { head: word('no'), width: 28, align: 'center' },
        { head: word('question'), width: '*' },
        { head: word('owner'), width: 90 },
      ],
      rows: open.map((item, index) => [String(index + 1), item.question, item.owner]),
    },
  ]
}

function nextBlocks({ next }: MinutesView, t: Translate): DocumentBlock[] {
  const word = (key: string) => t(`minutes:document.${key}`)
  if (next.length === 0) return []
  return [
    { kind: 'heading', text: word('next') },
    {
      kind: 'table',
      columns: [
        { head: word('no'), width: 28, align: 'center' },
        { head: word('action'), width: '*' },
        { head: word('owner'), width: 90 },
        { head: word('until'), width: 70 },
      ],
      rows: next.map((item, index) => [String(index + 1), item.text, item.ownerName, item.day]),
    },
  ]
}
