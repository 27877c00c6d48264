import { useNavigate } from '@tanstack/react-router'
import { Button, Drawer, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { formatRate } from '#shared/i18n/formatters.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import { CATALOGUE, type Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { SourceRow } from '#shared/modules/performance/performance.schema.ts'
import { definitionText, figureText } from '#shared/modules/performance/performance.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice } from '#renderer/ui/parts.tsx'

export interface SourcesOf {
  readonly month: PlainMonth
  readonly userId: string
  readonly userName: string
  readonly indicator: Indicator
  /** The number that the scheme chose for the definition. */
  readonly param: number | null
}

const PATHS: Readonly<Record<SourceRow['kind'], ((id: string) => string) | null>> = {
  contract: (id) => `/contracts/${id}`,
  receipt: (id) => `/receipts/${id}`,
  instalment: () => '/receivables',
  customer: (id) => `/customers/${id}`,
  visit: (id) => `/visits/${id}`,
  invoice: (id) => `/invoices/${id}`,
  deal: (id) => `/deals/${id}`,
  task: () => '/tasks',
  note: () => '/market',
  entry: null,
  review: () => '/performance/reviews',
}

/** The very records that a figure counts; each opens its own page. `editable`: an entry by hand may be taken back. */
export function SourcesDrawer(props: { of: SourcesOf | null; editable: boolean; onClose: () => void }) {
  const t = useT()
  const { of } = props
  const title = of
    ? t('performance:sources', { name: of.userName, indicator: t(`performance:indicators.${of.indicator}`) })
    : ''
  return (
    <Drawer open={of !== null} onClose={props.onClose} title={title} size={720} destroyOnHidden>
      {of ? (
        <>
          <p className="muted">{definitionText(of.indicator, of.param, t)}</p>
          <Rows of={of} editable={props.editable} />
        </>
      ) : null}
    </Drawer>
  )
}

const removal = z.strictObject({ reason: shortText(200) })

function Rows({ of, editable }: { of: SourcesOf; editable: boolean }) {
  const t = useT()
  const notice = useNotice()
  const [removing, setRemoving] = useState<string | null>(null)
  const { month, userId, indicator } = of
  const found = useList('performance', ['sources', month, userId, indicator], () =>
    api.performance.sourceRows({ month, userId, indicator }),
  )
  if (found.shownError) return <ErrorNotice error={found.shownError} />
  if (found.isPending) return <Spin className="grid-spin" />
  const rows = found.data ?? []
  if (rows.length === 0) return <EmptyState text={t('performance:noSources')} />
  const head = (key: string) => t(`performance:columns.${key}`)
  const manual = CATALOGUE[indicator].source === 'manual'
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{head('day')}</th>
            <th scope="col">{head(manual ? 'note' : 'record')}</th>
            {manual ? null : <th scope="col">{head('customer')}</th>}
            <AmountHeads indicator={indicator} />
            {manual && editable ? (
              <th scope="col">
                <span className="visually-hidden">{t('common:remove')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind}:${row.id}:${row.day}:${row.amount}`}>
              <td>{row.day}</td>
              <td>
                <RecordLink row={row} />
              </td>
              {manual ? null : <td>{row.customerName}</td>}
              <AmountCells indicator={indicator} row={row} />
              {manual && editable ? (
                <td>
                  <Button size="small" onClick={() => setRemoving(row.id)}>
                    {t('performance:entry.remove')}
                  </Button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <ActionForm
        title={t('performance:entry.remove')}
        hint={t('performance:entry.hint')}
        open={removing !== null}
        schema={removal}
        initial={{ reason: '' }}
        submitLabel={t('performance:entry.remove')}
        danger
        onClose={() => setRemoving(null)}
        submit={async ({ reason }) => {
          await api.performance.removeEntry({ id: removing as never, reason })
          notice.done(t('performance:entry.removed'))
        }}
      >
        <TextField name="reason" label={t('performance:entry.reason')} max={200} required />
      </ActionForm>
    </>
  )
}

function RecordLink({ row }: { row: SourceRow }) {
  const navigate = useNavigate()
  const path = PATHS[row.kind]
  const text = row.label === '' ? row.customerName : row.label
  if (path === null) return text
  return (
    <button type="button" className="link-button" onClick={() => void navigate({ to: path(row.id) as never })}>
      {text}
    </button>
  )
}

/** What a row of this indicator adds: money, money of which some came in, a case in time or not, or nothing but itself. */
function addsOf(indicator: Indicator): 'figure' | 'parts' | 'case' | 'itself' | 'rating' {
  const { unit } = CATALOGUE[indicator]
  if (unit === 'count') return 'itself'
  if (unit === 'rating') return 'rating'
  if (unit !== 'rate') return 'figure'
  return indicator === 'collectionRate' ? 'parts' : 'case'
}

function AmountHeads({ indicator }: { indicator: Indicator }) {
  const t = useT()
  const head = (key: string) => (
    <th scope="col" className="num">
      {t(`performance:${key}`)}
    </th>
  )
  switch (addsOf(indicator)) {
    case 'figure':
      return head('amountHead')
    case 'parts':
      return (
        <>
          {head('amountHead')}
          {head('receivedHead')}
        </>
      )
    case 'rating':
      return (
        <>
          {head('review.columns.mean')}
          {head('review.columns.weight')}
        </>
      )
    case 'case':
      return head(`caseHead.${indicator === 'winRate' ? 'won' : 'inTime'}`)
    case 'itself':
      return null
  }
}

function AmountCells({ indicator, row }: { indicator: Indicator; row: SourceRow }) {
  const t = useT()
  switch (addsOf(indicator)) {
    case 'figure':
      return <td className="num">{figureText(indicator, row.amount)}</td>
    case 'parts':
      return (
        <>
          <td className="num">
            <Amount fen={row.amount} />
          </td>
          <td className="num">
            <Amount fen={row.received} />
          </td>
        </>
      )
    case 'rating':
      return (
        <>
          <td className="num">{figureText(indicator, row.amount)}</td>
          <td className="num">{formatRate(row.received)}</td>
        </>
      )
    case 'case':
      return <td className="num">{t(`performance:${row.received > 0 ? 'yes' : 'no'}`)}</td>
    case 'itself':
      return null
  }
}
