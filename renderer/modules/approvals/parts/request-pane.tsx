import { Link } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { ApprovalAction } from '#shared/modules/approvals/approvals.contract.ts'
import type { ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import type { ApprovalView } from '#shared/modules/approvals/approvals.schema.ts'
import { actionWords, stepWords } from '#shared/modules/approvals/approvals.words.ts'
import { useApproval } from '#renderer/modules/approvals/approvals.queries.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Panel } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import { ContentPanel } from './content-table.tsx'
import { DecisionDrawer, type Deciding } from './decision-drawer.tsx'
import { OutcomeTag } from './outcome-tag.tsx'
import { StepsLine } from './steps-line.tsx'

/** Where the page of what is approved is, and who may open it. */
const RECORDS = {
  contract: { to: '/contracts', permit: 'contracts.read' },
  supplement: { to: '/contracts/supplements', permit: 'contracts.read' },
  quotation: { to: '/quotations', permit: 'deals.read' },
  writeOff: { to: '/claim-requests', permit: 'claims.read' },
  extension: { to: '/claim-requests', permit: 'claims.read' },
  interestWaiver: { to: '/claim-requests', permit: 'claims.read' },
  repaymentPlan: { to: '/repayment-plans', permit: 'claims.read' },
  creditLimit: { to: '/credit', permit: 'credit.read' },
  escalation: { to: '/dunning/escalations', permit: 'dunning.read' },
  correction: { to: '/performance/corrections', permit: 'performance.read' },
  proposal: { to: '/performance/proposals', permit: 'performance.targets' },
} as const satisfies Record<ApprovalKind, { to: string; permit: string }>

/** The request at hand: what is asked, how far it is, what was said, and what may be done. */
export function RequestPane(props: { id: string; onDecided: () => void }) {
  const found = useApproval(props.id)
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  if (!found.data) return <Spin className="grid-spin" />
  return <Shown key={found.data.id} view={found.data} onDecided={props.onDecided} again={() => void found.refetch()} />
}

function Shown({ view, onDecided, again }: { view: ApprovalView; onDecided: () => void; again: () => void }) {
  const t = useT()
  const notice = useNotice()
  const [step, setStep] = useState<Deciding | null>(null)
  const [busy, setBusy] = useState(false)
  const [sheet, setSheet] = useState<{ fileId: string; name: string } | null>(null)
  const { may } = view
  const act = async (action: ApprovalAction) => {
    try {
      const done = await api.approvals.act({ id: view.id, version: view.version, action })
      notice.done(t(`approvals:said.${action.kind}`))
      const decided = action.kind === 'approve' || action.kind === 'reject' || action.kind === 'return'
      if (decided || done.outcome !== 'pending') onDecided()
    } catch (error) {
      // Somebody acted meanwhile: what stands there now is shown beside the refusal.
      if (shownError(error).code === 'STALE') again()
      throw error
    }
  }
  const atOnce = async (action: ApprovalAction) => {
    setBusy(true)
    try {
      await act(action)
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  const approve = () => void atOnce({ kind: 'approve', comment: '' })
  const free = step === null && sheet === null && !busy
  useShortcut('a', 'approvals:act.approve', approve, may.decide && free)
  useShortcut('r', 'approvals:act.reject', () => setStep('reject'), may.decide && free)
  useShortcut('b', 'approvals:act.return', () => setStep('return'), may.decide && free)
  const print = async () => {
    try {
      setSheet(await api.approvals.preview({ id: view.id }))
    } catch (error) {
      notice.fail(error)
    }
  }
  const more = [
    ...(may.decide
      ? [
          { key: 'approve', label: t('approvals:act.approveWith') },
          { key: 'addSigner', label: t('approvals:act.addSigner') },
        ]
      : []),
    ...(may.comment ? [{ key: 'comment', label: t('approvals:act.comment') }] : []),
    { key: 'sheet', label: t('approvals:act.sheet') },
  ]
  return (
    <>
      <div className="approval-head">
        <h2>{view.title}</h2>
        <OutcomeTag outcome={view.outcome} />
        {view.round > 1 ? <span className="muted">{t('approvals:round', { round: view.round })}</span> : null}
      </div>
      <div className="approval-actions" role="toolbar" aria-label={t('approvals:title')}>
        {may.decide ? (
          <>
            <Button type="primary" loading={busy} onClick={approve}>
              {t('approvals:act.approve')}
            </Button>
            <Button onClick={() => setStep('return')}>{t('approvals:act.return')}</Button>
            <Button danger onClick={() => setStep('reject')}>
              {t('approvals:act.reject')}
            </Button>
          </>
        ) : null}
        {may.remind ? (
          <Button loading={busy} onClick={() => void atOnce({ kind: 'remind', comment: '' })}>
            {t('approvals:act.remind')}
          </Button>
        ) : null}
        {may.withdraw ? <Button onClick={() => setStep('withdraw')}>{t('approvals:act.withdraw')}</Button> : null}
        <Dropdown
          trigger={['click']}
          menu={{
            items: more,
            onClick: ({ key }) => (key === 'sheet' ? void print() : setStep(key as Deciding)),
          }}
        >
          <Button>{t('approvals:act.more')}</Button>
        </Dropdown>
        <span className="spacer" />
        <RecordLink view={view} />
      </div>
      <Panel title={t('approvals:parts.steps')}>
        <StepsLine steps={view.steps} />
      </Panel>
      <FactsPanel view={view} />
      <ContentPanel view={view} />
      <HistoryPanel actions={view.actions} />
      <DecisionDrawer view={view} step={step} act={act} onClose={() => setStep(null)} />
      <PdfDialog file={sheet} onClose={() => setSheet(null)} />
    </>
  )
}

function RecordLink({ view }: { view: ApprovalView }) {
  const t = useT()
  const { to, permit } = RECORDS[view.kind]
  const allowed = useCan(permit)
  return allowed ? <Link to={`${to}/${view.recordId}` as never}>{t('approvals:act.open')}</Link> : null
}

function FactsPanel({ view }: { view: ApprovalView }) {
  const t = useT()
  const field = (key: string) => t(`approvals:fields.${key}`)
  return (
    <Panel>
      <Facts
        items={[
          { label: field('customer'), value: view.customerName },
          { label: field('amount'), value: view.amount === null ? '' : <Amount fen={view.amount} /> },
          { label: field('applicant'), value: view.applicantName },
          { label: field('owner'), value: view.ownerName },
          { label: field('submittedAt'), value: formatMoment(view.submittedAt, SEAT_ZONE) },
          {
            label: field('way'),
            value: `${view.definitionName} · ${t('approvals:fields.edition', { edition: view.edition })}`,
          },
        ]}
      />
    </Panel>
  )
}

function HistoryPanel({ actions }: Pick<ApprovalView, 'actions'>) {
  const t = useT()
  return (
    <Panel title={t('approvals:parts.history')}>
      <ol className="approval-history">
        {actions.map((action) => (
          <li key={action.id}>
            <span className="muted">{formatMoment(action.at, SEAT_ZONE)}</span>{' '}
            <strong>{action.userName || t('approvals:did.program')}</strong> {actionWords(action, t)}
            {action.stepName === '' ? null : (
              <span className="muted"> · {stepWords({ name: action.stepName, added: false }, t)}</span>
            )}
            {action.comment === '' ? null : <p>{action.comment}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
