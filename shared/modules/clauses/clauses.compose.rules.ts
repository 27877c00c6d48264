import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import type { ContractTemplate, TemplateClause } from '#shared/modules/contracts/contracts.template.schema.ts'
import type { ClauseChoice, ContractKind, TemplateItem, Topic } from './clauses.schema.ts'
import { standingOn } from './clauses.editions.rules.ts'
import { languagesOf } from './clauses.wording.rules.ts'

type Words = Readonly<Partial<Record<Locale, string>>>

/** A clause edition as a template holds it. */
export type PinnedClause = Pick<
  ClauseChoice,
  | 'editionId'
  | 'clauseId'
  | 'code'
  | 'topic'
  | 'kinds'
  | 'no'
  | 'state'
  | 'validFrom'
  | 'validTo'
  | 'withdrawnDay'
  | 'texts'
  | 'when'
  | 'major'
>
export type Pinned = ReadonlyMap<string, PinnedClause>

/** The frame of a template edition and the clauses in it. */
export interface Composition {
  readonly heading: Words
  readonly preamble: Words
  readonly acknowledgement: Words
  readonly articles: readonly { readonly heading: Words; readonly items: readonly TemplateItem[] }[]
}

/** The clause editions that a composition holds, in their order. */
export function pinnedIds(composition: Pick<Composition, 'articles'>): string[] {
  return composition.articles.flatMap((article) =>
    article.items.flatMap((item) => (item.kind === 'clause' ? [item.editionId] : [])),
  )
}

const clausesOf = (composition: Pick<Composition, 'articles'>, pinned: Pinned): PinnedClause[] =>
  pinnedIds(composition).flatMap((id) => pinned.get(id) ?? [])

/** Whether anything in it is of major interest to the other side, and is to be acknowledged (民法典 496). */
export function hasMajor(composition: Pick<Composition, 'articles'>, pinned: Pinned): boolean {
  return clausesOf(composition, pinned).some((clause) => clause.major)
}

/** A part of a template that lacks a language: the clause's code, or an article's place counted from one. */
export interface LanguageGap {
  readonly language: Locale
  readonly part: 'heading' | 'preamble' | 'acknowledgement' | 'article' | 'clause'
  readonly name: string
}

/** Which parts lack which language. A language is the template's only where nothing lacks it. */
export function languageGaps(composition: Composition, pinned: Pinned): LanguageGap[] {
  const parts: { part: LanguageGap['part']; name: string; words: Words }[] = [
    { part: 'heading', name: '', words: composition.heading },
    { part: 'preamble', name: '', words: composition.preamble },
    ...(hasMajor(composition, pinned)
      ? [{ part: 'acknowledgement' as const, name: '', words: composition.acknowledgement }]
      : []),
    ...composition.articles.map(({ heading }, at) => ({
      part: 'article' as const,
      name: String(at + 1),
      words: heading,
    })),
    ...clausesOf(composition, pinned).map(({ code, texts }) => ({ part: 'clause' as const, name: code, words: texts })),
  ]
  return LOCALES.flatMap((language) =>
    parts
      .filter(({ words }) => !languagesOf(words).includes(language))
      .map(({ part, name }) => ({ language, part, name })),
  )
}

/** The languages in which everything of the template is there: each can be printed alone, any two beside each other. */
export function languagesOfTemplate(composition: Composition, pinned: Pinned): Locale[] {
  if (composition.articles.length === 0) return []
  const lacking = new Set(languageGaps(composition, pinned).map((gap) => gap.language))
  return LOCALES.filter((language) => !lacking.has(language))
}

/** One thing that keeps a template from being published, or that whoever publishes it should know. */
export interface TemplateProblem {
  readonly severity: 'error' | 'warning'
  readonly code: string
  /** The article that it is about, counted from one; null for the whole. */
  readonly article: number | null
  readonly params: Readonly<Record<string, string>>
}

/** What a contract of a kind says something about (民法典 470, 596, 771, 845). */
const EXPECTED: Readonly<Record<ContractKind, readonly Topic[]>> = {
  goods_sale: ['quality', 'delivery', 'inspection', 'payment', 'breach', 'dispute'],
  services: ['serviceScope', 'acceptance', 'payment', 'breach', 'dispute'],
  frame: ['callOff', 'price', 'payment', 'term', 'breach', 'dispute'],
}

