import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { longText } from '#shared/kernel/text.ts'
import { belowFloor } from '#shared/modules/quotations/quotations.rules.ts'
import type { QuotationView } from '#shared/modules/quotations/quotations.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

export type Outcome = 'accepted' | 'rejected' | 'withdrawn'
export type OpenStep = 'send' | 'release' | 'return' | Outcome

interface StepProps {
  readonly view: QuotationView
  readonly open: boolean
  readonly onClose: () => void
}

const required = longText(500).refine((text) => text.length >= 2, { message: 'validation:required' })

/** Sends the newest version; below the floor price with a reason. */
export function SendDrawer({ view, open, onClose }: StepProps) {
  const t = useT()
  const notice = useNotice()
  const below = belowFloor(view.versions[0]?.fields.lines ?? []).length
  const hint = t('quotations:send.hint')
  return (
    <ActionForm
      title={t('quotations:page.send')}
      hint={below > 0 ? `${hint} ${t('quotations:send.below', { count: below })}` : hint}
      open={open}
      schema={z.strictObject({ reason: below > 0 ? required : longText(500) })}
      initial={{ reason: '' }}
      submitLabel={t('quotations:page.send')}
      onClose={onClose}
      submit={async ({ reason }) => {
        const { state } = await api.quotations.send({ id: view.id, version: view.version, reason })
        notice.done(t(`quotations:send.${state}`))
      }}
    >
      {below > 0 ? (
        <TextAreaField name="reason" label={t('quotations:send.reason')} max={500} rows={4} required />
      ) : null}
    </ActionForm>
  )
}

/** Lets out what waits, or gives it back with a word why. */
export function ReleaseDrawer({ view, open, onClose, decision }: StepProps & { decision: 'release' | 'return' }) {
  const t = useT()
  const notice = useNotice()
  const action = t(`quotations:page.${decision === 'return' && !view.mayRelease ? 'takeBack' : decision}`)
  return (
    <ActionForm
      title={action}
      hint={t('quotations:releasing.hint')}
      open={open}
      schema={z.strictObject({ note: longText(500) })}
      initial={{ note: '' }}
      submitLabel={action}
      onClose={onClose}
      submit={async ({ note }) => {
        await api.quotations.release({ id: view.id, version: view.version, decision, note })
        notice.done(t(`quotations:releasing.${decision === 'release' ? 'released' : 'returned'}`))
      }}
    >
      <TextAreaField name="note" label={t('quotations:releasing.note')} max={500} rows={3} />
    </ActionForm>
  )
}

/** What the customer said, or that the offer is taken back. */
export function CloseDrawer({ view, open, onClose, outcome }: StepProps & { outcome: Outcome }) {
  const t = useT()
  const notice = useNotice()
  const [top] = view.versions
  const drops = top?.sentDay === null && view.no > 1
  const action = t(
    `quotations:page.${{ accepted: 'accept', rejected: 'reject', withdrawn: drops ? 'drop' : 'withdraw' }[outcome]}`,
  )
  const hint = t(
    `quotations:closing.hint${{ accepted: 'Accepted', rejected: 'Rejected', withdrawn: 'Withdrawn' }[outcome]}`,
  )
  return (
    <ActionForm
      title={action}
      hint={drops ? '' : hint}
      open={open}
      schema={z.strictObject({ day: plainDay, note: longText(500) })}
      initial={{ day: firmToday(), note: '' }}
      submitLabel={action}
      danger={outcome !== 'accepted'}
      onClose={onClose}
      submit={async ({ day, note }) => {
        await api.quotations.close({ id: view.id, version: view.version, outcome, day, note })
        notice.done(t(`quotations:closing.${drops ? 'dropped' : outcome}`))
      }}
    >
      {outcome === 'withdrawn' ? null : <DayField name="day" label={t('quotations:closing.day')} required />}
      <TextAreaField name="note" label={t('quotations:closing.note')} max={500} rows={3} />
    </ActionForm>
  )
}
