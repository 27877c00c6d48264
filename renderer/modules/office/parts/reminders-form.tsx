import { Input } from 'antd'
import { useState } from 'react'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { SettingForm } from './setting-form.tsx'

/** How many days before or after people are told of something in a contract. */
export function RemindersForm() {
  const t = useT()
  const word = (key: string) => t(`office:contractReminders.${key}`)
  return (
    <SettingForm setting="contractReminders">
      {() => (
        <>
          <p className="muted">{word('hint')}</p>
          <div className="form-grid">
            <DaysField name="value.expiryDays" label={word('expiryDays')} />
            <CountField name="value.noticeDays" label={word('noticeDays')} required />
            <CountField name="value.unsignedDays" label={word('unsignedDays')} required />
            <CountField name="value.scanDays" label={word('scanDays')} required />
            <CountField name="value.dueDays" label={word('dueDays')} required />
          </div>
        </>
      )}
    </SettingForm>
  )
}

const NO_DAY = 0

/** Several numbers in one field, with commas between them; what is no number is said beside the field. */
function DaysField(props: { name: string; label: string }) {
  const field = useField<number[] | null>(props.name)
  const [typed, setTyped] = useState<string | null>(null)
  const leave = () => {
    if (typed === null) return
    const parts = typed.normalize('NFKC').split(/[,;\s\u3001]+/)
    const days = parts.flatMap((part) => (part === '' ? [] : [/^\d{1,4}$/.test(part) ? Number(part) : NO_DAY]))
    field.set(days)
    // What cannot be read stays as it was typed.
    if (!days.includes(NO_DAY)) setTyped(null)
  }
  const shown = (field.value ?? []).join(', ')
  return (
    <FieldFrame field={{ ...props, required: true }} error={field.error}>
      {(ids) => (
        <Input
          {...ids}
          value={typed ?? shown}
          maxLength={40}
          disabled={field.disabled}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
        />
      )}
    </FieldFrame>
  )
}
