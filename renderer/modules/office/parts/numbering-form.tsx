import { NUMBERED } from '#shared/modules/office/office.schema.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { CheckField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { SettingForm } from './setting-form.tsx'

/** Prefix, year and digits of each kind of number. */
export function NumberingForm() {
  const t = useT()
  const word = (key: string) => t(`office:numbering.${key}`)
  return (
    <SettingForm setting="numbering">
      {() => (
        <>
          <p className="muted">{word('hint')}</p>
          {NUMBERED.map((kind) => (
            <FormGroup key={kind} title={word(`kinds.${kind}`)}>
              <TextField
                name={`value.${kind}.prefix`}
                label={word('prefix')}
                max={10}
                normalise={normaliseCode}
                required
              />
              <CountField name={`value.${kind}.digits`} label={word('digits')} required />
              <CheckField name={`value.${kind}.yearly`} label={word('yearly')} />
            </FormGroup>
          ))}
        </>
      )}
    </SettingForm>
  )
}
