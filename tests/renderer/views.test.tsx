import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { seatDatabase } from '#renderer/local/database.ts'
import { seal } from '#renderer/local/seal.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import type { ListView } from '#renderer/ui/use-grid-views.ts'
import { DRAFT_KEY, fakeCore, renderAt, sitDown, USER_ID, wait } from './helpers.tsx'

type Saved = Pick<ListView, 'name' | 'search' | 'columns'> & { grid: string }

let kept: ListView[] = []
const made = (over: Partial<ListView> & { name: string }): ListView => ({
  id: `0190${String(kept.length).padStart(4, '0')}-0000-7000-8000-000000000000`,
  version: 0,
  search: {},
  columns: null,
  mine: true,
  shared: false,
  byName: '李娜',
  opens: false,
  ...over,
})
const views = {
  list: vi.fn(async () => kept),
  save: vi.fn(async ({ grid: _grid, ...fields }: Saved) => {
    const same = kept.find((view) => view.mine && view.name === fields.name)
    const next = same ? { ...same, ...fields, version: same.version + 1 } : made(fields)
    kept = [...kept.filter((view) => view !== same), next]
    return { id: next.id, version: next.version }
  }),
  rename: vi.fn(async () => ({})),
  remove: vi.fn(async () => ({})),
  share: vi.fn(async () => ({})),
  open: vi.fn(async () => ({})),
}

const refusal = (path: (string | number)[]) =>
  Object.assign(new Error('refused'), {
    code: 'VALIDATION',
    data: { issues: [{ path, key: 'validation:unknownField' }] },
  })
/** A list that knows one filter and one sort, as the core does. */
const load = vi.fn(async (input: { filters: Record<string, unknown>; sort: { key: string } }) => {
  const unknown = Object.keys(input.filters).find((name) => name !== 'grade')
  if (unknown !== undefined) throw refusal(['filters', unknown])
  if (input.sort.key !== 'name') throw refusal(['sort', 'key'])
  return { rows: [{ id: 'r1', name: '重庆商贸' }], nextCursor: null }
})
const column = (key: 'id' | 'name', title: string) => ({
  key,
  title,
  width: 160,
  render: (row: { id: string; name: string }) => row[key],
  text: (row: { id: string; name: string }) => row[key],
})
const grid = (
  <DataGrid<{ id: string; name: string }>
    id="rows"
    module="customers"
    columns={[{ ...column('name', '名称'), sort: 'name' }, column('id', '编号')]}
    defaultSort={{ key: 'name', dir: 'asc' }}
    load={load as never}
    filters={[{ kind: 'select', name: 'grade', label: '等级', options: [{ value: 'A', label: '甲' }] }]}
    rowKey={(row) => row.id}
    empty={{ text: '没有客户' }}
  />
)
const heads = () => screen.getAllByRole('columnheader').map((head) => head.textContent)
const openMenu = async (name: RegExp | string = '视图') => fireEvent.click(await screen.findByRole('button', { name }))

beforeEach(async () => {
  kept = []
  for (const entry of Object.values(views)) entry.mockClear()
  load.mockClear()
  await sitDown()
  await seatDatabase.columns.clear()
  await seatDatabase.views.clear()
  fakeCore({ views: views as never })
})

