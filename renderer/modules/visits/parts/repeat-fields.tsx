import { useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { addMonths, asDay, isPlainDay, weekday } from '#shared/kernel/dates.ts'
import { LAST_WORKDAY, MAX_SERIES, REPEATS } from '#shared/modules/visits/visits.series.rules.ts'
import { timesOf } from '#shared/modules/visits/visits.rules.ts'
import { seriesQuestion } from '#shared/modules/visits/visits.series.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { useForm, type FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

const MONTH_DAYS = Array.from({ length: 31 }, (_, i) => i + 1)
const USUAL_TIMES = 12
const SHOWN_CONFLICTS = 4
const ASKED = ['userId', 'withIds', 'day', 'startMinute', 'endMinute', 'repeat', 'every', 'weekdays'] as const
const ENDS = ['monthDay', 'until', 'times', 'toWorkday'] as const

/** What a form of a plan begins with where nothing is to come again. */
export const NO_SERIES: FormValues = {
  repeat: 'none',
  every: 1,
  weekdays: [],
  monthDay: 1,
  until: null,
  times: null,
  toWorkday: true,
}

/** How a plan comes again, with the days that it falls on and what stands in its way, before it is saved. */
export function RepeatFields() {
  const t = useT()
  const form = useForm()
  const { values } = form
  const repeat = String(values['repeat'])
  const day = isPlainDay(String(values['day'])) ? asDay(String(values['day'])) : null
  const label = (key: string) => t(`visits:series.${key}`)
  /** Begins with what the chosen day suggests. */
  const choose = (next: string) => {
    form.set('repeat', next)
    if (next === 'none') return
    if (day !== null) {
      form.set('weekdays', [weekday(day)])
      form.set('monthDay', Number(day.slice(8)))
    }
    if (values['until'] === null && values['times'] === null) form.set('times', USUAL_TIMES)
  }
  const ends = values['until'] === null ? 'times' : 'until'
  const endBy = (next: string) => {
    form.set('times', next === 'times' ? USUAL_TIMES : null)
    form.set('until', next === 'until' && day !== null ? addMonths(day, 3) : null)
  }
  return (
    <>
      <FieldFrame field={{ name: 'repeat', label: label('repeat') }} error={form.errors['repeat']}>
        {(ids) => (
          <Select
            {...ids}
            value={repeat}
            disabled={form.disabled}
            options={['none', ...REPEATS].map((value) => ({ value, label: label(`kind.${value}`) }))}
            onChange={choose}
          />
        )}
      </FieldFrame>
      {repeat === 'none' ? null : (
        <>
          <CountField name="every" label={label('every')} suffix={label(`unit.${repeat}`)} required />
          {repeat === 'weeks' ? (
            <SelectField
              name="weekdays"
              label={label('weekdays')}
              multiple
              required
              options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: t(`visits:calendar.weekdays.${value}`) }))}
            />
          ) : null}
          {repeat === 'months' ? (
            <SelectField
              name="monthDay"
              label={label('monthDay')}
              required
              options={[
                ...MONTH_DAYS.map((value) => ({ value, label: t('visits:series.nthDay', { day: value }) })),
                { value: LAST_WORKDAY, label: label('lastWorkday') },
              ]}
            />
          ) : null}
          <FieldFrame field={{ name: 'ends', label: label('ends') }} error={undefined}>
            {(ids) => (
              <Segmented
                id={ids.id}
                value={ends}
                disabled={form.disabled}
                options={(['times', 'until'] as const).map((value) => ({ value, label: label(`end.${value}`) }))}
                onChange={endBy}
              />
            )}
          </FieldFrame>
          {ends === 'times' ? (
            <CountField name="times" label={label('times')} suffix={label('unit.times')} required />
          ) : (
            <DayField name="until" label={label('until')} required />
          )}
          <CheckField name="toWorkday" label={label('toWorkday')} />
          <Preview values={values} />
        </>
      )}
    </>
  )
}

function Preview({ values }: { values: FormValues }) {
  const t = useT()
  const asked = seriesQuestion.safeParse(Object.fromEntries([...ASKED, ...ENDS].map((key) => [key, values[key]])))
  const question = asked.success ? asked.data : null
  const found = useQuery({
    queryKey: ['visits', 'series', question],
    queryFn: () => (question ? api.visits.seriesDays(question as never) : null),
    enabled: question !== null,
    placeholderData: (before) => before,
  })
  if (question === null || !found.data) return null
  const { days, conflicts, uncertain } = found.data
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || days.length > MAX_SERIES) {
    const text = first ? t('errors:VISIT_SERIES_LONG', { most: MAX_SERIES }) : t('visits:series.noDay')
    return <div className="series-preview notice attention">{text}</div>
  }
  const moved = days.filter((one) => one.day !== one.asked)
  const left = conflicts.length - SHOWN_CONFLICTS
  return (
    <div className="series-preview" role="status">
      <strong>{t('visits:series.falls', { count: days.length, first: first.day, last: last.day })}</strong>
      {moved.length === 0 ? null : (
        <div className="muted">
          {t('visits:series.moved', {
            days: moved.map((one) => `${one.asked} → ${one.day}`).join(t('visits:sheet.and')),
          })}
        </div>
      )}
      {uncertain === null ? null : <div className="muted">{t('visits:series.uncertain', { day: uncertain })}</div>}
      {conflicts.length === 0 ? null : (
        <div className="notice attention">
          {t('visits:series.conflicts', { count: conflicts.length })}
          <ul>
            {conflicts.slice(0, SHOWN_CONFLICTS).map((one) => (
              <li key={one.visitId}>
                {one.day} {timesOf(one)} {one.customerName} · {one.userName}
              </li>
            ))}
          </ul>
          {left > 0 ? t('visits:series.conflictsMore', { count: left }) : null}
        </div>
      )}
    </div>
  )
}
