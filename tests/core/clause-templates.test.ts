import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TemplateFields } from '#shared/modules/clauses/clauses.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { publishedClause, sampleClause, sampleTemplate } from '#tests/helpers/sample-clauses.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = '2026-05-18'
let t: TestCore
let reviewer: CoreClient
let clause: { id: string; version: number; editionId: string }

beforeAll(async () => {
  t = await createTestCore()
  reviewer = await t.as('reviewer')
  clause = await publishedClause(reviewer, 'QT-1', TODAY)
})
afterAll(() => t.close())

type At = { id: string; version: number }
const templates = () => reviewer.clauses.templates
const get = (id: string) => templates().get({ id: id as never })
const publish = (of: At, validFrom = TODAY) => templates().publish({ ...of, validFrom, validTo: null } as never)
const save = (of: At, fields: TemplateFields) => templates().save({ ...fields, ...of } as never)
const make = (code: string, over: Partial<TemplateFields> = {}) =>
  templates().create(sampleTemplate(code, [clause.editionId], over))
const published = async (code: string, over: Partial<TemplateFields> = {}) => publish(await make(code, over))
const choiceOf = async (code: string) => (await templates().choices({})).find((choice) => choice.code === code)

describe('a template', () => {
  it('is published with the languages that all of it has, and offered to contracts', async () => {
    const made = await make('FA-1')
    expect(await choiceOf('FA-1')).toMatchObject({ editionNo: null, fault: { code: 'unpublished' } })
    await publish(made)
    expect(await choiceOf('FA-1')).toMatchObject({
      kind: 'goods_sale',
      standard: false,
      editionNo: 1,
      languages: ['zh-CN', 'en'],
      fault: null,
    })
    expect(await get(made.id)).toMatchObject({ standing: 'inForce', clauses: [{ code: 'QT-1', superseded: false }] })
  })

  it('is not published while anything is wrong with it, and says what', async () => {
    const made = await make('FA-2', { articles: [] })
    const { code, data } = await refusalOf(publish(made))
    expect([code, (data as { problems: { code: string }[] }).problems.map((problem) => problem.code)]).toEqual([
      'TEMPLATE_INCOMPLETE',
      ['noArticles', 'noLines'],
    ])
    const later = await reviewer.clauses.create(sampleClause('QT-2'))
    await reviewer.clauses.publish({ ...later, validFrom: '2026-07-01', validTo: null, carry: [] } as never)
    const [edition] = (await reviewer.clauses.get({ id: later.id as never })).editions
    const saved = await save(made, sampleTemplate('FA-2', [edition!.id]))
    expect(await refusalOf(publish(saved))).toMatchObject({
      code: 'TEMPLATE_INCOMPLETE',
      data: { problems: [{ code: 'clause_scheduled', article: 1, params: { code: 'QT-2' } }] },
    })
    await publish(saved, '2026-07-01')
    expect(await choiceOf('FA-2')).toMatchObject({ fault: { code: 'unpublished' } })
  })

  it('holds no draft of a clause, nothing that is not there, and nothing twice', async () => {
    const draft = await reviewer.clauses.create(sampleClause('QT-3'))
    const [edition] = (await reviewer.clauses.get({ id: draft.id as never })).editions
    for (const ids of [[edition!.id], [t.ids.sales], [clause.editionId, clause.editionId]]) {
      const { code, data } = await refusalOf(templates().create(sampleTemplate('FA-3', ids)))
      expect([code, JSON.stringify(data)]).toEqual(['VALIDATION', expect.stringContaining('clauses:errors.notHeld')])
    }
  })

  it('keeps its published editions; what is withdrawn cannot be used and nothing older comes back', async () => {
    const first = await published('FA-4')
    const next = await save(first, sampleTemplate('FA-4', [clause.editionId], { remark: '第二版' }))
    expect((await get(first.id)).editions).toHaveLength(1)
    const changed = await save(
      next,
      sampleTemplate('FA-4', [clause.editionId], { preamble: { 'zh-CN': '另行约定。', 'zh-TW': '', en: '' } }),
    )
    const second = await publish(changed)
    expect(await choiceOf('FA-4')).toMatchObject({ editionNo: 2, languages: ['zh-CN'] })
    const gone = await templates().withdraw({ ...second, no: 2, reason: '条款有误' } as never)
    expect(await choiceOf('FA-4')).toMatchObject({ fault: { code: 'withdrawn', params: { no: '2', day: TODAY } } })
    expect((await refusalOf(templates().withdraw({ ...gone, no: 2, reason: '再来一次' } as never))).code).toBe(
      'CLAUSE_STATE',
    )
    const { rows } = await templates().list({
      limit: 50,
      sort: { key: 'updatedAt', dir: 'desc' },
      filters: { standing: 'withdrawn' },
    })
    expect(rows).toMatchObject([{ code: 'FA-4', fault: { code: 'withdrawn' } }])
    // The way back is a further edition.
    await publish(await save(gone, sampleTemplate('FA-4', [clause.editionId])))
    expect(await choiceOf('FA-4')).toMatchObject({ editionNo: 3, fault: null })
  })

  it('that holds a withdrawn clause cannot be used', async () => {
    const held = await publishedClause(reviewer, 'QT-4', TODAY)
    const made = await templates().create(sampleTemplate('FA-5', [held.editionId]))
    await publish(made)
    await reviewer.clauses.withdraw({ id: held.id, version: held.version, no: 1, reason: '法规已修改' } as never)
    expect(await choiceOf('FA-5')).toMatchObject({ fault: { code: 'clauseWithdrawn', params: { clause: 'QT-4' } } })
    const usable = await refusalOf(templates().makeStandard({ id: made.id, version: 1 } as never))
    expect(usable.code).toBe('TEMPLATE_NOT_USABLE')
  })

  it('becomes the standard of its kind in the place of the other; there is always one', async () => {
    const standards = async () =>
      (await templates().choices({})).filter((choice) => choice.standard).map((choice) => choice.code)
    const made = await published('FA-6')
    const done = await templates().makeStandard(made as never)
    expect((await standards()).toSorted()).toEqual(['FA-6', 'FB-02', 'FB-03'])
    const kind = await refusalOf(save(done, sampleTemplate('FA-6', [clause.editionId], { kind: 'frame' })))
    expect(JSON.stringify(kind.data)).toContain('clauses:errors.kindFixed')
    const { rows } = await templates().list({ limit: 9, sort: { key: 'code', dir: 'asc' }, text: 'FB-01', filters: {} })
    await templates().makeStandard({ id: rows[0]!.id, version: rows[0]!.version } as never)
    expect((await standards()).toSorted()).toEqual(['FB-01', 'FB-02', 'FB-03'])
  })

  it('is shown with sample values in one language or two, whole or half written', async () => {
    const { editions } = await get((await choiceOf('FA-1'))!.id)
    const { heading, preamble, acknowledgement, articles } = editions[0]!
    const wording = { heading, preamble, acknowledgement, articles, remark: '' }
    const pdf = async (language: string, second: string | null) => {
      const { fileId } = await templates().preview({ kind: 'goods_sale', language, second, wording } as never)
      const { url } = await reviewer.files.ticket({ fileId })
      const file = await t.core.takeFile(url.replace('/files/', ''))
      return (await pdfPages(file!.bytes)).join('')
    }
    const both = await pdf('zh-CN', 'en')
    for (const words of ['示例供方有限公司', 'QT-1的条文，份数2', 'TextofQT-1,2copies', '草稿'])
      expect(both).toContain(words)
    expect(await pdf('zh-TW', null)).toContain('〔待填寫〕')
  })
})

