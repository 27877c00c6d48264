import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { secondLanguageOf } from '#shared/modules/contracts/contracts.languages.ts'
import { isPriceList } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { collectionRate } from '#shared/modules/receivables/receivables.rules.ts'
import { TermsPanel } from '#renderer/modules/claims/parts/terms-panel.tsx'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import '#renderer/modules/contracts/contracts.css'
import { useContract } from '#renderer/modules/contracts/contracts.queries.ts'
import {
  ApprovalPanel,
  SubmitDrawer,
  useContractApproval,
  type ContractApproval,
} from '#renderer/modules/contracts/parts/approval-panel.tsx'
import { LinesPanel, PlanPanel } from '#renderer/modules/contracts/parts/contract-tables.tsx'
import { DraftCheck } from '#renderer/modules/contracts/parts/draft-check.tsx'
import { EndDrawer } from '#renderer/modules/contracts/parts/end-drawer.tsx'
import { EventDrawer } from '#renderer/modules/contracts/parts/event-drawer.tsx'
import { ContractPrintMenu } from '#renderer/modules/contracts/parts/print-menu.tsx'
import { PapersPanel } from '#renderer/modules/contracts/parts/papers-panel.tsx'
import { LivesPanel } from '#renderer/modules/contracts/parts/lives-panel.tsx'
import { SignDrawer } from '#renderer/modules/contracts/parts/sign-drawer.tsx'
import { StageTag } from '#renderer/modules/contracts/parts/stage-tag.tsx'
import { VoidDialog } from '#renderer/modules/contracts/parts/void-dialog.tsx'
import { ObligationsPanel } from '#renderer/modules/obligations/parts/obligations-panel.tsx'
import { InvoicedPanel } from '#renderer/modules/invoices/parts/invoiced-panel.tsx'
import { OrderOfContract } from '#renderer/modules/orders/parts/order-fact.tsx'
import { shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** One contract: what was agreed, where it stands, what was paid, and what may be done next. */
export function ContractPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const contract = useContract(id)
  if (contract.error) {
    return (
      <Page title={t('contracts:list.title')}>
        <ErrorNotice error={shownError(contract.error)} onRetry={() => void contract.refetch()} />
      </Page>
    )
  }
  return contract.data ? <Shown view={contract.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: ContractView }) {
  const t = useT()
  const [open, setOpen] = useState<'sign' | 'void' | 'event' | 'submit' | 'end' | null>(null)
  const approval = useContractApproval(view)
  const close = () => setOpen(null)
  return (
    <Page
      title={`${view.number} ${view.title}`}
      extra={<StageTag stage={view.stage} />}
      action={<Actions view={view} approval={approval} onOpen={setOpen} />}
    >
      {view.state === 'void' ? (
        <div className="notice">{t('contracts:page.voided', { day: view.voidDay ?? '', reason: view.voidReason })}</div>
      ) : null}
      {view.ended === null ? null : <div className="notice">{endedWords(view, t)}</div>}
      {view.state === 'draft' ? <DraftCheck view={view} /> : null}
      <div className="columns-main">
        <div className="page">
          <LinesPanel view={view} />
          <PlanPanel view={view} />
          {view.state === 'signed' ? <ObligationsPanel view={view} /> : null}
          {view.state === 'signed' ? <InvoicedPanel of={{ contractId: view.id }} customerId={view.customerId} /> : null}
          {view.state === 'void' ? null : <PapersPanel view={view} />}
          <LivesPanel view={view} />
        </div>
        <div className="page">
          <ApprovalPanel ownerId={view.ownerId} approval={approval} />
          <FactsPanel view={view} />
          {view.state === 'signed' ? <TermsPanel contractId={view.id} /> : null}
          <AttachmentsPanel to="contract" id={view.id} />
          {view.state === 'signed' ? <EventsPanel view={view} onRecord={() => setOpen('event')} /> : null}
        </div>
      </div>
      <SubmitDrawer view={view} open={open === 'submit'} onClose={close} />
      <SignDrawer view={view} open={open === 'sign'} onClose={close} />
      <EventDrawer view={view} open={open === 'event'} onClose={close} />
      <VoidDialog view={view} open={open === 'void'} onClose={close} />
      <EndDrawer view={view} open={open === 'end'} onClose={close} />
    </Page>
  )
}

