import { Spin } from 'antd'
import { DEAL_FACTS, dealPolicy, OPEN_STAGES, type DealPolicy } from '#shared/modules/deals/deals.stages.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { RateField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** What each stage is worth in the forecast, and what must be known to enter it. */
export function StagesPage() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const found = useEntry('office', 'dealPolicyForm', () => api.deals.policy.read({}))
  const facts = DEAL_FACTS.map((value) => ({ value, label: t(`deals:fact.${value}`) }))
  const save = async (value: DealPolicy, version: number, { context }: SaveOptions) => {
    await api.deals.policy.save({ value, version }, { context })
    notice.done(t('common:saved'))
    go('/deals')
  }
  return (
    <Page title={t('deals:stages.title')} extra={<span className="muted">{t('deals:stages.hint')}</span>}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.data ? (
        <EntityForm
          key={found.data.version}
          form="dealStages"
          record="deals"
          schema={dealPolicy}
          initial={found.data.value}
          version={found.data.version}
          save={save}
          labelOf={(path) => t(`deals:stage.${path.split('.')[0] ?? 'open'}`)}
          onCancel={() => go('/deals')}
        >
          {OPEN_STAGES.map((stage) => (
            <FormGroup key={stage} title={t(`deals:stage.${stage}`)}>
              <RateField name={`${stage}.probability`} label={t('deals:fields.probability')} required />
              {stage === 'open' ? null : (
                <SelectField
                  name={`${stage}.facts`}
                  label={t('deals:stages.facts')}
                  options={facts}
                  multiple
                  allowClear
                  wide
                />
              )}
            </FormGroup>
          ))}
        </EntityForm>
      ) : (
        <Spin className="grid-spin" />
      )}
    </Page>
  )
}
