import { Spin } from 'antd'
import { z } from 'zod'
import { GRADES, KINDS } from '#shared/modules/customers/customers.schema.ts'
import { poolPolicy, type PoolPolicy } from '#shared/modules/pool/pool.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

const form = z.strictObject({ value: poolPolicy })
const FIELDS = ['noticeDays', 'protectDays', 'coolDays', 'holdLimit', 'dayLimit'] as const

/** When customers fall into the pool, and who may take them. */
export function PoolRulesPage() {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const found = useEntry('office', 'pool', () => api.pool.policy.read({}))
  const label = (path: string) => {
    const name = path.split('.').at(-1) ?? ''
    return /^[A-D]$/.test(name) ? t('pool:policy.grade', { grade: name }) : t(`pool:policy.${name}`)
  }
  const save = async ({ value }: { value: PoolPolicy }, version: number, { context }: SaveOptions) => {
    await api.pool.policy.save({ value, version }, { context })
    notice.done(t('pool:policy.saved'))
    go('/customers/pool')
  }
  return (
    <Page title={t('pool:policy.title')}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.data ? (
        <EntityForm
          key={found.data.version}
          form="pool-rules"
          record="pool"
          schema={form}
          initial={{ value: found.data.value }}
          version={found.data.version}
          labelOf={label}
          onCancel={() => go('/customers/pool')}
          save={save}
        >
          <p className="muted">{t('pool:policy.never')}</p>
          <FormGroup title={t('pool:policy.idle')}>
            {GRADES.map((grade) => (
              <CountField key={grade} name={`value.idleDays.${grade}`} label={label(grade)} required />
            ))}
          </FormGroup>
          <FormGroup title={t('pool:policy.exempt')}>
            <SelectField
              name="value.exemptKinds"
              label={label('exemptKinds')}
              multiple
              options={KINDS.map((value) => ({ value, label: t(`customers:kind.${value}`) }))}
            />
          </FormGroup>
          <FormGroup title={t('pool:policy.taking')}>
            {FIELDS.map((name) => (
              <CountField key={name} name={`value.${name}`} label={label(name)} required />
            ))}
          </FormGroup>
        </EntityForm>
      ) : (
        <Spin className="grid-spin" />
      )}
    </Page>
  )
}
