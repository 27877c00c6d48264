import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Segmented, Spin } from 'antd'
import { useState } from 'react'
import { formatRate } from '#shared/i18n/formatters.ts'
import { meanRates, strengths, type MeanRate } from '#shared/modules/performance/performance.history.rules.ts'
import {
  HISTORY_SPANS,
  type HistoryConsequence,
  type HistoryMonth,
  type PersonHistory,
} from '#shared/modules/performance/performance.history.schema.ts'
import { formatScore, signedScore } from '#shared/modules/performance/performance.words.ts'
import { ChainPanel } from '#renderer/modules/performance/parts/chain-panel.tsx'
import { ProposalDrawer, ProposalTag } from '#renderer/modules/performance/parts/proposal-drawers.tsx'
import { axisScore } from '#renderer/modules/performance/parts/month.tsx'
import { StandingTag } from '#renderer/modules/performance/parts/standing.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import '../performance.css'

/** A radar of fewer rays is a line. */
const LEAST_RAYS = 3
/** Half as much again as a target is the rim: what is more hides how the rest stands. */
const RIM = 15_000

/** What somebody came to over two years: each month, how it moved, and where he is strong and weak. */
export function PersonPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const search = useSearch({ strict: false }) as { span?: number }
  const span = search.span ?? 12
  const navigate = useNavigate()
  const me = useSession((state) => state.session?.user.userId)
  const mayEnd = useCan('performance.lock')
  const mayLead = useCan('performance.targets')
  const [proposing, setProposing] = useState(false)
  const found = useList('performance', ['history', id], () => api.performance.history({ userId: id as never }))
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:history.${key}`, params)
  const { data } = found
  return (
    <Page
      title={data ? word('of', { name: data.userName }) : word('title')}
      extra={<span className="muted">{data?.teamName}</span>}
      action={
        data && mayLead && id !== me ? (
          <Button onClick={() => setProposing(true)}>{t('performance:proposals.new')}</Button>
        ) : null
      }
      filters={
        <>
          <Segmented
            aria-label={word('span')}
            value={span}
            options={HISTORY_SPANS.map((value) => ({ value, label: word('months', { count: value }) }))}
            onChange={(value) => void navigate({ to: '.', search: { span: value } as never })}
          />
          <span className="spacer" />
          <Link to={'/performance' as never}>{t('performance:title')}</Link>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {data && data.months.length === 0 ? <EmptyState text={word('empty')} /> : null}
      {data && data.months.length > 0 ? <Shown history={data} span={span} /> : null}
      {data && data.consequences.length > 0 ? (
        <Panel title={t('performance:proposals.title')}>
          <Consequences rows={data.consequences} linked={mayLead} />
        </Panel>
      ) : null}
      {data && mayEnd && id !== me ? <ChainPanel userId={id} /> : null}
      {data && proposing ? (
        <ProposalDrawer of={{ userId: id, userName: data.userName }} onClose={() => setProposing(false)} />
      ) : null}
    </Page>
  )
}

/** What was decided for him: a leader opens it, he himself reads it here. */
function Consequences({ rows, linked }: { rows: readonly HistoryConsequence[]; linked: boolean }) {
  const t = useT()
  const word = (key: string) => t(`performance:proposals.${key}`)
  const head = ['kind', 'subject', 'state', 'decidedDay', 'untilDay', 'doneDay', 'reason', 'result']
  return (
    <table className="plain-table">
      <thead>
        <tr>
          {head.map((key) => (
            <th key={key} scope="col">
              {word(`fields.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              {linked ? (
                <Link to={`/performance/proposals/${row.id}` as never}>{word(`kinds.${row.kind}`)}</Link>
              ) : (
                word(`kinds.${row.kind}`)
              )}
            </td>
            <td>{row.subject}</td>
            <td>
              <ProposalTag row={row} />
            </td>
            <td>{row.decidedDay}</td>
            <td>{row.untilDay}</td>
            <td>{row.doneDay}</td>
            <td>{row.reason}</td>
            <td>{row.result}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Shown({ history, span }: { history: PersonHistory; span: number }) {
  const t = useT()
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:history.${key}`, params)
  const months = history.months.slice(0, span)
  const inOrder = months.toReversed()
  const means = meanRates(months)
  return (
    <>
      <div className="history-charts">
        {months.length > 1 ? (
          <Chart
            title={word('trend')}
            height={240}
            categories={inOrder.map((one) => one.month)}
            series={[
              { name: t('performance:columns.total'), type: 'line', data: inOrder.map((one) => one.total), color: 0 },
            ]}
            format={formatScore}
            axisFormat={axisScore}
          />
        ) : null}
        {means.length >= LEAST_RAYS ? (
          <Chart
            title={word('radar')}
            height={240}
            radarTo={RIM}
            categories={means.map((mean) => t(`performance:indicators.${mean.indicator}`))}
            series={[{ name: word('mean'), type: 'line', data: means.map((mean) => mean.rate), color: 0 }]}
            format={formatRate}
          />
        ) : null}
      </div>
      <div className="columns-main">
        <Panel title={word('list', { count: months.length })}>
          <Months months={months} />
        </Panel>
        <Panel title={word('indicators')}>
          <Means means={means} />
        </Panel>
      </div>
    </>
  )
}

function Months({ months }: { months: readonly HistoryMonth[] }) {
  const t = useT()
  const head = (key: string) => t(`performance:columns.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('performance:month')}</th>
          {['total', 'rank'].map((key) => (
            <th key={key} scope="col" className="num">
              {head(key)}
            </th>
          ))}
          <th scope="col">{head('grade')}</th>
          <th scope="col" className="num">
            {t('performance:cycle.points')}
          </th>
          <th scope="col">{t('performance:cycle.standing')}</th>
          <th scope="col">{t('performance:history.marks')}</th>
        </tr>
      </thead>
      <tbody>
        {months.map((one) => (
          <tr key={one.month}>
            <td>
              <Link to={'/performance' as never} search={{ month: one.month } as never}>
                {one.month}
              </Link>
            </td>
            <td className="num">{formatScore(one.total)}</td>
            <td className="num">{one.rank}</td>
            <td>{one.grade}</td>
            <td className="num">{one.calibration === null ? '' : signedScore(one.calibration)}</td>
            <td>{one.standing ? <StandingTag standing={one.standing} locked /> : null}</td>
            <td>
              <Marks month={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Marks({ month: { month, vetoed, corrections, lockedTotal } }: { month: HistoryMonth }) {
  const t = useT()
  const was =
    lockedTotal === null ? '' : ` · ${t('performance:correction.locked', { value: formatScore(lockedTotal) })}`
  return (
    <>
      {vetoed ? <StatusTag tone="danger">{t('performance:columns.vetoed')}</StatusTag> : null}
      {corrections > 0 ? (
        <Link to={'/performance/corrections' as never} search={{ month } as never}>
          {t('performance:correction.count', { count: corrections })}
          {was}
        </Link>
      ) : null}
    </>
  )
}

function Means({ means }: { means: readonly MeanRate[] }) {
  const t = useT()
  const { strong, weak } = strengths(means)
  const word = (key: string) => t(`performance:history.${key}`)
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('performance:columns.indicator')}</th>
            <th scope="col" className="num">
              {word('mean')}
            </th>
            <th scope="col" className="num">
              {word('measured')}
            </th>
            <th scope="col">{word('says')}</th>
          </tr>
        </thead>
        <tbody>
          {means.map((mean) => (
            <tr key={mean.indicator}>
              <td>{t(`performance:indicators.${mean.indicator}`)}</td>
              <td className="num">{formatRate(mean.rate)}</td>
              <td className="num">{mean.months}</td>
              <td>
                {strong.includes(mean) ? <StatusTag tone="done">{word('strong')}</StatusTag> : null}
                {weak.includes(mean) ? <StatusTag tone="attention">{word('weak')}</StatusTag> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">{word('hint')}</p>
    </>
  )
}
