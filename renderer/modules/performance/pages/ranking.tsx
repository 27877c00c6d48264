import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Select, Spin } from 'antd'
import type { RankingRow } from '#shared/modules/performance/performance.policy.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { axisScore, MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** Who stands where in a month among everybody, as far as the firm lets its reader see it. */
export function RankingPage() {
  const t = useT()
  const { month } = useMonth()
  const navigate = useNavigate()
  const { team } = useSearch({ strict: false }) as { team?: string }
  const go = (search: { month: string; team?: string | undefined }) =>
    void navigate({ to: '.', search: search as never })
  const maySet = useCan('performance.schemes')
  const found = useList('performance', ['ranking', month], () => api.performance.ranking({ month }))
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:ranking.${key}`, params)
  const { data } = found
  const teams = [...new Set(data?.rows.flatMap((row) => row.teamName ?? []))]
  const rows = data?.rows.filter((row) => team === undefined || row.teamName === team) ?? []
  const own = data?.rows.find((row) => row.own)
  return (
    <Page
      title={word('title')}
      filters={
        <>
          <MonthPicker month={month} onMonth={(next) => go({ month: next, team })} />
          {teams.length > 1 || team !== undefined ? (
            <Select
              className="ranking-team"
              aria-label={t('performance:columns.team')}
              placeholder={word('allTeams')}
              value={team ?? null}
              allowClear
              options={teams.map((value) => ({ value, label: value }))}
              onChange={(value: string | null) => go({ month, team: value ?? undefined })}
            />
          ) : null}
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
      {data && rows.length === 0 ? <EmptyState text={word(data.people === null ? 'hidden' : 'empty')} /> : null}
      {rows.length > 0 ? <Places rows={rows} people={data?.people ?? rows.length} /> : null}
    </Page>
  )
}

function Places({ rows, people }: { rows: readonly RankingRow[]; people: number }) {
  const t = useT()
  const head = (key: string) => t(`performance:columns.${key}`)
  return (
    <>
      {rows.length > 1 ? (
        <Chart
          title={t('performance:workbook.ranking')}
          height={Math.max(140, rows.length * 28)}
          horizontal
          categories={rows.map((row) => `${row.rank} ${row.userName}`)}
          series={[{ name: head('total'), type: 'bar', data: rows.map((row) => row.total) }]}
          format={formatScore}
          axisFormat={axisScore}
        />
      ) : null}
      <Panel title={t('performance:ranking.shown', { count: rows.length, people })}>
        <table className="plain-table ranking-table">
          <thead>
            <tr>
              <th scope="col" className="num">
                {head('rank')}
              </th>
              <th scope="col">{head('person')}</th>
              <th scope="col">{head('team')}</th>
              <th scope="col" className="num">
                {head('total')}
              </th>
              <th scope="col">{head('grade')}</th>
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