/** At most one primary action: the next step of the contract. */
function Actions(props: {
  view: ContractView
  approval: ContractApproval
  onOpen: (what: 'sign' | 'void' | 'submit' | 'end') => void
}) {
  const t = useT()
  const navigate = useNavigate()
  const { view, approval } = props
  const may = {
    submit: useCan('contracts.submit'),
    update: useCan('contracts.update'),
    sign: useCan('contracts.sign'),
    void: useCan('contracts.void'),
    receive: useCan('receipts.record'),
  }
  return (
    <span className="contract-actions">
      {view.state === 'draft' ? (
        may.void ? (
          <Button onClick={() => props.onOpen('void')}>{t('contracts:page.void')}</Button>
        ) : null
      ) : (
        <MoreActions view={view} onOpen={props.onOpen} />
      )}
      <ContractPrintMenu view={view} />
      {view.state === 'draft' && !approval.pending && may.update ? (
        <Button onClick={() => void navigate({ to: `/contracts/${view.id}/edit` as never })}>
          {t('contracts:page.edit')}
        </Button>
      ) : null}
      {approval.maySubmit && may.submit ? (
        <Button type={approval.maySign ? 'default' : 'primary'} onClick={() => props.onOpen('submit')}>
          {t('contracts:submit.title')}
        </Button>
      ) : null}
      {approval.maySign && may.sign ? (
        <Button type="primary" onClick={() => props.onOpen('sign')}>
          {t('contracts:page.sign')}
        </Button>
      ) : null}
      {view.stage === 'performing' && may.receive ? (
        <Button
          type="primary"
          onClick={() =>
            void navigate({ to: '/receipts/new' as never, search: { customer: view.customerId } as never })
          }
        >
          {t('contracts:page.recordReceipt')}
        </Button>
      ) : null}
    </span>
  )
}

/** What follows a contract that was signed or given up: another one, or its end. */
function MoreActions(props: { view: ContractView; onOpen: (what: 'void' | 'end') => void }) {
  const t = useT()
  const go = useGo()
  const navigate = useNavigate()
  const { view } = props
  const may = { create: useCan('contracts.create'), update: useCan('contracts.update'), void: useCan('contracts.void') }
  const running = view.state === 'signed' && view.ended === null
  const items = [
    ...(running && may.update ? [{ key: 'supplement', label: t('contracts:supplement.draft') }] : []),
    ...(running && view.kind === 'frame' && may.create ? [{ key: 'callOff', label: t('contracts:page.callOff') }] : []),
    ...(view.state === 'signed' && may.create ? [{ key: 'renew', label: t('contracts:page.renew') }] : []),
    ...(may.create ? [{ key: 'copy', label: t('contracts:page.copy') }] : []),
    ...(running && may.void ? [{ key: 'end', label: t('contracts:page.end'), danger: true }] : []),
    ...(view.state === 'signed' && may.void ? [{ key: 'void', label: t('contracts:page.void'), danger: true }] : []),
  ]
  const choose = (key: string) => {
    if (key === 'supplement') go(`/contracts/${view.id}/supplement`)
    const draft = (search: object) => void navigate({ to: '/contracts/new' as never, search: search as never })
    if (key === 'callOff') draft({ callOff: view.id })
    if (key === 'renew') draft({ renews: view.id })
    if (key === 'copy') draft({ copy: view.id })
    if (key === 'end' || key === 'void') props.onOpen(key)
  }
  if (items.length === 0) return null
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
      <Button>{t('contracts:page.more')}</Button>
    </Dropdown>
  )
}

function endedWords({ ended }: ContractView, t: Translate): string {
  if (ended === null) return ''
  const reason = [t(`contracts:ending.reasons.${ended.reason}`), ended.note].filter((text) => text !== '').join(' · ')
  const given = ended.released > 0 ? ` ${t('contracts:ending.released', { amount: formatYuan(ended.released) })}` : ''
  return `${t('contracts:ending.notice', { day: ended.day, reason })}${given}`
}

