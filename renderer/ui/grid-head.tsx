import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { useRef, useState, type PointerEvent } from 'react'
import type { GridState } from './grid-state.ts'
import { useT } from './i18n.ts'

interface HeadColumn {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly align?: 'left' | 'right' | 'center'
  readonly sort?: string
}

/** Column heads: a click sorts, the edge resizes, a double click on the edge fits the column to what it holds. */
export function GridHead(props: {
  columns: readonly HeadColumn[]
  widthOf: (column: HeadColumn) => number
  sort: GridState['sort']
  onSort: (sort: GridState['sort']) => void
  onWidth: (key: string, width: number) => void
  fit: (key: string) => number
  select: { state: 'none' | 'some' | 'all'; onAll: (all: boolean) => void } | null
}) {
  const t = useT()
  const drag = useRef<{ key: string; from: number; width: number } | null>(null)
  const [pulled, setPulled] = useState<{ key: string; width: number } | null>(null)
  const widthOf = (column: HeadColumn) => (pulled?.key === column.key ? pulled.width : props.widthOf(column))
  const start = (event: PointerEvent, column: HeadColumn) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { key: column.key, from: event.clientX, width: widthOf(column) }
  }
  const pull = (event: PointerEvent) => {
    const held = drag.current
    if (held) setPulled({ key: held.key, width: Math.max(48, held.width + event.clientX - held.from) })
  }
  const release = () => {
    if (pulled && drag.current) props.onWidth(pulled.key, pulled.width)
    drag.current = null
    setPulled(null)
  }
  const sortBy = (key: string) => {
    const same = props.sort.key === key
    props.onSort({ key, dir: same && props.sort.dir === 'asc' ? 'desc' : 'asc' })
  }

  return (
    <>
      <colgroup>
        {props.select ? <col style={{ width: 36 }} /> : null}
        {props.columns.map((column) => (
          <col key={column.key} style={{ width: widthOf(column) }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {props.select ? (
            <th className="grid-check" scope="col">
              <Checkbox
                checked={props.select.state === 'all'}
                indeterminate={props.select.state === 'some'}
                onChange={(event) => props.select?.onAll(event.target.checked)}
                aria-label={t('common:grid.selectAll')}
              />
            </th>
          ) : null}
          {props.columns.map((column, at) => {
            const { sort } = column
            const sorted = sort !== undefined && props.sort.key === sort
            const classes = [column.align === 'right' ? 'num' : '', at === 0 ? 'grid-first' : ''].join(' ').trim()
            return (
              <th
                key={column.key}
                scope="col"
                className={classes}
                aria-sort={sorted ? (props.sort.dir === 'asc' ? 'ascending' : 'descending') : undefined}
              >
                {sort === undefined ? (
                  <span className="grid-title">{column.title}</span>
                ) : (
                  <button type="button" className="grid-sort" onClick={() => sortBy(sort)}>
                    <span className="grid-title">{column.title}</span>
                    {sorted && props.sort.dir === 'asc' ? <CaretUpOutlined aria-hidden /> : null}
                    {sorted && props.sort.dir === 'desc' ? <CaretDownOutlined aria-hidden /> : null}
                  </button>
                )}
                <span
                  className="grid-resize"
                  aria-hidden
                  onPointerDown={(event) => start(event, column)}
                  onPointerMove={pull}
                  onPointerUp={release}
                  onPointerCancel={release}
                  onDoubleClick={() => props.onWidth(column.key, props.fit(column.key))}
                />
              </th>
            )
          })}
        </tr>
      </thead>
    </>
  )
}
