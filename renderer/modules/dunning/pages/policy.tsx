import { Spin, Tabs } from 'antd'
import { useNavigate } from '@tanstack/react-router'
import { LOCALES } from '#shared/i18n/locale.ts'
import { dunningPolicy, INTEREST_BASES } from '#shared/modules/dunning/dunning.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { EntityForm, FormGroup } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'

/** The ladder: from when, how often, until when, with which words. Saved as a new version. */
export function PolicyPage() {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const found = useEntry('dunning', 'policy', () => api.dunning.policy({}))
  const word = (key: string) => t(`dunning:policy.${key}`)
  const labelOf = (path: string) => {
    const [first = '', level, ...rest] = path.split('.')
    if (first !== 'levels') return word(first)
    const last = rest.at(-1) ?? ''
    return `${t('dunning:policy.level', { n: Number(level) + 1 })} ${word(last === 'title' ? 'titleField' : last)}`
  }
  return (
    <Page title={t('dunning:policy.title')}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data ? (
        <EntityForm
          key={found.data.version}
          form="dunning-policy"
          record="policy"
          schema={dunningPolicy}
          initial={found.data.policy}
          version={found.data.version}
          labelOf={labelOf}
          onCancel={() => void navigate({ to: '/dunning' as never })}
          save={async (policy, version) => {
            await api.dunning.savePolicy({ policy, version })
            notice.done(t('dunning:policy.saved'))
          }}
        >
          <FormGroup title={t('dunning:policy.title')}>
            <MoneyField name="minAmount" label={word('minAmount')} />
            <RateField name="dailyRate" label={word('dailyRate')} />
            <TextField name="rateSource" label={word('rateSource')} max={200} wide />
          </FormGroup>
          {found.data.policy.levels.map((_level, i) => (
            <fieldset className="form-group" key={i}>
              <legend>{t('dunning:policy.level', { n: i + 1 })}</legend>
              <div className="form-grid">
                <CountField name={`levels.${i}.minDays`} label={word('minDays')} required />
                <CountField name={`levels.${i}.gapDays`} label={word('gapDays')} required />
                <CountField name={`levels.${i}.deadlineDays`} label={word('deadlineDays')} required />
                <SelectField
                  name={`levels.${i}.interest`}
                  label={word('interest')}
                  required
                  options={INTEREST_BASES.map((value) => ({ value, label: word(`bases.${value}`) }))}
                />
              </div>
              <p className="muted">{word('hint')}</p>
              <Tabs
                size="small"
                items={LOCALES.map((locale) => ({
                  key: locale,
                  label: t(`common:languages.${locale.replace('-', '')}`),
                  forceRender: true,
                  children: (
                    <>
                      <TextField
                        name={`levels.${i}.wording.${locale}.title`}
                        label={word('titleField')}
                        max={40}
                        required
                      />
                      {(['opening', 'demand', 'closing'] as const).map((part) => (
                        <TextAreaField
                          key={part}
                          name={`levels.${i}.wording.${locale}.${part}`}
                          label={word(part)}
                          max={1000}
                          rows={2}
                        />
                      ))}
                    </>
                  ),
                }))}
              />
            </fieldset>
          ))}
        </EntityForm>
      ) : null}
    </Page>
  )
}
