import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { optionalText } from '#shared/kernel/text.ts'
import { END_REASONS, type ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const CHOICES = ['keep', 'cancel'] as const
const schema = z
  .strictObject({
    reason: z.enum(END_REASONS),
    day: plainDay,
    note: optionalText(500),
    instalments: z.enum(CHOICES),
  })
  .refine(({ reason, instalments }) => reason !== 'fulfilled' || instalments === 'keep', {
    path: ['instalments'],
    message: 'contracts:errors.endFulfilled',
  })

/** Ends a signed contract before everything in it was done; what is not yet paid is still asked for, or given up. */
export function EndDrawer(props: { view: ContractView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  const word = (key: string) => t(`contracts:ending.${key}`)
  return (
    <ActionForm
      title={word('title')}
      hint={word('hint')}
      open={props.open}
      schema={schema}
      initial={{ reason: 'agreement', day: firmToday(), note: '', instalments: 'keep' }}
      submitLabel={word('submit')}
      danger
      onClose={props.onClose}
      submit={async (output) => {
        await api.contracts.end({ ...output, id: view.id, version: view.version })
        notice.done(word('done'))
      }}
    >
      <SelectField
        name="reason"
        label={word('reason')}
        options={END_REASONS.map((value) => ({ value, label: word(`reasons.${value}`) }))}
      />
      <DayField name="day" label={word('day')} required />
      <SelectField
        name="instalments"
        label={word('instalments')}
        options={CHOICES.map((value) => ({ value, label: word(`choices.${value}`) }))}
      />
      <TextAreaField name="note" label={word('note')} max={500} rows={3} />
    </ActionForm>
  )
}
