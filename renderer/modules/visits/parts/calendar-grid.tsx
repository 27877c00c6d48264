import { RetweetOutlined, WarningOutlined } from '@ant-design/icons'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { conflicting, inOrderOfDay } from '#shared/modules/visits/visits.calendar.rules.ts'
import { timesOf } from '#shared/modules/visits/visits.rules.ts'
import type { CalendarRow, DayOff } from '#shared/modules/visits/visits.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

interface GridProps {
  readonly weeks: readonly (readonly PlainDay[])[]
  /** The month in a view of one: days beside it are pale. */
  readonly month: string | null
  readonly today: string
  readonly rows: readonly CalendarRow[]
  readonly daysOff: readonly DayOff[]
  readonly mayMove: boolean
  readonly onSay: (text: string) => void
  readonly onOpen: (visit: CalendarRow) => void
  readonly onPlan: (day: PlainDay) => void
  readonly onMove: (visit: CalendarRow, to: PlainDay) => void
}

/**
 * Days as a grid that the arrow keys walk. Enter opens the first visit of a day, Tab goes through all of them, N plans
 * one; M picks a visit up, arrows carry it, Enter puts it down, Escape puts it back. A pointer drags it.
 */
export function CalendarGrid(props: GridProps) {
  const t = useT()
  const { weeks, month, today } = props
  const days = useMemo(() => weeks.flat(), [weeks])
  const [at, setAt] = useState<PlainDay>(() => (days.includes(today as PlainDay) ? (today as PlainDay) : days[0]!))
  const [carried, setCarried] = useState<CalendarRow | null>(null)
  const [over, setOver] = useState<PlainDay | null>(null)
  const root = useRef<HTMLTableElement>(null)
  const byDay = useMemo(() => Map.groupBy(props.rows, (row) => row.day), [props.rows])
  const off = useMemo(() => new Map(props.daysOff.map((one) => [one.day, one.name])), [props.daysOff])
  const wrong = useMemo(() => conflicting(props.rows), [props.rows])

  const focus = (day: PlainDay) => {
    setAt(day)
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus())
  }
  const pickUp = (visit: CalendarRow) => {
    if (!props.mayMove) return
    if (visit.state !== 'planned') return props.onSay(t('visits:calendar.doneStays'))
    setCarried(visit)
    focus(visit.day as PlainDay)
    props.onSay(t('visits:calendar.picked', { customer: visit.customerName }))
  }
  const putDown = (day: PlainDay) => {
    if (carried && carried.day !== day) props.onMove(carried, day)
    setCarried(null)
    setOver(null)
  }
  const onCellKey = (event: KeyboardEvent, day: PlainDay) => {
    const by = STEPS[event.key]
    if (by !== undefined) {
      event.preventDefault()
      const next = addDays(day, by)
      if (!days.includes(next)) return
      focus(next)
      if (carried) props.onSay(next)
    } else if (event.key === 'Escape' && carried) {
      event.preventDefault()
      setCarried(null)
      props.onSay(t('visits:calendar.putBack'))
    } else if (event.key === 'Enter' && event.target === event.currentTarget) {
      event.preventDefault()
      const [first] = inOrderOfDay(byDay.get(day) ?? [])
      if (carried) putDown(day)
      else if (first) props.onOpen(first)
    } else if (event.key === 'n' && props.mayMove && !carried) {
      event.preventDefault()
      event.stopPropagation()
      props.onPlan(day)
    }
  }
  return (
    <table
      ref={root}
      role="grid"
      className={month === null ? 'visit-calendar week' : 'visit-calendar'}
      aria-label={t('visits:calendar.title')}
    >
      <thead>
        <tr>
          {(weeks[0] ?? []).map((day, i) => (
            <th key={day} scope="col">
              {t(`visits:calendar.weekdays.${i + 1}`)}
              {month === null ? (
                <>
                  <span className={day === today ? 'here' : 'muted'}> {day.slice(5)}</span>
                  <HolidayName name={off.get(day)} />
                </>
              ) : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td
                key={day}
                data-day={day}
                tabIndex={day === at ? 0 : -1}
                aria-selected={day === at}
                className={[
                  month !== null && !day.startsWith(month) ? 'beside' : '',
                  day === today ? 'today' : '',
                  off.has(day) ? 'off' : '',
                  day === over || (carried && day === at) ? 'target' : '',
                ]
                  .filter(Boolean)
                  .join(' ')}
                onFocus={() => setAt(day)}
                onKeyDown={(event) => onCellKey(event, day)}
                onDoubleClick={() => (props.mayMove ? props.onPlan(day) : undefined)}
                onDragOver={(event) => {
                  if (!carried) return
                  event.preventDefault()
                  setOver(day)
                }}
                onDrop={(event) => {
                  event.preventDefault()
                  putDown(day)
                }}
              >
                <span className="visually-hidden">
                  {t('visits:calendar.day', { day, count: byDay.get(day)?.length ?? 0 })}
                </span>
                {month === null ? null : (
                  <span className="day-number">
                    {Number(day.slice(8))}
                    <HolidayName name={off.get(day)} />
                  </span>
                )}
                {inOrderOfDay(byDay.get(day) ?? []).map((visit) => (
                  <button
                    key={visit.id}
                    type="button"
                    tabIndex={day === at ? 0 : -1}
                    draggable={props.mayMove && visit.state === 'planned'}
                    className={`visit-chip ${visit.state} ${visit.overdue ? 'overdue' : ''}`}
                    title={[timesOf(visit), visit.customerName, visit.userName, visit.place]
                      .filter(Boolean)
                      .join(' · ')}
                    onClick={() => props.onOpen(visit)}
                    onDragStart={() => setCarried(visit)}
                    onDragEnd={() => {
                      setCarried(null)
                      setOver(null)
                    }}
                    onKeyDown={(event) => {
                      if (event.key !== 'm') return
                      event.preventDefault()
                      event.stopPropagation()
                      pickUp(visit)
                    }}
                  >
                    <Chip visit={visit} wrong={wrong.has(visit.id)} tall={month === null} />
                  </button>
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function HolidayName({ name }: { name: string | undefined }) {
  return name ? <span className="holiday-name"> {name}</span> : null
}

/** A visit of a day: on one line in a month, on three in a week, where there is room for them. */
function Chip({ visit, wrong, tall }: { visit: CalendarRow; wrong: boolean; tall: boolean }) {
  const t = useT()
  const marks = (
    <>
      {wrong ? <WarningOutlined className="chip-wrong" aria-label={t('visits:calendar.conflict')} /> : null}
      {visit.series ? <RetweetOutlined aria-label={t('visits:calendar.series')} /> : null}
    </>
  )
  if (!tall) {
    return (
      <>
        {marks} {timesOf(visit)} {visit.customerName}
        <span className="visually-hidden">
          {t(`visits:state.${visit.state}`)} {visit.userName}
        </span>
      </>
    )
  }
  return (
    <>
      <span className="chip-line">
        {timesOf(visit) || t('visits:calendar.someTime')} {marks}
      </span>
      <span className="chip-line chip-name">{visit.customerName}</span>
      <span className="chip-line muted">
        {t(`visits:purpose.${visit.purpose}`)} · {visit.userName}
        <span className="visually-hidden"> {t(`visits:state.${visit.state}`)}</span>
      </span>
    </>
  )
}
