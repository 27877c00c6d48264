import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { contractTemplate } from '#shared/modules/contracts/contracts.template.schema.ts'
import {
  choiceFault,
  chosenTemplate,
  editionFault,
  templateFinding,
} from '#shared/modules/clauses/clauses.choice.rules.ts'
import {
  composeTemplate,
  hasMajor,
  languageGaps,
  languagesOfTemplate,
  pinnedIds,
  templateProblems,
  withClause,
  type Composition,
  type PinnedClause,
} from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { TemplateChoice } from '#shared/modules/clauses/clauses.schema.ts'
import { shippedClauses, shippedComposition, shippedTemplate } from '#tests/helpers/shipped-templates.ts'

const DAY = '2026-05-18'
const words = (text: string, en = text) => ({ 'zh-CN': text, 'zh-TW': text, en })
const none = words('')

const clause = (code: string, over: Partial<PinnedClause> = {}): PinnedClause => ({
  editionId: code,
  clauseId: code,
  code,
  topic: 'quality',
  kinds: ['goods_sale'],
  no: 1,
  state: 'published',
  validFrom: '2021-01-01',
  validTo: null,
  withdrawnDay: null,
  texts: words(code),
  when: '',
  major: false,
  ...over,
})
const pinned = (...clauses: PinnedClause[]) => new Map(clauses.map((one) => [one.editionId, one]))
const composition = (ids: readonly string[], over: Partial<Composition> = {}): Composition => ({
  heading: words('标题', 'Title'),
  preamble: words('前言', 'Preamble'),
  acknowledgement: none,
  articles: [
    {
      heading: words('第一', 'One'),
      items: [{ kind: 'lines' }, ...ids.map((id) => ({ kind: 'clause', editionId: id }) as const)],
    },
  ],
  ...over,
})
const codes = (of: Composition, held: ReadonlyMap<string, PinnedClause>) =>
  templateProblems(of, held, 'goods_sale', DAY)
    .filter((problem) => problem.severity === 'error')
    .map(({ code, article }) => (article === null ? code : `${code}@${article}`))

describe('the shipped templates', () => {
  it.each(CONTRACT_KINDS)('%s is whole: three languages, nothing wrong, nothing missing', (kind) => {
    const shipped = shippedComposition(kind)
    expect(languagesOfTemplate(shipped, shippedClauses)).toEqual([...LOCALES])
    expect(templateProblems(shipped, shippedClauses, kind, DAY)).toEqual([])
    expect(languageGaps(shipped, shippedClauses)).toEqual([])
    for (const language of LOCALES)
      expect(contractTemplate.safeParse(shippedTemplate(language, kind)).success).toBe(true)
  })
})

describe('the languages of a template', () => {
  it('are those that everything in it has', () => {
    const held = pinned(clause('A'), clause('B', { texts: { 'zh-CN': '乙', 'zh-TW': '', en: 'B' } }))
    expect(languagesOfTemplate(composition(['A', 'B']), held)).toEqual(['zh-CN', 'en'])
    expect(languageGaps(composition(['A', 'B']), held)).toEqual([{ language: 'zh-TW', part: 'clause', name: 'B' }])
    const headless = composition(['A'], { articles: [{ heading: words('甲', ''), items: [{ kind: 'lines' }] }] })
    expect(languageGaps(headless, held)).toEqual([{ language: 'en', part: 'article', name: '1' }])
  })

  it('an acknowledgement is needed only where something stands out', () => {
    const plain = composition(['A'])
    expect(languagesOfTemplate(plain, pinned(clause('A')))).toHaveLength(3)
    const major = pinned(clause('A', { major: true }))
    expect([hasMajor(plain, major), languagesOfTemplate(plain, major)]).toEqual([true, []])
    const said = { ...plain, acknowledgement: words('已提示', 'Noted') }
    expect(languagesOfTemplate(said, major)).toHaveLength(3)
    expect(composeTemplate({ code: 'X', no: 1 }, said, major, 'en')).toMatchObject({
      acknowledgement: 'Noted',
      articles: [{ heading: 'One', clauses: [{ kind: 'lines' }, { kind: 'text', text: 'A', emphasis: true }] }],
    })
    expect(composeTemplate({ code: 'X', no: 1 }, plain, pinned(clause('A')), 'en').acknowledgement).toBe('')
  })

  it('what lacks the language is not composed', () => {
    expect(() => composeTemplate({ code: 'X', no: 2 }, composition(['A']), new Map(), 'en')).toThrow('lacks a clause')
    const held = pinned(clause('A', { texts: words('甲', '') }))
    expect(() => composeTemplate({ code: 'X', no: 2 }, composition(['A']), held, 'en')).toThrow('lacks en')
  })
})