describe('a saved view', () => {
  test('keeps filters and columns under a name, is in force in the address, and brings both back', async () => {
    const { router } = await renderAt(grid, '/?q=CANARY-7f3a')
    await screen.findByText('重庆商贸')
    fireEvent.click(screen.getByRole('button', { name: '列设置' }))
    fireEvent.click(await screen.findByRole('checkbox', { name: '编号' }))
    await openMenu()
    fireEvent.change(await screen.findByLabelText('视图名称'), { target: { value: '金丝雀视图' } })
    fireEvent.click(screen.getByRole('button', { name: '另存为视图' }))
    await waitFor(() => expect(views.save).toHaveBeenCalled())
    expect(views.save.mock.calls[0]?.[0]).toEqual({
      grid: 'rows',
      name: '金丝雀视图',
      search: { q: 'CANARY-7f3a' },
      columns: { hidden: ['id'], order: [], widths: {} },
    })
    const [view] = kept
    await waitFor(() => expect(router.state.location.search).toEqual({ q: 'CANARY-7f3a', saved: view!.id }))
    act(() => void router.navigate({ to: '/', search: { saved: view!.id } as never }))
    await waitFor(() => expect(router.state.location.search).toEqual({ saved: view!.id }))
    // Nothing of it lies on this computer.
    expect(await seatDatabase.views.count()).toBe(0)
  })

  test('opens with what is left of it where a filter, a sort or a column is no more', async () => {
    kept = [
      made({
        name: '旧视图',
        search: { q: '重庆', sort: 'gone', dir: 'desc', f: { grade: 'A', removed: true, alsoGone: 3 } },
        columns: { hidden: ['name', 'id', 'lost'], order: ['lost', 'id', 'name'], widths: { lost: 90 } },
      }),
    ]
    const { router } = await renderAt(grid)
    await screen.findByText('重庆商贸')
    await openMenu()
    fireEvent.click(await screen.findByRole('button', { name: '旧视图' }))
    await waitFor(() =>
      expect(router.state.location.search).toEqual({ q: '重庆', f: { grade: 'A' }, saved: kept[0]!.id }),
    )
    expect(await screen.findByText('重庆商贸')).toBeTruthy()
    // A view that hides everything the list has hides nothing.
    expect(heads()).toEqual(['编号', '名称'])
  })

  test('changes nothing of this computer’s own columns, and is left by resetting', async () => {
    kept = [made({ name: '窄', columns: { hidden: ['id'], order: [], widths: {} }, search: { f: { grade: 'A' } } })]
    const { router } = await renderAt(grid, `/?saved=${kept[0]!.id}&f=%7B%22grade%22%3A%22A%22%7D`)
    await waitFor(() => expect(heads()).toEqual(['名称']))
    expect(await seatDatabase.columns.count()).toBe(0)
    await openMenu('视图：窄')
    fireEvent.click(await screen.findByRole('button', { name: '恢复列表原样' }))
    await waitFor(() => expect(router.state.location.search).toEqual({}))
    await waitFor(() => expect(heads()).toEqual(['名称', '编号']))
  })

  test('says when the list is no longer what it holds, and takes the change over', async () => {
    kept = [made({ name: '甲级', search: { f: { grade: 'A' } }, columns: { hidden: [], order: [], widths: {} } })]
    await renderAt(grid, `/?saved=${kept[0]!.id}&q=%E9%87%8D%E5%BA%86`)
    await screen.findByText('已更改')
    await openMenu('视图：甲级')
    fireEvent.click(await screen.findByRole('button', { name: '更新视图' }))
    await waitFor(() => expect(views.save.mock.calls[0]?.[0]).toMatchObject({ name: '甲级', search: { q: '重庆' } }))
  })
})

describe('what a list opens with', () => {
  const chosen = () => made({ name: '我的', opens: true, search: { f: { grade: 'A' } } })

  test('is the chosen view where the address says nothing; resetting leaves it', async () => {
    kept = [chosen()]
    const { router } = await renderAt(grid)
    await waitFor(() => expect(router.state.location.search).toEqual({ f: { grade: 'A' }, saved: kept[0]!.id }))
    await openMenu('视图：我的')
    fireEvent.click(await screen.findByRole('button', { name: '恢复列表原样' }))
    await waitFor(() => expect(router.state.location.search).toEqual({}))
    await wait(50)
    expect(router.state.location.search).toEqual({})
  })

  test('is what the address says where it says something', async () => {
    kept = [chosen()]
    const { router } = await renderAt(grid, '/?q=%E9%87%8D%E5%BA%86')
    await screen.findByText('重庆商贸')
    await wait(50)
    expect(router.state.location.search).toEqual({ q: '重庆' })
  })
})

describe('the menu', () => {
  test('shows one’s own apart from the firm’s; what may be done depends on whose it is and who looks', async () => {
    kept = [made({ name: '自用' }), made({ name: '公司口径', mine: false, shared: true, byName: '王主管' })]
    await renderAt(grid)
    await openMenu()
    expect(await screen.findByText('公司共享')).toBeTruthy()
    expect(screen.getByText('王主管 共享')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '视图操作 公司口径' }))
    expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual([
      '打开列表时使用 公司口径',
    ])
    fireEvent.click(screen.getByRole('menuitem'))
    await waitFor(() => expect(views.open).toHaveBeenCalledWith({ grid: 'rows', id: kept[1]!.id }, expect.anything()))
  })

  test('lets whoever may share one share his own', async () => {
    await sitDown('zh-CN', { 'views.share': 'all' })
    kept = [made({ name: '自用', version: 3 })]
    await renderAt(grid)
    await openMenu()
    fireEvent.click(await screen.findByRole('button', { name: '视图操作 自用' }))
    fireEvent.click(await screen.findByRole('menuitem', { name: '与公司共享 自用' }))
    const asked = { id: kept[0]!.id, version: 3, shared: true }
    await waitFor(() => expect(views.share).toHaveBeenCalledWith(asked, expect.anything()))
    await sitDown()
  })
})

test('views that this computer kept are handed to the data file, once', async () => {
  const id = 'old-view'
  const content = { name: '旧', search: JSON.stringify({ q: '重庆', f: { grade: 'A' } }) }
  await seatDatabase.views.put({ id, place: `${USER_ID}:rows`, ...(await seal(DRAFT_KEY, id, content)) })
  await renderAt(grid)
  await waitFor(() => expect(views.save).toHaveBeenCalledTimes(1))
  expect(views.save.mock.calls[0]?.[0]).toEqual({
    grid: 'rows',
    name: '旧',
    search: { q: '重庆', f: { grade: 'A' } },
    columns: null,
  })
  await waitFor(async () => expect(await seatDatabase.views.count()).toBe(0))
})
