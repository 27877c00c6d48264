import { normaliseCode } from '#shared/kernel/text.ts'
import { PhoneField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { SettingForm } from './setting-form.tsx'

/** Our own firm as it stands on contracts and letters. */
export function FirmForm() {
  const t = useT()
  const word = (key: string) => t(`office:firm.${key}`)
  return (
    <SettingForm setting="firm">
      {() => (
        <div className="form-grid">
          <TextField name="value.name" label={word('name')} max={80} required />
          <TextField name="value.uscc" label={word('uscc')} max={40} normalise={normaliseCode} />
          <TextField name="value.legalRepresentative" label={word('legalRepresentative')} max={40} />
          <PhoneField name="value.phone" label={word('phone')} />
          <TextField name="value.address" label={word('address')} max={120} wide />
          <TextField name="value.bankName" label={word('bankName')} max={80} />
          <TextField name="value.bankAccount" label={word('bankAccount')} max={40} normalise={normaliseCode} />
          <TextField name="value.sealName" label={word('sealName')} hint={word('sealHint')} max={80} />
        </div>
      )}
    </SettingForm>
  )
}
