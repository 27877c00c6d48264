import { useEffect, useMemo, useState } from 'react'
import { loadColumns, saveColumns } from '#renderer/local/views.ts'

interface Column {
  readonly key: string
  readonly width: number
}

export interface ColumnSettings {
  readonly hidden: readonly string[]
  readonly order: readonly string[]
  readonly widths: Readonly<Record<string, number>>
}

const STANDARD: ColumnSettings = { hidden: [], order: [], widths: {} }
export const NARROWEST = 48

/** The columns in the order of this seat; a column that came with a new version takes its standard place. */
export function arrange<C extends Column>(columns: readonly C[], order: readonly string[]): C[] {
  const known = order.filter((key) => columns.some((column) => column.key === key))
  const arranged = known.map((key) => columns.find((column) => column.key === key) as C)
  columns.forEach((column, index) => {
    if (!known.includes(column.key)) arranged.splice(Math.min(index, arranged.length), 0, column)
  })
  return arranged
}

/** The columns of a saved view, while it is in force. */
export interface ViewedColumns {
  readonly id: string
  readonly columns: ColumnSettings
}

/**
 * Which columns of a list are shown, in which order and how wide: those of the view in force, else those of this seat,
 * which are kept until reset. What is changed under a view stays with the page until the view is updated.
 */
export function useGridColumns<C extends Column>(grid: string, columns: readonly C[], view: ViewedColumns | null) {
  const [own, setOwn] = useState<ColumnSettings>(STANDARD)
  const [changed, setChanged] = useState<ViewedColumns | null>(null)
  useEffect(() => {
    void loadColumns(grid).then(setOwn)
  }, [grid])
  const viewed = view === null ? null : changed?.id === view.id ? changed.columns : view.columns
  const settings = viewed ?? own
  const arranged = useMemo(() => arrange(columns, settings.order), [columns, settings.order])
  const shown = useMemo(() => {
    const left = arranged.filter((column) => !settings.hidden.includes(column.key))
    // A view may hide all that the list still has.
    return left.length > 0 ? left : arranged
  }, [arranged, settings.hidden])
  const keepOwn = (next: ColumnSettings) => {
    setOwn(next)
    void saveColumns({
      grid,
      hidden: [...next.hidden],
      order: [...next.order],
      widths: { ...next.widths },
    })
  }
  const keep = (change: Partial<ColumnSettings>) => {
    const next = { ...settings, ...change }
    if (view === null) keepOwn(next)
    else setChanged({ id: view.id, columns: next })
  }
  return {
    arranged,
    shown,
    settings,
    widthOf: (column: Column) => settings.widths[column.key] ?? column.width,
    setWidth: (key: string, width: number) =>
      keep({ widths: { ...settings.widths, [key]: Math.max(NARROWEST, Math.round(width)) } }),
    /** At least one column stays. */
    toggle: (key: string) => {
      const hidden = settings.hidden.includes(key)
        ? settings.hidden.filter((k) => k !== key)
        : [...settings.hidden, key]
      if (columns.some((column) => !hidden.includes(column.key))) keep({ hidden })
    },
    move: (key: string, by: -1 | 1) => {
      const keys = arranged.map((column) => column.key)
      const from = keys.indexOf(key)
      const to = from + by
      if (from < 0 || to < 0 || to >= keys.length) return
      keys.splice(to, 0, ...keys.splice(from, 1))
      keep({ order: keys })
    },
    reset: () => keep(STANDARD),
    /** Whether they are no longer those of the view in force. */
    differ: view !== null && JSON.stringify(settings) !== JSON.stringify(view.columns),
    /** The view was saved as it is now, or left. */
    forget: () => setChanged(null),
    resetOwn: () => keepOwn(STANDARD),
  }
}
export type GridColumns = ReturnType<typeof useGridColumns>
