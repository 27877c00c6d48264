import { Button, Drawer } from 'antd'
import { useState } from 'react'
import type {
  LimitationEventRow,
  LimitationRow,
  LimitationView,
} from '#shared/modules/claims/claims.limitation.schema.ts'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { Figures } from '#renderer/modules/customers/parts/figures.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useWithReason } from '#renderer/ui/notices.tsx'
import { Panel } from '#renderer/ui/parts.tsx'
import { EventDrawer } from './event-drawer.tsx'
import { StrengthTag } from './state-tags.tsx'
import '../claims.css'

/**
 * The clock of one debt: the day to act by, which no holiday moves, beside the day of the law; from where it counts,
 * what happened to it and how well that is proven.
 */
export function ClockPanel(props: {
  row: LimitationRow
  clock: LimitationView
  events: readonly LimitationEventRow[]
}) {
  const t = useT()
  const { row, clock, events } = props
  const may = useCan('claims.record')
  const [open, setOpen] = useState<{ event: LimitationEventRow | null } | null>(null)
  const [files, setFiles] = useState<LimitationEventRow | null>(null)
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:clock.${key}`, params)
  const { endDay, shiftedDay, weakEndDay, daysLeft } = clock
  return (
    <Panel
      title={t('claims:lists.limitation')}
      extra={
        may ? (
          <Button size="small" onClick={() => setOpen({ event: null })}>
            {t('claims:events_.record')}
          </Button>
        ) : null
      }
    >
      {endDay === null ? null : (
        <Figures
          items={[
            { label: word('endDay'), value: endDay, late: clock.alarm !== null || clock.state === 'expired' },
            ...(shiftedDay === null || shiftedDay === endDay ? [] : [{ label: word('shiftedDay'), value: shiftedDay }]),
            ...(daysLeft === null ? [] : [{ label: word('daysLeft'), value: daysLeft, late: daysLeft < 0 }]),
            ...(weakEndDay !== null && weakEndDay > endDay ? [{ label: word('weakEndDay'), value: weakEndDay }] : []),
          ]}
        />
      )}
      <ul className="clock-notes">
        {clock.start ? <li>{t(clock.start.reason.key, clock.start.reason.params)}</li> : null}
        {clock.notes.map((note) => (
          <li key={note.key}>{t(note.key, note.params)}</li>
        ))}
        {clock.calendarKnown ? null : <li>{word('calendarUnknown')}</li>}
        {clock.longStopDay === null ? null : <li>{word('longStop', { day: clock.longStopDay })}</li>}
        {clock.wording === 'acknowledge' ? <li>{word('acknowledge')}</li> : null}
      </ul>
      {events.length === 0 ? (
        <p className="muted">{word('noEvents')}</p>
      ) : (
        <EventsTable
          clock={clock}
          events={events}
          may={may}
          onChange={(event) => setOpen({ event })}
          onFiles={setFiles}
        />
      )}
      <EventDrawer debts={open ? [row] : null} event={open?.event ?? null} onClose={() => setOpen(null)} />
      <Drawer
        open={files !== null}
        title={files ? `${t(`claims:events.${files.kind}`)} ${files.day}` : ''}
        size={480}
        onClose={() => setFiles(null)}
        destroyOnHidden
      >
        {files ? <AttachmentsPanel to="limitationEvent" id={files.id} /> : null}
      </Drawer>
    </Panel>
  )
}

function EventsTable(props: {
  clock: LimitationView
  events: readonly LimitationEventRow[]
  may: boolean
  onChange: (event: LimitationEventRow) => void
  onFiles: (event: LimitationEventRow) => void
}) {
  const t = useT()
  const steps = new Map(props.clock.steps.map((step) => [step.eventId, step]))
  const head = (key: string) => t(`claims:clock.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t('claims:columns.day')}</th>
          <th>{head('event')}</th>
          <th>{head('effect')}</th>
          <th>{head('evidence')}</th>
          <th>
            <span className="visually-hidden">{t('claims:actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.events.map((event) => {
          const step = steps.get(event.id)
          return (
            <tr key={event.id} className={event.void ? 'muted' : ''}>
              <td className="whole">
                {event.day}
                {event.untilDay ? <span className="under">{`→ ${event.untilDay}`}</span> : null}
                {event.endedDay ? <span className="under">{`– ${event.endedDay}`}</span> : null}
              </td>
              <td>
                {t(`claims:events.${event.kind}`)}
                {event.note === '' ? null : <span className="under muted">{event.note}</span>}
              </td>
              <td>
                {event.void
                  ? `${t('claims:limitation.taken')} · ${event.void.reason}`
                  : step
                    ? t(`receivables:limitation.effects.${step.effect}`)
                    : ''}
                {event.void === null && step?.endDay ? (
                  <span className="under muted whole">{`${head('newEnd')} ${step.endDay}`}</span>
                ) : null}
              </td>
              <td>
                <Evidence event={event} />
              </td>
              <td>
                <RowActions event={event} may={props.may} onChange={props.onChange} onFiles={props.onFiles} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Evidence({ event }: { event: LimitationEventRow }) {
  const t = useT()
  const missing = event.missing.map((proof) => t(`receivables:evidence.proofs.${proof}`)).join(t('claims:between'))
  return (
    <>
      <StrengthTag strength={event.strength} />{' '}
      <span className="muted">{event.article === null ? '' : t(`contracts:articles.${event.article}`)}</span>
      {missing === '' ? null : <span className="under muted">{t('claims:events_.missing', { proofs: missing })}</span>}
    </>
  )
}

function RowActions(props: {
  event: LimitationEventRow
  may: boolean
  onChange: (event: LimitationEventRow) => void
  onFiles: (event: LimitationEventRow) => void
}) {
  const t = useT()
  const withReason = useWithReason()
  const { event } = props
  const word = (key: string) => t(`claims:events_.${key}`)
  const takeBack = () =>
    withReason(
      {
        title: word('voidTitle'),
        text: word('voidText'),
        action: word('void'),
        danger: true,
        reason: { label: t('claims:columns.reason') },
      },
      (reason) => api.claims.limitation.void({ id: event.id as never, version: event.version, reason }),
      word('voided'),
    )
  const about = `${t(`claims:events.${event.kind}`)} ${event.day}`
  return (
    <span className="action-bar">
      <Button
        size="small"
        type="text"
        aria-label={`${t('claims:clock.filesOf', { count: event.files })}: ${about}`}
        onClick={() => props.onFiles(event)}
      >
        {t('claims:clock.filesOf', { count: event.files })}
      </Button>
      {props.may && event.void === null ? (
        <Button
          size="small"
          type="text"
          aria-label={`${word('change')}: ${about}`}
          onClick={() => props.onChange(event)}
        >
          {t('claims:change')}
        </Button>
      ) : null}
      {props.may && event.void === null && event.source === null ? (
        <Button
          size="small"
          type="text"
          danger
          aria-label={`${word('void')}: ${about}`}
          onClick={() => void takeBack()}
        >
          {t('claims:takeBack')}
        </Button>
      ) : null}
    </span>
  )
}
