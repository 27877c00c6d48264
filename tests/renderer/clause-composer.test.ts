import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pinnedIds } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { ClauseChoice, TemplateArticle, TemplateEdition } from '#shared/modules/clauses/clauses.schema.ts'
import {
  movedArticle,
  movedItem,
  newestPublished,
  withItem,
  withoutItem,
  type ItemPlace,
} from '#renderer/modules/clauses/parts/composer-rules.ts'
import { editionChanges } from '#renderer/modules/clauses/parts/edition-changes.ts'

const heading = { 'zh-CN': '', 'zh-TW': '', en: '' }
const article = (...ids: string[]): TemplateArticle => ({
  heading,
  items: ids.map((editionId) => ({ kind: 'clause', editionId: editionId as never })),
})
const idsOf = (articles: readonly TemplateArticle[]) => articles.map((one) => pinnedIds({ articles: [one] }).join(''))
const at = (place: string): ItemPlace => {
  const [of, item] = place.split('.').map(Number) as [number, number]
  return { article: of, item }
}

describe('moving a part of a template', () => {
  const articles = [article('A', 'B'), article('C'), article()]
  it.each([
    ['0.0', 1, ['BA', 'C', ''], '0.1'],
    ['0.1', 1, ['A', 'BC', ''], '1.0'],
    ['1.0', -1, ['ABC', '', ''], '0.2'],
    ['1.0', 1, ['AB', '', 'C'], '2.0'],
    ['0.0', -1, ['AB', 'C', ''], '0.0'],
    ['2.0', 1, ['AB', 'C', ''], '2.0'],
  ] as const)('%s by %i', (from, by, wanted, to) => {
    const moved = movedItem(articles, at(from), by)
    expect([idsOf(moved.articles), moved.place]).toEqual([wanted, at(to)])
  })

  it('loses and doubles nothing, and comes back by the opposite step', () => {
    const letters = fc.uniqueArray(fc.constantFrom(...'ABCDEFGH'), { maxLength: 8 })
    fc.assert(
      fc.property(
        letters,
        fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
        fc.nat(),
        fc.boolean(),
        (ids, where, n, up) => {
          fc.pre(ids.length > 0)
          const given = [0, 1, 2, 3].map((index) => article(...ids.filter((_id, i) => where[i] === index)))
          const places = given.flatMap((one, index) => one.items.map((_item, item) => ({ article: index, item })))
          const place = places[n % places.length]!
          const by = up ? -1 : 1
          const moved = movedItem(given, place, by)
          expect(pinnedIds({ articles: moved.articles }).toSorted()).toEqual(ids.toSorted())
          const stayed = moved.place.article === place.article && moved.place.item === place.item
          const back = stayed ? moved : movedItem(moved.articles, moved.place, by === 1 ? -1 : 1)
          expect(idsOf(back.articles)).toEqual(idsOf(given))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('an article goes up and down whole, and parts come and go', () => {
    expect(idsOf(movedArticle(articles, 0, 1))).toEqual(['C', 'AB', ''])
    expect(idsOf(movedArticle(articles, 0, -1))).toEqual(['AB', 'C', ''])
    expect(idsOf(movedArticle(articles, 2, 1))).toEqual(['AB', 'C', ''])
    expect(idsOf(withoutItem(articles, at('0.0')))).toEqual(['B', 'C', ''])
    const added = withItem(articles, 2, { kind: 'clause', editionId: 'D' as never })
    expect(idsOf(added)).toEqual(['AB', 'C', 'D'])
  })
})

describe('the newest published edition of a clause', () => {
  it('is the one with the highest number, wherever it stands; drafts and withdrawn ones are none', () => {
    const choices = [
      ['A', 2, 'published'],
      ['A', 3, 'published'],
      ['A', 1, 'published'],
      ['A', 4, 'withdrawn'],
      ['B', 1, 'published'],
      ['B', 2, 'draft'],
      ['C', 1, 'withdrawn'],
    ] as const
    const given = choices.map(([clauseId, no, state]) => ({ clauseId, no, state }) as ClauseChoice)
    expect([...newestPublished(given)].map(([id, { no }]) => [id, no])).toEqual([
      ['A', 3],
      ['B', 1],
    ])
  })
})

describe('what an edition of a template changed', () => {
  it('is told by the codes of clauses: come, gone, and in another edition', () => {
    const choices = [
      ['A1', 'A', 1],
      ['A2', 'A', 2],
      ['B1', 'B', 1],
      ['C1', 'C', 1],
    ] as const
    const clauses = new Map(
      choices.map(([editionId, code, no]) => [editionId, { editionId, clauseId: code, code, no } as ClauseChoice]),
    )
    const edition = (...ids: string[]) => ({ articles: [article(...ids)] }) as unknown as TemplateEdition
    expect(editionChanges(edition('A1', 'B1'), edition('A2', 'C1'), clauses)).toEqual({
      added: ['C'],
      removed: ['B'],
      changed: ['A 1 → 2'],
    })
    expect(editionChanges(edition('A1'), edition('A1'), clauses)).toEqual({ added: [], removed: [], changed: [] })
  })
})
