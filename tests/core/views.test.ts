import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_VIEWS, viewSearch, type ViewFields } from '#shared/modules/views/views.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let manager: CoreClient
let owner: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  owner = await t.as('owner')
})
afterAll(() => t.close())

const COLUMNS = { hidden: ['rate'], order: ['number', 'stage'], widths: { number: 140 } }
const view = (over: Partial<ViewFields> = {}) =>
  ({ grid: 'contracts', name: '逾期', search: { f: { stage: 'performing' } }, columns: COLUMNS, ...over }) as never
const listed = async (api: CoreClient, grid = 'contracts') => api.views.list({ grid })
const named = async (api: CoreClient, name: string, grid = 'contracts') =>
  (await listed(api, grid)).find((one) => one.name === name)!
const at = ({ id, version }: { id: string; version: number }) => ({ id: id as never, version })

describe('a view', () => {
  it('comes back as it was saved, whatever it holds', async () => {
    const text = fc.string({ maxLength: 60, unit: 'grapheme' }).filter((s) => s.length <= 60)
    const key = fc.stringMatching(/^[a-z][a-zA-Z]{0,20}$/)
    const search = fc.record(
      {
        q: text,
        sort: key,
        dir: fc.constantFrom('asc' as const, 'desc' as const),
        f: fc.dictionary(key, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 6 }),
      },
      { requiredKeys: [] },
    )
    const columns = fc.record({
      hidden: fc.uniqueArray(key, { maxLength: 6 }),
      order: fc.uniqueArray(key, { maxLength: 6 }),
      widths: fc.dictionary(key, fc.integer({ min: 48, max: 640 }), { maxKeys: 6 }),
    })
    await fc.assert(
      fc.asyncProperty(search, fc.option(columns), async (given, shown) => {
        // A name that an object has by itself is no filter.
        const state = JSON.parse(JSON.stringify(given)) as typeof given
        await sales.views.save(view({ name: '往返', search: state as never, columns: shown }))
        expect(await named(sales, '往返')).toMatchObject({ search: state, columns: shown })
        expect(viewSearch.parse(state)).toEqual(state)
      }),
      { numRuns: 60 },
    )
  })

  it('is one’s own: the same name replaces it, another list or person has its own', async () => {
    const first = await sales.views.save(view())
    const again = await sales.views.save(view({ search: { q: '重庆' } }))
    expect(again).toEqual({ id: first.id, version: first.version + 1 })
    await sales.views.save(view({ grid: 'customers' }))
    await manager.views.save(view({ search: {} }))
    expect(await named(sales, '逾期')).toMatchObject({ mine: true, shared: false, search: { q: '重庆' } })
    expect((await listed(manager)).map((one) => [one.name, one.mine])).toEqual([['逾期', true]])
    expect(await named(sales, '逾期', 'customers')).toMatchObject({ search: { f: { stage: 'performing' } } })
  })

  it('is renamed and removed by its author as he last saw it; nobody else finds it', async () => {
    const made = await sales.views.save(view({ name: '临时' }))
    expect((await refusalOf(sales.views.rename({ ...at(made), name: '逾期' }))).code).toBe('VIEW_NAME')
    const renamed = await sales.views.rename({ ...at(made), name: '本月' })
    expect((await refusalOf(sales.views.remove(at(made)))).code).toBe('STALE')
    for (const tried of [
      manager.views.rename({ ...at(renamed), name: '我的' }),
      manager.views.remove(at(renamed)),
      manager.views.share({ ...at(renamed), shared: true }),
      manager.views.open({ grid: 'contracts', id: renamed.id as never }),
    ]) {
      expect((await refusalOf(tried)).code).toBe('NOT_FOUND')
    }
    await sales.views.remove(at(renamed))
    expect(await named(sales, '本月')).toBeUndefined()
    expect((await refusalOf(sales.views.remove(at(renamed)))).code).toBe('NOT_FOUND')
  })

  it('is not kept without end, and not of a list that nobody could name', async () => {
    for (let i = 0; i < MAX_VIEWS; i += 1) await sales.views.save(view({ grid: 'orders', name: `视图 ${i}` }))
    const more = await refusalOf(sales.views.save(view({ grid: 'orders', name: '再一个' })))
    expect(more).toMatchObject({ code: 'VIEW_LIMIT', data: { max: MAX_VIEWS } })
    await sales.views.save(view({ grid: 'orders', name: '视图 7', search: {} }))
    expect((await refusalOf(sales.views.save(view({ grid: '../x' })))).code).toBe('VALIDATION')
    expect((await refusalOf(sales.views.save(view({ name: ' ' })))).code).toBe('VALIDATION')
  })
})

