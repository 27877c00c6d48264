import type { z } from 'zod'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { PLACEHOLDERS, placeholdersIn } from '#shared/modules/contracts/contracts.template.schema.ts'
import type { ClauseWording, TemplateWording } from './clauses.schema.ts'

type Words = Readonly<Partial<Record<Locale, string>>>
const KNOWN: ReadonlySet<string> = new Set(PLACEHOLDERS)
const PLACEHOLDER = /\{\{[a-zA-Z]+\}\}/g

/** The languages in which there are words. */
export function languagesOf(words: Words): Locale[] {
  return LOCALES.filter((language) => (words[language] ?? '').trim() !== '')
}

/** The words in the language asked for, else in the first that there is. */
export function wordsIn(words: Words, language: Locale): string {
  const own = (words[language] ?? '').trim()
  if (own !== '') return own
  const [other] = languagesOf(words)
  return other === undefined ? '' : (words[other] ?? '').trim()
}

/** Something that keeps a wording from being saved: in which language, and the name that is meant. */
export interface WordingFault {
  readonly code: 'unknownPlaceholder' | 'braces'
  readonly language: Locale
  readonly name: string
}

/** Placeholders that no contract has a value for, and braces that are none. */
export function wordingFaults(texts: Words): WordingFault[] {
  return LOCALES.flatMap((language): WordingFault[] => {
    const text = texts[language] ?? ''
    const unknown = placeholdersIn(text).filter((name) => !KNOWN.has(name))
    const rest = /\{\{|\}\}/.exec(text.replace(PLACEHOLDER, ''))
    return [
      ...unknown.map((name): WordingFault => ({ code: 'unknownPlaceholder', language, name })),
      ...(rest ? [{ code: 'braces' as const, language, name: rest[0] }] : []),
    ]
  })
}

/** A placeholder that one language has and another has not: they would not say the same. */
export interface UnevenPlaceholder {
  readonly name: string
  readonly language: Locale
}

/** What the languages of a clause do not have in common. */
export function unevenPlaceholders(texts: Words): UnevenPlaceholder[] {
  const present = languagesOf(texts)
  const used = new Map(present.map((language) => [language, new Set(placeholdersIn(texts[language] ?? ''))]))
  const all = new Set([...used.values()].flatMap((names) => [...names]))
  return [...all].flatMap((name) =>
    present.filter((language) => !used.get(language)?.has(name)).map((language) => ({ name, language })),
  )
}

/** Puts what keeps the wording of a clause from being saved beside its field. */
export function refineClause(value: Pick<ClauseWording, 'texts'>, ctx: z.RefinementCtx): void {
  refineTexts(value.texts, ['texts'], ctx)
  if (languagesOf(value.texts).length === 0) {
    ctx.addIssue({ code: 'custom', path: ['texts', LOCALES[0]], message: 'validation:required' })
  }
}

function refineTexts(texts: Words, path: (string | number)[], ctx: z.RefinementCtx): void {
  for (const { code, language, name } of wordingFaults(texts)) {
    ctx.addIssue({ code: 'custom', path: [...path, language], message: `clauses:errors.${code}`, params: { name } })
  }
}

/** The frame of a template is printed as it stands: nothing is put into it. */
export function refineFrame(
  value: Pick<TemplateWording, 'heading' | 'preamble' | 'acknowledgement' | 'articles'>,
  ctx: z.RefinementCtx,
): void {
  const refuse = (words: Words, path: (string | number)[]) => {
    for (const language of LOCALES) {
      if (!/\{\{|\}\}/.test(words[language] ?? '')) continue
      ctx.addIssue({ code: 'custom', path: [...path, language], message: 'clauses:errors.noPlaceholders' })
    }
  }
  for (const part of ['heading', 'preamble', 'acknowledgement'] as const) refuse(value[part], [part])
  value.articles.forEach((article, at) => refuse(article.heading, ['articles', at, 'heading']))
}
