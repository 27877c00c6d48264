import { Link } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import type { CaseView } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import { CaseDebts } from '#renderer/modules/dunning/parts/case-debts.tsx'
import { CaseSettingsDrawer } from '#renderer/modules/dunning/parts/case-settings.tsx'
import { ContactDrawer, type ContactStart } from '#renderer/modules/dunning/parts/contact-drawer.tsx'
import { EscalationDrawer, type Reporting } from '#renderer/modules/dunning/parts/escalation-drawer.tsx'
import { ReportTag } from '#renderer/modules/dunning/parts/escalation-tags.tsx'
import { ExcludeDialog } from '#renderer/modules/dunning/parts/exclude-dialog.tsx'
import { NextTag } from '#renderer/modules/dunning/parts/next-tag.tsx'
import { PromiseLines } from '#renderer/modules/dunning/parts/promise-lines.tsx'
import { TimelinePanel } from '#renderer/modules/timeline/parts/timeline-panel.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { ErrorNotice, Panel, StatusTag } from '#renderer/ui/parts.tsx'

interface PaneProps {
  readonly customerId: string
  readonly onWrite: () => void
}

/** One customer's case: the next step with its reasons, the debts, promises, what to say, what happened. */
export function CasePane(props: PaneProps) {
  // A case is of many records: any change of dunning may be about it.
  const found = useList('dunning', ['case', props.customerId], () => api.dunning.case({ customerId: props.customerId }))
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  return found.data ? <Shown {...props} view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view, onWrite }: PaneProps & { view: CaseView }) {
  const t = useT()
  const mayRun = useCan('dunning.run')
  const [reporting, setReporting] = useState<Reporting | null>(null)
  const [contact, setContact] = useState<ContactStart | null>(null)
  const [settings, setSettings] = useState(false)
  const [excluding, setExcluding] = useState(false)
  const { customer, next, settings: how } = view
  return (
    <>
      <header className="case-head">
        <h2>
          <Link to={`/customers/${customer.id}` as never}>{customer.name}</Link>
        </h2>
        <span className="muted">
          {[
            customer.code,
            customer.ownerName,
            t('dunning:work.trustOf', { trust: t(`dunning:trust.${how.trust}`) }),
          ].join(' · ')}
        </span>
        <span className="spacer" />
        {mayRun ? (
          <CaseMenu view={view} onSettings={() => setSettings(true)} onExclude={() => setExcluding(true)} />
        ) : null}
      </header>
      <section className="case-next" aria-label={t('dunning:work.next')}>
        <span className="case-line">
          <NextTag row={next} />
          {next.day === null ? null : <strong>{t('dunning:work.from', { day: next.day })}</strong>}
          {next.level === null ? null : (
            <span className="muted">{t('dunning:work.doer', { who: t(`dunning:doers.${next.doer}`) })}</span>
          )}
          <span className="muted">
            {view.reason === null
              ? t('dunning:work.noReason')
              : t('dunning:work.reasonIs', { reason: t(`dunning:delayReasons.${view.reason}`) })}
          </span>
        </span>
        {[...next.reasons, ...view.ranked].map((reason) => (
          <span key={reason.key} className="case-why">
            {t(reason.key, reason.params)}
          </span>
        ))}
        {view.report === null ? null : <ReportLine report={view.report} />}
        {how.note === '' ? null : <span className="case-why">{how.note}</span>}
        {mayRun ? (
          <NextButtons
            view={view}
            onWrite={onWrite}
            onContact={setContact}
            onReport={() => setReporting(reportOf(view))}
          />
        ) : null}
      </section>
      <CaseDebts view={view} mayRun={mayRun} />
      <Panel title={t('dunning:work.promiseList')}>
        <PromiseLines promises={view.promises} mayRun={mayRun} />
      </Panel>
      <Panel title={t('dunning:work.script')}>
        <p className="prose">{view.script}</p>
        <People contacts={customer.contacts} />
      </Panel>
      <TimelinePanel customerId={customer.id} />
      <ContactDrawer start={contact} view={view} onClose={() => setContact(null)} />
      <EscalationDrawer reporting={reporting} onClose={() => setReporting(null)} />
      <CaseSettingsDrawer open={settings} view={view} onClose={() => setSettings(false)} />
      <ExcludeDialog
        customer={excluding ? { id: customer.id, name: customer.name } : null}
        onClose={() => setExcluding(false)}
      />
    </>
  )
}

