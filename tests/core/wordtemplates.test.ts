import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import {
  createTestCore,
  PASSWORD,
  refusalOf,
  TEST_NOW,
  type TestCore,
  type TestPerson,
} from '#tests/helpers/test-core.ts'
import { unzip } from '#tests/helpers/unzip.ts'
import { buildWord, paragraph, table, wordTextOf } from '#tests/helpers/word-builder.ts'

const TODAY = asDay('2026-05-18')
const BODY = 'word/document.xml'
const DAY_MS = 86_400_000
const GOOD = buildWord(
  paragraph('{合同编号} {买方名称}（{买方统一社会信用代码}）') +
    table(['{#产品}{品名}', '{数量}', '{金额}{/产品}']) +
    paragraph('{合同总价}，{合同总价大写}。{其他约定}'),
)
const BAD = buildWord(paragraph('{买房名称}') + paragraph('{#产品}{品名}'))

let t: TestCore
let reviewer: CoreClient
let sales: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  reviewer = await t.as('reviewer')
  sales = await t.as('sales')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

async function upload(seat: CoreClient, bytes: Uint8Array, name = '购销合同.docx'): Promise<string> {
  const file = new File([bytes as never], name)
  return (await seat.files.upload({ file })).fileId
}
const fresh = (text = '') => buildWord(paragraph(`{买方名称}${text}`))
let made = 0
async function create(bytes = GOOD, fields: { name?: string; language?: 'zh-CN' | 'en' } = {}) {
  made += 1
  return reviewer.wordTemplates.create({
    name: `购销合同 ${made}`,
    kind: 'goods_sale',
    language: 'zh-CN',
    remark: '',
    fileId: await upload(reviewer, bytes),
    ...fields,
  })
}
const get = (id: string, seat = reviewer) => seat.wordTemplates.get({ id: id as never })
const use = async (id: string, no: number, validFrom = TODAY) =>
  reviewer.wordTemplates.putInUse({ id: id as never, version: (await get(id)).version, no, validFrom, remark: '' })
const withdraw = async (id: string, no: number) =>
  reviewer.wordTemplates.withdraw({ id: id as never, version: (await get(id)).version, no, reason: '条款过时' })
const addEdition = async (id: string, bytes: Uint8Array) =>
  reviewer.wordTemplates.addEdition({
    id: id as never,
    version: (await get(id)).version,
    remark: '',
    fileId: await upload(reviewer, bytes),
  })
/** A draft that lacks its delivery place may not be signed. */
function incomplete() {
  const fields = sampleFields(customerId)
  fields.terms.deliveryPlace = ''
  return fields
}
const read = (person: TestPerson, fileId: string) => t.core.deps.files.readTemporary(t.ids[person], fileId)
const textOf = async (bytes: Uint8Array) => wordTextOf((await unzip(bytes)).get(BODY) ?? '')
const standingsOf = async (id: string, seat = reviewer) =>
  Object.fromEntries((await get(id, seat)).editions.map(({ no, standing }) => [no, standing]))

