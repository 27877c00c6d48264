import { Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { CampaignRow, SourceFigures } from '#shared/modules/customers/campaigns.contract.ts'
import { CampaignDrawer } from '#renderer/modules/customers/parts/campaign-drawer.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const PERIODS = ['year', 'half', 'all'] as const
type Period = (typeof PERIODS)[number]
type Figures = Omit<SourceFigures['sources'][number], 'source'>

function rangeOf(period: Period): { from: PlainDay; to: PlainDay } {
  const today = dayjs(firmToday())
  const from =
    period === 'year'
      ? today.startOf('year')
      : period === 'half'
        ? today.subtract(6, 'month')
        : today.subtract(20, 'year')
  return { from: from.format('YYYY-MM-DD') as PlainDay, to: today.format('YYYY-MM-DD') as PlainDay }
}

/** Where customers come from, what became of them, and what each cost; every number opens its rows. */
export function CampaignsPage() {
  const t = useT()
  const notice = useNotice()
  const confirm = useConfirm()
  const mayEdit = useCan('customers.rules')
  const [period, setPeriod] = useState<Period>('year')
  const [editing, setEditing] = useState<CampaignRow | 'new' | null>(null)
  const range = rangeOf(period)
  const figures = useList('customers', ['sources', range], () => api.campaigns.figures(range))
  const list = useList('customers', ['campaigns'], () => api.campaigns.list({}))
  const remove = useCommand((input: { id: string; version: number }, options) =>
    api.campaigns.remove(input as never, options),
  )
  const known = new Map((list.data ?? []).map((row) => [row.id, row]))
  const throwAway = async (row: CampaignRow) => {
    const title = `${t('customers:campaigns.remove')} ${row.name}`
    const text = t('customers:campaigns.removeText')
    if ((await confirm({ title, text, action: t('customers:campaigns.remove') })) === null) return
    try {
      await remove.run({ id: row.id, version: row.version })
      notice.done(t('customers:campaigns.removed', { name: row.name }))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page
      title={t('customers:campaigns.title')}
      extra={
        <span className="muted">
          {t('customers:campaigns.period')} {range.from} – {range.to}
        </span>
      }
      action={
        <span className="action-bar">
          <Segmented
            value={period}
            options={PERIODS.map((value) => ({ value, label: t(`customers:campaigns.periods.${value}`) }))}
            onChange={setPeriod}
          />
          {mayEdit ? <Link to={'/customers/screening' as never}>{t('customers:screening.title')}</Link> : null}
          {mayEdit ? (
            <Button type="primary" onClick={() => setEditing('new')}>
              {t('customers:campaigns.new')}
            </Button>
          ) : null}
        </span>
      }
    >
      {figures.shownError ? <ErrorNotice error={figures.shownError} onRetry={() => void figures.refetch()} /> : null}
      <Panel title={t('customers:campaigns.bySource')}>
        <table className="plain-table figures-table">
          <Head first={t('customers:fields.source')} cost={false} />
          <tbody>
            {(figures.data?.sources ?? []).map((row) => (
              <tr key={row.source}>
                <th scope="row">{t(`customers:source.${row.source}`)}</th>
                <Counts row={row} range={range} filter={{ source: row.source }} />
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={t('customers:campaigns.byCampaign')}>
        {figures.data?.campaigns.length === 0 ? <EmptyState text={t('customers:campaigns.empty')} /> : null}
        {(figures.data?.campaigns.length ?? 0) > 0 ? (
          <table className="plain-table figures-table">
            <Head first={t('customers:campaigns.fields.name')} cost />
            <tbody>
              {figures.data?.campaigns.map((row) => {
                const campaign = known.get(row.id)
                return (
                  <tr key={row.id}>
                    <th scope="row">
                      {mayEdit && campaign ? (
                        <button type="button" className="link-button" onClick={() => setEditing(campaign)}>
                          {row.name}
                        </button>
                      ) : (
                        row.name
                      )}{' '}
                      <span className="muted">{campaign?.fromDay}</span>{' '}
                      {mayEdit && campaign && row.customers === 0 ? (
                        <button
                          type="button"
                          className="link-button"
                          aria-label={`${t('customers:campaigns.remove')} ${row.name}`}
                          onClick={() => void throwAway(campaign)}
                        >
                          {t('customers:campaigns.remove')}
                        </button>
                      ) : null}
                    </th>
                    <Counts row={row} range={range} filter={{ campaignId: row.id }} />
                    <td className="num">
                      <Amount fen={row.cost} />
                    </td>
                    <td className="num">{row.won === 0 ? '' : <Amount fen={Math.round(row.cost / row.won)} />}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        ) : null}
      </Panel>
      <CampaignDrawer
        campaign={editing === 'new' ? null : editing}
        open={editing !== null}
        onClose={() => setEditing(null)}
      />
    </Page>
  )
}

function Head(props: { first: string; cost: boolean }) {
  const t = useT()
  const word = (key: string) => t(`customers:campaigns.columns.${key}`)
  const columns = ['customers', 'won', 'rate', 'rejected', 'amount']
  return (
    <thead>
      <tr>
        <th scope="col">{props.first}</th>
        {columns.map((key) => (
          <th key={key} scope="col" className="num">
            {word(key)}
          </th>
        ))}
        {props.cost ? (
          <>
            <th scope="col" className="num">
              {t('customers:campaigns.fields.cost')}
            </th>
            <th scope="col" className="num">
              {word('each')}
            </th>
          </>
        ) : null}
      </tr>
    </thead>
  )
}

function Counts(props: { row: Figures; range: { from: string; to: string }; filter: Record<string, string> }) {
  const { row, range } = props
  const filter = { ...props.filter, createdFrom: range.from, createdTo: range.to }
  const open = (count: number, more: Record<string, string | boolean> = {}) =>
    count === 0 ? (
      '0'
    ) : (
      <Link to={'/customers' as never} search={{ f: { ...filter, ...more } } as never}>
        {count}
      </Link>
    )
  return (
    <>
      <td className="num">{open(row.customers)}</td>
      <td className="num">{open(row.won, { signed: true })}</td>
      <td className="num">{row.customers === 0 ? '' : `${Math.round((row.won * 100) / row.customers)}%`}</td>
      <td className="num">{open(row.rejected, { stage: 'rejected' })}</td>
      <td className="num">
        <Amount fen={row.amount} />
      </td>
    </>
  )
}
