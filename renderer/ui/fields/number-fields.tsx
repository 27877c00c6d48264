import { Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Locale } from '#shared/i18n/locale.ts'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { useField } from '../form-state.ts'
import { useLocale } from '../i18n.ts'
import { FieldFrame, type FieldProps } from './field-frame.tsx'

const GARBAGE = Number.NaN

/**
 * A number that is typed as text and read when the field is left, so that an IME is never disturbed. What cannot be
 * read stays as typed; the value is then not a number, which the schema refuses beside the field.
 */
function useTypedNumber(name: string, parse: (text: string) => number | null, format: (value: number) => string) {
  const field = useField<number | null | undefined>(name)
  const shown =
    field.value === null || field.value === undefined || Number.isNaN(field.value) ? '' : format(field.value)
  const [text, setText] = useState(shown)
  const [focused, setFocused] = useState(false)
  useEffect(() => {
    if (!focused && !Number.isNaN(field.value ?? 0)) setText(shown)
  }, [shown, focused, field.value])
  return {
    field,
    text,
    props: {
      value: text,
      inputMode: 'decimal' as const,
      onFocus: () => setFocused(true),
      onChange: (event: { target: { value: string } }) => {
        setText(event.target.value)
        const value = parse(event.target.value)
        field.set(event.target.value.trim() === '' ? null : (value ?? GARBAGE))
      },
      onBlur: () => {
        setFocused(false)
        const value = parse(text)
        if (value !== null) setText(format(value))
      },
    },
  }
}

/** An amount: typed in yuan in any common way, held in fen; capitals underneath where it goes into a document. */
export function MoneyField(props: FieldProps & { capitals?: boolean; readOnly?: boolean }) {
  const locale = useLocale()
  const typed = useTypedNumber(props.name, parseYuan, formatYuan)
  const { field } = typed
  const capitals =
    props.capitals && typeof field.value === 'number' && !Number.isNaN(field.value) && (locale as Locale) !== 'en'
      ? rmbCapitals(field.value, locale === 'zh-TW' ? 'zh-TW' : 'zh-CN')
      : undefined
  const hint = capitals ?? props.hint
  return (
    <FieldFrame field={{ ...props, ...(hint === undefined ? {} : { hint }) }} error={field.error}>
      {(ids) => (
        <Input
          {...ids}
          {...typed.props}
          prefix="¥"
          className="money"
          disabled={field.disabled}
          readOnly={props.readOnly ?? false}
          {...(field.error ? { status: 'error' as const } : {})}
        />
      )}
    </FieldFrame>
  )
}

/** A whole number as typed, full-width digits too; null where it is none. */
export const parseCount = (text: string): number | null => {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  return /^-?\d{1,15}$/.test(plain) ? Number(plain) : null
}

/** A whole number. */
export function CountField(props: FieldProps & { suffix?: string }) {
  const typed = useTypedNumber(props.name, parseCount, String)
  return (
    <FieldFrame field={props} error={typed.field.error}>
      {(ids) => (
        <Input {...ids} {...typed.props} suffix={props.suffix} className="money" disabled={typed.field.disabled} />
      )}
    </FieldFrame>
  )
}

/** A number that is read and written in a way of its own. */
export function NumberField(
  props: FieldProps & {
    parse: (text: string) => number | null
    format: (value: number) => string
    suffix?: string
  },
) {
  const typed = useTypedNumber(props.name, props.parse, props.format)
  return (
    <FieldFrame field={props} error={typed.field.error}>
      {(ids) => (
        <Input {...ids} {...typed.props} suffix={props.suffix} className="money" disabled={typed.field.disabled} />
      )}
    </FieldFrame>
  )
}

/** Reads a percentage as basis points: `13`, `13%`, `12.5 ％`. */
export function parseRate(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[\s%]/g, '').replace('。', '.')
  return /^-?\d{1,6}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null
}

/** A rate: typed in percent, held in basis points. */
export function RateField(props: FieldProps) {
  const typed = useTypedNumber(props.name, parseRate, (bp) => String(bp / 100))
  return (
    <FieldFrame field={props} error={typed.field.error}>
      {(ids) => <Input {...ids} {...typed.props} suffix="%" className="money" disabled={typed.field.disabled} />}
    </FieldFrame>
  )
}
