import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { longText } from '#shared/kernel/text.ts'
import type { ApprovalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { OutcomeTag } from '#renderer/modules/approvals/parts/outcome-tag.tsx'
import { useMe } from '#renderer/modules/tasks/tasks.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Panel } from '#renderer/ui/parts.tsx'
import { useDraftCheck } from './draft-check.tsx'
import { FindingsList } from './findings-list.tsx'

/** How the approval of a contract stands. */
export function useContractApproval(view: ContractView) {
  const found = useList('contracts', ['approval', view.id, view.version], () => api.contracts.approval({ id: view.id }))
  return approvalSteps(found.data, view.state === 'draft')
}

/** How an approval stands, and what follows from it for the next step of what is approved. */
export function approvalSteps(
  found: { needed: 'none' | 'optional' | 'binding'; status: ApprovalStatus | null } | undefined,
  draft: boolean,
) {
  const outcome = found?.status?.outcome ?? null
  const needed = found?.needed ?? 'none'
  return {
    needed,
    status: found?.status ?? null,
    draft,
    pending: draft && outcome === 'pending',
    /** It can be handed in now. */
    maySubmit: draft && needed !== 'none' && outcome !== 'pending' && outcome !== 'approved',
    /** Nothing keeps it from being signed. */
    maySign: draft && outcome !== 'pending' && (needed !== 'binding' || outcome === 'approved'),
  }
}
export type ContractApproval = ReturnType<typeof approvalSteps>

/** The approval of a record on its page; nothing where none was asked for and none is needed. */
export function ApprovalPanel({ ownerId, approval }: { ownerId: string; approval: ContractApproval }) {
  const t = useT()
  const notice = useNotice()
  const may = useCan('approvals.use')
  const me = useMe()
  const [busy, setBusy] = useState(false)
  const { status, needed } = approval
  if (status === null && (needed === 'none' || !approval.draft)) return null
  const word = (key: string) => t(`contracts:submit.${key}`)
  const withdraw = async () => {
    if (!status) return
    setBusy(true)
    try {
      await api.approvals.act({ id: status.id, version: status.version, action: { kind: 'withdraw', comment: '' } })
      notice.done(word('withdrawn'))
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel title={word('panel')}>
      {status === null ? (
        <p className="muted">{word(needed === 'binding' ? 'binding' : 'optional')}</p>
      ) : (
        <>
          <p>
            <OutcomeTag outcome={status.outcome} /> <span className="muted">{status.way}</span>
            {status.stepName === '' ? null : <span> · {status.stepName}</span>}
          </p>
          {status.waitingFor.length === 0 ? null : (
            <p>{t('contracts:submit.waiting', { names: status.waitingFor.join(t('approvals:document.between')) })}</p>
          )}
          {status.outcome === 'stale' ? <p>{word('stale')}</p> : null}
          {status.comment === '' ? null : <p className="approval-said">{status.comment}</p>}
          <span className="action-bar">
            {may ? <Link to={`/approvals/${status.id}` as never}>{word('open')}</Link> : null}
            {approval.pending && may && [status.applicantId, ownerId].includes(me) ? (
              <Button size="small" loading={busy} onClick={() => void withdraw()}>
                {t('approvals:act.withdraw')}
              </Button>
            ) : null}
          </span>
        </>
      )}
    </Panel>
  )
}

const schema = z.strictObject({ reason: longText(1000) })

/** Hands the draft in: what keeps it from that is listed, and warnings want a reason. */
export function SubmitDrawer(props: { view: ContractView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  const check = useDraftCheck(view)
  const of = (severity: string) => (check.data ?? []).filter((finding) => finding.severity === severity)
  const errors = of('error')
  const warnings = of('warning')
  const wanted = schema.refine(({ reason }) => warnings.length === 0 || reason !== '', {
    path: ['reason'],
    message: 'validation:required',
  })
  return (
    <ActionForm
      title={t('contracts:submit.title')}
      hint={t('contracts:submit.hint')}
      open={props.open}
      schema={wanted}
      initial={{ reason: '' }}
      submitLabel={t('contracts:submit.title')}
      disabled={check.data === undefined || errors.length > 0}
      onClose={props.onClose}
      submit={async ({ reason }) => {
        await api.contracts.submit({ id: view.id, version: view.version, reason })
        notice.done(t('contracts:submit.done', { number: view.number }))
      }}
    >
      {errors.length > 0 ? (
        <>
          <p role="alert">{t('contracts:submit.blocked', { count: errors.length })}</p>
          <FindingsList findings={errors} />
        </>
      ) : null}
      {warnings.length > 0 ? (
        <>
          <p>{t('contracts:submit.reasonHint', { count: warnings.length })}</p>
          <FindingsList findings={warnings} />
          <TextAreaField name="reason" label={t('contracts:submit.reason')} max={1000} rows={4} wide required />
        </>
      ) : null}
    </ActionForm>
  )
}
