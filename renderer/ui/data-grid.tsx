import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Spin, type MenuProps } from 'antd'
import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react'
import type { PageInput } from '#shared/kernel/paging.ts'
import { fieldIssues, shownError } from '#renderer/rpc/api.ts'
import { NARROWEST, useGridColumns } from './grid-columns.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow, useWindow } from './grid-rows.tsx'
import { useSelection } from './grid-selection.ts'
import { type ExportAsked, type FilterValue, type GridHandle, type GridState, useGridState } from './grid-state.ts'
import { GridToolbar, type GridFilter } from './grid-toolbar.tsx'
import { useT } from './i18n.ts'
import { useNotice } from './notices.tsx'
import { Amount, EmptyState, ErrorNotice } from './parts.tsx'
import { useSeatSettings } from './settings.ts'
import { useGridViews } from './use-grid-views.ts'

export interface GridColumn<Row> {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly align?: 'left' | 'right' | 'center'
  /** The list entry's sort key, where the column can sort. */
  readonly sort?: string
  readonly render: (row: Row) => ReactNode
  /** As copied into a spreadsheet, and as the cell's hint. */
  readonly text: (row: Row) => string
}

export interface DataGridProps<Row> {
  /** Names views and column settings; stable. */
  readonly id: string
  /** Module of the change feed that refreshes the list. */
  readonly module: string
  readonly columns: readonly GridColumn<Row>[]
  readonly defaultSort: GridState['sort']
  readonly load: (input: PageInput<never, never>) => Promise<{ rows: Row[]; nextCursor: string | null }>
  /** Count and sums over the whole filtered set, not the page. */
  readonly summarise?: (input: { text?: string; filters: never }) => Promise<Record<string, number>>
  readonly sums?: readonly { readonly key: string; readonly label: string }[]
  readonly filters?: readonly GridFilter[]
  /** Always asked, not shown as a filter: the customer of a card, the month of a sheet. */
  readonly fixed?: Readonly<Record<string, FilterValue>>
  readonly rowKey: (row: Row) => string
  readonly onOpen?: (row: Row) => void
  /** The row at hand changed: for a second pane beside the list. */
  readonly onCursor?: (row: Row | null) => void
  /** Buttons for the chosen rows; the bar says how many. */
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  /** Further lines of the right-click menu. */
  readonly menu?: (row: Row) => readonly { readonly key: string; readonly label: string; readonly run: () => void }[]
  readonly exportRows?: (asked: ExportAsked) => Promise<unknown>
  readonly searchHint?: string
  readonly empty: { readonly text: string; readonly action?: ReactNode }
}

const PAGE = 100
const ROW_HEIGHT = { comfortable: 36, dense: 30 } as const
const HEAD_HEIGHT = 34

/** Where the row of this key is now; where it is gone, the same place. */
function placeOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string, key: string | null, place: number): number {
  const there = rows[place]
  if (key === null || (there !== undefined && keyOf(there) === key)) return place
  const moved = rows.findIndex((row) => keyOf(row) === key)
  return moved < 0 ? Math.min(place, Math.max(0, rows.length - 1)) : moved
}

