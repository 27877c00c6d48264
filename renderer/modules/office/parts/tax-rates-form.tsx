import '#renderer/modules/office/office.css'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { RowList } from './row-list.tsx'
import { SettingForm } from './setting-form.tsx'

/** VAT rates with the days they hold and their source. */
export function TaxRatesForm() {
  const t = useT()
  const word = (key: string) => t(`office:taxRates.${key}`)
  return (
    <SettingForm setting="taxRates">
      {() => (
        <RowList
          name="value"
          addLabel={word('add')}
          removeLabel={word('remove')}
          empty={{ rate: 1300, label: '', from: '', to: null, source: '' }}
          row={(path) => (
            <>
              <RateField name={`${path}.rate`} label={word('rate')} required />
              <TextField name={`${path}.label`} label={word('label')} max={60} required />
              <DayField name={`${path}.from`} label={word('from')} required />
              <DayField name={`${path}.to`} label={word('to')} />
              <TextField name={`${path}.source`} label={word('source')} max={120} required />
            </>
          )}
        />
      )}
    </SettingForm>
  )
}
