import { INDICATORS } from '#shared/modules/office/office.schema.ts'
import { CATALOGUE } from '#shared/modules/performance/performance.indicators.schema.ts'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { SettingForm } from './setting-form.tsx'

/** What a salesperson is measured by where no target of their own was set; weights sum to 100 %. */
export function TargetsForm() {
  const t = useT()
  return (
    <SettingForm setting="indicatorTargets">
      {() =>
        INDICATORS.map((key) => {
          const { unit } = CATALOGUE[key]
          const Target = unit === 'fen' ? MoneyField : unit === 'rate' ? RateField : CountField
          return (
            <FormGroup key={key} title={t(`performance:indicators.${key}`)}>
              <Target name={`value.${key}.target`} label={t('office:targets.target')} required />
              <RateField name={`value.${key}.weight`} label={t('office:targets.weight')} required />
            </FormGroup>
          )
        })
      }
    </SettingForm>
  )
}
