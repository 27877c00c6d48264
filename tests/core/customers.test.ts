import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import { signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let owner: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  manager = await t.as('sales_manager')
  owner = await t.as('owner')
})
afterAll(() => t.close())

const USCC = '91350100M000100Y43'
const names = async (api: CoreClient, text = '', filters = {}) => {
  const asked = { limit: 50, sort: { key: 'name', dir: 'asc' }, filters, ...(text ? { text } : {}) } as const
  return (await api.customers.list(asked)).rows.map((row) => row.name)
}
const rowCounts = async () => {
  const { read } = t.core.deps.store
  const count = async (table: 'customers' | 'customer_contacts' | 'audit_log') =>
    Number(
      (
        await read
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  return [await count('customers'), await count('customer_contacts'), await count('audit_log')]
}

describe('a customer file', () => {
  it('gets a number, its maker as owner, and one primary contact that stands first', async () => {
    const made = await sales.customers.create({
      name: '重庆长江机电有限公司',
      uscc: USCC,
      source: 'exhibition',
      phone: '023-68886666',
      region: '重庆',
      contacts: [{ name: '陈立' }, { name: '吴敏', mobile: '13800138000', primary: true }],
    })
    const view = await sales.customers.get({ id: made.id })
    expect(view).toMatchObject({
      code: 'KH00001',
      ownerId: t.ids.sales,
      ownerName: '张三',
      kind: 'endUser',
      stage: 'prospect',
    })
    expect(view.contacts.map((c) => [c.name, c.primary])).toEqual([
      ['吴敏', true],
      ['陈立', false],
    ])
    expect(view.contactName).toBe('吴敏')
    expect(view.completeness).toBeGreaterThan(0)
  })

  it('is changed only from the version that was read, and tells what changed', async () => {
    const { id, version } = await sales.customers.create({ name: '成都机床厂', source: 'web' })
    const saved = await sales.customers.update({
      id,
      version,
      name: '成都机床厂',
      source: 'web',
      phone: '028-12345678',
      grade: 'A',
    })
    expect(saved).toEqual({ id, version: version + 1 })
    const stale = await refusalOf(sales.customers.update({ id, version, name: 'x', source: 'web' }))
    expect(stale).toMatchObject({ code: 'STALE', data: { current: { phone: '028-12345678', version: 1 } } })
    const { rows: history } = await sales.timeline.list({ customerId: id })
    expect(history.map((item) => [item.event, item.words.map((word) => word.key), item.who])).toEqual([
      ['fileChanged', ['customers:fields.grade', 'customers:fields.phone'], '张三'],
      ['fileMade', [], '张三'],
    ])
  })

  it('lies in the scope of its owner and of their leader, and nowhere else', async () => {
    const { id, version } = await sales.customers.create({ name: '宜宾泵业', source: 'web' })
    expect((await manager.customers.get({ id })).name).toBe('宜宾泵业')
    for (const call of [
      () => other.customers.get({ id }),
      () => other.timeline.list({ customerId: id }),
      () => other.customers.update({ id, version, name: 'x', source: 'web' }),
    ]) {
      expect((await refusalOf(call())).code).toBe('NOT_FOUND')
    }
    expect(await names(other)).not.toContain('宜宾泵业')
    expect((await other.customers.summary({ filters: {} })).count).toBe(0)
    const finance = await t.as('finance')
    expect((await finance.customers.get({ id })).name).toBe('宜宾泵业')
    expect((await refusalOf(finance.customers.create({ name: 'x', source: 'web' }))).code).toBe('FORBIDDEN')
  })

  it('may be given only to somebody in the scope', async () => {
    const given = { name: '自贡阀门', source: 'web' as const, ownerId: t.ids.sales_other }
    expect((await refusalOf(sales.customers.create(given))).code).toBe('VALIDATION')
    expect((await owner.customers.create(given)).version).toBe(0)
  })
})

describe('duplicates', () => {
  it('are shown while typing: code, then name, then phone; a hidden one shows only its owner', async () => {
    const typed = { name: '（重庆）长江机电股份有限公司', uscc: USCC.toLowerCase(), phone: '023 6888 6666' }
    const own = await sales.customers.duplicates({ ...typed, exceptId: null })
    expect(own).toEqual([
      expect.objectContaining({ by: 'uscc', visible: true, name: '重庆长江机电有限公司', ownerName: '张三' }),
    ])
    const hidden = await other.customers.duplicates({ name: typed.name, uscc: '', phone: '', exceptId: null })
    expect(hidden).toEqual([{ by: 'name', visible: false, id: null, name: null, code: null, ownerName: '张三' }])
    const byPhone = await other.customers.duplicates({ name: '', uscc: '', phone: '138-0013-8000', exceptId: null })
    expect(byPhone.map((hit) => hit.by)).toEqual(['phone'])
    const self = own[0]?.id ?? null
    expect(await sales.customers.duplicates({ ...typed, exceptId: self })).toEqual([])
    expect(await sales.customers.duplicates({ name: '长', uscc: '', phone: '1', exceptId: null })).toEqual([])
  })

  it('with the same credit code are refused, with no more than may be seen', async () => {
    const refused = await refusalOf(other.customers.create({ name: '别的名字', uscc: USCC, source: 'web' }))
    expect(refused).toMatchObject({
      code: 'CUSTOMER_DUPLICATE',
      data: { hits: [{ visible: false, name: null, id: null }] },
    })
  })
})

describe('the list', () => {
  it('is found by Chinese, pinyin, initials, code, phone and contact', async () => {
    for (const text of [
      '长江',
      'changjiang',
      'cqcj',
      'KH00001',
      '68886666',
      '吴敏',
      '１３８００１３８０００',
      'CHANG JIANG',
    ]) {
      expect(await names(sales, text)).toEqual(['重庆长江机电有限公司'])
    }
    expect(await names(sales, "%' OR 1=1 --")).toEqual([])
  })

  it('is sorted by pinyin and paged by key without doubles or gaps', async () => {
    for (const name of ['阿坝', '北碚', '长寿', '大足', '重庆'])
      await owner.customers.create({ name, source: 'other', region: '分页' })
    const filters = { region: '分页' }
    const all = await names(owner, '', filters)
    expect(all).toEqual(['阿坝', '北碚', '长寿', '重庆', '大足'])
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof owner.customers.list>> = await owner.customers.list({
        limit: 2,
        cursor,
        sort: { key: 'name', dir: 'asc' },
        filters,
      })
      paged.push(...page.rows.map((row) => row.name))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(all)
    expect(await owner.customers.summary({ filters })).toEqual({ count: 5 })
  })

  it('is filtered by everything the page offers, days in the firm\u2019s zone', async () => {
    const { id } = await owner.customers.create({
      name: '筛选',
      source: 'referral',
      stage: 'lead',
      grade: 'D',
      kind: 'dealer',
      region: '贵州',
    })
    const row = await owner.customers.get({ id })
    const hits = (filters: object) => names(owner, '筛选', filters)
    for (const filters of [
      { stage: 'lead' },
      { grade: 'D' },
      { kind: 'dealer' },
      { source: 'referral' },
      { region: '贵州' },
      { ownerId: row.ownerId },
    ]) {
      expect(await hits(filters)).toEqual(['筛选'])
    }
    expect(await hits({ stage: 'customer' })).toEqual([])
    expect(await hits({ createdFrom: '2026-05-18', createdTo: '2026-05-18' })).toEqual(['筛选'])
    expect(await hits({ createdTo: '2026-05-17' })).toEqual([])
    // Half past midnight of the 19th in Chongqing is still the 18th elsewhere.
    await t.core.deps.store.write({ userId: null, roles: [], device: 'test' }, async (uow) => {
      const at = Date.parse('2026-05-18T16:30:00Z')
      await uow.db.updateTable('customers').set({ created_at: at }).where('id', '=', id).execute()
      await uow.audit({ action: 'customers.update', entity: 'customer', entityId: id })
    })
    expect(await hits({ createdFrom: '2026-05-19', createdTo: '2026-05-19' })).toEqual(['筛选'])
    expect(await hits({ createdTo: '2026-05-18' })).toEqual([])
  })

  it('offers the regions of the scope, the commonest first', async () => {
    const regions = await owner.customers.regions({})
    expect(regions[0]).toBe('分页')
    expect(regions).toContain('贵州')
    expect(await other.customers.regions({})).toEqual([])
  })

  it('sorts by every key it offers, both ways', async () => {
    for (const key of ['name', 'code', 'createdAt', 'updatedAt', 'grade'] as const) {
      const ids = async (dir: 'asc' | 'desc') =>
        (await owner.customers.list({ limit: 200, sort: { key, dir }, filters: {} })).rows.map((row) => row.id)
      expect((await ids('desc')).toReversed()).toEqual(await ids('asc'))
    }
  })

  it('shows up in the palette only for those who may see it', async () => {
    const hits = async (api: CoreClient) => (await api.search.query({ text: 'changjiang' })).map((hit) => hit.title)
    expect(await hits(sales)).toContain('重庆长江机电有限公司')
    expect(await hits(other)).toEqual([])
    expect(await hits(await t.as('hr'))).toEqual([])
  })
})

describe('transfer', () => {
  it('moves many at once and is taken back in one step', async () => {
    const made = await Promise.all(
      ['甲', '乙', '丙'].map((name) => sales.customers.create({ name: `移交${name}`, source: 'web' })),
    )
    const moves = made.map(({ id }) => ({ id, ownerId: t.ids.sales_manager }))
    const { back } = await manager.customers.transfer({ moves })
    expect(back).toEqual(made.map(({ id }) => ({ id, ownerId: t.ids.sales })))
    expect(await names(sales, '移交')).toEqual([])
    await manager.customers.transfer({ moves: back })
    expect(await names(sales, '移交')).toHaveLength(3)
    const { rows: history } = await sales.timeline.list({ customerId: made[0]?.id ?? '' })
    expect(history.map((item) => item.event)).toEqual(['transferred', 'transferred', 'fileMade'])
  })

  it('moves nothing where one of them may not be moved', async () => {
    const mine = await sales.customers.create({ name: '留下', source: 'web' })
    const theirs = await other.customers.create({ name: '别人的', source: 'web' })
    const ownerId = t.ids.sales_manager
    const refused = await refusalOf(
      manager.customers.transfer({ moves: [mine, theirs].map(({ id }) => ({ id, ownerId })) }),
    )
    expect(refused.code).toBe('NOT_FOUND')
    expect((await sales.customers.get({ id: mine.id })).ownerId).toBe(t.ids.sales)
    const outside = await refusalOf(
      manager.customers.transfer({ moves: [{ id: mine.id, ownerId: t.ids.sales_other }] }),
    )
    expect(outside.code).toBe('CUSTOMER_OWNER')
    expect((await refusalOf(sales.customers.transfer({ moves: [{ id: mine.id, ownerId }] }))).code).toBe('FORBIDDEN')
  })
})

describe('the bin', () => {
  it('takes a customer and gives it back, its credit code being free meanwhile', async () => {
    const code = '91510100MA61RXXXX5'
    const uscc = code.length === 18 ? undefined : code
    const made = await sales.customers.create({ name: '可删', source: 'web', ...(uscc ? { uscc } : {}) })
    const removed = await manager.customers.remove(made)
    expect(await names(sales, '可删')).toEqual([])
    expect(await names(sales, '可删', { removed: true })).toEqual(['可删'])
    expect((await refusalOf(sales.customers.update({ ...removed, name: 'x', source: 'web' }))).code).toBe('NOT_FOUND')
    await manager.customers.restore(removed)
    expect(await names(sales, '可删')).toEqual(['可删'])
  })

  it('does not give back a customer whose credit code another has taken', async () => {
    const made = await owner.customers.create({ name: '代码甲', uscc: '91110000600037341L', source: 'web' })
    const removed = await owner.customers.remove(made)
    await owner.customers.create({ name: '代码乙', uscc: '91110000600037341L', source: 'web' })
    expect((await refusalOf(owner.customers.restore(removed))).code).toBe('CUSTOMER_DUPLICATE')
  })

  it('refuses a customer that has contracts', async () => {
    const made = await owner.customers.create({ name: '有合同', source: 'web' })
    await signContract(owner, made.id)
    expect((await refusalOf(owner.customers.remove(made))).code).toBe('CUSTOMER_IN_USE')
  })
})

describe('bad input', () => {
  it('is refused by the field it is in, and nothing is written', async () => {
    const before = await rowCounts()
    const good = { name: '好名字', source: 'web' }
    const bad: object[] = [
      { ...good, name: '' },
      { ...good, name: '重庆\u200B商贸' },
      { ...good, name: 'x'.repeat(81) },
      { ...good, uscc: '91350100M000100Y44' },
      { ...good, phone: 'call me' },
      { ...good, source: 'moon' },
      { ...good, ownerId: '../../etc/passwd' },
      { ...good, contacts: [{ name: '吴敏', email: 'nobody' }] },
      { ...good, contacts: Array.from({ length: 51 }, () => ({ name: '吴敏' })) },
      { ...good, invoice: { taxId: '1' } },
      { ...good, extra: 1 },
      { source: 'web' },
    ]
    for (const input of bad) {
      const { code, data } = await refusalOf(sales.customers.create(input as never))
      expect(code).toBe('VALIDATION')
      expect((data as { issues: unknown[] }).issues.length).toBeGreaterThan(0)
    }
    expect(await rowCounts()).toEqual(before)
  })

  it('keeps what only looks dangerous as the text it is', async () => {
    const name = "=HYPERLINK('x') <img src=x onerror=1> '; DROP TABLE customers; --"
    const { id } = await sales.customers.create({ name, source: 'web' })
    expect((await sales.customers.get({ id })).name).toBe(name)
    expect(await names(sales, 'DROP TABLE')).toEqual([name])
  })
})
