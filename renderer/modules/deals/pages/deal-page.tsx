import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import type { DealView } from '#shared/modules/deals/deals.schema.ts'
import { isOpenStage, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { CustomerVisitsPanel } from '#renderer/modules/visits/parts/customer-visits.tsx'
import '#renderer/modules/customers/customers.css'
import { useDeal } from '#renderer/modules/deals/deals.queries.ts'
import { LoseDrawer, NextStepDrawer, ReopenDrawer, WinDrawer } from '#renderer/modules/deals/parts/close-drawers.tsx'
import {
  ClosingPanel,
  CompetitorsPanel,
  ConcernsPanel,
  FactsPanel,
  MovesPanel,
  NeedsPanel,
  NextStepPanel,
  NotesPanel,
  SplitsPanel,
} from '#renderer/modules/deals/parts/deal-panels.tsx'
import { MinutesPanel } from '#renderer/modules/deals/parts/minutes-panel.tsx'
import { MoveDrawer } from '#renderer/modules/deals/parts/move-drawer.tsx'
import { QuotationsPanel } from '#renderer/modules/deals/parts/quotations-panel.tsx'
import { StageBar } from '#renderer/modules/deals/parts/stage-bar.tsx'
import { DealStageTag } from '#renderer/modules/deals/parts/stage-tag.tsx'
import '#renderer/modules/deals/deals.css'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'

type Step = 'win' | 'lose' | 'reopen' | 'next'

/** One deal: where it stands, what is known, what is to be done, and how it came here. */
export function DealPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const deal = useDeal(id)
  if (deal.shownError) {
    return (
      <Page title={t('deals:view')}>
        <ErrorNotice error={deal.shownError} onRetry={() => void deal.refetch()} />
      </Page>
    )
  }
  return deal.data ? <Shown deal={deal.data} /> : <Spin className="grid-spin" />
}

function Shown({ deal }: { deal: DealView }) {
  const t = useT()
  const [target, setTarget] = useState<OpenStage | null>(null)
  const [step, setStep] = useState<Step | null>(null)
  const close = () => setStep(null)
  const days = isOpenStage(deal.stage) ? ` · ${t('deals:card.days', { count: deal.daysInStage })}` : ''
  return (
    <Page
      title={deal.name}
      extra={
        <>
          <DealStageTag stage={deal.stage} />
          <span className="muted">{`${deal.number} · ${deal.ownerName}${days}`}</span>
        </>
      }
      action={<Actions deal={deal} onStep={setStep} />}
    >
      <StageBar deal={deal} onMove={setTarget} />
      <div className="columns-main">
        <div className="page">
          <ClosingPanel deal={deal} />
          <NeedsPanel deal={deal} />
          <QuotationsPanel deal={deal} />
          <MinutesPanel deal={deal} />
          <CompetitorsPanel deal={deal} />
          <ConcernsPanel deal={deal} />
          <CustomerVisitsPanel customer={{ id: deal.customerId, name: deal.customerName }} />
          <NotesPanel deal={deal} />
          <MovesPanel deal={deal} />
        </div>
        <div className="page">
          <NextStepPanel deal={deal} onPlan={() => setStep('next')} />
          <FactsPanel deal={deal} />
          <SplitsPanel deal={deal} />
          <AttachmentsPanel to="deal" id={deal.id} />
        </div>
      </div>
      <MoveDrawer deal={deal} target={target} onClose={() => setTarget(null)} />
      {step === 'win' ? <WinDrawer deal={deal} onClose={close} /> : null}
      {step === 'lose' ? <LoseDrawer deal={deal} onClose={close} /> : null}
      {step === 'reopen' ? <ReopenDrawer deal={deal} onClose={close} /> : null}
      {step === 'next' ? <NextStepDrawer deal={deal} onClose={close} /> : null}
    </Page>
  )
}

function Actions(props: { deal: DealView; onStep: (step: Step) => void }) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const confirm = useConfirm()
  const { deal } = props
  const mayRemove = useCan('deals.remove')
  const mayContract = useCan('contracts.create')
  const open = isOpenStage(deal.stage)
  const draft = () => void navigate({ to: '/contracts/new' as never, search: { deal: deal.id } as never })
  const edit = () => void navigate({ to: `/deals/${deal.id}/edit` as never })
  useShortcut('e', 'deals:edit', edit, open && deal.editable)
  const remove = useCommand((input: { id: string; version: number }, options) => api.deals.remove(input, options))
  const throwAway = async () => {
    const text = t('deals:removeText', { name: deal.name })
    if ((await confirm({ title: t('deals:remove'), text, action: t('deals:remove'), danger: true })) === null) return
    try {
      await remove.run({ id: deal.id, version: deal.version })
      notice.done(t('common:removed'))
      void navigate({ to: '/deals' as never })
    } catch (error) {
      notice.fail(error)
    }
  }
  if (!deal.editable) return null
  return (
    <span className="action-bar">
      {mayRemove ? (
        <Button loading={remove.busy} onClick={() => void throwAway()}>
          {t('deals:remove')}
        </Button>
      ) : null}
      {mayContract && deal.stage !== 'lost' && deal.contractId === null ? (
        <Button onClick={draft}>{t('contracts:list.create')}</Button>
      ) : null}
      {open ? (
        <>
          <Button onClick={edit}>{t('deals:edit')}</Button>
          <Button onClick={() => props.onStep('lose')}>{t('deals:lose.submit')}</Button>
          <Button type="primary" onClick={() => props.onStep('win')}>
            {t('deals:win.submit')}
          </Button>
        </>
      ) : (
        <Button type="primary" onClick={() => props.onStep('reopen')}>
          {t('deals:reopen.title')}
        </Button>
      )}
    </span>
  )
}
