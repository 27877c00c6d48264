import { z } from 'zod'
import { plainDay, type PlainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

const reversal = z.strictObject({ day: plainDay, reason: shortText(200) })

/** Takes a receipt, credit note or refund back from a day on. */
export function ReverseDrawer(props: {
  of: 'receipts' | 'credits' | 'refunds'
  /** The record's own day: that of a mistake in entry. */
  day: string
  save: (given: { day: PlainDay; reason: string }) => Promise<unknown>
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`receivables:${props.of}.${key}`)
  return (
    <ActionForm
      title={word('reverse')}
      hint={word('reverseHint')}
      open={props.open}
      schema={reversal}
      initial={{ day: props.day, reason: '' }}
      submitLabel={word('reverse')}
      danger
      onClose={props.onClose}
      submit={async (given) => {
        await props.save(given)
        notice.done(word('reversed'))
      }}
    >
      <DayField name="day" label={t('receivables:receipts.reverseDay')} required />
      <TextAreaField name="reason" label={t('receivables:receipts.reverseReason')} max={200} required />
    </ActionForm>
  )
}