describe('a shared view', () => {
  it('is offered by managers and owners only, opened by all, changed by its author, withdrawn by whoever may share', async () => {
    const own = await named(sales, '逾期')
    expect((await refusalOf(sales.views.share({ ...at(own), shared: true }))).code).toBe('FORBIDDEN')
    const made = await manager.views.save(view({ grid: 'visits', name: '本周' }))
    const shared = await manager.views.share({ ...at(made), shared: true })
    const seen = await named(sales, '本周', 'visits')
    expect(seen).toMatchObject({ mine: false, shared: true, byName: '王主管' })
    expect((await refusalOf(sales.views.rename({ ...at(seen), name: '别的' }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sales.views.remove(at(seen)))).code).toBe('NOT_FOUND')
    // One's own of the same name stands beside it.
    await sales.views.save(view({ grid: 'visits', name: '本周', search: { q: '我的' } }))
    expect((await listed(sales, 'visits')).map((one) => String(one.mine)).toSorted()).toEqual(['false', 'true'])

    await sales.views.open({ grid: 'visits', id: shared.id as never })
    await manager.views.open({ grid: 'visits', id: shared.id as never })
    await owner.views.share({ ...at(shared), shared: false })
    expect((await listed(sales, 'visits')).map((one) => [one.mine, one.opens])).toEqual([[true, false]])
    expect(await named(manager, '本周', 'visits')).toMatchObject({ mine: true, shared: false, opens: true })
  })

  it('shows of a list what its reader may see, and nothing more', async () => {
    const { id: customerId } = await owner.customers.create({ name: '只属业主有限公司', source: 'web' })
    const made = await owner.views.save(
      view({ grid: 'customers', name: '全公司', search: { f: { ownerId: t.ids.owner } } }),
    )
    await owner.views.share({ ...at(made), shared: true })
    const opened = await named(sales, '全公司', 'customers')
    const asked = { limit: 50, sort: { key: 'name', dir: 'asc' }, filters: opened.search.f } as never
    expect((await owner.customers.list(asked)).rows.map((row) => row.id)).toContain(customerId)
    expect((await sales.customers.list(asked)).rows).toEqual([])
  })
})

describe('what a list opens with', () => {
  it('is chosen by each person for himself, one for each list, and gone with the view', async () => {
    const first = await sales.views.save(view({ grid: 'deals', name: '甲' }))
    const second = await sales.views.save(view({ grid: 'deals', name: '乙' }))
    const opens = async () => (await listed(sales, 'deals')).filter((one) => one.opens).map((one) => one.name)
    for (const { id } of [first, second]) await sales.views.open({ grid: 'deals', id: id as never })
    expect(await opens()).toEqual(['乙'])
    expect((await refusalOf(sales.views.open({ grid: 'orders', id: first.id as never }))).code).toBe('NOT_FOUND')
    await sales.views.open({ grid: 'deals', id: null })
    expect(await opens()).toEqual([])
    await sales.views.open({ grid: 'deals', id: second.id as never })
    await sales.views.remove(at(second))
    expect(await opens()).toEqual([])
    const log = await owner.audit.list({ limit: 5, sort: { key: 'seq', dir: 'desc' }, filters: {} } as never)
    expect((log.rows as { action: string }[]).map((row) => row.action)).toContain('views.remove')
  })
})