describe('a file of templates', () => {
  const upload = async (api: CoreClient, bytes: Uint8Array) =>
    (await api.files.upload({ file: new File([bytes as Uint8Array<ArrayBuffer>], 'templates.json') })).fileId
  const exported = async (api: CoreClient, core: TestCore, id: string) => {
    const { fileId, name } = await api.clauses.templates.exportFile({ id: id as never })
    const { url } = await api.files.ticket({ fileId })
    const file = await core.core.takeFile(url.replace('/files/', ''))
    return { name, bytes: file!.bytes }
  }

  it('carries a template with its clauses into another data file, where it waits as a draft', async () => {
    const other = await createTestCore()
    try {
      const there = await other.as('reviewer')
      const file = await exported(reviewer, t, (await choiceOf('FA-1'))!.id)
      expect(file.name).toBe('合同范本_FA-1.json')
      const fileId = await upload(there, file.bytes)
      const plan = await there.clauses.templates.checkFile({ fileId })
      expect(plan).toMatchObject({
        clauses: [{ code: 'QT-1', does: 'new', problems: [] }],
        templates: [{ code: 'FA-1', does: 'new', problems: [] }],
      })
      const done = await there.clauses.templates.importFile({ fileId })
      expect(done).toMatchObject({ clauses: 1, templates: [expect.any(String)] })
      const view = await there.clauses.templates.get({ id: done.templates[0] as never })
      expect(view).toMatchObject({
        code: 'FA-1',
        standing: 'draft',
        standard: false,
        editions: [{ languages: ['zh-CN', 'en'] }],
      })
      // Once more: the clause is there already, and the draft is in the way.
      const again = await there.clauses.templates.checkFile({ fileId })
      expect(again).toMatchObject({ clauses: [{ does: 'same' }], templates: [{ problems: [{ code: 'draftOpen' }] }] })
      expect((await refusalOf(there.clauses.templates.importFile({ fileId }))).code).toBe('CLAUSE_IMPORT')
      await there.clauses.templates.publish({
        id: view.id,
        version: view.version,
        validFrom: TODAY,
        validTo: null,
      } as never)
      const bundle = JSON.parse(new TextDecoder().decode(file.bytes)) as {
        clauses: { texts: Record<string, string> }[]
      }
      bundle.clauses[0]!.texts['zh-CN'] = '改过的条文，份数 {{copies}}。'
      const changed = await upload(there, new TextEncoder().encode(JSON.stringify(bundle)))
      expect(await there.clauses.templates.checkFile({ fileId: changed })).toMatchObject({
        clauses: [{ does: 'newEdition' }],
        templates: [{ does: 'newEdition', problems: [] }],
      })
      await there.clauses.templates.importFile({ fileId: changed })
      const now = await there.clauses.templates.get({ id: view.id as never })
      expect(now.editions.map(({ no, state }) => [no, state])).toEqual([
        [2, 'draft'],
        [1, 'published'],
      ])
    } finally {
      await other.close()
    }
  })

  it('of the shipped templates says the very same when it is read back', async () => {
    const file = await exported(reviewer, t, (await choiceOf('FB-02'))!.id)
    const plan = await templates().checkFile({ fileId: await upload(reviewer, file.bytes) })
    expect(plan.clauses.every((part) => part.does === 'same' && part.problems.length === 0)).toBe(true)
    expect(plan.templates).toMatchObject([{ code: 'FB-02', does: 'newEdition', problems: [] }])
  })

  it('that is none is refused with what is wrong, and nothing is written', async () => {
    const of = (text: string) => new TextEncoder().encode(text)
    const file = await exported(reviewer, t, (await choiceOf('FA-1'))!.id)
    const bundle = JSON.parse(new TextDecoder().decode(file.bytes)) as Record<string, unknown>
    const tried = async (bytes: Uint8Array) =>
      (await refusalOf(templates().checkFile({ fileId: await upload(reviewer, bytes) }))) as {
        code: string
        data: { problem: string }
      }
    const problems = [
      await tried(of('not json')),
      await tried(new Uint8Array([0xff, 0xfe, 0x7b])),
      await tried(of('{}')),
      await tried(of(JSON.stringify({ ...bundle, version: 9 }))),
      await tried(new Uint8Array(2_000_001).fill(0x20)),
    ].map(({ code, data }) => `${code} ${data.problem}`)
    expect(problems).toEqual([
      'CLAUSE_FILE notJson',
      'CLAUSE_FILE notJson',
      'CLAUSE_FILE form',
      'CLAUSE_FILE form',
      'CLAUSE_FILE tooLarge',
    ])
    const lacking = await templates().checkFile({
      fileId: await upload(reviewer, of(JSON.stringify({ ...bundle, clauses: [] }))),
    })
    expect(lacking.templates[0]?.problems).toEqual([{ code: 'clauseMissing', params: { code: 'QT-1' } }])
  })
})
