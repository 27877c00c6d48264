import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Dropdown, Spin } from 'antd'
import { useState } from 'react'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { afterStep, timesOf, type VisitStep } from '#shared/modules/visits/visits.rules.ts'
import type { VisitView } from '#shared/modules/visits/visits.schema.ts'
import type { VisitWithSeries } from '#shared/modules/visits/visits.series.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { ChecklistPanel } from '#renderer/modules/visits/parts/checklist-panel.tsx'
import { SheetDrawer } from '#renderer/modules/visits/parts/paper-drawers.tsx'
import { useSeriesWords } from '#renderer/modules/visits/parts/series-words.ts'
import { StepDrawers, type DrawerStep } from '#renderer/modules/visits/parts/step-drawers.tsx'
import { IntentMark, VisitTags } from '#renderer/modules/visits/parts/visit-tags.tsx'
import { useVisit } from '#renderer/modules/visits/visits.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useConfirm, useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '#renderer/modules/visits/visits.css'

const SEAT_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** One visit: what was agreed and prepared, how it was moved, and what it brought. */
export function VisitPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const visit = useVisit(id)
  if (visit.shownError) {
    return (
      <Page title={t('visits:view')}>
        <ErrorNotice error={visit.shownError} onRetry={() => void visit.refetch()} />
      </Page>
    )
  }
  return visit.data ? <Shown key={id} visit={visit.data} /> : <Spin className="grid-spin" />
}

function Shown({ visit }: { visit: VisitWithSeries }) {
  const t = useT()
  const mayRecord = useCan('visits.record') && visit.mayChange
  const planned = visit.state === 'planned'
  return (
    <Page
      title={visit.customerName}
      extra={
        <>
          <VisitTags visit={visit} />
          <span className="muted">
            {[visit.day, timesOf(visit)].filter(Boolean).join(' ')} · {t(`visits:purpose.${visit.purpose}`)}
          </span>
        </>
      }
      action={mayRecord ? <Actions visit={visit} /> : null}
    >
      <div className="columns-main">
        <div className="page">
          {visit.state === 'done' ? <ReportPanel visit={visit} /> : null}
          {visit.reasonCode === '' ? null : (
            <div className="notice attention">
              {t(`visits:reasons.${visit.reasonCode}`)} {visit.reasonText}
            </div>
          )}
          {visit.goal === '' ? null : (
            <Panel title={t('visits:fields.goal')}>
              <p className="prose">{visit.goal}</p>
            </Panel>
          )}
          <ChecklistPanel visit={visit} mayWrite={mayRecord && planned} />
          <AttachmentsPanel to="visit" id={visit.id} />
        </div>
        <div className="page">
          <PlanPanel visit={visit} />
          <MovesPanel visit={visit} />
        </div>
      </div>
    </Page>
  )
}

function PlanPanel({ visit }: { visit: VisitWithSeries }) {
  const t = useT()
  const seriesWords = useSeriesWords()
  const { series } = visit
  const field = (key: string) => t(`visits:fields.${key}`)
  const and = t('visits:sheet.and')
  return (
    <Panel title={t('visits:view')}>
      <Facts
        items={[
          {
            label: field('customerId'),
            value: <Link to={`/customers/${visit.customerId}` as never}>{visit.customerName}</Link>,
          },
          { label: field('day'), value: [visit.day, timesOf(visit)].filter(Boolean).join(' ') },
          ...(visit.rescheduledFrom === null
            ? []
            : [{ label: field('rescheduledFrom'), value: visit.rescheduledFrom }]),
          ...(series === null
            ? []
            : [
                {
                  label: t('visits:series.repeat'),
                  value: `${seriesWords(series.rule)} · ${t('visits:series.nth', { nth: series.nth, count: series.count })}`,
                },
              ]),
          { label: field('channel'), value: t(`visits:channel.${visit.channel}`) },
          { label: field('purpose'), value: t(`visits:purpose.${visit.purpose}`) },
          { label: field('place'), value: visit.place },
          { label: field('userId'), value: visit.userName },
          { label: field('withIds'), value: visit.withPeople.map((person) => person.name).join(and) },
          { label: field('theirPeople'), value: visit.theirPeople.join(and) },
          ...(visit.state === 'done' ? [{ label: field('reportDay'), value: visit.reportDay ?? '' }] : []),
          ...(visit.state === 'planned' ? [{ label: field('reportDueDay'), value: visit.reportDueDay }] : []),
        ]}
      />
    </Panel>
  )
}

function ReportPanel({ visit }: { visit: VisitView }) {
  const t = useT()
  const field = (key: string) => t(`visits:fields.${key}`)
  const prose = (text: string) => (text === '' ? '' : <span className="prose">{text}</span>)
  const owner = visit.nextOwner?.name ?? visit.userName
  const next = [visit.nextStep, visit.nextDay, visit.nextDay === null ? null : owner].filter(Boolean).join(' · ')
  return (
    <Panel title={t('visits:report')}>
      {visit.missing.length === 0 ? null : (
        <p className="report-note notice attention">
          {t('visits:lacks', {
            parts: visit.missing.map((part) => t(`visits:missing.${part}`)).join(t('visits:sheet.and')),
          })}
        </p>
      )}
      <Facts
        items={[
          { label: field('result'), value: prose(visit.result) },
          { label: field('needs'), value: prose(visit.needs) },
          { label: field('concerns'), value: prose(visit.concerns) },
          {
            label: field('intent'),
            value:
              visit.intent === '' ? (
                ''
              ) : (
                <>
                  <IntentMark intent={visit.intent} /> {visit.evidence}
                </>
              ),
          },
          visit.noNextReason === '' || visit.nextStep !== ''
            ? { label: field('nextStep'), value: next }
            : { label: field('noNextReason'), value: visit.noNextReason },
        ]}
      />
    </Panel>
  )
}

