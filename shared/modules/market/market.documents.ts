import type { Locale } from '#shared/i18n/locale.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { NoteRow } from './market.schema.ts'

export interface DigestInput {
  readonly month: string
  readonly language: Locale
  readonly firmName: string
  /** In the order of their days. */
  readonly notes: readonly NoteRow[]
}

/** A price as it was heard: yuan, with the unit where one was named; empty where none was. */
export function priceWords(note: Pick<NoteRow, 'price' | 'unit'>, t: Translate): string {
  if (note.price === null) return ''
  const figures = formatYuan(note.price)
  return note.unit === '' ? t('market:digest.yuan', { figures }) : t('market:digest.each', { figures, unit: note.unit })
}

/** The month's digest: how many notes, how many adopted, then each competitor with what was heard of it. */
export function digestDocument(input: DigestInput, t: Translate): DocumentModel {
  const { notes, month } = input
  const word = (key: string, params?: Record<string, string | number>) => t(`market:digest.${key}`, params)
  const count = (answer: NoteRow['answer']) => notes.filter((note) => note.answer === answer).length
  const byCompetitor = [...Map.groupBy(notes, (note) => note.competitor)].sort(
    ([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1),
  )
  return {
    title: word('title', { month }),
    language: input.language,
    number: month,
    issuer: input.firmName,
    pageLabel: word('page'),
    blocks: [
      { kind: 'title', text: word('title', { month }) },
      {
        kind: 'facts',
        columns: 2,
        items: [
          { label: word('count'), value: String(notes.length) },
          { label: word('competitors'), value: String(byCompetitor.length) },
          { label: t('market:answer.adopted'), value: String(count('adopted')) },
          { label: t('market:answer.notAdopted'), value: String(count('notAdopted')) },
          { label: t('market:answer.open'), value: String(count('open')) },
        ],
      },
      ...byCompetitor.flatMap(([competitor, rows]): DocumentBlock[] => [
        { kind: 'heading', text: competitor },
        table(rows, t),
      ]),
    ],
  }
}

function table(rows: readonly NoteRow[], t: Translate): DocumentBlock {
  const head = (key: string) => t(`market:fields.${key}`)
  return {
    kind: 'table',
    columns: [
      { head: head('day'), width: 58 },
      { head: head('product'), width: 80 },
      { head: head('price'), width: 74, align: 'right' },
      { head: head('content'), width: '*' },
      { head: head('author'), width: 46 },
      { head: head('answer'), width: 84 },
    ],
    rows: rows.map((note) => [
      note.day,
      note.product,
      priceWords(note, t),
      note.content,
      note.authorName,
      note.answer === 'open' ? t('market:answer.open') : `${t(`market:answer.${note.answer}`)} ${note.answerNote}`,
    ]),
  }
}
