import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { Fragment, useState } from 'react'
import { z } from 'zod'
import { shiftMonth } from '#shared/kernel/dates.ts'
import type { ScoringCurve } from '#shared/modules/performance/performance.curves.rules.ts'
import { CATALOGUE, type Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { targetRow, type TargetRow } from '#shared/modules/performance/performance.schema.ts'
import { tiersText } from '#shared/modules/performance/performance.words.ts'
import { FigureCell, RateCell } from '#renderer/modules/performance/parts/figure-fields.tsx'
import { MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { EntityForm } from '#renderer/ui/entity-form.tsx'
import { useField } from '#renderer/ui/form-state.ts'
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
  const rows = people.map((person) => lastAgreed(person.row, copied))
  const labelOf = (path: string) => {
    const [, row, , item, part] = path.split('.')
    const person = people[Number(row)]
    const indicator = person?.row.items[Number(item)]?.indicator
    const words = [person?.userName, indicator && t(`performance:indicators.${indicator}`)]
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
          <Link to={'/performance/targets/import' as never} search={{ month } as never}>
            {t('performance:figures.open')}
          </Link>
          <Link to={'/performance/targets/spread' as never} search={{ year: Number(month.slice(0, 4)) } as never}>
            {t('performance:spread.open')}
          </Link>
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
          {[...Map.groupBy(people, (person) => person.schemeId)].map(([schemeId, some]) => (
            <SchemeTargets key={schemeId ?? ''} people={some} indexOf={(person) => people.indexOf(person)} />
          ))}
        </EntityForm>
      ) : null}
    </Page>
  )
}

type Person = Awaited<ReturnType<typeof api.performance.targets>>[number]

/** What was agreed the month before, for the indicators that count in this one. */
function lastAgreed(row: TargetRow, last: readonly TargetRow[] | null): TargetRow {
  const before = last?.find((other) => other.userId === row.userId)?.items ?? []
  const known = new Map(before.map((item) => [item.indicator, item]))
  const same = before.length === row.items.length && row.items.every((item) => known.has(item.indicator))
  return {
    ...row,
    items: row.items.map((item) => {
      const then = known.get(item.indicator)
      return then ? { ...item, target: then.target, weight: same ? then.weight : item.weight } : item
    }),
  }
}

/** The people of one scheme: a line for each, for each indicator its target and its weight. */
function SchemeTargets({ people, indexOf }: { people: readonly Person[]; indexOf: (person: Person) => number }) {
  const t = useT()
  const [target, weight] = [t('performance:columns.target'), t('performance:columns.weight')]
  const items = people[0]?.row.items ?? []
  const scheme = people[0]?.schemeName || t('performance:standard')
  return (
    <fieldset className="form-group">
      <legend>{scheme}</legend>
      <div className="targets-scroll" tabIndex={0} role="group" aria-label={scheme}>
        <table className="plain-table cells targets">
          <colgroup>
            <col style={{ width: 100 }} />
            {items.map(({ indicator }) => (
              <Fragment key={indicator}>
                <col style={{ width: CATALOGUE[indicator].unit === 'fen' ? 124 : 76 }} />
                <col style={{ width: 76 }} />
              </Fragment>
            ))}
          </colgroup>
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                {t('performance:columns.person')}
              </th>
              {items.map(({ indicator }) => (
                <th key={indicator} colSpan={2} scope="colgroup">
                  {t(`performance:indicators.${indicator}`)}
                </th>
              ))}
            </tr>
            <tr>
              {items.map(({ indicator }) => (
                <Fragment key={indicator}>
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
            {people.map((person) => (
              <tr key={person.userId}>
                <th scope="row">
                  {person.userName}
                  <span className="muted">
                    {t(person.own ? 'performance:ownTargets' : 'performance:defaultTargets')}
                  </span>
                </th>
                {person.row.items.map(({ indicator }, k) => {
                  const curve = person.curves[k]
                  const name = `rows.${indexOf(person)}.items.${k}`
                  const label = `${person.userName} ${t(`performance:indicators.${indicator}`)}`
                  return (
                    <Fragment key={indicator}>
                      <td>
                        <FigureCell name={`${name}.target`} label={`${label} ${target}`} indicator={indicator} />
                        {curve ? <TierNote name={`${name}.target`} curve={curve} indicator={indicator} /> : null}
                      </td>
                      <td>
                        <RateCell name={`${name}.weight`} label={`${label} ${weight}`} />
                      </td>
                    </Fragment>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  )
}

/** Floor and stretch beneath the target as it is typed. */
function TierNote(props: { name: string; curve: ScoringCurve; indicator: Indicator }) {
  const t = useT()
  const { value } = useField<number | null>(props.name)
  if (value === null || !Number.isSafeInteger(value)) return null
  const words = tiersText(props.curve, props.indicator, value, t)
  return words === null ? null : <span className="muted locked-figure">{words}</span>
}
