import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { CustomerClaims } from '#renderer/modules/claims/parts/customer-claims.tsx'
import { CreditPanel } from '#renderer/modules/credit/parts/credit-card.tsx'
import { useBalance, useCustomer } from '#renderer/modules/customers/customers.queries.ts'
import {
  ContactsPanel,
  FactsPanel,
  InvoicePanel,
  NotesPanel,
} from '#renderer/modules/customers/parts/customer-facts.tsx'
import { CustomFieldsPanel } from '#renderer/modules/customers/parts/custom-fields-panel.tsx'
import { ContractsPanel } from '#renderer/modules/customers/parts/customer-story.tsx'
import { CustomerStageTag, GradeMark } from '#renderer/modules/customers/parts/customer-tags.tsx'
import { Figures } from '#renderer/modules/customers/parts/figures.tsx'
import { MergesPanel } from '#renderer/modules/customers/parts/merges-panel.tsx'
import { MorePanel, RejectedNote, ScorePanel } from '#renderer/modules/customers/parts/screening-panels.tsx'
import { TeamPanel } from '#renderer/modules/customers/parts/team-panel.tsx'
import { HandoverDialog } from '#renderer/modules/handover/parts/handover-dialog.tsx'
import { InvoicedPanel } from '#renderer/modules/invoices/parts/invoiced-panel.tsx'
import { CustomerVisitsPanel, IntentPanel } from '#renderer/modules/visits/parts/customer-visits.tsx'
import { DealsPanel } from '#renderer/modules/deals/parts/customer-deals.tsx'
import { TimelinePanel } from '#renderer/modules/timeline/parts/timeline-panel.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import '#renderer/modules/customers/customers.css'

/** One customer: what is known (right) and what has happened (left). */
export function CustomerPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const customer = useCustomer(id)
  if (customer.shownError) {
    return (
      <Page title={t('customers:card')}>
        <ErrorNotice error={customer.shownError} onRetry={() => void customer.refetch()} />
      </Page>
    )
  }
  return customer.data ? <Card view={customer.data} /> : <Spin className="grid-spin" />
}

function Card({ view }: { view: CustomerView }) {
  const t = useT()
  return (
    <Page
      title={view.name}
      extra={
        <>
          <GradeMark grade={view.grade} />
          <CustomerStageTag stage={view.stage} />
          <span className="muted">
            {view.code} · {view.ownerName ?? t('customers:duplicates.nobody')}
          </span>
        </>
      }
      action={<Actions view={view} />}
    >
      {view.mergedInto !== null ? (
        <div className="notice attention">
          {t('customers:merge.mergedNote')}{' '}
          <Link to={`/customers/${view.mergedInto}` as never}>{t('customers:merge.toKept')}</Link>
        </div>
      ) : view.removed ? (
        <div className="notice attention">{t('customers:removedNote')}</div>
      ) : null}
      <RejectedNote view={view} />
      <HeadFigures view={view} />
      <div className="columns-main">
        <div className="page">
          <DealsPanel customerId={view.id} mayOpen={view.access === 'full'} />
          {view.access === 'full' ? <ContractsPanel customerId={view.id} /> : null}
          {view.access === 'full' && !view.removed ? (
            <InvoicedPanel of={{ customerId: view.id }} customerId={view.id} />
          ) : null}
          {view.access === 'full' && !view.removed ? <CustomerClaims customerId={view.id} /> : null}
          <CustomerVisitsPanel customer={view} />
          <IntentPanel customerId={view.id} />
          <AttachmentsPanel to="customer" id={view.id} />
          <TimelinePanel customerId={view.id} />
        </div>
        <div className="page">
          <FactsPanel view={view} />
          {view.access === 'full' && !view.removed ? <CreditPanel customerId={view.id} link /> : null}
          <MorePanel view={view} />
          <CustomFieldsPanel view={view} />
          <ContactsPanel view={view} />
          <TeamPanel view={view} />
          <InvoicePanel view={view} />
          <NotesPanel view={view} />
          <ScorePanel view={view} />
          <MergesPanel customerId={view.id} />
        </div>
      </div>
    </Page>
  )
}