function FactsPanel({ view }: { view: ContractView }) {
  const t = useT()
  const locale = useLocale()
  const rate = view.state === 'signed' && !isPriceList(view) ? collectionRate(view.amount, view.settled) : null
  const field = (key: string) => t(`contracts:fields.${key}`)
  return (
    <Panel title={t('contracts:page.facts')}>
      <Facts
        items={[
          {
            label: t('contracts:page.customer'),
            value: <Link to={`/customers/${view.customerId}` as never}>{view.buyerName}</Link>,
          },
          { label: t('contracts:page.owner'), value: view.ownerName },
          ...(view.dealId === null || view.dealNumber === null
            ? []
            : [
                {
                  label: t('contracts:page.deal'),
                  value: <Link to={`/deals/${view.dealId}` as never}>{view.dealNumber}</Link>,
                },
              ]),
          ...(view.renewsId === null || view.renewsNumber === null
            ? []
            : [
                {
                  label: t('contracts:page.renews'),
                  value: <Link to={`/contracts/${view.renewsId}` as never}>{view.renewsNumber}</Link>,
                },
              ]),
          ...view.renewedBy.map((next) => ({
            label: t('contracts:page.renewedBy'),
            value: <Link to={`/contracts/${next.id}` as never}>{next.number}</Link>,
          })),
          { label: field('kind'), value: t(`contracts:kinds.${view.kind}`) },
          ...(isPriceList(view)
            ? [{ label: t('contracts:editor.amount'), value: t('contracts:page.noAmount') }]
            : [
                { label: t('contracts:editor.amount'), value: <Amount fen={view.amount} /> },
                {
                  label: t('contracts:editor.capitals'),
                  value: rmbCapitals(view.amount, locale === 'zh-TW' ? 'zh-TW' : 'zh-CN'),
                },
                { label: t('contracts:editor.net'), value: <Amount fen={view.net} /> },
                { label: t('contracts:editor.tax'), value: <Amount fen={view.tax} /> },
              ]),
          ...(rate === null
            ? []
            : [
                {
                  label: t('contracts:columns.settled'),
                  value: t('contracts:page.collected', {
                    settled: formatYuan(view.settled),
                    rate: `${(rate / 100).toFixed(1)}%`,
                  }),
                },
                { label: t('contracts:columns.outstanding'), value: <Amount fen={view.outstanding} /> },
              ]),
          { label: t('contracts:columns.signDay'), value: view.signDay ?? '' },
          ...(view.signDay === null || isPriceList(view)
            ? []
            : [{ label: t('contracts:page.order'), value: <OrderOfContract contractId={view.id} /> }]),
          { label: field('signPlace'), value: view.signPlace },
          { label: field('ourSigner'), value: view.ourSigner },
          { label: field('theirSigner'), value: view.theirSigner },
          ...runFacts(view, t),
          { label: field('language'), value: languagesOf(view, t) },
          { label: t('contracts:columns.updatedAt'), value: formatMoment(view.updatedAt, ZONE) },
        ]}
      />
    </Panel>
  )
}

/** When and where it is performed: a day for goods, a term for services and frame agreements. */
function runFacts({ kind, terms }: ContractView, t: Translate) {
  const field = (key: string) => t(`contracts:fields.terms.${key}`)
  const place = { label: field('deliveryPlace'), value: terms.deliveryPlace }
  if (kind === 'goods_sale') return [{ label: field('deliveryDay'), value: terms.deliveryDay ?? '' }, place]
  const run = [terms.startDay ?? '', terms.endDay ?? ''].filter((day) => day !== '').join(' – ')
  return [
    { label: t('contracts:page.run'), value: run },
    { label: field('renewal'), value: t(`contracts:renewals.${terms.renewal}`) },
    ...(terms.deliveryPlace === '' ? [] : [place]),
  ]
}

function languagesOf(view: ContractView, t: Translate): string {
  const languages = [view.language, secondLanguageOf(view)].flatMap((language) => language ?? [])
  return languages.map((language) => t(`contracts:languages.${language}`)).join(' / ')
}

function EventsPanel({ view, onRecord }: { view: ContractView; onRecord: () => void }) {
  const t = useT()
  const may = useCan('contracts.update')
  return (
    <Panel
      title={t('contracts:page.events')}
      extra={
        may ? (
          <Button size="small" onClick={onRecord}>
            {t('contracts:page.recordEvent')}
          </Button>
        ) : null
      }
    >
      {view.events.length === 0 ? <p className="muted">{t('contracts:page.noEvents')}</p> : null}
      <Facts
        items={view.events.map((event) => ({
          label: t(`contracts:events.${event.kind}`),
          value: event.note === '' ? event.day : `${event.day} · ${event.note}`,
        }))}
      />
    </Panel>
  )
}
