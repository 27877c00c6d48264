import { Link, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import type { LimitationRow } from '#shared/modules/claims/claims.limitation.schema.ts'
import type { RequestKind } from '#shared/modules/claims/claims.schema.ts'
import { useClock, useDisputesOf, useSheet } from '#renderer/modules/claims/claims.queries.ts'
import { ClockPanel } from '#renderer/modules/claims/parts/clock-panel.tsx'
import { OpenDispute } from '#renderer/modules/claims/parts/dispute-drawers.tsx'
import { ItemsPanel } from '#renderer/modules/claims/parts/items-panel.tsx'
import { RequestDrawer, type Asking } from '#renderer/modules/claims/parts/request-drawer.tsx'
import { SheetPanel } from '#renderer/modules/claims/parts/sheet-panel.tsx'
import { DisputeTag, LimitationTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** One debt: when its limitation ends, what interest it bears, what is contested, and what may be asked about it. */
export function DebtPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useClock(id)
  if (found.shownError) {
    return (
      <Page title={t('claims:debt.title')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (!found.data) return <Spin className="grid-spin" />
  const { row, clock, events } = found.data
  return (
    <Page
      title={`${row.contractNumber} ${row.label}`.trim()}
      extra={
        <>
          <LimitationTag row={row} />
          <Link to={`/customers/${row.customerId}` as never}>{row.customerName}</Link>
        </>
      }
      action={<Actions row={row} />}
    >
      <div className="columns-main">
        <div className="page">
          <ClockPanel row={row} clock={clock} events={events} />
          <SheetPanel target={{ of: 'instalment', id: row.id as never }} />
        </div>
        <div className="page">
          <FactsPanel row={row} />
          <DisputesPanel instalmentId={row.id} />
          <ItemsPanel instalmentId={row.id} />
        </div>
      </div>
    </Page>
  )
}

function Actions({ row }: { row: LimitationRow }) {
  const t = useT()
  const may = useCan('claims.record')
  const sheet = useSheet({ of: 'instalment', id: row.id as never }, firmToday())
  const [asking, setAsking] = useState<Asking | null>(null)
  const [disputing, setDisputing] = useState(false)
  const interest = sheet.data?.total.interest ?? 0
  if (!may || (row.outstanding === 0 && interest === 0)) return null
  const ask = (kind: RequestKind) =>
    setAsking({
      kind,
      debts: [{ ...row, instalmentId: row.id, amount: kind === 'waiver' ? interest : row.outstanding }],
      again: null,
    })
  const owed = row.outstanding > 0
  const items = [
    ...(owed ? [{ key: 'extension', label: t('claims:ask.extension') }] : []),
    ...(interest > 0 ? [{ key: 'waiver', label: t('claims:ask.waiver') }] : []),
    ...(owed ? [{ key: 'writeOff', label: t('claims:ask.writeOff'), danger: true }] : []),
  ]
  return (
    <span className="action-bar">
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => ask(key as RequestKind) }}>
        <Button>{t('claims:ask.menu')}</Button>
      </Dropdown>
      {owed ? <Button onClick={() => setDisputing(true)}>{t('claims:disputes.open')}</Button> : null}
      <RequestDrawer asking={asking} onClose={() => setAsking(null)} />
      <OpenDispute instalmentId={row.id} open={disputing} onClose={() => setDisputing(false)} />
    </span>
  )
}

function FactsPanel({ row }: { row: LimitationRow }) {
  const t = useT()
  const mayOpen = useCan('receivables.read')
  const label = (key: string) => t(`claims:columns.${key}`)
  return (
    <Panel
      title={t('claims:debt.facts')}
      extra={
        mayOpen ? (
          <span className="panel-links">
            <Link to={`/receivables/${row.id}` as never}>{t('claims:debt.openReceivable')}</Link>
          </span>
        ) : null
      }
    >
      <Facts
        items={[
          {
            label: label('contractNumber'),
            value:
              row.contractId === null ? (
                row.contractNumber
              ) : (
                <Link to={`/contracts/${row.contractId}` as never}>{row.contractNumber}</Link>
              ),
          },
          { label: label('label'), value: row.label },
          { label: label('dueDay'), value: row.dueDay ?? '' },
          { label: label('outstanding'), value: <Amount fen={row.outstanding} /> },
          { label: label('ownerName'), value: row.ownerName },
          {
            label: t('claims:debt.requests'),
            value: (
              <Link to={'/claim-requests' as never} search={{ f: { customerId: row.customerId } } as never}>
                {t('claims:debt.ofCustomer')}
              </Link>
            ),
          },
          {
            label: t('claims:lists.statements'),
            value: (
              <Link to={'/statements' as never} search={{ f: { customerId: row.customerId } } as never}>
                {t('claims:debt.ofCustomer')}
              </Link>
            ),
          },
        ]}
      />
    </Panel>
  )
}

function DisputesPanel({ instalmentId }: { instalmentId: string }) {
  const t = useT()
  const found = useDisputesOf(instalmentId)
  const rows = found.data?.rows ?? []
  return (
    <Panel title={t('claims:lists.disputes')}>
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && rows.length === 0 ? <p className="muted">{t('claims:disputes.none')}</p> : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="whole">
                  <Link to={`/disputes/${row.id}` as never}>{row.day}</Link>
                </td>
                <td>{t(`claims:disputes.reasons.${row.reasonCode}`)}</td>
                <td>
                  <DisputeTag state={row.state} />
                </td>
                <td className="num">
                  <Amount fen={row.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Panel>
  )
}
