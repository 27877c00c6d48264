import { Link, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import type { PlanView } from '#shared/modules/claims/claims.plans.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { usePlan } from '#renderer/modules/claims/claims.queries.ts'
import { ApprovalLines } from '#renderer/modules/claims/parts/approval-lines.tsx'
import { CallInPlan, SignPlan } from '#renderer/modules/claims/parts/plan-drawers.tsx'
import { PlanTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { Figures } from '#renderer/modules/customers/parts/figures.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice, useWithReason } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { StoredPaper, type PaperSource } from '#renderer/ui/stored-paper.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** One repayment agreement: what it fixes, what is paid when and was paid, and how far it has come. */
export function PlanPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = usePlan(id)
  if (found.shownError) {
    return (
      <Page title={t('claims:lists.plans')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

type Opened = 'sign' | 'callIn' | 'paper'

function Shown({ view }: { view: PlanView }) {
  const t = useT()
  const [open, setOpen] = useState<Opened | null>(null)
  const close = () => setOpen(null)
  const label = (key: string) => t(`claims:columns.${key}`)
  // A draft is printed anew with every version of it, what was signed comes from the register.
  const paper: PaperSource = {
    key: ['plan', view.id, view.hasFile ? 'signed' : view.version],
    title: view.number,
    load: () =>
      view.hasFile ? api.claims.plans.file({ id: view.id as never }) : api.claims.plans.print({ id: view.id as never }),
  }
  return (
    <Page
      title={`${t('claims:plan.title')} ${view.number}`}
      extra={<PlanTag stage={view.stage} />}
      action={<Actions view={view} onOpen={setOpen} />}
    >
      {view.stage === 'void' ? (
        <div className="notice">{t('claims:statements.voidNote', { reason: view.voidReason })}</div>
      ) : null}
      <Figures
        items={[
          { label: label('principal'), value: <Amount fen={view.principal} /> },
          { label: label('interest'), value: <Amount fen={view.interest} /> },
          { label: label('costs'), value: <Amount fen={view.costs} /> },
          { label: label('paid'), value: <Amount fen={view.paid} /> },
          { label: label('late'), value: <Amount fen={view.late} />, late: view.late > 0 },
        ]}
      />
      <div className="columns-main">
        <div className="page">
          <LinesPanel view={view} />
          <DebtsPanel view={view} />
        </div>
        <div className="page">
          {view.approval ? <ApprovalLines status={view.approval} /> : null}
          <FactsPanel view={view} />
          <AttachmentsPanel to="repaymentPlan" id={view.id} />
        </div>
      </div>
      <SignPlan view={view} open={open === 'sign'} onClose={close} />
      <CallInPlan view={view} open={open === 'callIn'} onClose={close} />
      <StoredPaper source={paper} open={open === 'paper'} onClose={close} />
    </Page>
  )
}

function LinesPanel({ view }: { view: PlanView }) {
  const t = useT()
  return (
    <Panel title={t('claims:plans.fields.lines')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('claims:plan.no')}</th>
            <th>{t('claims:plan.lineDay')}</th>
            <th className="num">{t('claims:plan.lineAmount')}</th>
            <th className="num">{t('claims:columns.paid')}</th>
            <th>
              <span className="visually-hidden">{t('claims:columns.late')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {view.lines.map((line) => (
            <tr key={line.seq}>
              <td>{line.seq}</td>
              <td>{line.dueDay}</td>
              <td className="num">
                <Amount fen={line.amount} />
              </td>
              <td className="num">
                <Amount fen={line.paid} />
              </td>
              <td>{line.late ? <span className="tag danger">{t('claims:columns.late')}</span> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function DebtsPanel({ view }: { view: PlanView }) {
  const t = useT()
  const head = (key: string) => t(`claims:columns.${key}`)
  return (
    <Panel title={t('claims:plans.fields.debts')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head('contractNumber')}</th>
            <th>{head('label')}</th>
            <th>{t('claims:plan.formerDueDay')}</th>
            <th>{t('claims:approval.dueDay')}</th>
            <th className="num">{head('principal')}</th>
            <th className="num">{head('interest')}</th>
            <th className="num">{head('costs')}</th>
          </tr>
        </thead>
        <tbody>
          {view.debts.map((debt) => (
            <tr key={debt.instalmentId}>
              <td>
                <Link to={`/debts/${debt.instalmentId}` as never}>{debt.contractNumber}</Link>
              </td>
              <td>{debt.label}</td>
              <td>{debt.formerDueDay ?? ''}</td>
              <td>{debt.dueDay}</td>
              {[debt.principal, debt.interest, debt.costs].map((fen, i) => (
                <td key={i} className="num">
                  <Amount fen={fen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function FactsPanel({ view }: { view: PlanView }) {
  const t = useT()
  const label = (key: string) => t(`claims:columns.${key}`)
  const field = (key: string) => t(`claims:plans.fields.${key}`)
  return (
    <Panel title={t('claims:debt.facts')}>
      <Facts
        items={[
          {
            label: label('customerName'),
            value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
          },
          { label: field('day'), value: view.day },
          { label: field('reason'), value: view.reason },
          { label: t('claims:approval.callsIn'), value: t(`claims:approval.kept.${view.callsIn ? 'yes' : 'no'}`) },
          { label: field('guarantee'), value: view.guarantee },
          { label: field('terms'), value: view.terms },
          ...(view.signDay === null
            ? []
            : [
                { label: label('signDay'), value: view.signDay },
                { label: t('claims:plans.ourSigner'), value: view.ourSigner },
                {
                  label: t('claims:plans.theirSigner'),
                  value: `${view.signer} · ${t(`claims:signerRoles.${view.signerRole ?? 'unknown'}`)}`,
                },
                { label: t('claims:hash'), value: <code>{view.sha256.slice(0, 16)}</code> },
              ]),
          ...(view.calledDay === null ? [] : [{ label: t('claims:plans.calledDay'), value: view.calledDay }]),
          { label: label('ownerName'), value: view.ownerName },
        ]}
      />
    </Panel>
  )
}

/** What may be done with it as it stands; at most one primary step. */
function Actions({ view, onOpen }: { view: PlanView; onOpen: (what: Opened) => void }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const withReason = useWithReason()
  const may = { record: useCan('claims.record'), decide: useCan('claims.decide') }
  const word = (key: string) => t(`claims:plans.${key}`)
  const target = { id: view.id as never, version: view.version }
  const submit = () => notice.tell(() => api.claims.plans.submit(target), word('submitted'))
  const giveUp = () =>
    withReason(
      {
        title: word('void'),
        text: word('voidText'),
        action: word('void'),
        danger: true,
        reason: { label: t('claims:columns.reason') },
      },
      (reason) => api.claims.plans.void({ ...target, reason }),
      word('voided'),
    )
  const open = view.stage === 'draft' || view.stage === 'asked' || view.stage === 'approved'
  return (
    <span className="action-bar">
      {may.record && open ? (
        <Dropdown
          trigger={['click']}
          menu={{ items: [{ key: 'void', label: word('void'), danger: true }], onClick: () => void giveUp() }}
        >
          <Button>{t('contracts:page.more')}</Button>
        </Dropdown>
      ) : null}
      <Button onClick={() => onOpen('paper')}>{word('openFile')}</Button>
      {may.record && view.stage === 'draft' ? (
        <>
          <Button onClick={() => go(`/repayment-plans/${view.id}/edit`)}>{word('edit')}</Button>
          <Button type="primary" onClick={() => void submit()}>
            {word('submit')}
          </Button>
        </>
      ) : null}
      {may.record && view.stage === 'approved' ? (
        <Button type="primary" onClick={() => onOpen('sign')}>
          {word('sign')}
        </Button>
      ) : null}
      {may.decide && view.stage === 'broken' && view.callsIn ? (
        <Button type="primary" danger onClick={() => onOpen('callIn')}>
          {word('callIn')}
        </Button>
      ) : null}
    </span>
  )
}