/**
 * The one list of the program: pages by key as one scrolls, sorts, filters, counts and sums in the core, keeps its
 * state in the address, and is worked with the keyboard.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const t = useT()
  const id = useId()
  const notice = useNotice()
  const grid = useGridState(props.defaultSort)
  const { state } = grid
  const views = useGridViews(props.id, grid)
  const columns = useGridColumns(props.id, props.columns, views.columns)
  const rowHeight = ROW_HEIGHT[useSeatSettings((s) => s.density)]
  const scroller = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(0)
  const [menuRow, setMenuRow] = useState<Row | null>(null)

  const filters = useMemo(() => ({ ...state.filters, ...props.fixed }), [state.filters, props.fixed])
  const asked = { ...(state.text === '' ? {} : { text: state.text }), filters }
  const { load, summarise } = props
  const list = useInfiniteQuery({
    queryKey: [props.module, 'list', props.id, state.text, state.sort, filters],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      load({ ...asked, cursor: pageParam, limit: PAGE, sort: state.sort } as unknown as PageInput<never, never>),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  const summary = useQuery<Record<string, number>>({
    queryKey: [props.module, 'summary', props.id, state.text, filters],
    queryFn: () => (summarise ? summarise(asked as never) : Promise.resolve({})),
    enabled: summarise !== undefined,
    placeholderData: keepPreviousData,
  })
  useLeaveOut(list.error, grid)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  const selectable = props.bulk !== undefined
  const selection = useSelection(rows, props.rowKey, selectable)
  const shown = useWindow(scroller, rows.length, rowHeight)

  // The row at hand stays at hand where a change moves it; which one it was is known by its key.
  const held = useRef<string | null>(null)
  const cursor = placeOf(rows, props.rowKey, held.current, place)
  const setCursor = (next: number) => {
    const row = rows[next]
    held.current = row === undefined ? null : props.rowKey(row)
    setPlace(next)
  }
  // Another question begins at its first row.
  const question = JSON.stringify([state, props.fixed])
  useEffect(() => {
    held.current = null
    setPlace(0)
    scroller.current?.scrollTo({ top: 0 })
  }, [question])

  const rowAtHand = rows[cursor] ?? null
  const keyAtHand = rowAtHand === null ? null : props.rowKey(rowAtHand)
  useEffect(() => {
    held.current = list.isPlaceholderData ? null : keyAtHand
    setPlace(cursor)
  }, [keyAtHand, cursor, list.isPlaceholderData])
  const told = useRef<() => void>(() => undefined)
  told.current = () => props.onCursor?.(rowAtHand)
  useEffect(() => told.current(), [keyAtHand])

  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list
  useEffect(() => {
    const near = shown.last >= rows.length - 20
    if (near && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [shown.last, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  const copyRows = (chosen: readonly Row[]) => {
    const lines = chosen.map((row) => columns.shown.map((c) => c.text(row).replace(/[\t\r\n]+/g, ' ')).join('\t'))
    void navigator.clipboard
      .writeText(lines.join('\n'))
      .then(() => notice.done(t('common:grid.copied', { count: chosen.length })))
  }
  const moveTo = (next: number, extend: boolean) => {
    const to = Math.max(0, Math.min(rows.length - 1, next))
    if (extend && selectable) selection.extend(cursor, to)
    setCursor(to)
    const element = scroller.current
    if (!element) return
    const top = to * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight + HEAD_HEIGHT > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight + HEAD_HEIGHT - element.clientHeight
    }
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const command = event.ctrlKey || event.metaKey
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / rowHeight) - 1)
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      Home: 0,
      End: rows.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined && !command) {
      event.preventDefault()
      moveTo(to, event.shiftKey)
    } else if (event.key === 'Enter' && rowAtHand !== null) props.onOpen?.(rowAtHand)
    else if (event.key === ' ' && rowAtHand !== null && selectable) {
      event.preventDefault()
      selection.toggle(rowAtHand)
    } else if (command && event.key === 'a' && selectable) {
      event.preventDefault()
      selection.setAll(true)
    } else if (command && event.key === 'c' && rowAtHand !== null) {
      event.preventDefault()
      copyRows(selection.chosen.length > 0 ? selection.chosen : [rowAtHand])
    } else if (event.key === 'Escape' && selection.chosen.length > 0) selection.setAll(false)
  }
  const clicked = useRef<(index: number, event: MouseEvent) => void>(() => undefined)
  clicked.current = (index, event) => {
    if (event.shiftKey && selectable) selection.extend(cursor, index)
    setCursor(index)
  }
  const onRowClick = useCallback((index: number, event: MouseEvent) => clicked.current(index, event), [])
  const fit = (key: string): number => {
    const column = props.columns.find((c) => c.key === key)
    const pen = document.createElement('canvas').getContext('2d')
    if (!column || !pen || !scroller.current) return column?.width ?? NARROWEST
    pen.font = `13px ${getComputedStyle(scroller.current).fontFamily}`
    const widths = [column.title, ...rows.slice(0, 200).map(column.text)].map((text) => pen.measureText(text).width)
    return Math.min(640, Math.ceil(Math.max(...widths)) + 30)
  }
  const menuItems: MenuProps['items'] =
    menuRow === null
      ? []
      : [
          ...(props.onOpen ? [{ key: 'open', label: t('common:open'), onClick: () => props.onOpen?.(menuRow) }] : []),
          ...(selectable
            ? [{ key: 'select', label: t('common:grid.selectRow'), onClick: () => selection.toggle(menuRow) }]
            : []),
          { key: 'copy', label: t('common:grid.copyRow'), onClick: () => copyRows([menuRow]) },
          ...(props.menu?.(menuRow) ?? []).map((item) => ({ key: item.key, label: item.label, onClick: item.run })),
        ]
  const filtered = state.text !== '' || Object.keys(state.filters).length > 0
  const first = list.isError && rows.length === 0
  const width = columns.shown.reduce((sum, column) => sum + columns.widthOf(column), selectable ? 36 : 0)
  const visible = rows.slice(shown.first, shown.last)

  return (
    <>
      <GridToolbar
        grid={grid}
        views={views}
        columns={columns}
        titles={Object.fromEntries(props.columns.map((column) => [column.key, column.title]))}
        filters={props.filters ?? []}
        {...(props.exportRows ? { exportRows: props.exportRows } : {})}
        {...(props.searchHint ? { searchHint: props.searchHint } : {})}
      />
      <div className="grid" aria-busy={list.isFetching}>
        {selection.chosen.length > 0 ? (
          <div
            className="grid-bar"
            role="toolbar"
            aria-label={t('common:grid.selected', { count: selection.chosen.length })}
          >
            <strong>{t('common:grid.selected', { count: selection.chosen.length })}</strong>
            {props.bulk?.(selection.chosen, () => selection.setAll(false))}
            <Button size="small" type="text" onClick={() => selection.setAll(false)}>
              {t('common:grid.clearSelection')}
            </Button>
          </div>
        ) : null}
        {first ? (
          <ErrorNotice error={shownError(list.error)} onRetry={() => void list.refetch()} />
        ) : (
          <Dropdown
            trigger={['contextMenu']}
            menu={{ items: menuItems }}
            disabled={menuItems.length === 0 && rows.length === 0}
          >
            <div
              className="grid-scroll"
              ref={scroller}
              onContextMenu={(event) => {
                const at = Number((event.target as Element).closest('tr')?.dataset['index'] ?? Number.NaN)
                setMenuRow(rows[at] ?? null)
                if (rows[at] !== undefined) setCursor(at)
              }}
            >
              <table
                className={selectable ? 'grid-table selectable' : 'grid-table'}
                role="grid"
                style={{ minWidth: width }}
                tabIndex={0}
                onKeyDown={onKey}
                aria-label={t('common:grid.keys')}
                aria-rowcount={(summary.data?.['count'] ?? rows.length) + 1}
                aria-multiselectable={selectable}
                aria-activedescendant={
                  cursor >= shown.first && cursor < shown.last && rowAtHand !== null ? `${id}-${cursor}` : undefined
                }
              >
                <GridHead
                  columns={columns.shown}
                  widthOf={columns.widthOf}
                  sort={state.sort}
                  onSort={grid.setSort}
                  onWidth={columns.setWidth}
                  fit={fit}
                  select={selectable ? { state: selection.state, onAll: selection.setAll } : null}
                />
                <tbody>
                  {shown.before > 0 ? <Gap height={shown.before} /> : null}
                  {visible.map((row, at) => (
                    <GridRow
                      key={props.rowKey(row)}
                      id={`${id}-${shown.first + at}`}
                      row={row}
                      index={shown.first + at}
                      columns={columns.shown}
                      cursor={shown.first + at === cursor}
                      selected={selectable ? selection.has(row) : undefined}
                      onOpen={props.onOpen}
                      onClick={onRowClick}
                      onToggle={selection.toggle}
                    />
                  ))}
                  {shown.after > 0 ? <Gap height={shown.after} /> : null}
                </tbody>
              </table>
              {list.isPending ? <Spin className="grid-spin" /> : null}
              {list.isFetchingNextPage ? <Spin className="grid-spin" size="small" /> : null}
              {list.isError && rows.length > 0 ? (
                <ErrorNotice error={shownError(list.error)} onRetry={() => void list.fetchNextPage()} />
              ) : null}
              {list.isSuccess && rows.length === 0 ? (
                filtered ? (
                  <EmptyState
                    text={t('common:grid.noMatch')}
                    action={<Button onClick={grid.clear}>{t('common:grid.clearFilters')}</Button>}
                  />
                ) : (
                  <EmptyState text={props.empty.text} action={props.empty.action} />
                )
              ) : null}
            </div>
          </Dropdown>
        )}
        {summarise ? (
          <div className="grid-sum" aria-live="polite">
            <span>{t('common:grid.count', { count: summary.data?.['count'] ?? 0 })}</span>
            {(props.sums ?? []).map((sum) => (
              <span key={sum.key}>
                {sum.label}{' '}
                <strong>
                  <Amount fen={summary.data?.[sum.key] ?? 0} />
                </strong>
              </span>
            ))}
          </div>
        ) : null}
      </div>
    </>
  )
}

/**
 * Takes out of the address what the list does not know: a filter or a sort of an older version, in a link or a saved
 * view. The rest of it still opens.
 */
function useLeaveOut(error: unknown, grid: GridHandle) {
  const told = useRef<(error: unknown) => void>(() => undefined)
  told.current = (failed) => {
    const issues = fieldIssues(failed)
    const { sort, dir, f = {}, ...rest } = grid.search
    const unknown = issues.flatMap(({ path }) => (path[0] === 'filters' ? String(path[1]) : []))
    const left = Object.fromEntries(Object.entries(f).filter(([name]) => !unknown.includes(name)))
    const sorted = !issues.some(({ path }) => path[0] === 'sort')
    const fewer = Object.keys(left).length < Object.keys(f).length || (!sorted && sort !== undefined)
    if (fewer) grid.replace({ ...rest, f: left, ...(sorted ? { sort, dir } : {}) })
  }
  useEffect(() => told.current(error), [error])
}

/** Stands for the rows that are not drawn. */
function Gap(props: { height: number }) {
  return (
    <tr aria-hidden className="grid-gap">
      <td style={{ height: props.height }} />
    </tr>
  )
}
