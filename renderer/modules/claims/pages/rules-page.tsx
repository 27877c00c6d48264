import { Spin } from 'antd'
import { z } from 'zod'
import { claimsPolicy, type ClaimsPolicy } from '#shared/modules/claims/claims.schema.ts'
import { useClaimsPolicy } from '#renderer/modules/claims/claims.queries.ts'
import { RatesPanel } from '#renderer/modules/claims/parts/rates-panel.tsx'
import { CountingFields } from '#renderer/modules/claims/parts/terms-drawer.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { EntityForm, FormGroup } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { RateField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import '../claims.css'

/** In whatever order the months were picked, the farthest is the first. */
const schema = z.preprocess((value) => {
  const policy = value as ClaimsPolicy
  return { ...policy, alarms: policy.alarms.toSorted((a, b) => b - a) }
}, claimsPolicy)
const MONTHS = [24, 18, 12, 9, 6, 3, 2, 1] as const

/** By what interest and limitation are counted where nobody chose for a contract, and the table of published rates. */
export function ClaimsRulesPage() {
  const t = useT()
  const may = useCan('claims.policy')
  return (
    <Page title={t('claims:rules.title')}>
      {may ? <PolicyForm /> : null}
      <RatesPanel />
    </Page>
  )
}

function PolicyForm() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const found = useClaimsPolicy()
  if (found.shownError) return <ErrorNotice error={found.shownError} />
  if (!found.data) return <Spin className="grid-spin" />
  return (
    <EntityForm
      key={found.data.version}
      form="claims-policy"
      record="claims"
      schema={schema as z.ZodType<ClaimsPolicy>}
      initial={{ ...found.data.value }}
      version={found.data.version}
      labelOf={(path) => t(`claims:rules.fields.${path.split('.')[0] ?? ''}`)}
      onCancel={() => go('/limitation')}
      save={async (value, version) => {
        await api.claims.policy.save({ value, version })
        notice.done(t('claims:rules.saved'))
      }}
    >
      <FormGroup title={t('claims:rules.policy')}>
        <CountingFields />
        <RateField name="surcharge" label={t('claims:rules.fields.surcharge')} required />
        <SelectField
          name="alarms"
          label={t('claims:rules.fields.alarms')}
          multiple
          options={MONTHS.map((value) => ({ value, label: t('claims:rules.months', { months: value }) }))}
        />
      </FormGroup>
      <p className="muted">{t('claims:rules.hint')}</p>
    </EntityForm>
  )
}
