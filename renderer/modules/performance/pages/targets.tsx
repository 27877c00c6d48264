import { useNavigate } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shiftMonth } from '#shared/kernel/dates.ts'
import { INDICATORS } from '#shared/modules/office/office.schema.ts'
import { INDICATOR_UNITS, targetRow, type TargetRow } from '#shared/modules/performance/performance.schema.ts'
import { MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { EntityForm } from '#renderer/ui/entity-form.tsx'
import { CountField, MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'

const schema = z.strictObject({ rows: z.array(targetRow).min(1) })

/** Targets and weights of a month, person by person; what was never set shows the firm's defaults. */
export function TargetsPage() {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const { month, go } = useMonth()
  const [copied, setCopied] = useState<readonly TargetRow[] | null>(null)
  const found = useList('performance', ['targets', month], () => api.performance.targets({ month }))
  const people = found.data ?? []
  const copyLast = async () => {
    try {
      const last = await api.performance.targets({ month: shiftMonth(month, -1) })
      setCopied(last.map((person) => person.row))
    } catch (error) {
      notice.fail(error)
    }
  }
  const rows = people.map((person) => copied?.find((row) => row.userId === person.userId) ?? person.row)
  return (
    <Page
      title={t('performance:targetsTitle')}
      filters={
        <>
          <MonthPicker
            month={month}
            onMonth={(next) => {
              setCopied(null)
              go(next)
            }}
          />
          <span className="spacer" />
          <Button onClick={() => void copyLast()}>{t('performance:copyLast')}</Button>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data && people.length === 0 ? <EmptyState text={t('performance:empty')} /> : null}
      {people.length > 0 ? (
        <EntityForm
          key={`${month}:${copied === null ? 'own' : 'copied'}`}
          form="targets"
          record={month}
          schema={schema}
          initial={{ rows }}
          version={0}
          labelOf={(path) => path}
          saveLabel={t('performance:saveTargets')}
          onCancel={() => void navigate({ to: '/performance' as never, search: { month } as never })}
          save={async (output) => {
            await api.performance.saveTargets({ month, rows: output.rows })
            notice.done(t('common:saved'))
            void navigate({ to: '/performance' as never, search: { month } as never })
          }}
        >
          {people.map((person, i) => (
            <Panel
              key={person.userId}
              title={person.userName}
              extra={
                <span className="muted">{t(person.own ? 'performance:ownTargets' : 'performance:defaultTargets')}</span>
              }
            >
              <div className="form-grid">
                {INDICATORS.map((key) => {
                  const name = `rows.${i}.${key}`
                  const label = t(`performance:indicators.${key}`)
                  const unit = INDICATOR_UNITS[key]
                  const Target = unit === 'fen' ? MoneyField : unit === 'rate' ? RateField : CountField
                  return (
                    <div key={key} className="target-pair">
                      <Target name={`${name}.target`} label={`${label} ${t('performance:columns.target')}`} />
                      <RateField name={`${name}.weight`} label={t('performance:columns.weight')} />
                    </div>
                  )
                })}
              </div>
            </Panel>
          ))}
        </EntityForm>
      ) : null}
    </Page>
  )
}
