import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'

/**
 * An amount in a table that belongs to no field of the form: typed in yuan, told in fen, null where it is empty, NaN
 * where it is none. `note` is what is wrong with it.
 */
export function AmountCell(props: {
  label: string
  value: number | null
  note?: string | undefined
  disabled?: boolean
  onChange: (fen: number | null) => void
}) {
  const { note } = props
  const known = props.value !== null && !Number.isNaN(props.value)
  const shown = known ? formatYuan(props.value ?? 0) : ''
  const [text, setText] = useState(shown)
  const [focused, setFocused] = useState(false)
  useEffect(() => {
    if (!focused && !Number.isNaN(props.value ?? 0)) setText(shown)
  }, [shown, focused, props.value])
  const wrong = note !== undefined
  return (
    <Input
      size="small"
      className="allocation-cell"
      inputMode="decimal"
      value={text}
      disabled={props.disabled ?? false}
      aria-label={wrong ? `${props.label}: ${note}` : props.label}
      aria-invalid={wrong}
      title={note}
      {...(wrong ? { status: 'error' as const } : {})}
      onFocus={(event) => {
        setFocused(true)
        event.target.select()
      }}
      onChange={(event) => {
        setText(event.target.value)
        props.onChange(event.target.value.trim() === '' ? null : (parseYuan(event.target.value) ?? Number.NaN))
      }}
      onBlur={() => {
        setFocused(false)
        const fen = parseYuan(text)
        if (fen !== null) setText(formatYuan(fen))
      }}
    />
  )
}
