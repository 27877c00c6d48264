import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router'
import { seatDatabase } from '#renderer/local/database.ts'
import { DataGrid, type DataGridProps } from '#renderer/ui/data-grid.tsx'
import { arrange } from '#renderer/ui/grid-columns.ts'
import { cleanSearch, listSearch, stateOf, type ListSearch } from '#renderer/ui/grid-state.ts'
import { renderAt, sitDown, wait } from './helpers.tsx'

interface Row {
  readonly id: string
  readonly name: string
  readonly fen: number
}

const ALL: readonly Row[] = Array.from({ length: 950 }, (_, i) => ({
  id: `r${i}`,
  name: `客户${String(i).padStart(4, '0')}`,
  fen: i * 100,
}))

const load = vi.fn(async (input: { cursor?: string | null; limit: number }) => {
  const from = Number(input.cursor ?? 0)
  const rows = ALL.slice(from, from + input.limit)
  return { rows, nextCursor: from + input.limit < ALL.length ? String(from + input.limit) : null }
})
const open = vi.fn()
const write = vi.fn(async () => undefined)

const grid = (over: Partial<DataGridProps<Row>> = {}) => (
  <DataGrid<Row>
    id="rows"
    module="customers"
    columns={[
      { key: 'name', title: '名称', width: 160, sort: 'name', render: (r) => r.name, text: (r) => r.name },
      {
        key: 'fen',
        title: '金额',
        width: 120,
        align: 'right',
        sort: 'fen',
        render: (r) => r.fen,
        text: (r) => String(r.fen),
      },
    ]}
    defaultSort={{ key: 'name', dir: 'asc' }}
    load={load as never}
    summarise={async () => ({ count: 950, total: 123450 })}
    sums={[{ key: 'total', label: '合计' }]}
    filters={[
      { kind: 'select', name: 'grade', label: '等级', options: [{ value: 'A', label: '甲' }] },
      { kind: 'select', name: 'owner', label: '业务员', options: [] },
      { kind: 'day', name: 'from', label: '自' },
    ]}
    rowKey={(r) => r.id}
    onOpen={open}
    bulk={(rows) => <span>操作 {rows.length}</span>}
    empty={{ text: '没有客户' }}
    {...over}
  />
)

const table = () => screen.getByRole('grid')
const key = (name: string, more: object = {}) => fireEvent.keyDown(table(), { key: name, ...more })
const asked = () => load.mock.calls.at(-1)?.[0] as unknown as { sort: object; text?: string; filters: object }

beforeEach(async () => {
  await sitDown()
  await seatDatabase.columns.clear()
  await seatDatabase.views.clear()
  load.mockClear()
  open.mockClear()
  write.mockClear()
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: write }, configurable: true })
})

