import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { longText, shortText } from '#shared/kernel/text.ts'
import type { DisputeRow } from '#shared/modules/claims/claims.decisions.schema.ts'
import { DISPUTE_REASONS, RESOLUTIONS } from '#shared/modules/claims/claims.schema.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const opening = z.strictObject({
  reasonCode: z.enum(DISPUTE_REASONS),
  amount: fenPositive.nullable(),
  day: plainDay,
  note: longText(500),
})

/** Writes down that a customer contests a debt, or a part of it; the rest stays due. */
export function OpenDispute(props: { instalmentId: string; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`claims:disputes.${key}`)
  return (
    <ActionForm
      title={word('open')}
      hint={word('openHint')}
      open={props.open}
      schema={opening}
      initial={{ reasonCode: 'quality', amount: null, day: firmToday(), note: '' }}
      submitLabel={word('open')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.claims.disputes.open({ ...output, instalmentId: props.instalmentId as never })
        notice.done(word('opened'))
      }}
    >
      <SelectField
        name="reasonCode"
        label={t('claims:columns.reason')}
        options={DISPUTE_REASONS.map((value) => ({ value, label: word(`reasons.${value}`) }))}
      />
      <MoneyField name="amount" label={t('claims:columns.disputed')} hint={word('amountHint')} />
      <DayField name="day" label={t('claims:columns.day')} required />
      <TextAreaField name="note" label={t('claims:columns.note')} max={500} rows={3} />
    </ActionForm>
  )
}

const resolving = z.strictObject({ resolution: z.enum(RESOLUTIONS), day: plainDay, note: shortText(300) })

export function ResolveDispute(props: { row: DisputeRow | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { row } = props
  const word = (key: string) => t(`claims:disputes.${key}`)
  return (
    <ActionForm
      title={word('resolve')}
      hint={word('resolveHint')}
      open={row !== null}
      schema={resolving}
      initial={{ resolution: 'settled', day: firmToday(), note: '' }}
      submitLabel={word('resolve')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.claims.disputes.resolve({ ...output, id: row?.id as never, version: row?.version ?? 0 })
        notice.done(word('resolved'))
      }}
    >
      <SelectField
        name="resolution"
        label={t('claims:columns.resolution')}
        options={RESOLUTIONS.map((value) => ({ value, label: word(`resolutions.${value}`) }))}
      />
      <DayField name="day" label={t('claims:columns.resolvedDay')} required />
      <TextField name="note" label={t('claims:columns.note')} max={300} required />
    </ActionForm>
  )
}
