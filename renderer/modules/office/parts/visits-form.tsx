import { Input } from 'antd'
import { useState } from 'react'
import { PURPOSES, type Purpose } from '#shared/modules/visits/visits.rules.ts'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { SettingForm } from './setting-form.tsx'

/** Within how many working days a visit is to be reported, and what is prepared for which purpose. */
export function VisitsForm() {
  const t = useT()
  return (
    <SettingForm setting="visits">
      {() => (
        <>
          <p className="muted">{t('office:visits.hint')}</p>
          <div className="form-grid">
            <CountField name="value.reportDays" label={t('office:visits.reportDays')} required />
          </div>
          <div className="form-grid">
            {PURPOSES.map((purpose) => (
              <ListField key={purpose} purpose={purpose} />
            ))}
          </div>
        </>
      )}
    </SettingForm>
  )
}

/** A list as lines; the program's own list stands there as long as the firm has none. */
function ListField({ purpose }: { purpose: Purpose }) {
  const t = useT()
  const field = useField<string[] | null>(`value.checklists.${purpose}`)
  const proposed = t(`visits:proposed.${purpose}`)
  const [typed, setTyped] = useState<string | null>(null)
  const leave = () => {
    if (typed === null) return
    const lines = typed.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
    field.set(lines.length === 0 || lines.join('\n') === proposed ? null : lines)
    setTyped(null)
  }
  const label = t('office:visits.checklists', { purpose: t(`visits:purpose.${purpose}`) })
  return (
    <FieldFrame field={{ name: purpose, label }} error={field.error}>
      {(ids) => (
        <Input.TextArea
          {...ids}
          rows={5}
          maxLength={2000}
          value={typed ?? field.value?.join('\n') ?? proposed}
          disabled={field.disabled}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
        />
      )}
    </FieldFrame>
  )
}
