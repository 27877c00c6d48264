import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { useRef, type PointerEvent } from 'react'
import type { GridState } from './grid-state.ts'
import { useT } from './i18n.ts'

interface HeadColumn {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly align?: 'left' | 'right' | 'center'
  readonly sort?: string
}

/** Column heads: a click sorts, the edge resizes by pointer or arrow keys, a double click gives the standard width. */
export function GridHead(props: {
  columns: readonly HeadColumn[]
  widths: Readonly<Record<string, number>>
  sort: GridState['sort']
  onSort: (sort: GridState['sort']) => void
  onWidth: (key: string, width: number) => void
  select: { all: boolean; onAll: (all: boolean) => void } | null
}) {
  const t = useT()
  const drag = useRef<{ key: string; from: number; width: number } | null>(null)
  const widthOf = (column: HeadColumn) => props.widths[column.key] ?? column.width
  const start = (event: PointerEvent, column: HeadColumn) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { key: column.key, from: event.clientX, width: widthOf(column) }
  }
  const move = (event: PointerEvent) => {
    const held = drag.current
    if (held) props.onWidth(held.key, Math.max(48, Math.round(held.width + event.clientX - held.from)))
  }
  const sortBy = (key: string) => {
    const same = props.sort.key === key
    props.onSort({ key, dir: same && props.sort.dir === 'asc' ? 'desc' : 'asc' })
  }

  return (
    <>
      <colgroup>
        {props.select ? <col width={36} /> : null}
        {props.columns.map((column) => (
          <col key={column.key} width={widthOf(column)} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {props.select ? (
            <th className="grid-check" scope="col">
              <Checkbox
                checked={props.select.all}
                onChange={(event) => props.select?.onAll(event.target.checked)}
                aria-label={t('common:grid.selectAll')}
              />
            </th>
          ) : null}
          {props.columns.map((column) => {
            const { sort } = column
            const sorted = sort !== undefined && props.sort.key === sort
            return (
              <th
                key={column.key}
                scope="col"
                className={column.align === 'right' ? 'num' : undefined}
                aria-sort={sorted ? (props.sort.dir === 'asc' ? 'ascending' : 'descending') : undefined}
              >
                {sort === undefined ? (
                  column.title
                ) : (
                  <button type="button" className="grid-sort" onClick={() => sortBy(sort)}>
                    {column.title}
                    {sorted && props.sort.dir === 'asc' ? <CaretUpOutlined aria-hidden /> : null}
                    {sorted && props.sort.dir === 'desc' ? <CaretDownOutlined aria-hidden /> : null}
                  </button>
                )}
                <span
                  className="grid-resize"
                  aria-hidden
                  onPointerDown={(event) => start(event, column)}
                  onPointerMove={move}
                  onPointerUp={() => {
                    drag.current = null
                  }}
                  onDoubleClick={() => props.onWidth(column.key, column.width)}
                />
              </th>
            )
          })}
        </tr>
      </thead>
    </>
  )
}
