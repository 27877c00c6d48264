import { Select } from 'antd'
import { useState } from 'react'
import '#renderer/modules/office/office.css'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { DateField, DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { SettingForm } from './setting-form.tsx'

interface Holiday {
  readonly day: string
  readonly name: string
}

/** Days off and weekend days that are worked, year by year, and until when they are known. */
export function CalendarForm() {
  const t = useT()
  const [year, setYear] = useState<string | null>(null)
  return (
    <SettingForm setting="workCalendar">
      {(value) => {
        const years = [...new Set(value.holidays.map((holiday) => holiday.day.slice(0, 4)))].sort().reverse()
        const shown = year ?? years[0] ?? ''
        return (
          <>
            <FormGroup title={t('office:calendar.title')}>
              <DayField name="value.validThrough" label={t('office:calendar.validThrough')} required />
              <TextField name="value.source" label={t('office:calendar.source')} max={200} wide />
            </FormGroup>
            <Select
              className="grid-filter"
              value={shown}
              aria-label={t('office:calendar.year')}
              options={years.map((one) => ({ value: one, label: one }))}
              onChange={setYear}
            />
            <div className="columns-2">
              <Holidays year={shown} />
              <WorkingWeekends year={shown} />
            </div>
          </>
        )
      }}
    </SettingForm>
  )
}

function Holidays({ year }: { year: string }) {
  const t = useT()
  const list = useField<Holiday[]>('value.holidays')
  const [name, setName] = useState('')
  const add = (day: string | null) => {
    if (day === null || list.value.some((holiday) => holiday.day === day)) return
    list.set([...list.value, { day, name }].sort((a, b) => (a.day < b.day ? -1 : 1)))
    setName('')
  }
  return (
    <section className="day-list" aria-label={t('office:calendar.holidays')}>
      <h2>{t('office:calendar.holidays')}</h2>
      <div className="day-chips">
        {list.value
          .filter((holiday) => holiday.day.startsWith(year))
          .map((holiday) => (
            <DayChip
              key={holiday.day}
              text={`${holiday.day.slice(5)} ${holiday.name}`}
              onRemove={() => list.set(list.value.filter((other) => other.day !== holiday.day))}
            />
          ))}
      </div>
      <DateField value="" placeholder={t('office:calendar.add')} onChange={add} />
    </section>
  )
}

function WorkingWeekends({ year }: { year: string }) {
  const t = useT()
  const list = useField<string[]>('value.workingWeekends')
  const add = (day: string | null) => {
    if (day !== null && !list.value.includes(day)) list.set([...list.value, day].sort())
  }
  return (
    <section className="day-list" aria-label={t('office:calendar.workingWeekends')}>
      <h2>{t('office:calendar.workingWeekends')}</h2>
      <div className="day-chips">
        {list.value
          .filter((day) => day.startsWith(year))
          .map((day) => (
            <DayChip
              key={day}
              text={day.slice(5)}
              onRemove={() => list.set(list.value.filter((other) => other !== day))}
            />
          ))}
      </div>
      <DateField value="" placeholder={t('office:calendar.add')} onChange={add} />
    </section>
  )
}

function DayChip(props: { text: string; onRemove: () => void }) {
  const t = useT()
  return (
    <span className="chip">
      {props.text}
      <button
        type="button"
        className="link-button"
        aria-label={`${t('common:remove')} ${props.text}`}
        onClick={props.onRemove}
      >
        ×
      </button>
    </span>
  )
}
