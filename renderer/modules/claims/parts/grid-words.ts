import type { ReactNode } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import type { GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import type { Translate } from '#shared/i18n/translate.ts'

/** Makes the columns of a list of claims; `sort` is the key by which the core sorts it. */
export function columnMaker<Row>(t: Translate, showAmount: (fen: number) => ReactNode) {
  const text = (
    key: string,
    width: number,
    of: (row: Row) => string,
    more: Partial<GridColumn<Row>> = {},
  ): GridColumn<Row> => ({ key, title: t(`claims:columns.${key}`), width, render: of, text: of, ...more })
  const amount = (key: string, width: number, of: (row: Row) => number | null, sort?: string): GridColumn<Row> => ({
    key,
    title: t(`claims:columns.${key}`),
    width,
    align: 'right',
    ...(sort === undefined ? {} : { sort }),
    render: (row) => {
      const fen = of(row)
      return fen === null ? '' : showAmount(fen)
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
