import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { SupplementView } from '#shared/modules/contracts/contracts.lives.schema.ts'
import { contractSums } from '#shared/modules/contracts/contracts.rules.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { ApprovalPanel, approvalSteps } from '#renderer/modules/contracts/parts/approval-panel.tsx'
import { ChangesTable } from '#renderer/modules/contracts/parts/changes-table.tsx'
import { SupplementTag } from '#renderer/modules/contracts/parts/lives-panel.tsx'
import { PrintMenu, twoFormats } from '#renderer/modules/contracts/parts/print-menu.tsx'
import { SignSupplement, VoidSupplement } from '#renderer/modules/contracts/parts/supplement-drawers.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** One supplement: what it changes, how its approval stands, and what may be done next. */
export function SupplementPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('contracts', id, () => api.contracts.supplements.get({ id }))
  if (found.shownError) {
    return (
      <Page title={t('contracts:supplement.title')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: SupplementView }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const [open, setOpen] = useState<'sign' | 'void' | null>(null)
  const [busy, setBusy] = useState(false)
  const asked = useList('contracts', ['supplementApproval', view.id, view.version], () =>
    api.contracts.supplements.approval({ id: view.id }),
  )
  const draft = view.state === 'draft'
  const approval = approvalSteps(asked.data, draft)
  const may = {
    update: useCan('contracts.update'),
    submit: useCan('contracts.submit'),
    sign: useCan('contracts.sign'),
  }
  const atOnce = async (step: () => Promise<void>) => {
    setBusy(true)
    try {
      await step()
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  const submit = () =>
    atOnce(async () => {
      await api.contracts.supplements.submit({ id: view.id, version: view.version })
      notice.done(t('contracts:submit.done', { number: view.number }))
    })
  return (
    <Page
      title={`${view.number} ${t('contracts:supplement.title')}`}
      extra={<SupplementTag state={view.state} />}
      action={
        <span className="contract-actions">
          {draft && may.update ? (
            <Button onClick={() => setOpen('void')}>{t('contracts:supplement.void')}</Button>
          ) : null}
          <PrintMenu choices={twoFormats((format) => api.contracts.supplements.preview({ id: view.id, format }), t)} />
          {draft && !approval.pending && may.update ? (
            <Button onClick={() => go(`/contracts/supplements/${view.id}/edit`)}>{t('contracts:page.edit')}</Button>
          ) : null}
          {approval.maySubmit && may.submit ? (
            <Button type={approval.maySign ? 'default' : 'primary'} loading={busy} onClick={() => void submit()}>
              {t('contracts:submit.title')}
            </Button>
          ) : null}
          {approval.maySign && may.sign ? (
            <Button type="primary" onClick={() => setOpen('sign')}>
              {t('contracts:supplement.sign')}
            </Button>
          ) : null}
        </span>
      }
    >
      {view.state === 'void' ? (
        <div className="notice">{t('contracts:supplement.voidedFor', { reason: view.voidReason })}</div>
      ) : null}
      {view.current ? null : <div className="notice">{t('contracts:supplement.stale')}</div>}
      <div className="columns-main">
        <div className="page">
          <Panel title={t(draft ? 'contracts:supplement.changes' : 'contracts:supplement.changed')}>
            <ChangesTable before={view.base} after={view.fields} />
          </Panel>
        </div>
        <div className="page">
          <ApprovalPanel ownerId="" approval={approval} />
          <FactsPanel view={view} />
          <AttachmentsPanel to="contract" id={view.contractId} />
        </div>
      </div>
      <SignSupplement view={view} open={open === 'sign'} onClose={() => setOpen(null)} />
      <VoidSupplement view={view} open={open === 'void'} onClose={() => setOpen(null)} />
    </Page>
  )
}

function FactsPanel({ view }: { view: SupplementView }) {
  const t = useT()
  const before = contractSums(view.base.lines).amount
  return (
    <Panel title={t('contracts:supplement.facts')}>
      <Facts
        items={[
          {
            label: t('contracts:supplement.contract'),
            value: <Link to={`/contracts/${view.contractId}` as never}>{view.contractNumber}</Link>,
          },
          { label: t('contracts:page.customer'), value: view.customerName },
          { label: t('contracts:supplement.reason'), value: view.reason },
          { label: t('contracts:supplement.amountBefore'), value: <Amount fen={before} /> },
          { label: t('contracts:supplement.amount'), value: <Amount fen={view.amount} /> },
          { label: t('contracts:supplement.received'), value: formatYuan(view.received) },
          { label: t('contracts:supplement.signDay'), value: view.signDay ?? '' },
          { label: t('contracts:fields.ourSigner'), value: view.ourSigner },
          { label: t('contracts:fields.theirSigner'), value: view.theirSigner },
          { label: t('contracts:supplement.drafted'), value: `${view.byName} ${formatMoment(view.createdAt, ZONE)}` },
        ]}
      />
    </Panel>
  )
}
