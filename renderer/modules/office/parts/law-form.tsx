import '#renderer/modules/office/office.css'
import { LAW_KEYS, LAW_UNITS, type LawKey } from '#shared/modules/contracts/contracts.law.schema.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { RowList } from './row-list.tsx'
import { SettingForm } from './setting-form.tsx'

/** The legal numbers of the contract check, each with its first day and its source. */
export function LawForm() {
  const t = useT()
  const word = (key: string) => t(`office:contractLaw.${key}`)
  return (
    <SettingForm setting="contractLaw">
      {() => (
        <>
          <p className="muted">{word('intro')}</p>
          <RowList
            name="value"
            addLabel={word('add')}
            removeLabel={word('remove')}
            empty={{ key: 'lpr1y', from: '', value: 300, source: '' }}
            row={(path) => <LawFields path={path} />}
          />
        </>
      )}
    </SettingForm>
  )
}

function LawFields({ path }: { path: string }) {
  const t = useT()
  const word = (key: string) => t(`office:contractLaw.${key}`)
  const key = useField<LawKey>(`${path}.key`).value
  const options = LAW_KEYS.map((value) => ({ value, label: word(`keys.${value}`) }))
  const Value = LAW_UNITS[key] === 'rate' ? RateField : CountField
  return (
    <>
      <SelectField name={`${path}.key`} label={word('key')} options={options} />
      <Value name={`${path}.value`} label={word('value')} required />
      <DayField name={`${path}.from`} label={word('from')} required />
      <TextField name={`${path}.source`} label={word('source')} max={160} required />
    </>
  )
}
