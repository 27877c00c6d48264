import { Button } from 'antd'
import type { ReactNode } from 'react'
import { RemoveRow } from '#renderer/ui/fields/remove-row.tsx'
import { useField } from '#renderer/ui/form-state.ts'

/** Rows of a list setting: each with its fields and a way to take it out, and a way to add one. */
export function RowList<Row>(props: {
  name: string
  addLabel: string
  removeLabel: string
  empty: Row
  row: (path: string) => ReactNode
}) {
  const list = useField<Row[] | undefined>(props.name)
  const rows = list.value ?? []
  return (
    <>
      {rows.map((_row, i) => (
        <div className="row-fields" key={`${rows.length}-${i}`}>
          {props.row(`${props.name}.${i}`)}
          <RemoveRow list={props.name} at={i} label={`${props.removeLabel} ${i + 1}`} />
        </div>
      ))}
      <Button onClick={() => list.set([...rows, props.empty])}>{props.addLabel}</Button>
      {list.error ? <p className="field-note error">{list.error}</p> : null}
    </>
  )
}
