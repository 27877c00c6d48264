import { formatMoment } from '#shared/i18n/formatters.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { absenceFields, bonusBaseFields, type BonusRow } from '#shared/modules/performance/performance.bonus.schema.ts'
import { parsePoints } from '#shared/modules/performance/performance.figures.sheet.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { MoneyField, NumberField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

interface Props {
  readonly month: PlainMonth
  readonly row: BonusRow | null
  readonly onClose: () => void
}

/** Sets what a whole month's bonus of somebody is, from a month on; what was set before stands beneath. */
export function BaseDrawer({ month, row, onClose }: Props) {
  const t = useT()
  const notice = useNotice()
  if (!row) return null
  const word = (key: string, params?: Record<string, string>) => t(`performance:bonus.${key}`, params)
  return (
    <ActionForm
      title={word('setBaseOf', { name: row.userName })}
      hint={word('baseHint')}
      open
      schema={bonusBaseFields}
      initial={{ userId: row.userId, fromMonth: month, base: row.base }}
      submitLabel={word('saveBase')}
      onClose={onClose}
      submit={async (fields) => {
        await api.performance.bonus.setBase(fields)
        notice.done(word('baseSaved'))
      }}
    >
      <MoneyField name="base" label={word('baseLabel')} required />
      <TextField name="fromMonth" label={word('fromMonth')} hint={word('monthHint', { month })} max={7} required />
      <History userId={row.userId} />
    </ActionForm>
  )
}

function History({ userId }: { userId: string }) {
  const t = useT()
  const found = useList('performance', ['bonus', 'history', userId], () =>
    api.performance.bonus.history({ userId: userId as never }),
  )
  const word = (key: string, params?: Record<string, string>) => t(`performance:bonus.${key}`, params)
  return (
    <section aria-label={word('history')}>
      <p className="muted">{word('history')}</p>
      {found.data?.length === 0 ? <p className="muted">{word('noHistory')}</p> : null}
      <ul className="bonus-history">
        {found.data?.map((one) => (
          <li key={one.id}>
            {formatYuan(one.base)} {word('from', { month: one.fromMonth })}
            <span className="muted">
              {word('setBy', { name: one.setByName, time: formatMoment(one.setAt, SEAT_ZONE) })}
              {one.replaced ? ` · ${word('replaced')}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Enters on how many working days of a month somebody was absent, and why. */
export function AbsenceDrawer({ month, row, onClose }: Props) {
  const t = useT()
  const notice = useNotice()
  if (!row) return null
  const word = (key: string, params?: Record<string, string>) => t(`performance:bonus.${key}`, params)
  return (
    <ActionForm
      title={word('setDaysOf', { name: row.userName, month })}
      hint={word('daysHint')}
      open
      schema={absenceFields}
      initial={{ month, userId: row.userId, days: row.absent === 0 ? null : row.absent, reason: row.absentReason }}
      submitLabel={word('saveDays')}
      onClose={onClose}
      submit={async (fields) => {
        await api.performance.bonus.setAbsence(fields)
        notice.done(word('daysSaved'))
      }}
    >
      <NumberField name="days" label={word('days')} parse={parsePoints} format={formatScore} required />
      <TextField name="reason" label={word('reason')} max={200} required />
    </ActionForm>
  )
}
