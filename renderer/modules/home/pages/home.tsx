import { Link, useNavigate } from '@tanstack/react-router'
import { Alert, Spin } from 'antd'
import { formatAmountShort, formatCount } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { endOfMonth, startOfMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import type { Overview } from '#shared/modules/home/home.contract.ts'
import { DueToday } from '#renderer/modules/tasks/parts/due-today.tsx'
import { MyDay } from '#renderer/modules/home/parts/my-day.tsx'
import { TeamWeek } from '#renderer/modules/home/parts/team-week.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { Amount, EmptyState, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'

/** Filters of a list, as its address holds them. */
const filtered = (f: Record<string, string | number | boolean>) => ({ f }) as never

/** The first page, by role: what is due, what waits, the month so far, and charts that open the rows behind them. */
export function HomePage() {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const found = useList('home', ['overview'], () => api.home.overview({}))
  const data = found.data
  const short = (fen: number) =>
    formatAmountShort(fen, locale, { large: t('common:units.large'), huge: t('common:units.huge') })
  const go = (to: string, search?: never) => void navigate({ to: to as never, ...(search ? { search } : {}) })

  return (
    <Page title={t('home:title')} extra={<span className="muted">{data?.today}</span>}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {data ? (
        <>
          {data.calendarValidThrough < data.today ? (
            <Alert type="warning" showIcon title={t('home:calendar', { day: data.calendarValidThrough })} />
          ) : null}
          <Tiles data={data} short={short} />
          <div className="columns-2">
            <MyDay today={data.today} />
            <DueToday />
          </div>
          <TeamWeek today={data.today} />
          {data.collected || data.ageing ? (
            <div className="columns-2">
              {data.collected ? (
                <Chart
                  title={t('home:collectedChart')}
                  height={230}
                  categories={data.collected.map((row) => row.month.slice(2))}
                  series={[
                    { name: t('home:signed'), type: 'bar', data: data.collected.map((row) => row.signed), color: 4 },
                    { name: t('home:collected'), type: 'bar', data: data.collected.map((row) => row.amount), color: 0 },
                  ]}
                  format={short}
                  onPart={(index, series) => {
                    const month = data.collected?.[index]?.month as PlainMonth | undefined
                    if (!month) return
                    const [from, to] = [startOfMonth(month), endOfMonth(month)]
                    if (series === 0) go('/contracts', filtered({ signedFrom: from, signedTo: to }))
                    else go('/receipts', filtered({ dayFrom: from, dayTo: to }))
                  }}
                />
              ) : null}
              {data.ageing ? (
                <Chart
                  title={t('home:ageingChart')}
                  height={230}
                  categories={data.ageing.map((row) => bucketWord(t, 'due', row.bucket))}
                  series={[
                    { name: t('home:unpaid'), type: 'bar', data: data.ageing.map((row) => row.amount), color: 3 },
                  ]}
                  format={short}
                  onPart={() => go('/ageing')}
                />
              ) : null}
            </div>
          ) : null}
          <div className="columns-2">
            {data.dueSoon ? <DueSoon rows={data.dueSoon} /> : null}
            {data.ranking && data.ranking.length > 0 ? (
              <Chart
                title={t('home:rankingChart')}
                height={Math.max(150, data.ranking.length * 28)}
                horizontal
                categories={data.ranking.map((row) => row.userName)}
                series={[
                  { name: t('home:collected'), type: 'bar', data: data.ranking.map((row) => row.total), color: 0 },
                ]}
                format={short}
                onPart={() => go('/performance')}
              />
            ) : null}
          </div>
          {data.receivables || data.month ? null : <EmptyState text={t('home:welcome')} />}
        </>
      ) : null}
    </Page>
  )
}

interface Tile {
  readonly key: string
  readonly label: string
  readonly value: string
  readonly title: string
  readonly to: string
  readonly search?: never
}

/** One figure each; every one opens its rows. */
function Tiles(props: { data: Overview; short: (fen: number) => string }) {
  const t = useT()
  const { data, short } = props
  const tiles: Tile[] = []
  const money = (key: string, fen: number, to: string, search?: never) =>
    tiles.push({
      key,
      label: t(`home:${key}`),
      value: short(fen),
      title: formatYuan(fen),
      to,
      ...(search ? { search } : {}),
    })
  const count = (key: string, value: number, to: string, search?: never) =>
    tiles.push({
      key,
      label: t(`home:${key}`),
      value: formatCount(value),
      title: '',
      to,
      ...(search ? { search } : {}),
    })
  if (data.receivables) {
    money('overdue', data.receivables.overdue, '/receivables', filtered({ status: 'overdue' }))
    money('dueToday', data.receivables.dueToday, '/receivables', filtered({ status: 'due_today' }))
    money('outstanding', data.receivables.outstanding, '/ageing')
  }
  if (data.month) {
    const month = data.month.month as PlainMonth
    const [from, to] = [startOfMonth(month), endOfMonth(month)]
    money('monthContract', data.month.contractAmount, '/contracts', filtered({ signedFrom: from, signedTo: to }))
    money('monthCollected', data.month.collected, '/receipts', filtered({ dayFrom: from, dayTo: to }))
    count('monthNew', data.month.newCustomers, '/performance')
    count('monthVisits', data.month.visits, '/visits', filtered({ from, to }))
  }
  if (data.drafts !== null) count('drafts', data.drafts, '/contracts', filtered({ stage: 'draft' }))
  if (data.lettersOpen !== null) count('letters', data.lettersOpen, '/dunning/letters', filtered({ state: 'open' }))
  if (tiles.length === 0) return null
  return (
    <nav className="tiles" aria-label={t('home:title')}>
      {tiles.map((tile) => (
        <Link
          key={tile.key}
          className="tile"
          to={tile.to as never}
          title={tile.title}
          {...(tile.search ? { search: tile.search } : {})}
        >
          <span className="muted">{tile.label}</span>
          <b className={tile.key === 'overdue' ? 'negative' : undefined}>{tile.value}</b>
        </Link>
      ))}
    </nav>
  )
}

function DueSoon(props: { rows: NonNullable<Overview['dueSoon']> }) {
  const t = useT()
  return (
    <Panel title={t('home:dueSoon')}>
      {props.rows.length === 0 ? <p className="muted">{t('home:nothingDue')}</p> : null}
      <table className="plain-table">
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.id}>
              <td>{row.dueDay}</td>
              <td>
                <Link to={(row.contractId === null ? `/receivables` : `/contracts/${row.contractId}`) as never}>
                  {row.customerName}
                </Link>
              </td>
              <td>{row.label}</td>
              <td className="num">
                <Amount fen={row.outstanding} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
