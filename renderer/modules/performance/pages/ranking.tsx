import { Link } from '@tanstack/react-router'
import { Spin } from 'antd'
import type { RankingRow } from '#shared/modules/performance/performance.policy.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { axisScore, MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { usePeopleRows, type PeopleRows } from '#renderer/modules/performance/parts/people-rows.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

const BY = {
  rank: (row: RankingRow) => row.rank,
  person: (row: RankingRow) => row.userName,
  team: (row: RankingRow) => row.teamName,
  total: (row: RankingRow) => row.total,
}

/** Who stands where in a month among everybody, as far as the firm lets its reader see it. */
export function RankingPage() {
  const t = useT()
  const { month, go } = useMonth()
  const maySet = useCan('performance.schemes')
  const found = useList('performance', ['ranking', month], () => api.performance.ranking({ month }))
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:ranking.${key}`, params)
  const { data } = found
  const people = usePeopleRows(data?.rows, BY)
  const own = data?.rows.find((row) => row.own)
  return (
    <Page
      title={word('title')}
      filters={
        <>
          <MonthPicker month={month} onMonth={go} />
          {people.filters}
          {data ? (
            <StatusTag tone={data.locked ? 'done' : 'neutral'}>
              {t(`performance:workbook.${data.locked ? 'locked' : 'open'}`)}
            </StatusTag>
          ) : null}
          <span className="spacer" />
          {maySet ? <Link to={'/performance/rules' as never}>{t('performance:policy.open')}</Link> : null}
          <Link to={'/performance' as never} search={{ month } as never}>
            {t('performance:title')}
          </Link>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {data ? (
        <p className="muted">
          {data.people === null || !own ? null : (
            <strong>{word('own', { rank: own.rank, count: data.people })} · </strong>
          )}
          {word(`sights.${data.sight}`)}
        </p>
      ) : null}
      {data && people.shown.length === 0 ? (
        <EmptyState
          text={people.narrowed ? t('performance:people.none') : word(data.people === null ? 'hidden' : 'empty')}
        />
      ) : null}
      {data && people.shown.length > 0 ? <Places people={people} all={data.people ?? data.rows.length} /> : null}
    </Page>
  )
}

function Places({ people, all }: { people: PeopleRows<RankingRow>; all: number }) {
  const t = useT()
  const word = (key: string) => t(`performance:columns.${key}`)
  const rows = people.shown
  return (
    <>
      {rows.length > 1 ? (
        <Chart
          title={t('performance:workbook.ranking')}
          height={Math.max(140, rows.length * 28)}
          horizontal
          categories={rows.map((row) => `${row.rank} ${row.userName}`)}
          series={[{ name: word('total'), type: 'bar', data: rows.map((row) => row.total) }]}
          format={formatScore}
          axisFormat={axisScore}
        />
      ) : null}
      <Panel title={t('performance:ranking.shown', { count: rows.length, people: all })}>
        <table className="plain-table ranking-table">
          <thead>
            <tr>
              {people.head('rank', word('rank'), 'num')}
              {people.head('person', word('person'))}
              {people.head('team', word('team'))}
              {people.head('total', word('total'), 'num')}
              {people.head('grade', word('grade'))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.userId} className={row.own ? 'total' : undefined}>
                <td className="num">{row.rank}</td>
                <td>{row.userName}</td>
                <td>{row.teamName}</td>
                <td className="num">{formatScore(row.total)}</td>
                <td>{row.grade}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  )
}