describe('a file that is handed in', () => {
  it('is kept as it is, as a draft, with what was found in it', async () => {
    const { id, version } = await create()
    const view = await get(id)
    expect([version, view.editions.length]).toEqual([0, 1])
    expect(view.editions[0]).toMatchObject({
      no: 1,
      standing: 'draft',
      fileName: '购销合同.docx',
      size: GOOD.byteLength,
      sha256: createHash('sha256').update(GOOD).digest('hex'),
      validFrom: null,
      made: { byName: '钱法务' },
      findings: { unknown: [], faults: [] },
    })
    const known = view.editions[0]!.findings.known.map(({ code }) => code)
    expect(known).toContain('line.quantity')
    expect(view.editions[0]!.findings.missing.map(({ part }) => part)).toContain('dispute')
    const original = await sales.wordTemplates.original({ id: id as never, no: 1 })
    expect(original.name).toBe('购销合同.docx')
    expect(Buffer.from(read('sales', original.fileId).bytes)).toEqual(Buffer.from(GOOD))
  })

  it('with unknown or broken tags is kept, but not put in use', async () => {
    const { id } = await create(BAD)
    const { findings } = (await get(id)).editions[0]!
    expect(findings.unknown).toMatchObject([{ name: '买房名称', suggestion: '买方名称', places: [{ paragraph: 1 }] }])
    expect(findings.faults).toMatchObject([{ code: 'sectionUnclosed', place: { part: 'body', paragraph: 2 } }])
    expect((await refusalOf(use(id, 1))).code).toBe('WORDTEMPLATE_NOT_READY')
    expect((await refusalOf(sales.wordTemplates.tryOut({ id: id as never, no: 1 }))).code).toBe(
      'WORDTEMPLATE_NOT_READY',
    )
    expect(await standingsOf(id)).toEqual({ 1: 'draft' })
  })

  it.each([
    ['macros', () => buildWord('', { 'word/vbaProject.bin': 'x' }), 'WORD_MACROS'],
    ['no Word file', () => new TextEncoder().encode('text'), 'WORD_DAMAGED'],
    ['10 000 tags', () => buildWord(paragraph('{买方名称}').repeat(10_000)), 'WORD_TOO_MANY_TAGS'],
  ])('with %s is refused, and nothing is kept of it', async (_, bytes, code) => {
    const files = async () => (await t.core.deps.store.read.selectFrom('files').select('id').execute()).length
    const before = await files()
    expect((await refusalOf(create(bytes()))).code).toBe(code)
    expect(await files()).toBe(before)
  })

  it('needs a name of its own among templates of its kind and language', async () => {
    await create(GOOD, { name: '同名' })
    const { code, data } = await refusalOf(create(fresh('1'), { name: '同名' }))
    expect([code, data]).toMatchObject(['VALIDATION', { issues: [{ path: ['name'] }] }])
    await create(fresh('2'), { name: '同名', language: 'en' })
  })

  it('that is the newest edition already is not kept again', async () => {
    const { id } = await create()
    expect((await refusalOf(addEdition(id, GOOD))).code).toBe('WORDTEMPLATE_SAME')
    expect(await addEdition(id, fresh('3'))).toMatchObject({ no: 2, version: 1 })
    expect(await standingsOf(id)).toEqual({ 1: 'replaced', 2: 'draft' })
    expect((await refusalOf(use(id, 1))).code).toBe('WORDTEMPLATE_STATE')
  })
})

describe('editions', () => {
  it('are used from their day on, and the one before no longer', async () => {
    const { id } = await create()
    await use(id, 1)
    await addEdition(id, fresh('4'))
    await use(id, 2, asDay('2026-06-01'))
    expect(await standingsOf(id)).toEqual({ 1: 'inUse', 2: 'upcoming' })
    t.clock.set(TEST_NOW + 14 * DAY_MS)
    // Those who were logged in before are not any more.
    const later = t.core.localClient({ device: 'later' })
    await later.session.logIn({ login: 'reviewer', password: PASSWORD })
    expect(await standingsOf(id, later)).toEqual({ 1: 'replaced', 2: 'inUse' })
    t.clock.set(TEST_NOW)
    expect((await refusalOf(use(id, 2))).code).toBe('WORDTEMPLATE_STATE')
  })

  it('begin today at the earliest', async () => {
    const { id } = await create()
    expect((await refusalOf(use(id, 1, asDay('2026-05-17')))).code).toBe('WORDTEMPLATE_DAY')
  })

  it('that were withdrawn are not used again, nor does an older one come back', async () => {
    const { id } = await create()
    await use(id, 1)
    await addEdition(id, fresh('5'))
    await use(id, 2)
    await withdraw(id, 2)
    expect((await refusalOf(withdraw(id, 2))).code).toBe('WORDTEMPLATE_STATE')
    expect(await standingsOf(id)).toEqual({ 1: 'replaced', 2: 'withdrawn' })
    const contract = await sales.contracts.create(sampleFields(customerId))
    const fill = sales.wordTemplates.fill({ contractId: contract.id as never, id: id as never })
    expect((await refusalOf(fill)).code).toBe('WORDTEMPLATE_NONE')
    expect((await get(id)).editions[0]!.withdrawn).toMatchObject({ byName: '钱法务', reason: '条款过时' })
  })

  it('change only against the version that was seen', async () => {
    const { id } = await create()
    const stale = { id: id as never, version: 7, no: 1 }
    expect((await refusalOf(reviewer.wordTemplates.withdraw({ ...stale, reason: '旧' }))).code).toBe('STALE')
    const renamed = await reviewer.wordTemplates.rename({ id: id as never, version: 0, name: '新名称' })
    expect([(await get(id)).name, renamed.version]).toEqual(['新名称', 1])
  })
})

