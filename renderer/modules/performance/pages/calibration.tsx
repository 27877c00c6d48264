import { Link } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { gradeCounts } from '#shared/modules/performance/performance.cycle.rules.ts'
import {
  answerFields,
  calibrationFields,
  type AppealRow,
} from '#shared/modules/performance/performance.cycle.schema.ts'
import { totalScore } from '#shared/modules/performance/performance.rules.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { formatScore, signedScore } from '#shared/modules/performance/performance.words.ts'
import { parseSigned } from '#renderer/modules/performance/parts/figure-fields.tsx'
import { MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { usePeopleRows, type PeopleRows } from '#renderer/modules/performance/parts/people-rows.tsx'
import { AppealText, StandingTag } from '#renderer/modules/performance/parts/standing.tsx'
import { useAppraisalPolicy } from '#renderer/modules/performance/performance.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { NumberField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** As the indicators and the points come to, before calibration. */
const computedTotal = (person: PersonSheet) => Math.max(0, totalScore(person.indicators) + (person.extra?.points ?? 0))

const BY = {
  rank: (person: PersonSheet) => person.rank,
  person: (person: PersonSheet) => person.userName,
  team: (person: PersonSheet) => person.teamName,
  computed: computedTotal,
  points: (person: PersonSheet) => person.calibration?.points ?? 0,
  total: (person: PersonSheet) => person.total,
  standing: (person: PersonSheet) => person.standing?.state ?? '',
}

/** Everybody's result beside each other before the lock: points may be given or taken, and appeals are answered. */
export function CalibrationPage() {
  const t = useT()
  const { month, go } = useMonth()
  const [chosen, setChosen] = useState<PersonSheet | null>(null)
  const [answering, setAnswering] = useState<AppealRow | null>(null)
  const found = useList('performance', ['sheet', month], () => api.performance.sheet({ month }))
  const appeals = useList('performance', ['appeals', month], () => api.performance.cycle.appeals({ month }))
  const word = (key: string, params?: Record<string, string>) => t(`performance:cycle.${key}`, params)
  const cap = formatScore(useCap())
  const sheet = found.data
  const people = usePeopleRows(sheet?.people, BY)
  const closing = sheet?.locked === false && sheet.people.every((person) => person.standing)
  return (
    <Page
      title={word('title')}
      filters={
        <>
          <MonthPicker month={month} onMonth={go} />
          {people.filters}
          <span className="spacer" />
          <Link to={'/performance' as never} search={{ month } as never}>
            {t('performance:title')}
          </Link>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {sheet ? (
        <>
          <p className="muted">{closing ? word('hint', { cap }) : word(sheet.locked ? 'locked' : 'notOver')}</p>
          <Panel title={word('distribution')}>
            <Distribution people={sheet.people} />
          </Panel>
          <Panel title={word('points')}>
            <People people={people} locked={sheet.locked} onChoose={closing ? setChosen : null} />
          </Panel>
          <Panel title={word('appeals')}>
            {appeals.data?.length === 0 ? <EmptyState text={word('noAppeals')} /> : null}
            {appeals.data?.map((appeal) => (
              <div key={appeal.id} className="appeal">
                <strong>{appeal.userName}</strong>
                <AppealText appeal={appeal} />
                {closing && appeal.state === 'open' ? (
                  <Button size="small" onClick={() => setAnswering(appeal)}>
                    {word('answer')}
                  </Button>
                ) : null}
              </div>
            ))}
          </Panel>
        </>
      ) : null}
      <CalibrationDrawer month={month} person={chosen} onClose={() => setChosen(null)} />
      <AnswerDrawer appeal={answering} onClose={() => setAnswering(null)} />
    </Page>
  )
}

function Distribution({ people }: { people: readonly PersonSheet[] }) {
  const t = useT()
  const counts = gradeCounts(people)
  if (counts.length === 0) return <p className="muted">{t('performance:cycle.noGrades')}</p>
  return (
    <Facts
      items={counts.map(({ name, count }) => ({ label: name, value: t('performance:cycle.people', { count }) }))}
    />
  )
}

function People(props: {
  people: PeopleRows<PersonSheet>
  locked: boolean
  onChoose: ((person: PersonSheet) => void) | null
}) {
  const t = useT()
  const me = useSession((state) => state.session?.user.userId)
  const word = (key: string) => t(`performance:cycle.${key}`)
  const column = (key: string) => t(`performance:columns.${key}`)
  const { people, onChoose } = props
  if (people.shown.length === 0) return <EmptyState text={t('performance:people.none')} />
  return (
    <table className="plain-table">
      <thead>
        <tr>
          {people.head('rank', column('rank'), 'num')}
          {people.head('person', column('person'))}
          {people.head('team', column('team'))}
          {['computed', 'points', 'total'].map((key) => people.head(key, word(key), 'num'))}
          {people.head('grade', column('grade'))}
          {people.head('standing', word('standing'))}
          {onChoose ? (
            <th scope="col">
              <span className="visually-hidden">{word('calibrate')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {people.shown.map((person) => (
          <tr key={person.userId}>
            <td className="num">{person.rank}</td>
            <td>{person.userName}</td>
            <td className="muted">{person.teamName}</td>
            <td className="num">{formatScore(computedTotal(person))}</td>
            <td className="num">
              {person.calibration ? signedScore(person.calibration.points) : ''}
              <span className="muted locked-figure">{person.calibration?.reason}</span>
            </td>
            <td className="num">
              <strong>{formatScore(person.total)}</strong>
            </td>
            <td>{person.grade ?? ''}</td>
            <td>{person.standing ? <StandingTag standing={person.standing} locked={props.locked} /> : null}</td>
            {onChoose ? (
              <td>
                {person.userId === me ? null : (
                  <Button
                    size="small"
                    aria-label={`${word('calibrate')} ${person.userName}`}
                    onClick={() => onChoose(person)}
                  >
                    {word('calibrate')}
                  </Button>
                )}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** So many points, in hundredths, the firm lets be given or taken. */
const useCap = () => useAppraisalPolicy().data?.value.calibrationCap ?? 0

function CalibrationDrawer(props: { month: PlainMonth; person: PersonSheet | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const cap = useCap()
  const { month, person } = props
  if (!person) return null
  const word = (key: string, params?: Record<string, string>) => t(`performance:cycle.${key}`, params)
  const { points = null, reason = '' } = person.calibration ?? {}
  return (
    <ActionForm
      title={word('calibrateTitle', { name: person.userName })}
      hint={word('hint', { cap: formatScore(cap) })}
      open
      schema={calibrationFields.refine((fields) => Math.abs(fields.points) <= cap, {
        path: ['points'],
        message: 'errors:PERFORMANCE_CALIBRATION_CAP',
      })}
      initial={{ month, userId: person.userId, points, reason }}
      submitLabel={word('save')}
      onClose={props.onClose}
      submit={async (fields) => {
        await api.performance.cycle.calibrate(fields)
        notice.done(word('saved'))
      }}
    >
      <NumberField name="points" label={word('pointsLabel')} parse={parseSigned} format={formatScore} required />
      <TextField name="reason" label={word('reason')} max={200} required />
    </ActionForm>
  )
}

const verdictFields = z
  .object({ ...answerFields.shape, upheld: z.enum(['upheld', 'refused'], 'validation:required') })
  .transform(({ upheld, ...rest }) => ({ ...rest, upheld: upheld === 'upheld' }))
  .pipe(answerFields)

function AnswerDrawer({ appeal, onClose }: { appeal: AppealRow | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  if (!appeal) return null
  const word = (key: string, params?: Record<string, string>) => t(`performance:cycle.${key}`, params)
  return (
    <ActionForm
      title={word('answerTitle', { name: appeal.userName })}
      hint={word('answerHint')}
      open
      schema={verdictFields}
      initial={{ id: appeal.id, upheld: null, answer: '', points: null }}
      submitLabel={word('answer')}
      onClose={onClose}
      submit={async (fields) => {
        await api.performance.cycle.answer(fields)
        notice.done(word('answered'))
      }}
    >
      <AppealText appeal={appeal} />
      <SelectField
        name="upheld"
        label={word('verdict')}
        options={(['upheld', 'refused'] as const).map((value) => ({ value, label: word(value) }))}
        required
      />
      <TextAreaField name="answer" label={word('answerText')} max={200} required />
      <NumberField name="points" label={word('pointsOptional')} parse={parseSigned} format={formatScore} />
    </ActionForm>
  )
}