/** What is overdue is reported, or everything where nothing is yet. */
function reportOf(view: CaseView): Reporting {
  const { customer, debts } = view
  const late = debts.filter((debt) => debt.daysOverdue > 0)
  return {
    customerId: customer.id,
    customerName: customer.name,
    debts,
    chosen: (late.length > 0 ? late : debts).map((debt) => debt.instalmentId),
    reason: view.reason,
    again: null,
  }
}

function ReportLine({ report }: { report: NonNullable<CaseView['report']> }) {
  const t = useT()
  const proposal = t(`dunning:escalations.proposals.${report.proposal}`)
  return (
    <span className="case-line case-why">
      <ReportTag state={report.state} />
      <span>{t('dunning:escalations.last', { day: report.day, proposal })}</span>
      <Link to={`/dunning/escalations/${report.id}` as never}>{t('dunning:escalations.open')}</Link>
    </span>
  )
}

/** The one primary button that knows the next step, and the call that can always be written down. */
function NextButtons(props: {
  view: CaseView
  onWrite: () => void
  onContact: (start: ContactStart) => void
  onReport: () => void
}) {
  const t = useT()
  const { next, report, course } = props.view
  const go = useGo()
  const toCourt = () => go(`/dunning/court/${props.view.customer.id}`)
  const open = report?.state === 'asked' || report?.state === 'returned'
  const mayReport = !open && course === 'none' && props.view.totals.outstanding > 0
  const [first] = next.channels
  const log = (start: Partial<ContactStart> = {}) =>
    props.onContact({ way: 'phone', asStep: false, askReason: false, ...start })
  const spoken = first === 'phone' || first === 'visit'
  const primary =
    next.action === 'send' && spoken
      ? {
          label: t(first === 'phone' ? 'dunning:contacts.logCall' : 'dunning:contacts.logVisit'),
          run: () => log({ way: first, asStep: true }),
        }
      : (next.action === 'send' || next.action === 'confirmDebt') && next.kind !== 'court'
        ? { label: t('dunning:work.write'), run: props.onWrite }
        : next.action === 'recordReason'
          ? { label: t('dunning:contacts.logReason'), run: () => log({ askReason: true }) }
          : next.action === 'courtFile' || next.kind === 'court'
            ? { label: t('dunning:court.make'), run: toCourt }
            : next.action === 'escalate' && mayReport
              ? { label: t('dunning:escalations.report'), run: props.onReport }
              : null
  return (
    <span className="action-bar">
      {primary ? (
        <Button type="primary" onClick={primary.run}>
          {primary.label}
        </Button>
      ) : null}
      <Button type={primary ? 'default' : 'primary'} onClick={() => log()}>
        {t('dunning:contacts.log')}
      </Button>
      {mayReport && next.action !== 'escalate' ? (
        <Button onClick={props.onReport}>{t('dunning:escalations.report')}</Button>
      ) : null}
    </span>
  )
}

function CaseMenu(props: { view: CaseView; onSettings: () => void; onExclude: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { excluded } = props.view.settings
  const go = useGo()
  const include = () =>
    notice.tell(() => api.dunning.include({ customerId: props.view.customer.id }), t('common:saved'))
  return (
    <span className="action-bar">
      {excluded ? (
        <StatusTag tone="attention">{t('dunning:work.excluded', { reason: excluded.reason })}</StatusTag>
      ) : null}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'settings', label: t('dunning:work.settings') },
            { key: 'court', label: t('dunning:court.title') },
            excluded
              ? { key: 'include', label: t('dunning:exclude.undo') }
              : { key: 'exclude', label: t('dunning:exclude.title') },
          ],
          onClick: ({ key }) => {
            if (key === 'settings') props.onSettings()
            else if (key === 'court') go(`/dunning/court/${props.view.customer.id}`)
            else if (key === 'exclude') props.onExclude()
            else void include()
          },
        }}
      >
        <Button size="small">{t('contracts:page.more')}</Button>
      </Dropdown>
    </span>
  )
}

function People({ contacts }: { contacts: CaseView['customer']['contacts'] }) {
  const t = useT()
  if (contacts.length === 0) return <p className="muted">{t('dunning:work.noPeople')}</p>
  return (
    <ul className="case-people" aria-label={t('dunning:work.people')}>
      {contacts.map((one) => (
        <li key={`${one.name} ${one.phone}`}>
          <strong>{one.name}</strong> <span className="muted">{one.title}</span>{' '}
          <span className="num">{one.phone}</span> {one.email}
        </li>
      ))}
    </ul>
  )
}