/** What the customer owes and how much of the file is filled. */
function HeadFigures({ view }: { view: CustomerView }) {
  const t = useT()
  const balance = useBalance(view.id, useCan('receivables.read') && view.access === 'full')
  const word = (key: string) => t(`customers:balance.${key}`)
  return (
    <Figures
      items={[
        ...(balance
          ? [
              { label: word('outstanding'), value: <Amount fen={balance.outstanding} /> },
              { label: word('overdue'), value: <Amount fen={balance.overdue} />, late: balance.overdue > 0 },
            ]
          : []),
        { label: word('completeness'), value: `${Math.round(view.completeness / 100)}%` },
      ]}
    />
  )
}

function Actions({ view }: { view: CustomerView }) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const confirm = useConfirm()
  const [giving, setGiving] = useState(false)
  const may = {
    update: useCan('customers.update') && view.access !== 'read',
    remove: useCan('customers.remove') && view.access === 'full',
    transfer: useCan('customers.transfer') && view.access === 'full',
    claim: useCan('customers.claim') && view.access === 'full',
  }
  const remove = useCommand((input: { id: string; version: number }, options) => api.customers.remove(input, options))
  const restore = useCommand((input: { id: string; version: number }, options) => api.customers.restore(input, options))
  const release = useCommand((input: { id: string; version: number; note: string }, options) =>
    api.pool.release(input as never, options),
  )
  const edit = () => void navigate({ to: `/customers/${view.id}/edit` as never })
  useShortcut('e', 'customers:edit', edit, may.update && !view.removed)

  const putBack = async (version: number) => {
    try {
      await restore.run({ id: view.id, version })
      notice.done(t('customers:done.restored', { name: view.name }))
    } catch (error) {
      notice.fail(error)
    }
  }
  const throwAway = async () => {
    const title = t('customers:removeTitle', { name: view.name })
    const sure = await confirm({ title, text: t('customers:removeText'), action: t('customers:remove') })
    if (sure === null) return
    try {
      const { version } = await remove.run({ id: view.id, version: view.version })
      notice.done(t('customers:done.removed', { name: view.name }), () => void putBack(version))
      void navigate({ to: '/customers' as never })
    } catch (error) {
      notice.fail(error)
    }
  }

  const letGo = async () => {
    const text = t('pool:releaseText')
    const reason = { label: t('pool:columns.note') }
    const note = await confirm({ title: t('pool:release'), text, action: t('pool:release'), reason })
    if (note === null) return
    try {
      await release.run({ id: view.id, version: view.version, note })
      notice.done(t('pool:released', { name: view.name }))
      void navigate({ to: '/customers' as never })
    } catch (error) {
      notice.fail(error)
    }
  }

  if (view.removed) {
    return may.remove && view.mergedInto === null ? (
      <Button type="primary" loading={restore.busy} onClick={() => void putBack(view.version)}>
        {t('customers:restore')}
      </Button>
    ) : null
  }
  const steps: Readonly<Record<string, () => void>> = {
    release: () => void letGo(),
    remove: () => void throwAway(),
  }
  const more = [
    ...(may.claim && view.ownerId !== null ? [{ key: 'release', label: t('pool:release') }] : []),
    ...(may.remove ? [{ key: 'remove', label: t('customers:remove'), danger: true }] : []),
  ]
  return (
    <span className="action-bar">
      {more.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => steps[key]?.() }}>
          <Button loading={remove.busy || release.busy}>{t('customers:more')}</Button>
        </Dropdown>
      ) : null}
      {may.transfer ? <Button onClick={() => setGiving(true)}>{t('customers:transfer')}</Button> : null}
      {may.update ? (
        <Button type="primary" onClick={edit}>
          {t('customers:edit')}
        </Button>
      ) : null}
      <HandoverDialog ids={giving ? [view.id] : null} onClose={() => setGiving(false)} />
    </span>
  )
}
