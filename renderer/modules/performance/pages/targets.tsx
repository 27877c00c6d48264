import { useNavigate } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { Fragment, useState } from 'react'
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
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'

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
  const labelOf = (path: string) => {
    const [, row, key, part] = path.split('.')
    const words = [people[Number(row)]?.userName, key && t(`performance:indicators.${key}`)]
    return [...words, part && t(`performance:columns.${part}`)].filter(Boolean).join(' ') || path
  }
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
          labelOf={labelOf}
          saveLabel={t('performance:saveTargets')}
          onCancel={() => void navigate({ to: '/performance' as never, search: { month } as never })}
          save={async (output) => {
            await api.performance.saveTargets({ month, rows: output.rows })
            notice.done(t('common:saved'))
            void navigate({ to: '/performance' as never, search: { month } as never })
          }}
        >
          <div className="targets-scroll" tabIndex={0} role="group" aria-label={t('performance:targetsTitle')}>
            <TargetTable people={people} />
          </div>
        </EntityForm>
      ) : null}
    </Page>
  )
}

type Person = Awaited<ReturnType<typeof api.performance.targets>>[number]

/** A line for each person, for each indicator its target and its weight; the fields' own labels are read out only. */
function TargetTable({ people }: { people: readonly Person[] }) {
  const t = useT()
  const [target, weight] = [t('performance:columns.target'), t('performance:columns.weight')]
  return (
    <table className="plain-table targets">
      <colgroup>
        <col style={{ width: 100 }} />
        {INDICATORS.map((key) => (
          <Fragment key={key}>
            <col style={{ width: INDICATOR_UNITS[key] === 'fen' ? 132 : 76 }} />
            <col style={{ width: 72 }} />
          </Fragment>
        ))}
      </colgroup>
      <thead>
        <tr>
          <th rowSpan={2} scope="col">
            {t('performance:columns.person')}
          </th>
          {INDICATORS.map((key) => (
            <th key={key} colSpan={2} scope="colgroup">
              {t(`performance:indicators.${key}`)}
            </th>
          ))}
        </tr>
        <tr>
          {INDICATORS.map((key) => (
            <Fragment key={key}>
              <th scope="col" className="num">
                {target}
              </th>
              <th scope="col" className="num">
                {weight}
              </th>
            </Fragment>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person, i) => (
          <tr key={person.userId}>
            <th scope="row">
              {person.userName}
              <span className="muted">{t(person.own ? 'performance:ownTargets' : 'performance:defaultTargets')}</span>
            </th>
            {INDICATORS.map((key) => {
              const name = `rows.${i}.${key}`
              const label = `${person.userName} ${t(`performance:indicators.${key}`)}`
              const unit = INDICATOR_UNITS[key]
              const Target = unit === 'fen' ? MoneyField : unit === 'rate' ? RateField : CountField
              return (
                <Fragment key={key}>
                  <td>
                    <Target name={`${name}.target`} label={`${label} ${target}`} />
                  </td>
                  <td>
                    <RateField name={`${name}.weight`} label={`${label} ${weight}`} />
                  </td>
                </Fragment>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
