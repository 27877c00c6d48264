import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClauseFields } from '#shared/modules/clauses/clauses.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { publishedClause, sampleClause, sampleTemplate } from '#tests/helpers/sample-clauses.ts'
import { createTestCore, PASSWORD, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = '2026-05-18'
let t: TestCore
let reviewer: CoreClient
let sales: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  reviewer = await t.as('reviewer')
  sales = await t.as('sales')
})
afterAll(() => t.close())

const page = { limit: 200, sort: { key: 'code', dir: 'asc' } } as const
const get = (id: string) => reviewer.clauses.get({ id: id as never })
const publish = ({ id, version }: { id: string; version: number }, over: object = {}) =>
  reviewer.clauses.publish({ id, version, validFrom: TODAY, validTo: null, carry: [], ...over } as never)
const save = ({ id, version }: { id: string; version: number }, fields: ClauseFields) =>
  reviewer.clauses.save({ ...fields, id, version } as never)
const withdraw = (of: { id: string; version: number }, no: number) =>
  reviewer.clauses.withdraw({ ...of, no, reason: '法规已修改' } as never)
const issues = async (call: Promise<unknown>) => {
  const { code, data } = await refusalOf(call)
  const found = (data as { issues?: { path: string[]; key: string; params?: object }[] }).issues ?? []
  return [code, ...found.map((issue) => `${issue.path.join('.')} ${issue.key} ${JSON.stringify(issue.params ?? {})}`)]
}

describe('the library that comes with the program', () => {
  it('is there from the first moment, and is told once in the audit log', async () => {
    const { rows } = await sales.clauses.list({ ...page, filters: {} })
    expect(rows.length).toBeGreaterThan(80)
    expect(rows.every((row) => row.standing === 'inForce' && row.languages.length === 3)).toBe(true)
    const templates = await sales.clauses.templates.list({ ...page, filters: {} })
    expect(templates.rows.map((row) => [row.code, row.kind, row.standard, row.fault])).toEqual([
      ['FB-01', 'goods_sale', true, null],
      ['FB-02', 'services', true, null],
      ['FB-03', 'frame', true, null],
    ])
    await t.restart()
    reviewer = await t.as('reviewer')
    sales = await t.as('sales')
    expect(await sales.clauses.summary({ filters: {} })).toEqual({ count: rows.length })
    const told = await t.core.deps.store.read
      .selectFrom('audit_log')
      .select('seq')
      .where('action', '=', 'clauses.ship')
      .execute()
    expect(told).toHaveLength(1)
  })

  it('is found by code, name, pinyin and text, and filtered by what a clause is', async () => {
    const found = async (text: string, filters = {}) =>
      (await sales.clauses.list({ ...page, text, filters })).rows.map((row) => row.code)
    expect(await found('TK-24')).toEqual(['TK-24'])
    expect(await found('bukekangli')).toEqual(['TK-24'])
    expect(await found('Force majeure')).toContain('TK-24')
    expect(await found('双倍返还')).toEqual(['TK-17', 'TK-69'])
    expect(await found('', { topic: 'personalData', kind: 'frame' })).toEqual(['TK-38'])
    expect(await found('', { topic: 'callOff', major: true })).toEqual(['TK-81', 'TK-86'])
    expect(await found('', { standing: 'withdrawn' })).toEqual([])
    const first = await sales.clauses.list({ limit: 3, sort: { key: 'topic', dir: 'desc' }, filters: {} })
    const second = await sales.clauses.list({
      limit: 3,
      sort: { key: 'topic', dir: 'desc' },
      filters: {},
      cursor: first.nextCursor,
    })
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(6)
  })

  it('says which templates hold a clause', async () => {
    const [row] = (await sales.clauses.list({ ...page, text: 'TK-24', filters: {} })).rows
    expect(row?.usedBy).toBe(3)
    const view = await get(row!.id)
    expect(view.uses.map((use) => [use.code, use.editionNo, use.clauseNo, use.standing])).toEqual([
      ['FB-01', 1, 1, 'inForce'],
      ['FB-02', 1, 1, 'inForce'],
      ['FB-03', 1, 1, 'inForce'],
    ])
  })
})