describe('the address', () => {
  const text = fc.string({ maxLength: 60, unit: 'grapheme' }).filter((s) => s.trim() === s)
  const search = fc.record(
    {
      q: text.filter((s) => s !== ''),
      sort: fc.constantFrom('name', 'createdAt'),
      dir: fc.constantFrom('asc' as const, 'desc' as const),
      saved: fc.uuid(),
      f: fc.dictionary(
        fc.constantFrom('grade', 'owner', 'from', 'overdue'),
        fc.oneof(text, fc.integer(), fc.boolean()),
      ),
    },
    { requiredKeys: [] },
  )

  test('any state survives address bar, reload, back and a saved view', () => {
    fc.assert(
      fc.property(search, (given) => {
        const clean = cleanSearch(given as ListSearch)
        const address = defaultStringifySearch(clean as Record<string, unknown>)
        const back = cleanSearch(listSearch.parse(defaultParseSearch(address)))
        expect(back).toEqual(clean)
        expect(cleanSearch(listSearch.parse(JSON.parse(JSON.stringify(clean))))).toEqual(clean)
        expect(stateOf(back, { key: 'name', dir: 'asc' })).toEqual(stateOf(clean, { key: 'name', dir: 'asc' }))
      }),
      { numRuns: 500 },
    )
  })

  test('any address at all gives a list and never an error', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('q', 'sort', 'dir', 'f', 'x'), fc.anything()), (given) => {
        const state = stateOf(listSearch.parse(given), { key: 'name', dir: 'asc' })
        expect(state.sort.dir === 'asc' || state.sort.dir === 'desc').toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('what it says is asked of the core', async () => {
    await renderAt(grid(), '/?q=%E9%87%8D%E5%BA%86&sort=fen&dir=desc&f=%7B%22grade%22%3A%22A%22%7D')
    await waitFor(() => expect(load).toHaveBeenCalled())
    expect(asked()).toMatchObject({ text: '重庆', sort: { key: 'fen', dir: 'desc' }, filters: { grade: 'A' } })
  })

  test('typing, sorting and filtering change it; back undoes the sort', async () => {
    const { router } = await renderAt(grid())
    await screen.findByText('客户0000')
    fireEvent.change(screen.getByLabelText('搜索'), { target: { value: 'cqsm' } })
    await waitFor(() => expect(router.state.location.search).toEqual({ q: 'cqsm' }))
    fireEvent.click(screen.getByRole('button', { name: '金额' }))
    await waitFor(() => expect(router.state.location.search).toEqual({ q: 'cqsm', sort: 'fen', dir: 'asc' }))
    act(() => {
      router.history.back()
    })
    await waitFor(() => expect(router.state.location.search).toEqual({ q: 'cqsm' }))
  })

  test('a filter in force beyond the line is a chip that takes it off', async () => {
    const { router } = await renderAt(grid(), '/?f=%7B%22from%22%3A%222026-01-05%22%7D')
    fireEvent.click(await screen.findByRole('button', { name: '移除筛选 自' }))
    await waitFor(() => expect(router.state.location.search).toEqual({}))
  })
})

describe('keys', () => {
  test('arrows move, Enter opens, Space selects, Escape clears', async () => {
    await renderAt(grid())
    await screen.findByText('客户0000')
    table().focus()
    key('ArrowDown')
    key('ArrowDown')
    key('Enter')
    expect(open).toHaveBeenCalledWith(ALL[2])
    key(' ')
    expect(await screen.findByText('操作 1')).toBeTruthy()
    key('ArrowDown', { shiftKey: true })
    expect(screen.getByText('操作 2')).toBeTruthy()
    expect(screen.getByText('已选 2 条')).toBeTruthy()
    key('Escape')
    expect(screen.queryByText(/^操作/)).toBeNull()
  })

  test('Ctrl+C copies as tab-separated text, the chosen rows or the one at hand', async () => {
    await renderAt(grid())
    await screen.findByText('客户0000')
    table().focus()
    key('c', { ctrlKey: true })
    await waitFor(() => expect(write).toHaveBeenCalledWith('客户0000\t0'))
    key(' ')
    key('ArrowDown')
    key(' ')
    key('c', { ctrlKey: true })
    await waitFor(() => expect(write).toHaveBeenLastCalledWith('客户0000\t0\n客户0001\t100'))
  })

  test('the row at hand stays at hand where a change moves it', async () => {
    let first = ALL.slice(0, 5)
    const few = vi.fn(async () => ({ rows: first, nextCursor: null })) as never
    const told = vi.fn()
    const { queries } = await renderAt(grid({ load: few, onCursor: told }))
    await screen.findByText('客户0000')
    table().focus()
    key('ArrowDown')
    expect(told).toHaveBeenLastCalledWith(ALL[1])
    first = first.toReversed()
    await act(() => queries.invalidateQueries())
    await waitFor(() => expect(screen.getAllByRole('row')[1]?.textContent).toContain('客户0004'))
    expect(told).toHaveBeenLastCalledWith(ALL[1])
    key('Enter')
    expect(open).toHaveBeenLastCalledWith(ALL[1])
    // Where it is gone, its neighbour takes its place.
    first = first.filter((row) => row !== ALL[1])
    await act(() => queries.invalidateQueries())
    await waitFor(() => expect(told).toHaveBeenLastCalledWith(ALL[0]))
  })

  test('the row at hand is told to screen readers', async () => {
    await renderAt(grid())
    await screen.findByText('客户0000')
    table().focus()
    key('ArrowDown')
    const id = table().getAttribute('aria-activedescendant') ?? ''
    expect(document.getElementById(id)?.textContent).toContain('客户0001')
  })
})

describe('rows', () => {
  test('only those in view are drawn, and the next page comes before the end is reached', async () => {
    await renderAt(grid())
    await screen.findByText('客户0000')
    expect(screen.getAllByRole('row').length).toBeLessThan(50)
    table().focus()
    key('End')
    const scroller = document.querySelector('.grid-scroll') as HTMLElement
    expect(scroller.scrollTop).toBeGreaterThan(3000)
    fireEvent.scroll(scroller)
    await waitFor(() => expect(load.mock.calls.length).toBeGreaterThan(1))
  })

  test('the sum line is of the whole filtered set', async () => {
    await renderAt(grid())
    expect(await screen.findByText('共 950 条')).toBeTruthy()
    expect(await screen.findByText('1,234.50')).toBeTruthy()
  })

  test('an empty list says so with its one button; an empty filter with another', async () => {
    const none = vi.fn(async () => ({ rows: [], nextCursor: null })) as never
    const first = await renderAt(grid({ load: none, empty: { text: '没有客户', action: <button>新建客户</button> } }))
    expect(await screen.findByRole('button', { name: '新建客户' })).toBeTruthy()
    first.unmount()
    const { router } = await renderAt(grid({ load: none }), '/?q=x')
    fireEvent.click(await screen.findByRole('button', { name: '清除筛选' }))
    await waitFor(() => expect(router.state.location.search).toEqual({}))
  })

  test('a failure is told with a way to try again', async () => {
    const fails = vi
      .fn()
      .mockRejectedValueOnce({ code: 'STORAGE', data: {} })
      .mockImplementation(load as never)
    await renderAt(grid({ load: fails as never }))
    expect(await screen.findByText(/磁盘写入失败/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '重试' }))
    expect(await screen.findByText('客户0000')).toBeTruthy()
  })
})

describe('columns', () => {
  test('a hidden column stays hidden on this computer', async () => {
    const first = await renderAt(grid())
    fireEvent.click(await screen.findByRole('button', { name: '列设置' }))
    fireEvent.click(await screen.findByRole('checkbox', { name: '金额' }))
    await waitFor(() => expect(screen.queryByRole('columnheader', { name: '金额' })).toBeNull())
    await wait(50)
    first.unmount()
    await renderAt(grid())
    await wait(50)
    expect(screen.queryByRole('columnheader', { name: '金额' })).toBeNull()
  })

  test('the order of columns keeps every column, whatever was kept', () => {
    const columns = ['a', 'b', 'c', 'd'].map((name) => ({ key: name, width: 1 }))
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'gone')), (order) => {
        const unique: string[] = [...new Set(order)]
        const keys = arrange(columns, unique).map((column) => column.key)
        expect(keys.toSorted()).toEqual(['a', 'b', 'c', 'd'])
        expect(keys.filter((k) => unique.includes(k))).toEqual(unique.filter((k) => k !== 'gone'))
      }),
    )
  })
})
