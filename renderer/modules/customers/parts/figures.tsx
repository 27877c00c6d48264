import type { ReactNode } from 'react'
import './figures.css'

/** A line of figures with their names; `late` marks one that needs attention. */
export function Figures(props: {
  items: readonly { readonly label: string; readonly value: ReactNode; readonly late?: boolean }[]
}) {
  return (
    <dl className="figures">
      {props.items.map((item) => (
        <div key={item.label} className={item.late ? 'late' : undefined}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