describe('a clause', () => {
  it('is written as a draft, published, and from then on changed by a further edition only', async () => {
    const made = await reviewer.clauses.create(sampleClause('QT-1'))
    expect((await get(made.id)).standing).toBe('draft')
    const saved = await save(made, sampleClause('QT-1', { texts: { 'zh-CN': '甲', 'zh-TW': '', en: '' } }))
    const published = await publish(saved)
    expect(await get(made.id)).toMatchObject({
      standing: 'inForce',
      editions: [{ no: 1, state: 'published', validFrom: TODAY, publishedByName: '钱法务', languages: ['zh-CN'] }],
    })
    const next = await save(published, sampleClause('QT-1', { texts: { 'zh-CN': '乙', 'zh-TW': '', en: '' } }))
    const view = await get(made.id)
    expect(view.editions.map(({ no, state, texts }) => [no, state, texts['zh-CN']])).toEqual([
      [2, 'draft', '乙'],
      [1, 'published', '甲'],
    ])
    const { rows } = await sales.clauses.list({ ...page, text: 'QT-1', filters: { hasDraft: true } })
    expect(rows).toMatchObject([{ editionNo: 1, standing: 'inForce', hasDraft: true }])
    await publish(next, { validFrom: '2026-06-01' })
    expect((await get(made.id)).standing).toBe('inForce')
    expect((await sales.clauses.list({ ...page, text: 'QT-1', filters: {} })).rows[0]?.editionNo).toBe(1)
  })

  it('changes its name without a further edition', async () => {
    const { id, version } = await publishedClause(reviewer, 'QT-2', TODAY)
    await save({ id, version }, sampleClause('QT-2', { topic: 'breach', remark: '只改主题' }))
    expect(await get(id)).toMatchObject({ topic: 'breach', editions: [{ no: 1, remark: '' }] })
    expect((await get(id)).editions).toHaveLength(1)
  })

  it('is refused beside the field, with the name that is unknown', async () => {
    const wrong = (texts: object) => reviewer.clauses.create(sampleClause('QT-3', { texts: texts as never }))
    expect(await issues(wrong({ 'zh-CN': '由{{vendor}}承担', 'zh-TW': '', en: '' }))).toEqual([
      'VALIDATION',
      'texts.zh-CN clauses:errors.unknownPlaceholder {"name":"vendor"}',
    ])
    expect(await issues(reviewer.clauses.create(sampleClause('TK-24')))).toEqual([
      'VALIDATION',
      'code clauses:errors.codeTaken {}',
    ])
    const made = await reviewer.clauses.create(
      sampleClause('QT-3', { texts: { 'zh-CN': '{{copies}} 份', 'zh-TW': '', en: 'copies' } }),
    )
    expect(await refusalOf(publish(made))).toMatchObject({
      code: 'CLAUSE_UNEVEN',
      data: { name: 'copies', language: 'en' },
    })
    expect((await get(made.id)).editions[0]?.state).toBe('draft')
  })

  it('begins neither in the past nor before the edition that it follows', async () => {
    const made = await reviewer.clauses.create(sampleClause('QT-4'))
    expect(await issues(publish(made, { validFrom: '2026-05-17' }))).toEqual([
      'VALIDATION',
      'validFrom clauses:errors.validFromPast {}',
    ])
    const first = await publish(made, { validFrom: '2026-07-01' })
    const next = await save(first, sampleClause('QT-4', { major: true }))
    expect(await issues(publish(next, { validFrom: '2026-06-30' }))).toEqual([
      'VALIDATION',
      'validFrom clauses:errors.validFromBefore {"day":"2026-07-01"}',
    ])
    expect(await issues(publish(next, { validFrom: '2026-07-02', validTo: '2026-07-01' }))).toEqual([
      'VALIDATION',
      'validTo clauses:errors.validToBefore {}',
    ])
  })

  it('is told what is there now where somebody saved first', async () => {
    const made = await reviewer.clauses.create(sampleClause('QT-5'))
    await save(made, sampleClause('QT-5', { major: true }))
    const stale = await refusalOf(save(made, sampleClause('QT-5')))
    expect(stale).toMatchObject({ code: 'STALE', data: { current: { code: 'QT-5', major: true, version: 1 } } })
  })

  it('that was never published goes with its draft; a withdrawn edition stays with its reason', async () => {
    const made = await reviewer.clauses.create(sampleClause('QT-6'))
    expect((await refusalOf(withdraw(made, 1))).code).toBe('CLAUSE_STATE')
    expect(await reviewer.clauses.discard(made as never)).toEqual({ removed: true })
    expect((await refusalOf(get(made.id))).code).toBe('NOT_FOUND')
    const again = await publishedClause(reviewer, 'QT-6', TODAY)
    const { id, version } = again
    expect((await refusalOf(reviewer.clauses.discard({ id, version } as never))).code).toBe('CLAUSE_NO_DRAFT')
    const gone = await withdraw({ id, version }, 1)
    expect(await get(id)).toMatchObject({
      standing: 'withdrawn',
      editions: [{ state: 'withdrawn', withdrawnDay: TODAY, withdrawReason: '法规已修改' }],
    })
    expect((await refusalOf(withdraw(gone, 1))).code).toBe('CLAUSE_STATE')
    const offered = await reviewer.clauses.choices({ kind: 'goods_sale' })
    expect(offered.map((choice) => choice.code)).not.toContain('QT-6')
  })
})