/** Where it was before, with who moved it and why. */
function MovesPanel({ visit }: { visit: VisitView }) {
  const t = useT()
  if (visit.moves.length === 0) return null
  const when = (day: string, startMinute: number | null, endMinute: number | null) =>
    [day, timesOf({ startMinute, endMinute })].filter(Boolean).join(' ')
  return (
    <Panel title={t('visits:moves')}>
      <ol className="moves">
        {visit.moves.map((move) => (
          <li key={move.at}>
            {when(move.fromDay, move.fromStart, move.fromEnd)} → {when(move.toDay, move.toStart, move.toEnd)}
            <div className="muted">
              {move.reason} · {move.userName} · {formatMoment(move.at, SEAT_ZONE)}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Actions({ visit }: { visit: VisitWithSeries }) {
  const t = useT()
  const navigate = useNavigate()
  const go = useGo()
  const notice = useNotice()
  const confirm = useConfirm()
  const [step, setStep] = useState<DrawerStep | null>(null)
  const [sheet, setSheet] = useState(false)
  const remove = useCommand((input: { id: string; version: number }, options) => api.visits.remove(input, options))
  const end = useCommand((input: { id: string; from: PlainDay }, options) =>
    api.visits.endSeries(input as never, options),
  )
  const today = firmToday()
  const planned = visit.state === 'planned'
  const ahead = visit.day > today
  // Nothing happened yet on a day to come.
  const can = (wanted: VisitStep) =>
    afterStep(visit.state, wanted) !== null && !(ahead && (wanted === 'report' || wanted === 'incident'))
  const report = () => void navigate({ to: `/visits/${visit.id}/report` as never })
  const edit = () => void navigate({ to: `/visits/${visit.id}/edit` as never })
  useShortcut('r', 'visits:report', report, can('report'))
  useShortcut('e', 'visits:edit', edit, can('change'))

  const throwAway = async () => {
    const text = t('visits:removeText', { day: visit.day, customer: visit.customerName })
    if ((await confirm({ title: t('visits:removeTitle'), text, action: t('visits:remove') })) === null) return
    try {
      await remove.run({ id: visit.id, version: visit.version })
      notice.done(t('common:removed'))
      go('/visits')
    } catch (error) {
      notice.fail(error)
    }
  }
  /** What is still planned from this visit's day on goes, never what is over already. */
  const endSeries = async (ahead: number) => {
    const from = visit.day < today ? today : visit.day
    const title = t('visits:series.endTitle')
    const text = t('visits:series.endText', { day: from, count: ahead })
    if ((await confirm({ title, text, action: t('visits:series.endIt') })) === null) return
    try {
      const { count } = await end.run({ id: visit.id, from: from as PlainDay })
      notice.done(t('visits:series.ended', { count }))
      if (planned && from === visit.day) go('/visits/calendar')
    } catch (error) {
      notice.fail(error)
    }
  }
  const steps: Readonly<Record<string, () => void>> = {
    endSeries: () => void endSeries(visit.series?.ahead ?? 0),
    edit,
    reschedule: () => setStep('reschedule'),
    cancel: () => setStep('cancel'),
    incident: () => setStep('incident'),
    remove: () => void throwAway(),
  }
  const line = (key: string, label: string) => ({ key, label: t(label) })
  const more = [
    ...(can('change') ? [line('edit', visit.state === 'planned' ? 'visits:changePlan' : 'visits:edit')] : []),
    ...(can('report') && can('reschedule') ? [line('reschedule', 'visits:step.reschedule')] : []),
    ...(can('cancel') ? [line('cancel', 'visits:step.cancel')] : []),
    ...(can('incident') ? [line('incident', 'visits:step.incident')] : []),
    ...(visit.series && visit.series.ahead > 0 ? [line('endSeries', 'visits:series.endIt')] : []),
    line('remove', 'visits:remove'),
  ]
  return (
    <span className="action-bar">
      <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => steps[key]?.() }}>
        <Button loading={remove.busy}>{t('visits:more')}</Button>
      </Dropdown>
      <Button onClick={() => setSheet(true)}>{t('visits:sheet.make')}</Button>
      {can('reschedule') ? <Button onClick={() => setStep('reschedule')}>{t('visits:step.reschedule')}</Button> : null}
      {can('report') ? (
        <Button type={visit.complete ? 'default' : 'primary'} onClick={report}>
          {visit.state === 'done' ? t('visits:completeReport') : t('visits:writeReport')}
        </Button>
      ) : null}
      <StepDrawers visit={visit} step={step} onClose={() => setStep(null)} />
      <SheetDrawer visitId={visit.id} open={sheet} onClose={() => setSheet(false)} />
    </span>
  )
}
