import { useQuery } from '@tanstack/react-query'
import { formatYuan } from '#shared/kernel/money.ts'
import { refundFields } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { METHODS } from '#shared/modules/receivables/receivables.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

const asked = refundFields.omit({ receiptId: true })

/** Asks that money of an advance goes back; above the firm's limit a second person lets it go. */
export function RefundDrawer(props: {
  view: { id: string; advance: number; payer: string; method: string }
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const policy = useQuery({ queryKey: ['receivables', 'policy'], queryFn: () => api.receivables.policy({}) })
  const { view } = props
  const word = (key: string) => t(`receivables:refunds.${key}`)
  const limit = policy.data?.value.refundLimit ?? 0
  return (
    <ActionForm
      title={word('ask')}
      hint={t('receivables:refunds.hint', { advance: formatYuan(view.advance), limit: formatYuan(limit) })}
      open={props.open}
      schema={asked}
      initial={{ amount: view.advance, method: 'bank', payee: view.payer, account: '', reason: '' }}
      submitLabel={word('ask')}
      onClose={props.onClose}
      submit={async (output) => {
        const made = await api.receivables.refundAsk({ ...output, receiptId: view.id as never })
        notice.done(t(`receivables:refunds.${made.released ? 'askedReleased' : 'asked'}`, { number: made.number }))
      }}
    >
      <MoneyField name="amount" label={word('amount')} required capitals />
      <SelectField
        name="method"
        label={word('method')}
        options={METHODS.map((value) => ({ value, label: t(`receivables:methods.${value}`) }))}
      />
      <TextField name="payee" label={word('payee')} max={80} required />
      <TextField name="account" label={word('account')} max={60} />
      <TextAreaField name="reason" label={word('reason')} max={200} required />
    </ActionForm>
  )
}
