import type { Translate } from '#shared/i18n/translate.ts'
import type { DocumentBlock, DocumentModel, TextRun } from '#shared/kernel/document-model.ts'
import type { TextPiece } from '#shared/kernel/text-redline.ts'
import type { ContractDraft } from './contracts.schema.ts'
import { shownChanges, type ShownChange } from './contracts.redline.words.ts'

/** What two versions of a contract differ in, on paper. */
export interface RedlineInput {
  readonly before: ContractDraft
  readonly after: ContractDraft
  readonly number: string
  readonly issuer: string
  readonly from: number
  /** Null for what is in force now. */
  readonly to: number | null
}

/** The differences of two versions: short values side by side, long texts with what changed marked inside them. */
export function redlineDocument(input: RedlineInput, t: Translate): DocumentModel {
  const word = (key: string, params = {}) => t(`contracts:redline.${key}`, params)
  const versionName = (no: number | null) => (no === null ? word('now') : word('version', { no }))
  const subtitle = word('between', { from: versionName(input.from), to: versionName(input.to) })
  return {
    title: `${word('title')} ${input.number}`,
    language: input.after.language,
    number: `${t('contracts:document.number')} ${input.number}`,
    issuer: input.issuer,
    pageLabel: t('contracts:document.page'),
    blocks: [
      { kind: 'title', text: word('title'), subtitle: `${input.number} ${input.after.title}`.trim() },
      { kind: 'paragraph', runs: [{ text: subtitle }] },
      ...changeBlocks(shownChanges(input.before, input.after, t), t),
    ],
  }
}

/** The changes as blocks, by what they belong to. */
export function changeBlocks(changes: readonly ShownChange[], t: Translate): DocumentBlock[] {
  const word = (key: string) => t(`contracts:redline.${key}`)
  if (changes.length === 0) return [{ kind: 'paragraph', runs: [{ text: word('none') }] }]
  return (['lines', 'plan', 'terms'] as const).flatMap((part): DocumentBlock[] => {
    const own = changes.filter((change) => change.part === part)
    if (own.length === 0) return []
    const short = own.filter((change) => change.pieces === null)
    const long = own.filter((change) => change.pieces !== null)
    return [
      { kind: 'heading', text: word(`parts.${part}`) },
      ...(short.length === 0 ? [] : [table(short, t)]),
      ...long.flatMap((change): DocumentBlock[] => [
        { kind: 'paragraph', runs: [{ text: change.item, bold: true }] },
        { kind: 'paragraph', runs: (change.pieces ?? []).map(runOf), indent: true },
      ]),
    ]
  })
}

function table(changes: readonly ShownChange[], t: Translate): DocumentBlock {
  const word = (key: string) => t(`contracts:redline.${key}`)
  return {
    kind: 'table',
    columns: [
      { head: word('item'), width: '*' },
      { head: word('kind'), width: 44, align: 'center' },
      { head: word('before'), width: '*' },
      { head: word('after'), width: '*' },
    ],
    rows: changes.map(({ item, kind, before, after }) => [
      item,
      word(`kinds.${kind}`),
      before || word('nothing'),
      after || word('nothing'),
    ]),
  }
}

function runOf(piece: TextPiece): TextRun {
  if (piece.kind === 'same') return { text: piece.text }
  return { text: piece.text, mark: piece.kind === 'added' ? 'inserted' : 'removed' }
}