describe('publishing a clause', () => {
  it('carries it into the templates that are ticked, and into no other, in the same moment', async () => {
    const clause = await publishedClause(reviewer, 'QT-7', TODAY)
    const templates: { id: string; version: number }[] = []
    for (const code of ['FZ-1', 'FZ-2']) {
      const made = await reviewer.clauses.templates.create(sampleTemplate(code, [clause.editionId]))
      templates.push(await reviewer.clauses.templates.publish({ ...made, validFrom: TODAY, validTo: null } as never))
    }
    const [first, second] = templates
    // A draft of the ticked template follows, and keeps what else was changed in it.
    const drafted = sampleTemplate('FZ-1', [clause.editionId], {
      heading: { 'zh-CN': '新标题', 'zh-TW': '', en: 'New' },
    })
    await reviewer.clauses.templates.save({ ...drafted, ...first } as never)
    const next = await save(clause, sampleClause('QT-7', { texts: { 'zh-CN': '新条文', 'zh-TW': '', en: '' } }))
    const targets = await reviewer.clauses.carryTargets({ id: clause.id as never, validFrom: '2026-06-01' as never })
    expect(targets.map(({ code, clauseNo, loses }) => [code, clauseNo, loses])).toEqual([
      ['FZ-1', 1, ['en']],
      ['FZ-2', 1, ['en']],
    ])
    const done = await publish(next, { validFrom: '2026-06-01', carry: [first!.id] })
    expect(done.carried).toEqual(['FZ-1'])
    const edition = (await get(clause.id)).editions[0]!.id
    const view = await reviewer.clauses.templates.get({ id: first!.id as never })
    const heldIn = (at: number) => view.editions[at]?.articles[0]?.items[1]
    expect(view.editions.map(({ no, state, validFrom, languages }) => [no, state, validFrom, languages])).toEqual([
      [3, 'draft', null, ['zh-CN']],
      [2, 'published', '2026-06-01', ['zh-CN']],
      [1, 'published', TODAY, ['zh-CN', 'en']],
    ])
    expect([heldIn(0), heldIn(1)]).toEqual([
      { kind: 'clause', editionId: edition },
      { kind: 'clause', editionId: edition },
    ])
    expect(heldIn(2)).toEqual({ kind: 'clause', editionId: clause.editionId })
    expect(view.editions[0]?.heading['zh-CN']).toBe('新标题')
    expect((await reviewer.clauses.templates.get({ id: second!.id as never })).editions).toHaveLength(1)
    const uses = (await get(clause.id)).uses.map((use) => [use.code, use.editionNo, use.clauseNo])
    expect(uses).toEqual([
      ['FZ-1', 2, 2],
      ['FZ-2', 1, 1],
    ])
  })

  it('is refused whole where a template cannot be updated any more', async () => {
    const clause = await publishedClause(reviewer, 'QT-8', TODAY)
    const next = await save(clause, sampleClause('QT-8', { major: true }))
    expect((await refusalOf(publish(next, { carry: [t.ids.sales] }))).code).toBe('CLAUSE_CARRY')
    expect((await get(clause.id)).editions[0]?.state).toBe('draft')
  })
})

it('an edition counts from its first day on, without anybody doing anything', async () => {
  t.clock.set(Date.parse('2026-06-01T02:00:00Z'))
  const seat = t.core.localClient({ device: 'later' })
  await seat.session.logIn({ login: 'sales', password: PASSWORD })
  const { rows } = await seat.clauses.list({ ...page, text: 'QT-1', filters: {} })
  expect(rows).toMatchObject([{ editionNo: 2, standing: 'inForce', hasDraft: false }])
})