/**
 * What is wrong with a template that is to count from `day` on. Errors: it cannot be printed, or holds what does not
 * count then; warnings: what a contract of its kind usually says and this one does not.
 */
export function templateProblems(
  composition: Composition,
  pinned: Pinned,
  kind: ContractKind,
  day: string,
): TemplateProblem[] {
  const found: TemplateProblem[] = []
  const say = (
    severity: TemplateProblem['severity'],
    code: string,
    params: Record<string, string> = {},
    article: number | null = null,
  ) => found.push({ severity, code, article, params })

  if (composition.articles.length === 0) say('error', 'noArticles')
  const seen = new Set<string>()
  const blocks = new Map<string, number>()
  composition.articles.forEach((article, at) => {
    if (article.items.length === 0) say('error', 'emptyArticle', {}, at + 1)
    for (const item of article.items) {
      if (item.kind !== 'clause') {
        blocks.set(item.kind, (blocks.get(item.kind) ?? 0) + 1)
        continue
      }
      const clause = pinned.get(item.editionId)
      if (!clause) {
        say('error', 'clauseMissing', {}, at + 1)
        continue
      }
      const named = { code: clause.code, no: String(clause.no) }
      if (seen.has(clause.clauseId)) say('error', 'clauseTwice', named, at + 1)
      seen.add(clause.clauseId)
      const standing = standingOn(clause, day)
      if (standing !== 'inForce') say('error', `clause_${standing}`, named, at + 1)
      if (!clause.kinds.includes(kind)) say('warning', 'clauseKind', named, at + 1)
    }
  })
  if (!blocks.has('lines')) say('error', 'noLines')
  for (const [block, times] of blocks) if (times > 1) say('error', 'blockTwice', { block })
  if (composition.articles.length > 0 && languagesOfTemplate(composition, pinned).length === 0) {
    say('error', 'noLanguage')
  }
  if (kind !== 'frame') {
    if (!blocks.has('total')) say('warning', 'noTotal')
    if (!blocks.has('plan')) say('warning', 'noPlan')
  }
  const topics = new Set(clausesOf(composition, pinned).map((clause) => clause.topic))
  for (const topic of EXPECTED[kind]) if (!topics.has(topic)) say('warning', 'topicMissing', { topic })
  return found
}

/**
 * The template as a contract is printed from it, in one language. Where words or a clause are missing it holds `missing`
 * in their place, for a template that is still being written; without it that throws: whoever calls has asked for the
 * faults first.
 */
export function composeTemplate(
  head: { readonly code: string; readonly no: number },
  composition: Composition,
  pinned: Pinned,
  language: Locale,
  missing?: string,
): ContractTemplate {
  const said = (words: Words): string => {
    const text = words[language] ?? ''
    if (text === '' && missing !== undefined) return missing
    if (text === '') throw new Error(`template ${head.code} edition ${head.no} lacks ${language}`)
    return text
  }
  const clauseOf = (item: TemplateItem): TemplateClause => {
    if (item.kind !== 'clause') return { kind: item.kind }
    const clause = pinned.get(item.editionId)
    if (!clause && missing !== undefined) return { kind: 'text', text: missing }
    if (!clause) throw new Error(`template ${head.code} edition ${head.no} lacks a clause`)
    return {
      kind: 'text',
      text: said(clause.texts),
      ...(clause.when === '' ? {} : { when: clause.when }),
      ...(clause.major ? { emphasis: true } : {}),
    }
  }
  return {
    id: head.code,
    version: head.no,
    language,
    heading: said(composition.heading),
    preamble: said(composition.preamble),
    articles: composition.articles.map((article) => ({
      heading: said(article.heading),
      clauses: article.items.map(clauseOf),
    })),
    acknowledgement: hasMajor(composition, pinned) ? said(composition.acknowledgement) : '',
  }
}

/** The composition with one clause edition in the place of another. */
export function withClause<C extends Pick<Composition, 'articles'>>(composition: C, from: string, to: string): C {
  return {
    ...composition,
    articles: composition.articles.map((article) => ({
      ...article,
      items: article.items.map((item) =>
        item.kind === 'clause' && item.editionId === from ? { ...item, editionId: to } : item,
      ),
    })),
  }
}
