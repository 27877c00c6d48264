import { AlignmentType, type IRunOptions, TextRun } from 'docx'
import { plainText } from './pdf-text.ts'

/** Half characters and the two code points that no XML may hold. */
const NOT_XML = /[\ufffe\uffff]/g

const HAN = /\p{sc=Han}/u

/** What a document of Word says of a text: the same as the PDF, but the reader's own fonts draw it. */
export function wordText(value: unknown): string {
  return plainText(value).toWellFormed().replace(NOT_XML, '')
}

/** A text in one look; its lines stay lines of one paragraph. */
export function wordRuns(value: unknown, look: Omit<IRunOptions, 'text' | 'children' | 'break'> = {}): TextRun[] {
  return wordText(value)
    .split('\n')
    .map((text, i) => {
      // Quotation marks and dashes are in either font; beside Chinese they are meant to be Chinese.
      const font = HAN.test(text) ? { font: { hint: 'eastAsia' } } : {}
      return new TextRun({ ...font, ...look, text, ...(i > 0 ? { break: 1 } : {}) })
    })
}

/** Word counts in twentieths of a point. */
export const twips = (points: number) => Math.round(points * 20)
/** And the size of letters in halves. */
export const halves = (points: number) => Math.round(points * 2)
/** Colours without their sign. */
export const hex = (color: string) => color.slice(1)

export const ALIGN = {
  left: AlignmentType.LEFT,
  right: AlignmentType.RIGHT,
  center: AlignmentType.CENTER,
  justify: AlignmentType.JUSTIFIED,
} as const
