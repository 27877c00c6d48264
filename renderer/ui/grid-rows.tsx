import { Checkbox } from 'antd'
import { memo, useEffect, useState, type MouseEvent, type RefObject } from 'react'
import type { GridColumn } from './data-grid.tsx'
import { useT } from './i18n.ts'

const OVERSCAN = 8
/** Where the window's height is not known yet. */
const LIKELY_HEIGHT = 800

/** Which rows lie in the scrolled window, a few more at both ends. Every row has the same height. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number) {
  const [view, setView] = useState({ top: 0, height: LIKELY_HEIGHT })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let frame = 0
    const read = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() =>
        setView((old) => {
          const height = element.clientHeight || LIKELY_HEIGHT
          // A new window only when it moved by rows, so that scrolling by a pixel draws nothing.
          const top = Math.floor(element.scrollTop / rowHeight) * rowHeight
          return old.top === top && old.height === height ? old : { top, height }
        }),
      )
    }
    read()
    element.addEventListener('scroll', read, { passive: true })
    const watch = new ResizeObserver(read)
    watch.observe(element)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('scroll', read)
      watch.disconnect()
    }
  }, [scroller, rowHeight])
  const first = Math.max(0, Math.floor(view.top / rowHeight) - OVERSCAN)
  const last = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN)
  return { first, last, before: first * rowHeight, after: Math.max(0, count - last) * rowHeight }
}

interface RowProps<Row> {
  readonly id: string
  readonly row: Row
  readonly index: number
  readonly columns: readonly GridColumn<Row>[]
  readonly cursor: boolean
  /** Undefined where rows cannot be selected. */
  readonly selected: boolean | undefined
  readonly onOpen: ((row: Row) => void) | undefined
  readonly onClick: (index: number, event: MouseEvent) => void
  readonly onToggle: (row: Row) => void
}

function PlainRow<Row>(props: RowProps<Row>) {
  const t = useT()
  const { row, columns, onOpen } = props
  return (
    <tr
      id={props.id}
      data-index={props.index}
      className={props.cursor ? 'cursor' : undefined}
      aria-rowindex={props.index + 2}
      aria-selected={props.selected ?? props.cursor}
      onClick={(event) => props.onClick(props.index, event)}
      onDoubleClick={() => onOpen?.(row)}
    >
      {props.selected === undefined ? null : (
        <td className="grid-check">
          <Checkbox
            checked={props.selected}
            tabIndex={-1}
            onChange={() => props.onToggle(row)}
            aria-label={t('common:grid.selectRow')}
          />
        </td>
      )}
      {columns.map((column, at) => {
        const classes = [column.align === 'right' ? 'num' : '', at === 0 ? 'grid-first' : ''].join(' ').trim()
        return (
          <td key={column.key} className={classes} title={column.text(row)}>
            {at === 0 && onOpen ? (
              <button type="button" className="link-button" tabIndex={-1} onClick={() => onOpen(row)}>
                {column.render(row)}
              </button>
            ) : (
              column.render(row)
            )}
          </td>
        )
      })}
    </tr>
  )
}

/** One row; drawn again only when something about it changed. */
export const GridRow = memo(PlainRow) as typeof PlainRow