describe('a contract on a template', () => {
  let id: string
  beforeAll(async () => {
    id = (await create()).id
    await use(id, 1)
  })

  it('says what the contract says, and that it is a draft', async () => {
    const contract = await sales.contracts.create(incomplete())
    const { fileId, name } = await sales.wordTemplates.fill({ contractId: contract.id as never, id: id as never })
    expect(name).toMatch(/^草稿_合同_HT-2026-\d+_成都兴川机械制造有限公司_购销合同 \d+_20260518\.docx$/)
    const file = read('sales', fileId)
    expect(file.mime).toContain('wordprocessingml')
    expect((await textOf(file.bytes)).split('\n')).toEqual([
      '草稿',
      `${contract.number} 成都兴川机械制造有限公司（91510100MA61T0TT27）`,
      '深沟球轴承',
      '1,000',
      '56,500.00',
      '骨架油封',
      '400',
      '8,050.08',
      '64,550.08，人民币陆万肆仟伍佰伍拾元零捌分。______',
      '',
    ])
  })

  it('that was signed carries no mark, and what was made is in the log', async () => {
    const contract = await signContract(sales, customerId)
    const { fileId, name } = await sales.wordTemplates.fill({ contractId: contract.id as never, id: id as never })
    expect(name.startsWith('合同_')).toBe(true)
    expect(await textOf(read('sales', fileId).bytes)).not.toContain('草稿')
    const row = await t.core.deps.store.read
      .selectFrom('audit_log')
      .select(['entity_id', 'after'])
      .where('action', '=', 'wordtemplates.fill')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(row.entity_id).toBe(contract.id)
    expect(JSON.parse(row.after ?? '{}')).toMatchObject({ number: contract.number, no: 1 })
  })

  it('prints what stands in it as text, whatever it is', async () => {
    const fields = sampleFields(customerId)
    fields.terms.other = '第一行\n第二行 {买方名称} <w:br/> {{7*7}}'
    const contract = await sales.contracts.create(fields)
    const { fileId } = await sales.wordTemplates.fill({ contractId: contract.id as never, id: id as never })
    expect(await textOf(read('sales', fileId).bytes)).toContain('第一行\n第二行 {买方名称} <w:br/> {{7*7}}\n')
  })

  it('is offered only templates in use of its kind and language', async () => {
    const english = await create(fresh('6'), { language: 'en' })
    await use(english.id, 1)
    const draft = await create(fresh('7'))
    const contract = await sales.contracts.create(sampleFields(customerId))
    const choices = await sales.wordTemplates.choices({ contractId: contract.id as never })
    const ids = choices.map((choice) => choice.id)
    expect([ids.includes(id), ids.includes(english.id), ids.includes(draft.id)]).toEqual([true, false, false])
    const fill = sales.wordTemplates.fill({ contractId: contract.id as never, id: english.id as never })
    expect((await refusalOf(fill)).code).toBe('WORDTEMPLATE_NONE')
  })

  it('of somebody else is not there', async () => {
    const contract = await sales.contracts.create(sampleFields(customerId))
    const other = await t.as('sales_other')
    const asked = { contractId: contract.id as never, id: id as never }
    expect(await refusalOf(other.wordTemplates.fill(asked))).toMatchObject({
      code: 'NOT_FOUND',
      data: { entity: 'contract' },
    })
    expect((await refusalOf(other.wordTemplates.choices({ contractId: contract.id as never }))).code).toBe('NOT_FOUND')
  })

  it('is tried with a contract that nobody made, before it is in use', async () => {
    const draft = await create(buildWord(paragraph('{买方名称}：{未知}')))
    const { fileId, name } = await sales.wordTemplates.tryOut({ id: draft.id as never, no: 1 })
    expect(name).toMatch(/^试填_.*第 1 版\.docx$/)
    expect(await textOf(read('sales', fileId).bytes)).toBe('草稿\n示例制造有限公司：{未知}\n')
  })
})

