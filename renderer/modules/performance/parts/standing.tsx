import { Button } from 'antd'
import { useState } from 'react'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { appealFields, type AppealRow, type Standing } from '#shared/modules/performance/performance.cycle.schema.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { signedScore } from '#shared/modules/performance/performance.words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<Standing['state'], StatusTone>> = {
  silent: 'neutral',
  confirmed: 'done',
  outdated: 'attention',
  appealed: 'danger',
  answered: 'attention',
}

/** What a person said to his result; after the lock silence has counted as agreement. */
export function StandingTag({ standing, locked }: { standing: Standing; locked: boolean }) {
  const t = useT()
  const words = t(`performance:cycle.${locked ? 'lockedStandings' : 'standings'}.${standing.state}`)
  return (
    <StatusTag tone={TONES[standing.state]}>{standing.day === null ? words : `${words} ${standing.day}`}</StatusTag>
  )
}

/** The line of calibration on a person's sheet. */
export function CalibrationLine({ person: { calibration } }: { person: PersonSheet }) {
  const t = useT()
  if (!calibration) return null
  const { points, reason, byName } = calibration
  return (
    <tr>
      <td>{t('performance:cycle.line', { name: byName })}</td>
      <td colSpan={5}>{reason}</td>
      <td className="num">{signedScore(points)}</td>
    </tr>
  )
}

/** An appeal with its answer, as it stays on record. */
export function AppealText({ appeal }: { appeal: AppealRow }) {
  const t = useT()
  const word = (key: string, params?: Record<string, string>) => t(`performance:cycle.${key}`, params)
  const about = appeal.indicator === null ? word('whole') : t(`performance:indicators.${appeal.indicator}`)
  return (
    <p className="review-comment">
      <span className="muted">
        {word('by', { name: word('appeal'), day: appeal.day })} · {about}
      </span>{' '}
      {appeal.reason}
      {appeal.state === 'open' ? null : (
        <>
          <br />
          <span className="muted">
            {word('by', { name: appeal.answeredByName, day: appeal.answeredDay ?? '' })} ·{' '}
            {word(`states.${appeal.state}`)}
          </span>{' '}
          {appeal.answer}
        </>
      )}
    </p>
  )
}

/** Agrees to one's own result or appeals against it, while the month is over and open. */
export function OwnWord({ month, person }: { month: PlainMonth; person: PersonSheet }) {
  const t = useT()
  const notice = useNotice()
  const [appealing, setAppealing] = useState(false)
  const { total, standing, indicators } = person
  const confirm = useCommand((_: null, options) => api.performance.cycle.confirm({ month, total }, options))
  if (!standing || standing.state === 'appealed') return null
  const word = (key: string, params?: Record<string, string>) => t(`performance:cycle.${key}`, params)
  return (
    <>
      {standing.state === 'confirmed' ? null : (
        <Button
          size="small"
          type="primary"
          loading={confirm.busy}
          onClick={() => void notice.tell(() => confirm.run(null), word('confirmed'))}
        >
          {word('confirm')}
        </Button>
      )}
      <Button size="small" onClick={() => setAppealing(true)}>
        {word('appeal')}
      </Button>
      <ActionForm
        title={word('appealTitle', { month })}
        hint={word('appealHint')}
        open={appealing}
        schema={appealFields}
        initial={{ month, indicator: null, reason: '' }}
        submitLabel={word('appeal')}
        onClose={() => setAppealing(false)}
        submit={async (fields) => {
          await api.performance.cycle.appeal(fields)
          notice.done(word('appealed'))
        }}
      >
        <SelectField
          name="indicator"
          label={word('item')}
          hint={word('wholeHint')}
          options={indicators.map(({ indicator }) => ({
            value: indicator,
            label: t(`performance:indicators.${indicator}`),
          }))}
          allowClear
        />
        <TextAreaField name="reason" label={word('reason')} max={200} required />
      </ActionForm>
    </>
  )
}
