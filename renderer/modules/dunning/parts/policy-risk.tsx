import type { DunningPolicy } from '#shared/modules/dunning/dunning.policy.schema.ts'
import { RateField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

/** By which share of what is owed the work list is ranked: by age, and more as the limitation comes nearer. */
export function RiskGroup({ risk }: { risk: DunningPolicy['risk'] }) {
  const t = useT()
  return (
    <fieldset className="form-group">
      <legend>{t('dunning:policy.risk')}</legend>
      <p className="muted">{t('dunning:policy.riskHint')}</p>
      <div className="form-grid">
        {risk.byAge.map(({ fromDays }, at) => (
          <RateField
            key={fromDays}
            name={`policy.risk.byAge.${at}.share`}
            label={t('dunning:policy.byAge', { days: fromDays })}
          />
        ))}
        {risk.byLimitation.map(({ withinDays }, at) => (
          <RateField
            key={withinDays}
            name={`policy.risk.byLimitation.${at}.share`}
            label={t('dunning:policy.byLimitation', { days: withinDays })}
          />
        ))}
      </div>
    </fieldset>
  )
}