describe('the sheet of all fields', () => {
  it.each(['zh-CN', 'zh-TW', 'en'] as const)(
    'in %s can be handed in, lacks nothing, and is filled',
    async (language) => {
      const sheet = await reviewer.wordTemplates.sample({ language })
      const { bytes } = read('reviewer', sheet.fileId)
      const { id } = await create(bytes, { name: `样张 ${language}` })
      const { findings } = (await get(id)).editions[0]!
      expect(findings).toMatchObject({ unknown: [], faults: [], missing: [] })
      const { fileId } = await reviewer.wordTemplates.tryOut({ id: id as never, no: 1 })
      expect(await textOf(read('reviewer', fileId).bytes)).toContain('56,500.00')
    },
  )
})

describe('the list', () => {
  const list = (asked: object = {}) =>
    sales.wordTemplates.list({ limit: 50, sort: { key: 'updatedAt', dir: 'desc' }, filters: {}, ...asked } as never)

  it('tells of each template what can be done with it, and agrees with its page', async () => {
    const { rows } = await list()
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      const { editions } = await get(row.id)
      expect([row.name, row.standing]).toEqual([row.name, editions.find(({ no }) => no === row.no)!.standing])
      const newest = editions[0]!
      expect([row.unknown, row.broken, row.missing]).toEqual([
        newest.findings.unknown.length,
        newest.findings.faults.length,
        newest.findings.missing.length,
      ])
    }
  })

  it('is filtered, counted, searched by pinyin and paged by key', async () => {
    const all = await list()
    for (const standing of ['draft', 'upcoming', 'inUse', 'withdrawn'] as const) {
      const wanted = all.rows.filter((row) => row.standing === standing).map((row) => row.id)
      const found = await list({ filters: { standing } })
      expect(found.rows.map((row) => row.id)).toEqual(wanted)
      expect(await sales.wordTemplates.summary({ filters: { standing } })).toEqual({ count: wanted.length })
    }
    const named = await list({ text: 'xmc' })
    expect(named.rows.map((row) => row.name)).toEqual(['新名称'])
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 3, cursor, sort: { key: 'name', dir: 'asc' } })
      paged.push(...page.rows.map((row) => row.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(new Set(paged)).toEqual(new Set(all.rows.map((row) => row.id)))
    expect(paged).toHaveLength(all.rows.length)
  })

  it('reads its pages by an index', async () => {
    for (const column of ['name_key', 'kind', 'updated_at']) {
      const plan = await sql<{ detail: string }>`EXPLAIN QUERY PLAN SELECT * FROM word_templates t
        ORDER BY ${sql.ref(`t.${column}`)}, t.id LIMIT 10`.execute(t.core.deps.store.read as never)
      expect(plan.rows.map(({ detail }) => detail).join()).toContain('USING INDEX')
    }
  })

  it('is exported as a job', async () => {
    const asked = { filters: {}, sort: { key: 'name', dir: 'asc' }, format: 'csv' } as const
    const { jobId } = await sales.wordTemplates.exportRows(asked)
    let job = await sales.jobs.get({ id: jobId as never })
    while (job.state === 'running' || job.state === 'queued') job = await sales.jobs.get({ id: jobId as never })
    const text = new TextDecoder().decode(read('sales', job.files[0]!.fileId).bytes)
    expect(text.split('\r\n')).toHaveLength((await list()).rows.length + 2)
    expect(text).toContain('新名称')
  })
})

it('only reviewers and the owner change templates; whoever reads contracts reads them', async () => {
  const { id } = await create()
  const asked = { id: id as never, version: 0, name: '不行' }
  for (const person of ['sales', 'sales_manager', 'finance'] as const) {
    const seat = await t.as(person)
    expect((await refusalOf(seat.wordTemplates.rename(asked))).code).toBe('FORBIDDEN')
    expect((await seat.wordTemplates.get({ id: id as never })).id).toBe(id)
  }
  expect((await refusalOf((await t.as('hr')).wordTemplates.get({ id: id as never }))).code).toBe('FORBIDDEN')
  expect((await (await t.as('owner')).wordTemplates.rename(asked)).version).toBe(1)
})
