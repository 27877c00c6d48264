import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { rmbInWords } from '#shared/kernel/english-amount.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { secondLanguageOf } from './contracts.languages.ts'
import { contractPlaceholders, languageName } from './contracts.placeholders.ts'
import { contractSums, isPriceList } from './contracts.rules.ts'
import type { ContractDraft, ContractState, Party } from './contracts.schema.ts'
import { linesTable, partiesTable, planTable, signatureParties } from './contracts.tables.ts'
import {
  fillPlaceholders,
  pairedArticles,
  type ContractTemplate,
  type PairedClause,
  type PairedTexts,
} from './contracts.template.schema.ts'
import { heads, slashed, stacked, voicesOf, type SecondWords, type Voice, type Voices } from './contracts.voices.ts'

/** What a contract is printed from: the form, our side, and what its state says of it. */
export interface ContractDocumentInput {
  readonly fields: ContractDraft
  readonly seller: Party
  /** Printed at the seal's place; the seller's name where the firm gave none. */
  readonly sealName: string
  readonly number: string
  readonly state: ContractState
  readonly signDay: string | null
  /** A draft that may be signed as it is printed: approved, or in need of no approval. */
  readonly cleared?: boolean
}

/** The words across every page of what does not count, or not yet; null for what does. */
export function markOf(input: Pick<ContractDocumentInput, 'state' | 'cleared'>, t: Translate): string | null {
  if (input.state === 'void') return t('contracts:document.voidMark')
  return input.state === 'draft' && input.cleared !== true ? t('contracts:document.watermark') : null
}

/**
 * The contract as a printed document: parties, articles of the template with the figures in their place, signatures,
 * annexes. With the wording of a second language its articles stand side by side, tables once with both heads. A draft
 * that may not be signed yet and a void contract say so across every page.
 */
export function contractDocument(
  input: ContractDocumentInput,
  template: ContractTemplate,
  t: Translate,
  second: SecondWords | null = null,
): DocumentModel {
  const voices = voicesOf(input, { template, t }, second)
  const mark = markOf(input, (key) => slashed(voices, (voice) => voice.t(key)).replace(' / ', ' '))
  const number = slashed(voices, (voice) => voice.t('contracts:document.number'))
  return {
    title: `${template.heading} ${input.number}`,
    language: input.fields.language,
    number: `${number} ${input.number}`,
    issuer: input.seller.name,
    pageLabel: slashed(voices, (voice) => voice.t('contracts:document.page')),
    ...(mark === null ? {} : { watermark: mark }),
    blocks: [
      {
        kind: 'title',
        text: stacked(voices, (voice) => voice.template.heading),
        subtitle: slashed(voices, (voice) => voice.fields.title),
      },
      headFacts(input, voices),
      partiesTable(voices),
      ...said(voices, (voice) => voice.template.preamble),
      ...articles(voices),
      ...said(voices, (voice) => voice.template.acknowledgement, true),
      { kind: 'signatures', parties: signatureParties(voices, input) },
      ...annexes(voices),
    ],
  }
}

function headFacts(input: ContractDocumentInput, voices: Voices): DocumentBlock {
  const [{ blank }] = voices
  const head = heads(voices)
  return {
    kind: 'facts',
    columns: 2,
    items: [
      { label: head('number'), value: input.number || blank },
      { label: head('signDay'), value: input.signDay ?? blank },
      { label: head('signPlace'), value: input.fields.signPlace || blank },
    ],
  }
}

/** A text of its own: paragraphs in one language, a row of two columns in two. */
function said(voices: Voices, text: (voice: Voice) => string, bold = false): DocumentBlock[] {
  const [first, second] = voices
  if (!second) {
    return paragraphsOf(text(first)).map((line) => ({ kind: 'paragraph', runs: [{ text: line, bold }], indent: true }))
  }
  const [left, right] = [paragraphsOf(text(first)), paragraphsOf(text(second))]
  if (left.length === 0 && right.length === 0) return []
  // Paragraph beside paragraph where both have as many.
  const pairs =
    left.length === right.length ? left.map((line, i) => [line, right[i]!]) : [[left.join('\n'), right.join('\n')]]
  return [{ kind: 'bilingual', rows: pairs.map(([l, r]) => ({ left: l!, right: r!, ...(bold ? { bold } : {}) })) }]
}

const paragraphsOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function articles(voices: Voices): DocumentBlock[] {
  const [first, second] = voices
  const values = voices.map((voice) => contractPlaceholders(voice, voice.t))
  const pairs = pairedArticles(first.template, second?.template ?? null)
  return pairs.flatMap((article, index): DocumentBlock[] => [
    articleHeading(voices, article.headings, index),
    ...article.clauses.flatMap((clause) => clauseBlocks(voices, clause, values)),
    ...(index === pairs.length - 1 ? closing(voices) : []),
  ])
}

/** Numbers of articles are words in Chinese; beyond the list of words they go on as figures. */
function articleHeading(voices: Voices, headings: readonly string[], index: number): DocumentBlock {
  const texts = voices.map(({ t }, i) => {
    const numeral = t('contracts:document.numerals').split(' ')[index] ?? String(index + 1)
    return t('contracts:document.article', { numeral, heading: headings[i] ?? '' })
  })
  const [left = '', right] = texts
  if (right === undefined) return { kind: 'heading', text: left }
  return { kind: 'bilingual', rows: [{ left, right, bold: true, head: true }] }
}

type Values = readonly ReadonlyMap<string, string>[]

function clauseBlocks(voices: Voices, clause: PairedClause, values: Values): DocumentBlock[] {
  if (clause.kind === 'text') return textBlocks(voices, clause.texts, values)
  if (clause.kind === 'plan') return planTable(voices)
  if (clause.kind === 'total') return said(voices, (voice) => totalOf(voice, voices.length > 1), true)
  if (isPriceList(voices[0].fields)) return [linesTable(voices)]
  const rule = slashed(voices, ({ t }) => t('contracts:document.taxRule'))
  return [linesTable(voices), { kind: 'paragraph', small: true, runs: [{ text: rule }] }]
}

/** What one language leaves out, for want of a value, is left out in both. */
function textBlocks(voices: Voices, texts: PairedTexts, values: Values): DocumentBlock[] {
  if (texts.some((text, i) => text?.when !== undefined && !values[i]?.has(text.when))) return []
  const filled = voices.map(({ blank }, i) => fillPlaceholders(texts[i]?.text ?? '', values[i]!, blank))
  const emphasis = texts.some((text) => text?.emphasis === true)
  return said(voices, (voice) => filled[voices.indexOf(voice)] ?? '', emphasis)
}

/** The total in figures and in words: capitals in Chinese, words in English, and both where English stands alone. */
function totalOf({ t, fields, language }: Voice, beside: boolean): string {
  if (isPriceList(fields)) return t('contracts:document.noTotal')
  const { amount } = contractSums(fields.lines)
  return t(`contracts:document.${beside ? 'totalBeside' : 'total'}`, {
    figures: formatYuan(amount),
    capitals: rmbCapitals(amount, language === 'zh-TW' ? 'zh-TW' : 'zh-CN'),
    words: rmbInWords(amount),
  })
}

/** What ends the last article: which text prevails, and which annexes belong to the contract. */
function closing(voices: Voices): DocumentBlock[] {
  const [{ fields }] = voices
  const { annexes: added, prevailingLanguage } = fields.terms
  const other = secondLanguageOf(fields)
  const prevails =
    voices.length > 1 && other !== null && prevailingLanguage !== 'unsaid'
      ? said(voices, ({ t }) => {
          const names = [fields.language, other].map((language) => languageName(language, [fields.language, other], t))
          const [first = '', second = ''] = prevailingLanguage === 'second' ? names.toReversed() : names
          return t(`contracts:document.prevails.${prevailingLanguage === 'both' ? 'both' : 'one'}`, { first, second })
        })
      : []
  if (added.length === 0) return prevails
  return [
    ...prevails,
    ...said(voices, ({ t }) =>
      t('contracts:document.annexes', {
        list: added.map(({ title }, i) => annexName(i, title, t)).join(t('contracts:document.annexBetween')),
      }),
    ),
  ]
}

function annexName(index: number, title: string, t: Translate): string {
  const numeral = t('contracts:document.numerals').split(' ')[index] ?? String(index + 1)
  return t('contracts:document.annex', { numeral, title })
}

/** Behind the signatures, each on a page of its own; annexes are in the language in which they were written. */
function annexes(voices: Voices): DocumentBlock[] {
  return voices[0].fields.terms.annexes.flatMap(({ title, text }, index): DocumentBlock[] => [
    { kind: 'page' },
    { kind: 'heading', text: `${slashed(voices, ({ t }) => annexName(index, '', t).trim())}　${title}`.trim() },
    ...paragraphsOf(text).map((line): DocumentBlock => ({ kind: 'paragraph', runs: [{ text: line }] })),
  ])
}
