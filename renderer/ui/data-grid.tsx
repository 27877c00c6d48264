import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Spin } from 'antd'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { PageInput } from '#shared/kernel/paging.ts'
import { loadColumns, saveColumns } from '#renderer/local/views.ts'
import { shownError } from '#renderer/rpc/api.ts'
import { GridHead } from './grid-head.tsx'
import { useGridState, type GridState } from './grid-state.ts'
import { GridToolbar, type GridFilter } from './grid-toolbar.tsx'
import { useT } from './i18n.ts'
import { Amount, EmptyState, ErrorNotice } from './parts.tsx'

export interface GridColumn<Row> {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly align?: 'left' | 'right' | 'center'
  /** The list entry's sort key, where the column can sort. */
  readonly sort?: string
  readonly render: (row: Row) => ReactNode
  /** As copied into a spreadsheet. */
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
  readonly rowKey: (row: Row) => string
  readonly onOpen?: (row: Row) => void
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  readonly exportRows?: (format: 'xlsx' | 'csv', state: GridState) => Promise<unknown>
  readonly searchHint?: string
  readonly empty: { readonly text: string; readonly action?: ReactNode }
}

const PAGE = 60

/**
 * The one list of the program: pages by key as one scrolls, sorts, filters, counts and sums in the core, keeps its
 * state in the address, and is worked with the keyboard.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const t = useT()
  const grid = useGridState(props.defaultSort)
  const { state } = grid
  const [cursorRow, setCursorRow] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [hidden, setHidden] = useState<readonly string[]>([])
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({})
  const body = useRef<HTMLDivElement>(null)

  useEffect(() => {
    void loadColumns(props.id).then((kept) => {
      setHidden(kept.hidden)
      setWidths(kept.widths)
    })
  }, [props.id])
  const keepColumns = (next: { hidden?: readonly string[]; widths?: Readonly<Record<string, number>> }) => {
    const record = { hidden: [...(next.hidden ?? hidden)], widths: { ...(next.widths ?? widths) } }
    setHidden(record.hidden)
    setWidths(record.widths)
    void saveColumns({ grid: props.id, ...record })
  }

  const asked = { text: state.text === '' ? undefined : state.text, filters: state.filters }
  const list = useInfiniteQuery({
    queryKey: [props.module, 'list', props.id, state],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      props.load({ ...asked, cursor: pageParam, limit: PAGE, sort: state.sort } as unknown as PageInput<never, never>),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  const { summarise } = props
  const summary = useQuery({
    queryKey: [props.module, 'summary', props.id, state.text, state.filters],
    queryFn: async (): Promise<Record<string, number>> => (summarise ? summarise(asked as never) : {}),
    enabled: summarise !== undefined,
    placeholderData: keepPreviousData,
  })

  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  const columns = props.columns.filter((column) => !hidden.includes(column.key))
  const selectable = props.bulk !== undefined
  const selectedRows = rows.filter((row) => selected.has(props.rowKey(row)))
  const clear = () => setSelected(new Set())

  const loadMore = () => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
  }
  const onScroll = () => {
    const element = body.current
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 600) loadMore()
  }
  const toggle = (row: Row) => {
    const next = new Set(selected)
    const key = props.rowKey(row)
    if (!next.delete(key)) next.add(key)
    setSelected(next)
  }
  const copy = () => {
    const chosen = selectedRows.length > 0 ? selectedRows : rows.slice(cursorRow, cursorRow + 1)
    const lines = chosen.map((row) => columns.map((c) => c.text(row).replace(/[\t\r\n]+/g, ' ')).join('\t'))
    void navigator.clipboard.writeText(lines.join('\n'))
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const row = rows[cursorRow]
    const move = (by: number) => {
      event.preventDefault()
      const next = Math.max(0, Math.min(rows.length - 1, cursorRow + by))
      setCursorRow(next)
      if (next > rows.length - 10) loadMore()
      body.current?.querySelectorAll('tbody tr')[next]?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'PageDown') move(15)
    else if (event.key === 'PageUp') move(-15)
    else if (event.key === 'Enter' && row !== undefined) props.onOpen?.(row)
    else if (event.key === ' ' && row !== undefined && selectable) {
      event.preventDefault()
      toggle(row)
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey)) copy()
  }

  return (
    <>
      <GridToolbar
        id={props.id}
        grid={grid}
        filters={props.filters ?? []}
        columns={props.columns}
        hidden={hidden}
        onHidden={(next) => keepColumns({ hidden: next })}
        onReset={() => keepColumns({ hidden: [], widths: {} })}
        {...(props.exportRows ? { exportRows: props.exportRows } : {})}
        {...(props.searchHint ? { searchHint: props.searchHint } : {})}
      />
      <div className="grid">
        {selectable && selected.size > 0 ? (
          <div className="grid-bar">
            <span>{t('common:grid.selected', { count: selected.size })}</span>
            {props.bulk?.(selectedRows, clear)}
            <Button size="small" type="text" onClick={clear}>
              {t('common:grid.clearSelection')}
            </Button>
          </div>
        ) : null}
        {list.isError ? (
          <ErrorNotice error={shownError(list.error)} onRetry={() => void list.refetch()} />
        ) : (
          <div
            className="grid-scroll"
            ref={body}
            onScroll={onScroll}
            onKeyDown={onKey}
            tabIndex={0}
            role="group"
            aria-label={t('common:grid.keys')}
          >
            <table className="grid-table" aria-rowcount={summary.data?.['count'] ?? -1}>
              <GridHead
                columns={columns}
                widths={widths}
                sort={state.sort}
                onSort={grid.setSort}
                onWidth={(key, width) => keepColumns({ widths: { ...widths, [key]: width } })}
                select={
                  selectable
                    ? {
                        all: rows.length > 0 && selected.size >= rows.length,
                        onAll: (all) => setSelected(all ? new Set(rows.map(props.rowKey)) : new Set()),
                      }
                    : null
                }
              />
              <tbody>
                {rows.map((row, index) => (
                  <tr
                    key={props.rowKey(row)}
                    className={index === cursorRow ? 'cursor' : undefined}
                    aria-selected={selected.has(props.rowKey(row))}
                    onClick={() => setCursorRow(index)}
                    onDoubleClick={() => props.onOpen?.(row)}
                  >
                    {selectable ? (
                      <td className="grid-check">
                        <Checkbox
                          checked={selected.has(props.rowKey(row))}
                          onChange={() => toggle(row)}
                          aria-label={t('common:grid.selectRow')}
                        />
                      </td>
                    ) : null}
                    {columns.map((column, at) => (
                      <td key={column.key} className={column.align === 'right' ? 'num' : undefined} title={column.text(row)}>
                        {at === 0 && props.onOpen ? (
                          <button type="button" className="link-button" onClick={() => props.onOpen?.(row)}>
                            {column.render(row)}
                          </button>
                        ) : (
                          column.render(row)
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
            {list.isPending ? <Spin className="grid-spin" /> : null}
            {!list.isPending && rows.length === 0 ? (
              <EmptyState text={props.empty.text} action={props.empty.action} />
            ) : null}
            {list.hasNextPage ? (
              <Button type="text" size="small" loading={list.isFetchingNextPage} onClick={loadMore}>
                {t('common:grid.more')}
              </Button>
            ) : null}
          </div>
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
