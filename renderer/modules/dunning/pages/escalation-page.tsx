import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import type { EscalationView } from '#shared/modules/dunning/dunning.escalations.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { ApprovalLines } from '#renderer/modules/claims/parts/approval-lines.tsx'
import { EndCourt } from '#renderer/modules/dunning/parts/end-court.tsx'
import { EscalationDrawer, type Reporting } from '#renderer/modules/dunning/parts/escalation-drawer.tsx'
import { proposalWords, ReportTag, resultPlace } from '#renderer/modules/dunning/parts/escalation-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One reported difficulty: what was found and said, what was proposed, who decides, and what came of it. */
export function EscalationPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('dunning', id, () => api.dunning.escalations.get({ id: id as never }))
  if (found.shownError) {
    return (
      <Page title={t('dunning:escalations.title')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: EscalationView }) {
  const t = useT()
  const field = (key: string) => t(`dunning:escalations.fields.${key}`)
  const column = (key: string) => t(`dunning:columns.${key}`)
  return (
    <Page
      title={`${t('dunning:escalations.title')} · ${view.customerName}`}
      extra={<ReportTag state={view.state} />}
      action={<Actions view={view} />}
    >
      <div className="columns-main">
        <div className="page">
          <Panel title={t('dunning:escalations.approval.report')}>
            <Facts
              items={[
                {
                  label: column('customerName'),
                  value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
                },
                { label: field('reason'), value: t(`dunning:delayReasons.${view.reason}`) },
                { label: field('findings'), value: <span className="prose">{view.findings}</span> },
                { label: field('said'), value: <span className="prose">{view.said}</span> },
                { label: field('proposal'), value: proposalWords(view, t) },
                { label: column('askedByName'), value: view.askedByName },
                { label: column('reportDay'), value: view.day },
              ]}
            />
          </Panel>
          <Panel title={t('dunning:escalations.debts')}>
            <Debts view={view} />
          </Panel>
          <AttachmentsPanel to="escalation" id={view.id} />
        </div>
        <div className="page">
          {view.approval ? <ApprovalLines status={view.approval} /> : null}
          {view.state === 'done' ? (
            <Panel title={t('dunning:escalations.result')}>
              <Result view={view} />
            </Panel>
          ) : null}
        </div>
      </div>
    </Page>
  )
}

function Result({ view }: { view: EscalationView }) {
  const t = useT()
  const place = resultPlace(view.result, view.resultId)
  const word = t(`dunning:escalations.results.${view.result}`)
  return (
    <>
      <p>
        {place === null ? word : <Link to={place as never}>{word}</Link>}
        {view.doneDay === null ? null : <span className="muted"> · {view.doneDay}</span>}
      </p>
      {view.endedDay === null ? null : (
        <p>{t('dunning:escalations.endedOn', { day: view.endedDay, reason: view.endedReason })}</p>
      )}
    </>
  )
}

function Debts({ view }: { view: EscalationView }) {
  const t = useT()
  const column = (key: string) => t(`dunning:columns.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('dunning:letter.contract')}</th>
          <th scope="col">{t('dunning:letter.instalment')}</th>
          <th scope="col">{t('dunning:letter.dueDay')}</th>
          <th scope="col" className="num">
            {t('dunning:escalations.then')}
          </th>
          <th scope="col" className="num">
            {t('dunning:escalations.now')}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.lines.map((line) => (
          <tr key={line.instalmentId}>
            <td>{line.contractNumber}</td>
            <td>
              <Link to={`/debts/${line.instalmentId}` as never}>{line.label}</Link>
            </td>
            <td>{line.dueDay ?? ''}</td>
            <td className="num">
              <Amount fen={line.amount} />
            </td>
            <td className="num">
              <Amount fen={line.outstanding} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {column('reported')}
          </th>
          <td className="num">
            <Amount fen={view.amount} />
          </td>
          <td className="num">
            <Amount fen={view.lines.reduce((sum, line) => sum + line.outstanding, 0)} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

function Actions({ view }: { view: EscalationView }) {
  const t = useT()
  const mayRun = useCan('dunning.run')
  const [reporting, setReporting] = useState<Reporting | null>(null)
  if (!mayRun) return null
  if (view.state === 'returned') {
    const again = () =>
      setReporting({
        customerId: view.customerId,
        customerName: view.customerName,
        debts: view.lines,
        chosen: view.lines.filter((line) => line.outstanding > 0).map((line) => line.instalmentId),
        reason: view.reason,
        again: view,
      })
    return (
      <>
        <Button type="primary" onClick={again}>
          {t('dunning:escalations.again')}
        </Button>
        <EscalationDrawer reporting={reporting} onClose={() => setReporting(null)} />
      </>
    )
  }
  if (view.state !== 'done' || view.proposal !== 'court' || view.endedDay !== null) return null
  return <EndCourt customerId={view.customerId} />
}
