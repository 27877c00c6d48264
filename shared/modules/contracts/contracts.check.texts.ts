import { at, blank, type CheckInput, type CheckRule, type Place } from './contracts.check.types.ts'
import { freeTexts, says, wordsOf } from './contracts.check.words.ts'
import { secondLabel, secondLanguageOf, untranslated } from './contracts.languages.ts'

const prevails = ({ fields }: CheckInput) => secondLanguageOf(fields) !== null && fields.terms.prevailingLanguage

/** The two languages of a contract and its annexes (民法典 466, 470). */
export const TEXT_RULES: readonly CheckRule[] = [
  {
    code: 'text_effect',
    severity: 'warning',
    article: 'civil596',
    wording: 'terms.other',
    find: ({ fields }) =>
      at(fields.language === 'en' && secondLanguageOf(fields) === null && !says('textEffect', fields.terms.other), [
        'terms',
        'other',
      ]),
  },
  {
    code: 'second_same',
    severity: 'error',
    article: null,
    find: ({ fields }) => at(fields.terms.secondLanguage === fields.language, ['terms', 'secondLanguage']),
  },
  {
    code: 'prevailing',
    severity: 'warning',
    article: 'civil466',
    find: (input) => at(prevails(input) === 'unsaid', ['terms', 'prevailingLanguage']),
  },
  {
    code: 'prevailing_both',
    severity: 'note',
    article: 'civil466',
    find: (input) => at(prevails(input) === 'both', ['terms', 'prevailingLanguage']),
  },
  {
    code: 'untranslated',
    severity: 'warning',
    article: 'civil466',
    find: ({ fields }) =>
      secondLanguageOf(fields) === null
        ? []
        : untranslated(fields).map((name): Place => ({
            path: ['terms', 'second', name],
            params: { field: secondLabel(name) },
          })),
  },
  {
    code: 'annex_title',
    severity: 'error',
    article: null,
    find: ({ fields }) =>
      fields.terms.annexes.flatMap(({ title }, index) => at(blank(title), ['terms', 'annexes', index, 'title'])),
  },
  {
    code: 'annex_empty',
    severity: 'error',
    article: null,
    find: ({ fields }) =>
      fields.terms.annexes.flatMap(({ text }, index) => at(blank(text), ['terms', 'annexes', index, 'text'])),
  },
  { code: 'annex_missing', severity: 'warning', article: 'civil470', find: (input) => missingAnnexes(input) },
]

/** A text or a specification that refers to an annex that is not there. */
function missingAnnexes({ fields }: CheckInput): Place[] {
  const specs = fields.lines.map(({ spec }, index) => ({ text: spec, path: ['lines', index, 'spec'] }))
  return [...specs, ...freeTexts(fields)].flatMap(({ text, path }): Place[] => {
    const named = [...text.matchAll(new RegExp(wordsOf('annex').source, 'giu'))]
    const lost = named.find((match) => annexNumber(match) > fields.terms.annexes.length)
    return lost ? [{ path, params: { words: lost[0] } }] : []
  })
}

const NUMERALS = wordsOf('numerals').source.split('|')

/** The number that an annex is called by: figures, or the first ten numerals. */
function annexNumber(match: RegExpMatchArray): number {
  const called = match.slice(1).find((group) => group !== undefined) ?? ''
  return /^\d+$/.test(called) ? Number(called) : NUMERALS.indexOf(called) + 1
}
