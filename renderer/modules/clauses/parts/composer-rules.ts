import type { ClauseChoice, TemplateArticle, TemplateItem } from '#shared/modules/clauses/clauses.schema.ts'

/** A part of a template by its place: the article, and the place in it. */
export interface ItemPlace {
  readonly article: number
  readonly item: number
}

/** One article up or down; the same list where it cannot go further. */
export function movedArticle(articles: readonly TemplateArticle[], at: number, by: -1 | 1): TemplateArticle[] {
  const moved = articles[at]
  const to = at + by
  if (!moved || to < 0 || to >= articles.length) return [...articles]
  return articles.toSpliced(at, 1).toSpliced(to, 0, moved)
}

/**
 * A part up or down by one place. The first part of an article goes on to the end of the article before, the last one to
 * the beginning of the article after; where it ended up comes along.
 */
export function movedItem(
  articles: readonly TemplateArticle[],
  at: ItemPlace,
  by: -1 | 1,
): { readonly articles: TemplateArticle[]; readonly place: ItemPlace } {
  const from = articles[at.article]
  const moved = from?.items[at.item]
  if (!from || !moved) return { articles: [...articles], place: at }
  const within = at.item + by
  if (within >= 0 && within < from.items.length) {
    const items = from.items.toSpliced(at.item, 1).toSpliced(within, 0, moved)
    return { articles: articles.with(at.article, { ...from, items }), place: { article: at.article, item: within } }
  }
  const article = at.article + by
  const to = articles[article]
  if (!to) return { articles: [...articles], place: at }
  const item = by < 0 ? to.items.length : 0
  return {
    articles: articles
      .with(at.article, { ...from, items: from.items.toSpliced(at.item, 1) })
      .with(article, { ...to, items: to.items.toSpliced(item, 0, moved) }),
    place: { article, item },
  }
}

export function withoutItem(articles: readonly TemplateArticle[], at: ItemPlace): TemplateArticle[] {
  return articles.map((article, index) =>
    index === at.article ? { ...article, items: article.items.toSpliced(at.item, 1) } : article,
  )
}

export function withItem(articles: readonly TemplateArticle[], article: number, item: TemplateItem): TemplateArticle[] {
  return articles.map((found, index) => (index === article ? { ...found, items: [...found.items, item] } : found))
}

/** The newest published edition of each clause, by the clause's id. */
export function newestPublished(choices: Iterable<ClauseChoice>): Map<string, ClauseChoice> {
  const newest = new Map<string, ClauseChoice>()
  for (const choice of choices) {
    const known = newest.get(choice.clauseId)
    if (choice.state === 'published' && (known === undefined || choice.no > known.no)) {
      newest.set(choice.clauseId, choice)
    }
  }
  return newest
}
