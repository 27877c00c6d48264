import type { ReactNode } from 'react'

/** Marks a field's place, so that a finding of the check can go there. */
export function Slot(props: { path: string; children: ReactNode }) {
  return (
    <div className="field-slot" data-path={props.path}>
      {props.children}
    </div>
  )
}
