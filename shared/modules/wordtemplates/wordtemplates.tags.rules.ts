import { tagName, type WordLine, type WordPlace, type WordScan } from '#shared/kernel/word-model.ts'

/** What a tag does: stands for a text, opens a passage or list, opens one for the opposite, closes it. */
export const TAG_MARKS = ['field', 'open', 'inverse', 'close'] as const
export type TagMark = (typeof TAG_MARKS)[number]

/** A place with the words around it, so that it is found in Word by its own search. */
export interface TagPlace extends WordPlace {
  readonly excerpt: string
}

export interface Tag {
  readonly mark: TagMark
  /** As it is written, without mark and spaces at the ends. */
  readonly name: string
  readonly place: TagPlace
}

/** What is wrong with the tags themselves, whatever they name. */
export const TAG_FAULTS = [
  'unclosed',
  'unopened',
  'empty',
  'tooLong',
  'fullWidth',
  'rawXml',
  'image',
  'include',
  'html',
  'delimiters',
  'strange',
  'misplaced',
  'sectionUnclosed',
  'sectionUnopened',
  'sectionCrossed',
] as const
export type TagFaultCode = (typeof TAG_FAULTS)[number]

export interface TagFault {
  readonly code: TagFaultCode
  /** What is written there. */
  readonly text: string
  /** Null where it could not be told. */
  readonly place: TagPlace | null
}

/** What stands in a template between braces, in the order of reading. */
export interface TemplateTags {
  readonly tags: readonly Tag[]
  readonly faults: readonly TagFault[]
}

const MARKS: Readonly<Record<string, TagMark>> = { '#': 'open', '^': 'inverse', '/': 'close' }
/** Marks of other programs, and of what would put something else than text into the file. */
const REFUSED: readonly [RegExp, TagFaultCode][] = [
  [/^@/, 'rawXml'],
  [/^%/, 'image'],
  [/^(?::|\+|>|\*|include\b|subtemplate\b)/i, 'include'],
  [/^~/, 'html'],
  [/^=/, 'delimiters'],
  [/^[-!$&?;|<"'`\\([]/, 'strange'],
]
/** Marks and braces of a Chinese keyboard: Word shows them almost like those that are meant. */
const WIDE_MARK = /^[\uFF03\uFF3E\uFF0F\uFF20\uFF05]/
const WIDE_TAG = /\uFF5B([^{}\uFF5B\uFF5D]{1,40})\uFF5D/g
const MAX_NAME = 60
const AROUND = 16

/**
 * Takes the paragraphs apart into tags, and tells what is wrong with them: braces without their other half, marks that
 * are refused, passages that are not closed or cross each other. A tag may be spread over differently formatted pieces
 * of its paragraph, but not over paragraphs; a passage begins and ends in the same part of the file.
 */
export function readTags({ lines, misplaced }: WordScan): TemplateTags {
  const tags: Tag[] = []
  const faults: TagFault[] = []
  for (const line of lines) {
    const read = readLine(line)
    tags.push(...read.tags)
    faults.push(...read.faults)
  }
  for (const part of new Set(tags.map(({ place }) => place.part))) {
    faults.push(...passageFaults(tags.filter(({ place }) => place.part === part)))
  }
  // Where braces and pairs are wrong, whatever else does not fit may follow from that.
  const telling = misplaced.filter(({ torn }) => torn || faults.length === 0)
  for (const name of new Set(telling.map(({ tag }) => tag))) {
    const found = tags.find((tag) => tag.mark !== 'field' && tag.name === name)
    faults.push({ code: 'misplaced', text: found ? shownTag(found) : name, place: found?.place ?? null })
  }
  return { tags, faults }
}

function readLine({ place, text }: WordLine): TemplateTags {
  const tags: Tag[] = []
  const faults: TagFault[] = []
  const at = (from: number, to: number): TagPlace => ({ ...place, excerpt: excerptOf(text, from, to) })
  const fault = (code: TagFaultCode, from: number, to: number) =>
    faults.push({ code, text: text.slice(from, to).toWellFormed(), place: at(from, to) })
  let opened = -1
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i]
    if (character === '{') {
      if (opened >= 0) fault('unclosed', opened, Math.min(i, opened + MAX_NAME))
      opened = i
    }
    if (character !== '}') continue
    if (opened < 0) fault('unopened', Math.max(0, i - AROUND), i + 1)
    else {
      const inside = text.slice(opened + 1, i).trim()
      const code = objection(inside)
      if (code === null) tags.push(tagOf(inside, at(opened, i + 1)))
      else fault(code, opened, Math.min(i + 1, opened + MAX_NAME))
    }
    opened = -1
  }
  if (opened >= 0) fault('unclosed', opened, Math.min(text.length, opened + MAX_NAME))
  for (const match of text.matchAll(WIDE_TAG)) fault('fullWidth', match.index, match.index + match[0].length)
  return { tags, faults }
}

function objection(inside: string): TagFaultCode | null {
  if (WIDE_MARK.test(inside)) return 'fullWidth'
  const refused = REFUSED.find(([mark]) => mark.test(inside))
  if (refused) return refused[1]
  const name = tagName(inside.replace(/^[#^/]/, ''))
  // A closing tag need not say again what it closes.
  if (name === '') return inside === '/' ? null : 'empty'
  return name.length > MAX_NAME ? 'tooLong' : null
}

function tagOf(inside: string, place: TagPlace): Tag {
  const mark = MARKS[inside.charAt(0)]
  return mark === undefined ? { mark: 'field', name: inside, place } : { mark, name: inside.slice(1).trim(), place }
}

function excerptOf(text: string, from: number, to: number): string {
  const before = text.slice(Math.max(0, from - AROUND), from)
  const after = text.slice(to, to + AROUND)
  const cut = (shown: boolean) => (shown ? '…' : '')
  return `${cut(from > AROUND)}${before}${text.slice(from, to)}${after}${cut(to + AROUND < text.length)}`.toWellFormed()
}

/** Passages of one part of the file that are not closed, not opened, or cross each other. */
function passageFaults(tags: readonly Tag[]): TagFault[] {
  const faults: TagFault[] = []
  const open: Tag[] = []
  for (const tag of tags) {
    if (tag.mark === 'open' || tag.mark === 'inverse') open.push(tag)
    if (tag.mark !== 'close') continue
    const last = open.at(-1)
    if (!last) {
      faults.push({ code: 'sectionUnopened', text: `{/${tag.name}}`, place: tag.place })
      continue
    }
    open.pop()
    if (tag.name === '' || tag.name === last.name) continue
    faults.push({ code: 'sectionCrossed', text: `${shownTag(last)} … {/${tag.name}}`, place: tag.place })
  }
  return [
    ...faults,
    ...open.map((tag) => ({ code: 'sectionUnclosed' as const, text: shownTag(tag), place: tag.place })),
  ]
}

/** A tag as it stands in the template. */
export function shownTag({ mark, name }: Pick<Tag, 'mark' | 'name'>): string {
  const signs: Readonly<Record<TagMark, string>> = { field: '', open: '#', inverse: '^', close: '/' }
  return `{${signs[mark]}${name}}`
}
