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

/** Which columns of a list are shown on this seat, in which order and how wide; kept until reset. */
export function useGridColumns<C extends Column>(grid: string, columns: readonly C[]) {
  const [settings, setSettings] = useState<ColumnSettings>(STANDARD)
  useEffect(() => {
    void loadColumns(grid).then(setSettings)
  }, [grid])
  const arranged = useMemo(() => arrange(columns, settings.order), [columns, settings.order])
  const shown = useMemo(
    () => arranged.filter((column) => !settings.hidden.includes(column.key)),
    [arranged, settings.hidden],
  )
  const keep = (change: Partial<ColumnSettings>) => {
    const next = { ...settings, ...change }
    setSettings(next)
    void saveColumns({
      grid,
      hidden: [...next.hidden],
      order: [...next.order],
      widths: { ...next.widths },
    })
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
  }
}
export type GridColumns = ReturnType<typeof useGridColumns>
