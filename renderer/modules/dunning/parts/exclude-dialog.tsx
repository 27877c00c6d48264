import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

const schema = z.strictObject({ reason: shortText(200), untilDay: plainDay.nullable() })

/** No letters to this customer until a day, or until somebody says otherwise. */
export function ExcludeDialog(props: {
  customer: { readonly id: string; readonly name: string } | null
  onClose: () => void
}) {
  const t = useT()
  const { customer } = props
  return (
    <ActionForm
      title={t('dunning:exclude.title')}
      hint={customer?.name ?? ''}
      open={customer !== null}
      schema={schema}
      initial={{ reason: '', untilDay: null }}
      submitLabel={t('dunning:exclude.title')}
      onClose={props.onClose}
      submit={async (output) => {
        if (customer) await api.dunning.exclude({ ...output, customerId: customer.id })
      }}
    >
      <TextField name="reason" label={t('dunning:exclude.reason')} max={200} required />
      <DayField name="untilDay" label={t('dunning:exclude.until')} />
    </ActionForm>
  )
}
