import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { RequestView } from '#shared/modules/claims/claims.decisions.schema.ts'
import { useRequest } from '#renderer/modules/claims/claims.queries.ts'
import { ApprovalLines } from '#renderer/modules/claims/parts/approval-lines.tsx'
import { RequestDrawer, type Asking } from '#renderer/modules/claims/parts/request-drawer.tsx'
import { RequestTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useWithReason } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One request about debts: what was asked, who decides it, and what was carried out. */
export function RequestPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useRequest(id)
  if (found.shownError) {
    return (
      <Page title={t('claims:lists.requests')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: RequestView }) {
  const t = useT()
  const label = (key: string) => t(`claims:columns.${key}`)
  return (
    <Page
      title={`${t(`claims:kinds.${view.kind}`)} · ${view.customerName}`}
      extra={<RequestTag state={view.state} />}
      action={<Actions view={view} />}
    >
      <div className="columns-main">
        <Panel title={t('claims:approval.request')}>
          <Lines view={view} />
        </Panel>
        <div className="page">
          {view.approval ? <ApprovalLines status={view.approval} /> : null}
          <Panel title={t('claims:debt.facts')}>
            <Facts
              items={[
                {
                  label: label('customerName'),
                  value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
                },
                { label: label('reason'), value: t(`claims:reasons.${view.kind}.${view.reasonCode}`) },
                { label: label('note'), value: view.reason },
                { label: label('askedBy'), value: view.askedByName },
                { label: label('askedAt'), value: formatMoment(view.askedAt, SEAT_ZONE) },
                { label: label('doneDay'), value: view.doneDay ?? '' },
                ...(view.reversedDay === null
                  ? []
                  : [{ label: label('reversedDay'), value: `${view.reversedDay} · ${view.reversedReason}` }]),
              ]}
            />
          </Panel>
        </div>
      </div>
    </Page>
  )
}

function Lines({ view }: { view: RequestView }) {
  const t = useT()
  const label = (key: string) => t(`claims:columns.${key}`)
  const extension = view.kind === 'extension'
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{label('contractNumber')}</th>
          <th>{label('label')}</th>
          {extension ? (
            <>
              <th>{t('claims:approval.formerDueDay')}</th>
              <th>{t('claims:approval.dueDay')}</th>
              <th>{t('claims:approval.keepsAccrued')}</th>
            </>
          ) : (
            <>
              <th className="num">{t(`claims:ask.value.${view.kind}`)}</th>
              <th className="num">{t('claims:requests.booked')}</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {view.lines.map((line) => (
          <tr key={line.instalmentId}>
            <td>
              <Link to={`/debts/${line.instalmentId}` as never}>{line.contractNumber}</Link>
            </td>
            <td>{line.label}</td>
            {extension ? (
              <>
                <td>{line.formerDueDay ?? ''}</td>
                <td>{line.dueDay ?? ''}</td>
                <td>{t(`claims:approval.kept.${line.keepsAccrued ? 'yes' : 'no'}`)}</td>
              </>
            ) : (
              <>
                <td className="num">
                  <Amount fen={line.amount} />
                </td>
                <td className="num">{line.booked === null ? '' : <Amount fen={line.booked} />}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Actions({ view }: { view: RequestView }) {
  const t = useT()
  const withReason = useWithReason()
  const may = { record: useCan('claims.record'), decide: useCan('claims.decide') }
  const [asking, setAsking] = useState<Asking | null>(null)
  const word = (key: string) => t(`claims:requests.${key}`)
  const reverse = () =>
    withReason(
      {
        title: word('reverse'),
        text: word('reverseText'),
        action: word('reverse'),
        danger: true,
        reason: { label: t('claims:columns.reason') },
      },
      (reason) => api.claims.requests.reverse({ id: view.id as never, version: view.version, reason }),
      word('reversed'),
    )
  const again = () =>
    setAsking({
      kind: view.kind,
      debts: view.lines.map((line) => ({
        ...line,
        dueDay: line.formerDueDay,
        askedAmount: line.amount,
        askedDay: line.dueDay,
      })),
      again: { id: view.id, version: view.version, reasonCode: view.reasonCode, reason: view.reason },
    })
  if (may.record && view.state === 'asked' && view.approval?.outcome === 'returned') {
    return (
      <>
        <Button type="primary" onClick={again}>
          {word('again')}
        </Button>
        <RequestDrawer asking={asking} onClose={() => setAsking(null)} />
      </>
    )
  }
  return may.decide && view.kind === 'writeOff' && view.state === 'done' ? (
    <Button danger onClick={() => void reverse()}>
      {word('reverse')}
    </Button>
  ) : null
}
