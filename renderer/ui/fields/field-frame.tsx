import { useId, type ReactNode } from 'react'

export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly required?: boolean
  readonly hint?: string
  readonly wide?: boolean
}

/** Label above, the control, and beneath it the error or the hint; tied together for screen readers. */
export function FieldFrame(props: {
  field: FieldProps
  error: string | undefined
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode
}) {
  const id = useId()
  const noteId = `${id}-note`
  const note = props.error ?? props.field.hint
  return (
    <div className={props.field.wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>
        {props.field.label}
        {props.field.required ? (
          <span className="required" aria-hidden>
            *
          </span>
        ) : null}
      </label>
      {props.children({
        id,
        'aria-describedby': note === undefined ? undefined : noteId,
        'aria-invalid': props.error !== undefined,
      })}
      {note === undefined ? null : (
        <div id={noteId} className={props.error === undefined ? 'field-note' : 'field-note error'}>
          {note}
        </div>
      )}
    </div>
  )
}
