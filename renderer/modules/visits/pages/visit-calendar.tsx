import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { addDays, addMonths, isPlainDay, type PlainDay } from '#shared/kernel/dates.ts'
import type { CalendarRow } from '#shared/modules/visits/visits.schema.ts'
import { weekOf, weeksOfMonth } from '#shared/modules/visits/visits.calendar.rules.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { CalendarGrid } from '#renderer/modules/visits/parts/calendar-grid.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '#renderer/modules/visits/visits.css'

const SPANS = ['week', 'month'] as const
export const calendarSearch = z.object({
  span: z.enum(SPANS).optional().catch(undefined),
  day: z.string().refine(isPlainDay).optional().catch(undefined),
  user: z.string().max(36).optional().catch(undefined),
})

/** Plans and visits of a week or a month: moved by pointer or by keys, conflicts shown. */
export function VisitCalendarPage() {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const mayRecord = useCan('visits.record')
  const search = useSearch({ strict: false }) as z.infer<typeof calendarSearch>
  const reach = useSession((state) => state.session?.permissions['visits.read'])
  const people = usePeopleChoices()
  const [said, setSaid] = useState('')
  const span = search.span ?? 'week'
  const today = firmToday()
  const day = (search.day ?? today) as PlainDay
  const weeks = span === 'week' ? [weekOf(day)] : weeksOfMonth(day)
  const range = { from: weeks[0]?.[0] ?? day, to: weeks.at(-1)?.at(-1) ?? day }
  const userIds = search.user === undefined ? {} : { userIds: [search.user as never] }
  const found = useList('visits', ['calendar', range, search.user], () => api.visits.calendar({ ...range, ...userIds }))
  const move = useCommand((input: Parameters<typeof api.visits.reschedule>[0], options) =>
    api.visits.reschedule(input, options),
  )
  const show = (next: Partial<z.infer<typeof calendarSearch>>) =>
    void navigate({ to: '.', search: { ...search, ...next } as never, replace: true })
  const step = (by: 1 | -1) => show({ day: span === 'week' ? addDays(day, 7 * by) : addMonths(day, by) })

  /** Another day, the same time; the notice takes it back. */
  const drop = async (visit: CalendarRow, to: PlainDay, undo = false) => {
    const { id, startMinute, endMinute } = visit
    const reason = t(undo ? 'visits:calendar.movedBack' : 'visits:calendar.moved')
    try {
      const { version } = await move.run({
        id,
        version: visit.version,
        day: to,
        startMinute,
        endMinute,
        reason,
      } as never)
      const text = t('visits:calendar.done', { customer: visit.customerName, day: to })
      setSaid(text)
      const before = visit.day as PlainDay
      notice.done(text, undo ? undefined : () => void drop({ ...visit, version, day: to }, before, true))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page
      title={t('visits:calendar.title')}
      extra={<Link to={'/visits' as never}>{t('visits:calendar.list')}</Link>}
      action={
        mayRecord ? (
          <Button type="primary" onClick={() => void navigate({ to: '/visits/plan' as never })}>
            {t('visits:plan')}
          </Button>
        ) : null
      }
      filters={
        <>
          <Button icon={<LeftOutlined aria-hidden />} aria-label={t('visits:calendar.back')} onClick={() => step(-1)} />
          <Button onClick={() => show({ day: undefined })}>{t('visits:calendar.today')}</Button>
          <Button icon={<RightOutlined aria-hidden />} aria-label={t('visits:calendar.on')} onClick={() => step(1)} />
          <strong>{span === 'week' ? `${range.from} – ${range.to}` : day.slice(0, 7)}</strong>
          <span className="spacer" />
          {reach === 'own' ? null : (
            <Select
              className="grid-filter"
              value={search.user ?? null}
              placeholder={t('visits:fields.userId')}
              aria-label={t('visits:fields.userId')}
              options={people}
              showSearch={{ optionFilterProp: 'label' }}
              allowClear
              onChange={(user: string | null) => show({ user: user ?? undefined })}
            />
          )}
          <Segmented
            value={span}
            options={SPANS.map((value) => ({ value, label: t(`visits:calendar.${value}`) }))}
            onChange={(value) => show({ span: value })}
          />
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      <p className="visually-hidden" role="status" aria-live="assertive">
        {said}
      </p>
      <CalendarGrid
        key={`${span} ${range.from}`}
        weeks={weeks}
        month={span === 'month' ? day.slice(0, 7) : null}
        today={found.data?.today ?? today}
        rows={found.data?.rows ?? []}
        daysOff={found.data?.daysOff ?? []}
        mayMove={mayRecord}
        onSay={setSaid}
        onOpen={(visit) => void navigate({ to: `/visits/${visit.id}` as never })}
        onPlan={(at) => void navigate({ to: '/visits/plan' as never, search: { day: at } as never })}
        onMove={(visit, to) => void drop(visit, to)}
      />
      <p className="muted">{t('visits:calendar.keys')}</p>
    </Page>
  )
}
