import Docxtemplater, { type DXT } from 'docxtemplater'
import type PizZip from 'pizzip'
import { tagName, type WordScope } from '#shared/kernel/word-model.ts'
import type { DocxFile } from './docx-file.ts'

/** Beside plain fields only passages and lists are known; `@` would put raw XML into the file. */
const isPassage = (part: DXT.Part | undefined) => part?.module === 'loop'
const isForeign = (part: DXT.Part | undefined) => part?.module !== undefined && !isPassage(part)

/** Spaces around a name mean nothing. */
const PASSAGE_MARKS = { start: /^\s*#\s*(.*?)\s*$/, end: /^\s*\/\s*(.*?)\s*$/, inverted: /^\s*\^\s*(.*?)\s*$/ }

/** A name is looked up, never computed: there is no expression, no property of an object, nothing inherited. */
function lookUp(blank: string) {
  return (tag: string): DXT.Parser => {
    const name = tagName(tag)
    return {
      get(scope: WordScope, { meta }: DXT.ParserContext) {
        if (isForeign(meta.part)) return undefined
        const text = Object.hasOwn(scope.texts, name) ? scope.texts[name] : undefined
        if (!isPassage(meta.part)) return text === '' ? blank : text
        if (Object.hasOwn(scope.lists, name)) return scope.lists[name]
        return text === undefined ? undefined : text !== ''
      },
    }
  }
}

/**
 * A Word file as docxtemplater has read it, to be filled. Only text, headers, footers and footnotes are filled, not the
 * properties of the file. Throws docxtemplater's own errors for tags that cannot be filled.
 */
export function compileDocx(zip: PizZip, { parts }: DocxFile, blank: string): Docxtemplater<PizZip> {
  const filled = new Set(parts.map(({ name }) => name))
  const onlyText: DXT.Module = {
    name: 'OnlyText',
    optionsTransformer(options, file) {
      file.targets = file.targets.filter((name) => filled.has(name))
      Object.assign(file.findModule('LoopModule')?.['prefix'] ?? {}, PASSAGE_MARKS)
      return options
    },
  }
  return new Docxtemplater(zip, {
    modules: [onlyText],
    paragraphLoop: true,
    linebreaks: true,
    stripInvalidXMLChars: true,
    errorLogging: false,
    // Otherwise a template could change what a tag looks like, and nothing of it would be seen.
    syntax: { changeDelimiterPrefix: null },
    parser: lookUp(blank),
    // What nobody knows stays as it stands; a passage of it is left out.
    nullGetter: (part: DXT.Part) => (part.module ? '' : `{${part.value}}`),
    warnFn: () => undefined,
  })
}
