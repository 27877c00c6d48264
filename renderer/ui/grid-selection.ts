import { useCallback, useMemo, useRef, useState } from 'react'

/** Which of the loaded rows are chosen. A row that leaves the list leaves the choice. */
export function useSelection<Row>(rows: readonly Row[], rowKey: (row: Row) => string, on: boolean) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const keyOf = useRef(rowKey)
  keyOf.current = rowKey
  const chosen = useMemo(
    () => (on && keys.size > 0 ? rows.filter((row) => keys.has(keyOf.current(row))) : []),
    [on, rows, keys],
  )
  const toggle = useCallback((row: Row) => {
    setKeys((old) => {
      const next = new Set(old)
      const key = keyOf.current(row)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  return {
    chosen,
    toggle,
    has: (row: Row) => keys.has(rowKey(row)),
    state:
      chosen.length === 0 ? ('none' as const) : chosen.length === rows.length ? ('all' as const) : ('some' as const),
    setAll: (all: boolean) => setKeys(new Set(all ? rows.map(rowKey) : [])),
    /** Adds the rows from one place to another, both included. */
    extend: (from: number, to: number) => {
      const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1)
      setKeys((old) => new Set([...old, ...range.map(rowKey)]))
    },
  }
}
