import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { SettingForm } from './setting-form.tsx'

/** After how many days without contact a customer of each grade is to be called back. */
export function CallBacksForm() {
  const t = useT()
  return (
    <SettingForm setting="callBacks">
      {() => (
        <>
          <p className="muted">{t('office:callBacks.hint')}</p>
          <div className="form-grid">
            {GRADES.map((grade) => (
              <CountField key={grade} name={`value.${grade}`} label={t(`office:callBacks.${grade}`)} required />
            ))}
          </div>
        </>
      )}
    </SettingForm>
  )
}