describe('what keeps a template from being published', () => {
  it.each([
    ['nothing', composition(['A']), pinned(clause('A')), []],
    ['no article', composition([], { articles: [] }), pinned(), ['noArticles', 'noLines']],
    [
      'an empty article',
      composition(['A'], { articles: [...composition(['A']).articles, { heading: words('二'), items: [] }] }),
      pinned(clause('A')),
      ['emptyArticle@2'],
    ],
    [
      'the same clause twice',
      composition(['A', 'B']),
      pinned(clause('A'), clause('B', { clauseId: 'A' })),
      ['clauseTwice@1'],
    ],
    ['a clause that is gone', composition(['A', 'Z']), pinned(clause('A')), ['clauseMissing@1']],
    [
      'a withdrawn one',
      composition(['A']),
      pinned(clause('A', { state: 'withdrawn', withdrawnDay: '2026-05-01' })),
      ['clause_withdrawn@1'],
    ],
    ['one that has run out', composition(['A']), pinned(clause('A', { validTo: '2026-05-01' })), ['clause_expired@1']],
    [
      'one that is still to come',
      composition(['A']),
      pinned(clause('A', { validFrom: '2026-06-01' })),
      ['clause_scheduled@1'],
    ],
    ['a draft', composition(['A']), pinned(clause('A', { state: 'draft', validFrom: null })), ['clause_draft@1']],
    [
      'the figures twice',
      composition(['A'], { articles: [{ heading: words('一'), items: [{ kind: 'lines' }, { kind: 'lines' }] }] }),
      pinned(clause('A')),
      ['blockTwice'],
    ],
    ['no language in common', composition(['A']), pinned(clause('A', { texts: none })), ['noLanguage']],
  ])('%s', (_what, of, held, wanted) => expect(codes(of, held)).toEqual(wanted))

  it('what its kind usually says is only asked for', () => {
    const found = templateProblems(composition(['A']), pinned(clause('A')), 'goods_sale', DAY)
    expect(found.map(({ severity, code, params }) => `${severity} ${code} ${params['topic'] ?? ''}`.trim())).toEqual([
      'warning noTotal',
      'warning noPlan',
      ...['delivery', 'inspection', 'payment', 'breach', 'dispute'].map((topic) => `warning topicMissing ${topic}`),
    ])
  })
})

describe('a clause in the place of another', () => {
  it('changes that clause and nothing else, wherever it stands', () => {
    const ids = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1 })
    fc.assert(
      fc.property(ids, ids, fc.nat(), (first, second, at) => {
        const rest = second.filter((id) => !first.includes(id))
        const of = {
          articles: [first, rest].map((held) => ({
            heading: none,
            items: held.map((editionId) => ({ kind: 'clause' as const, editionId })),
          })),
        }
        const all = pinnedIds(of)
        const from = all[at % all.length]!
        const after = withClause(of, from, 'NEW')
        expect(pinnedIds(after)).toEqual(all.map((id) => (id === from ? 'NEW' : id)))
        expect(pinnedIds(of)).toEqual(all)
        expect(withClause(after, 'NEW', from)).toEqual(of)
      }),
      { numRuns: 200 },
    )
  })
})

describe('whether a contract may use a template', () => {
  const choice = (over: Partial<TemplateChoice> = {}): TemplateChoice => ({
    id: 't1',
    code: 'FB-01',
    names: none,
    kind: 'goods_sale',
    standard: true,
    editionNo: 1,
    fault: null,
    languages: ['zh-CN', 'en'],
    ...over,
  })
  const wanted = { templateId: null, kind: 'goods_sale', languages: ['zh-CN'] } as const

  it('null means the standard one of the kind', () => {
    const other = choice({ id: 't2', standard: false })
    expect(chosenTemplate([other, choice()], wanted)?.id).toBe('t1')
    expect(chosenTemplate([other, choice()], { ...wanted, templateId: 't2' })?.id).toBe('t2')
    expect(chosenTemplate([other], wanted)).toBeNull()
  })

  it.each([
    ['it may', choice(), wanted, null],
    ['there is none', null, wanted, 'missing'],
    ['it is of another kind', choice(), { ...wanted, kind: 'frame' as const }, 'kind'],
    ['it lacks the second language', choice(), { ...wanted, languages: ['zh-CN', 'zh-TW'] as const }, 'language'],
    [
      'its edition was withdrawn',
      choice({ fault: { code: 'withdrawn', params: { no: '1', day: DAY } } }),
      wanted,
      'withdrawn',
    ],
  ] as const)('%s', (_what, found, ask, code) => {
    const fault = choiceFault(found, ask)
    expect(fault?.code ?? null).toBe(code)
    if (fault) expect(templateFinding(fault)).toMatchObject({ severity: 'error', code: `template_${code}` })
  })

  const published = { no: 3, state: 'published', validFrom: '2026-01-01', validTo: null, withdrawnDay: null } as const
  it.each([
    ['in force', published, [clause('A')], null],
    ['none has begun', null, [], 'unpublished'],
    ['still to come', { ...published, validFrom: '2026-06-01' }, [], 'unpublished'],
    ['withdrawn', { ...published, state: 'withdrawn', withdrawnDay: DAY }, [], 'withdrawn'],
    ['run out', { ...published, validTo: '2026-05-17' }, [], 'expired'],
    [
      'a clause in it was withdrawn',
      published,
      [clause('A'), clause('B', { state: 'withdrawn', withdrawnDay: DAY })],
      'clauseWithdrawn',
    ],
    ['a clause in it has run out', published, [clause('A', { validTo: '2026-05-17' })], 'clauseExpired'],
  ] as const)('%s', (_what, edition, clauses, code) =>
    expect(editionFault(edition, clauses, DAY)?.code ?? null).toBe(code),
  )
})
