import { Spin } from 'antd'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { dunningPolicy, type DunningLevel, type PolicyView } from '#shared/modules/dunning/dunning.policy.schema.ts'
import '#renderer/modules/dunning/dunning.css'
import { LevelGroup } from '#renderer/modules/dunning/parts/policy-level.tsx'
import { RiskGroup } from '#renderer/modules/dunning/parts/policy-risk.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { EntityForm, FormGroup } from '#renderer/ui/entity-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField, MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const formSchema = z.strictObject({ policy: dunningPolicy, validFrom: plainDay })

/** The ladder: from when, by which way, how often, until when, with which words. Saved as a new edition. */
export function PolicyPage() {
  const t = useT()
  const found = useEntry('dunning', 'policy', () => api.dunning.policy({}))
  return (
    <Page title={t('dunning:policy.title')} extra={found.data ? <Edition view={found.data} /> : null}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data ? <PolicyForm key={found.data.version} view={found.data} /> : null}
    </Page>
  )
}

function Edition({ view }: { view: PolicyView }) {
  const t = useT()
  const words =
    view.version === 0
      ? t('dunning:policy.shipped')
      : t('dunning:policy.edition', { version: view.version, day: view.validFrom })
  return <span className="muted">{words}</span>
}

function PolicyForm({ view }: { view: PolicyView }) {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const word = (key: string) => t(`dunning:policy.${key}`)
  const labelOf = useLabels()
  const today = firmToday()
  const initial = useMemo(
    () => ({ policy: view.policy, validFrom: view.validFrom > today ? view.validFrom : today }),
    [view, today],
  )
  return (
    <EntityForm
      form="dunning-policy"
      record="policy"
      schema={formSchema}
      initial={initial}
      version={view.version}
      labelOf={labelOf}
      onCancel={() => void navigate({ to: '/dunning' as never })}
      save={async (output, version) => {
        await api.dunning.savePolicy({ ...output, version })
        notice.done(t('dunning:policy.saved'))
      }}
    >
      <FormGroup title={word('common')}>
        <DayField name="validFrom" label={word('validFrom')} required />
        <MoneyField name="policy.minAmount" label={word('minAmount')} />
        <CountField name="policy.trustDays.good" label={word('good')} required />
        <CountField name="policy.trustDays.bad" label={word('bad')} hint={word('badHint')} required />
        <CountField name="policy.transitDays" label={word('transitDays')} required />
      </FormGroup>
      <Levels />
      <RiskGroup risk={view.policy.risk} />
    </EntityForm>
  )
}

/** The levels as they are being written: more of them, fewer, in another order. */
function Levels() {
  const { value: levels, set } = useField<DunningLevel[]>('policy.levels')
  return levels.map((level, at) => <LevelGroup key={level.key} level={level} at={at} levels={levels} onLevels={set} />)
}

/** Where in the policy a field stands, for the list of what is wrong. */
function useLabels(): (path: string) => string {
  const t = useT()
  return (path) => {
    const [first = '', second = '', third = '', ...rest] = path.split('.')
    const last = rest.at(-1) ?? third
    const word = (key: string) => t(`dunning:policy.${key === 'title' ? 'titleField' : key}`)
    if (first !== 'policy') return word(first)
    if (second === 'levels') return `${t('dunning:levelName', { level: Number(third) + 1 })} ${word(last)}`
    if (second === 'trustDays') return word(third)
    return word(second)
  }
}
