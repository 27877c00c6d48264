import { CANCEL_REASONS, INCIDENT_REASONS, type VisitStep } from '#shared/modules/visits/visits.rules.ts'
import type { z } from 'zod'
import { cancelFields, incidentFields, moveFields, type VisitView } from '#shared/modules/visits/visits.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { TimeField } from './time-field.tsx'

export type DrawerStep = Extract<VisitStep, 'reschedule' | 'cancel' | 'incident'>

/** The steps of a plan that ask why: another time, called off, came to nothing. */
export function StepDrawers(props: { visit: VisitView; step: DrawerStep | null; onClose: () => void }) {
  const { step } = props
  return (
    <>
      <RescheduleDrawer {...props} open={step === 'reschedule'} />
      <ReasonDrawer {...props} step="cancel" open={step === 'cancel'} />
      <ReasonDrawer {...props} step="incident" open={step === 'incident'} />
    </>
  )
}

interface Reason {
  readonly code: string
  readonly text: string
}

function RescheduleDrawer(props: { visit: VisitView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { visit } = props
  const move = useCommand((input: Parameters<typeof api.visits.reschedule>[0], options) =>
    api.visits.reschedule(input, options),
  )
  const today = firmToday()
  return (
    <ActionForm
      title={t('visits:step.reschedule')}
      hint={t('visits:step.rescheduleHint', { day: visit.day })}
      open={props.open}
      schema={moveFields}
      initial={{
        day: visit.day < today ? today : visit.day,
        startMinute: visit.startMinute,
        endMinute: visit.endMinute,
        reason: '',
      }}
      submitLabel={t('visits:step.reschedule')}
      onClose={props.onClose}
      submit={async (output) => {
        await move.run({ ...output, id: visit.id, version: visit.version })
        notice.done(t('visits:step.rescheduled', { day: output.day }))
      }}
    >
      <DayField name="day" label={t('visits:fields.day')} required />
      <TimeField name="startMinute" label={t('visits:fields.startMinute')} />
      <TimeField name="endMinute" example="11:00" label={t('visits:fields.endMinute')} />
      <TextField name="reason" label={t('visits:fields.reason')} max={200} required />
    </ActionForm>
  )
}

function ReasonDrawer(props: { visit: VisitView; step: 'cancel' | 'incident'; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { visit, step } = props
  const end = useCommand((input: { id: string; version: number; reason: Reason }, options) =>
    api.visits[step](input as never, options),
  )
  const codes: readonly string[] = step === 'cancel' ? CANCEL_REASONS : INCIDENT_REASONS
  return (
    <ActionForm
      title={t(`visits:step.${step}`)}
      hint={t(`visits:step.${step}Hint`)}
      open={props.open}
      schema={step === 'cancel' ? (cancelFields as z.ZodType<Reason>) : incidentFields}
      initial={{ code: null, text: '' }}
      submitLabel={t(`visits:step.${step}`)}
      onClose={props.onClose}
      submit={async (reason) => {
        await end.run({ id: visit.id, version: visit.version, reason })
        notice.done(t(`visits:step.${step}Done`))
      }}
    >
      <SelectField
        name="code"
        label={t('visits:fields.reason')}
        required
        options={codes.map((value) => ({ value, label: t(`visits:reasons.${value}`) }))}
      />
      <TextField name="text" label={t('visits:fields.reasonText')} max={200} />
    </ActionForm>
  )
}
