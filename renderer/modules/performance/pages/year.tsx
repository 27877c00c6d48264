import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { formatRate } from '#shared/i18n/formatters.ts'
import { shortText } from '#shared/kernel/text.ts'
import type { YearMonth, YearPerson } from '#shared/modules/performance/performance.schema.ts'
import { monthsOf } from '#shared/modules/performance/performance.year.rules.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { YearPicker } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { firmYear } from '#renderer/ui/firm-day.ts'
import '../performance.css'

interface Chosen {
  readonly person: YearPerson
  readonly month: YearMonth
}

/** The year beside its months: what each came to, which of them count, and the mean of those. */
export function YearPage() {
  const t = useT()
  const notice = useNotice()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { year?: number }
  const year = search.year ?? firmYear()
  const go = (next: number) => void navigate({ to: '.', search: { year: next } as never })
  const mayLeaveOut = useCan('performance.targets')
  const mayExport = useCan('performance.export')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const found = useList('performance', ['year', year], () => api.performance.year.sheet({ year }))
  const workbook = useCommand((_: null, options) => api.performance.year.workbook({ year }, options))
  const word = (key: string, params?: Record<string, string>) => t(`performance:year.${key}`, params)
  const choose = ({ person, month }: Chosen) => {
    const counted = { month: month.month as never, userId: person.userId as never, reason: '' }
    if (month.state === 'leftOut') void notice.tell(() => api.performance.year.leaveOut(counted), word('takenIn'))
    else setChosen({ person, month })
  }
  const sheet = found.data
  return (
    <Page
      title={word('title')}
      action={
        mayExport ? (
          <Button
            type="primary"
            loading={workbook.busy}
            onClick={() => void notice.tell(() => workbook.run(null), t('performance:exportStarted'))}
          >
            {word('export')}
          </Button>
        ) : null
      }
      filters={
        <>
          <YearPicker year={year} onYear={go} />
          {sheet && sheet.waiting.length > 0 ? (
            <span className="muted">{word('waiting', { months: sheet.waiting.join(' · ') })}</span>
          ) : null}
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {sheet?.people.length === 0 ? <EmptyState text={word('empty')} /> : null}
      {sheet && sheet.people.length > 0 ? (
        <>
          <p className="muted">{word('hint')}</p>
          <YearTable year={year} people={sheet.people} onMonth={mayLeaveOut ? choose : null} />
        </>
      ) : null}
      <LeaveOut chosen={chosen} onClose={() => setChosen(null)} />
    </Page>
  )
}

function YearTable(props: { year: number; people: readonly YearPerson[]; onMonth: ((chosen: Chosen) => void) | null }) {
  const t = useT()
  const head = (key: string) => t(`performance:columns.${key}`)
  return (
    <div className="targets-scroll" tabIndex={0} role="group" aria-label={t('performance:year.title')}>
      <table className="plain-table year-table">
        <thead>
          <tr>
            <th scope="col">{head('person')}</th>
            <th scope="col" className="num">
              {head('rank')}
            </th>
            {monthsOf(props.year).map((month, i) => (
              <th key={month} scope="col" className="num">
                {t('performance:year.month', { month: i + 1 })}
              </th>
            ))}
            <th scope="col" className="num">
              {t('performance:year.mean')}
            </th>
            <th scope="col">{head('grade')}</th>
            <th scope="col" className="num">
              {head('coefficient')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.people.map((person) => (
            <tr key={person.userId}>
              <th scope="row">
                <Link to={`/performance/people/${person.userId}` as never}>{person.userName}</Link>{' '}
                <span className="muted">{person.teamName}</span>
              </th>
              <td className="num">{person.rank ?? ''}</td>
              {person.months.map((month) => (
                <td key={month.month} className="num">
                  <MonthCell month={month} person={person} onMonth={props.onMonth} />
                </td>
              ))}
              <td className="num year-total">{person.total === null ? '' : formatScore(person.total)}</td>
              <td>{person.grade ?? ''}</td>
              <td className="num">{person.coefficient === null ? '' : formatRate(person.coefficient)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function MonthCell(props: Chosen & { onMonth: ((chosen: Chosen) => void) | null }) {
  const t = useT()
  const { month, person, onMonth } = props
  if (month.state === 'open') return null
  if (month.state === 'absent') return <span className="muted">{t('performance:year.state.absent')}</span>
  const out = month.state === 'leftOut'
  const score = formatScore(month.total ?? 0)
  const shown = out ? <s>{score}</s> : score
  const was = month.lockedTotal
  const notes = [
    ...(out ? [t('performance:year.state.leftOut')] : []),
    ...(was === undefined ? [] : [t('performance:correction.locked', { value: formatScore(was) })]),
  ]
  const note = notes.length === 0 ? null : <span className="under muted">{notes.join(' · ')}</span>
  if (!onMonth) {
    return (
      <span title={month.reason}>
        {shown}
        {note}
      </span>
    )
  }
  const what = t(`performance:year.${out ? 'takeIn' : 'leaveOut'}`)
  return (
    <button
      type="button"
      className="link-button"
      title={out ? month.reason : what}
      aria-label={`${person.userName} ${month.month} ${score}: ${what}`}
      onClick={() => onMonth({ month, person })}
    >
      {shown}
      {note}
    </button>
  )
}

const leaving = z.strictObject({ reason: shortText(200) })

function LeaveOut({ chosen, onClose }: { chosen: Chosen | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  if (!chosen) return null
  const { person, month } = chosen
  const word = (key: string, params?: Record<string, string>) => t(`performance:year.${key}`, params)
  return (
    <ActionForm
      title={word('leaveOutTitle', { name: person.userName, month: month.month })}
      hint={word('leaveOutHint')}
      open
      schema={leaving}
      initial={{ reason: '' }}
      submitLabel={word('leaveOut')}
      onClose={onClose}
      submit={async ({ reason }) => {
        await api.performance.year.leaveOut({ month: month.month as never, userId: person.userId as never, reason })
        notice.done(word('leftOut'))
      }}
    >
      <TextField name="reason" label={word('reason')} max={200} required />
    </ActionForm>
  )
}
