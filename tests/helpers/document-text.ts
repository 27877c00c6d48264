import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'

/** All texts of a document's blocks, in the order in which they are read; markers of lists included. */
export function documentTexts(model: DocumentModel): string[] {
  return model.blocks.flatMap(blockTexts).filter((text) => squeezed(text) !== '')
}

function blockTexts(block: DocumentBlock): string[] {
  switch (block.kind) {
    case 'title':
      return [block.text, block.subtitle ?? '']
    case 'heading':
      return [block.text]
    case 'paragraph':
      return [block.runs.map((run) => run.text).join('')]
    case 'facts':
      return block.items.flatMap(({ label, value }) => [label, value])
    case 'table':
      return [block.columns.map(({ head }) => head), ...block.rows, ...(block.sums ?? [])].flat()
    case 'list':
      return block.items.flatMap((item, i) => [block.ordered === false ? '•' : `${i + 1}.`, item])
    case 'bilingual':
      return block.rows.flatMap(({ left, right }) => [left, right])
    case 'signatures':
      return [
        ...block.parties.flatMap(({ heading, name, lines }) => [heading, name, ...lines]),
        ...block.parties.map(({ seal }) => seal),
      ]
    default:
      return []
  }
}

/** Without any space: where lines and cells end is not the text. */
export const squeezed = (text: string) => text.replace(/\s+/g, '')
