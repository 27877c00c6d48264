import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { VisitFigures } from '#shared/modules/visits/visits.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'
import '#renderer/modules/visits/visits.css'
import { firmToday } from '#renderer/ui/firm-day.ts'

const PERIODS = ['week', 'month', 'last'] as const
type Period = (typeof PERIODS)[number]
type Figure = Exclude<keyof VisitFigures, 'userId' | 'userName'>

/** What a figure is a list of. */
const FILTERS: Readonly<Record<Figure, Readonly<Record<string, string | boolean>>>> = {
  planned: { wasPlanned: true },
  kept: { wasPlanned: true, state: 'done' },
  open: { state: 'planned' },
  done: { state: 'done' },
  complete: { report: 'complete' },
  cancelled: { state: 'cancelled' },
  incident: { state: 'incident' },
  late: { late: true },
  overdue: { overdue: true },
}
const FIGURES = Object.keys(FILTERS) as Figure[]
const BAD: readonly Figure[] = ['late', 'overdue']

function rangeOf(period: Period): { from: PlainDay; to: PlainDay } {
  const today = dayjs(firmToday())
  const monday = today.subtract((today.day() + 6) % 7, 'day')
  const [from, to] =
    period === 'week'
      ? [monday, monday.add(6, 'day')]
      : period === 'month'
        ? [today.startOf('month'), today.endOf('month')]
        : [today.subtract(1, 'month').startOf('month'), today.subtract(1, 'month').endOf('month')]
  return { from: from.format('YYYY-MM-DD') as PlainDay, to: to.format('YYYY-MM-DD') as PlainDay }
}

/** Plan against done by visitor; every figure opens its visits. */
export function FiguresPage() {
  const t = useT()
  const [period, setPeriod] = useState<Period>('month')
  const range = rangeOf(period)
  const found = useList('visits', ['figures', range], () => api.visits.figures(range))
  const rows = found.data?.rows ?? []
  const word = (key: string) => t(`visits:figures.${key}`)
  return (
    <Page
      title={word('title')}
      extra={
        <span className="muted">
          {range.from} – {range.to}
        </span>
      }
      action={
        <Segmented
          value={period}
          options={PERIODS.map((value) => ({ value, label: word(`period.${value}`) }))}
          onChange={setPeriod}
        />
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.data && rows.length === 0 ? <EmptyState text={t('visits:empty')} /> : null}
      {rows.length === 0 ? null : (
        <Panel>
          <table className="plain-table figures-table">
            <thead>
              <tr>
                <th scope="col">{t('visits:fields.userId')}</th>
                {FIGURES.map((figure) => (
                  <th key={figure} scope="col" className="num">
                    {word(figure)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.userId}>
                  <th scope="row">{row.userName}</th>
                  {FIGURES.map((figure) => (
                    <td key={figure} className={BAD.includes(figure) && row[figure] > 0 ? 'num late' : 'num'}>
                      <Count row={row} figure={figure} range={range} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="muted">{word('hint')}</p>
        </Panel>
      )}
    </Page>
  )
}

function Count(props: { row: VisitFigures; figure: Figure; range: { from: string; to: string } }) {
  const { row, figure, range } = props
  const count = row[figure]
  if (count === 0) return <span className="muted">0</span>
  const f = { ...range, userId: row.userId, channel: 'visit', ...FILTERS[figure] }
  return (
    <Link to={'/visits' as never} search={{ f } as never}>
      {count}
    </Link>
  )
}
