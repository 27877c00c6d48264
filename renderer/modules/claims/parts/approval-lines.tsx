import { Link } from '@tanstack/react-router'
import type { ApprovalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { OutcomeTag } from '#renderer/modules/approvals/parts/outcome-tag.tsx'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel } from '#renderer/ui/parts.tsx'

/** How the approval of what was asked stands, on its page. */
export function ApprovalLines({ status }: { status: ApprovalStatus }) {
  const t = useT()
  const may = useCan('approvals.use')
  return (
    <Panel title={t('contracts:submit.panel')}>
      <p>
        <OutcomeTag outcome={status.outcome} /> <span className="muted">{status.way}</span>
        {status.stepName === '' ? null : <span> · {status.stepName}</span>}
      </p>
      {status.waitingFor.length === 0 ? null : (
        <p>{t('contracts:submit.waiting', { names: status.waitingFor.join(t('approvals:document.between')) })}</p>
      )}
      {status.comment === '' ? null : <p className="approval-said">{status.comment}</p>}
      {may ? <Link to={`/approvals/${status.id}` as never}>{t('contracts:submit.open')}</Link> : null}
    </Panel>
  )
}
