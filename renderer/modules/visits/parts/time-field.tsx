import { Input } from 'antd'
import { useState } from 'react'
import { clockOf, minuteOf } from '#shared/modules/visits/visits.rules.ts'
import { FieldFrame, type FieldProps } from '#renderer/ui/fields/field-frame.tsx'
import { useField } from '#renderer/ui/form-state.ts'

/** A time of the day, typed as `9:30`, `0930` or `9`; kept as minutes since midnight, empty for none. */
export function TimeField(props: FieldProps & { example?: string }) {
  const field = useField<number | null | undefined>(props.name)
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (field.value === null || field.value === undefined ? '' : clockOf(field.value))
  const leave = () => {
    if (typed === null) return
    const minute = minuteOf(typed)
    // What is no time stays to be put right, and the form says so.
    field.set(typed.trim() === '' ? null : (minute ?? -1))
    if (minute !== null || typed.trim() === '') setTyped(null)
  }
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <Input
          {...ids}
          className="clock"
          value={shown}
          maxLength={5}
          placeholder={props.example ?? '09:30'}
          inputMode="numeric"
          disabled={field.disabled}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
          onPressEnter={leave}
        />
      )}
    </FieldFrame>
  )
}
