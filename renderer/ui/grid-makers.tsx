import { formatYuan } from '#shared/kernel/money.ts'
import type { GridColumn } from './data-grid.tsx'
import type { GridFilter } from './grid-toolbar.tsx'
import { Amount } from './parts.tsx'

/** Makes the columns of a list whose titles `head` gives by their keys; `sort` is the key by which the core sorts. */
export function columnMaker<Row>(head: (key: string) => string) {
  const text = (
    key: string,
    width: number,
    of: (row: Row) => string,
    more: Partial<GridColumn<Row>> = {},
  ): GridColumn<Row> => ({ key, title: head(key), width, render: of, text: of, ...more })
  /** In fen; null stays empty. */
  const amount = (key: string, width: number, of: (row: Row) => number | null, sort?: string): GridColumn<Row> => ({
    key,
    title: head(key),
    width,
    align: 'right',
    ...(sort === undefined ? {} : { sort }),
    render: (row) => {
      const fen = of(row)
      return fen === null ? '' : <Amount fen={fen} />
    },
    text: (row) => {
      const fen = of(row)
      return fen === null ? '' : formatYuan(fen)
    },
  })
  return { text, amount }
}

/** A filter by one of some words. */
export const choiceFilter = (
  name: string,
  label: string,
  values: readonly string[],
  word: (value: string) => string,
): GridFilter => ({
  kind: 'select',
  name,
  label,
  options: values.map((value) => ({ value, label: word(value) })),
})
