import { Input } from 'antd'
import { useState } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import { ALLOCATION_RULES } from '#shared/modules/receivables/receivables.allocation.rules.ts'
import { receivablesPolicy, type ReceivablesPolicy } from '#shared/modules/receivables/receivables.policy.schema.ts'
import { AGE_BASES } from '#shared/modules/receivables/receivables.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

/** How the firm keeps its receivables: buckets, order of payment, limit of refunds. */
export function PolicyDrawer(props: {
  policy: { readonly value: ReceivablesPolicy; readonly version: number }
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const { policy } = props
  const word = (key: string) => t(`receivables:policy.${key}`)
  return (
    <ActionForm
      title={word('title')}
      hint={word('hint')}
      open={props.open}
      schema={receivablesPolicy}
      initial={{ ...policy.value }}
      submitLabel={word('save')}
      onClose={props.onClose}
      submit={async (value) => {
        await api.receivables.savePolicy({ value, version: policy.version })
        notice.done(word('saved'))
      }}
    >
      <BoundsField label={word('bounds')} hint={word('boundsHint')} />
      <SelectField
        name="basis"
        label={t('receivables:ageing.basis')}
        options={AGE_BASES.map((value) => ({ value, label: t(`receivables:bases.${value}`) }))}
      />
      <SelectField
        name="rule"
        label={word('rule')}
        options={ALLOCATION_RULES.map((value) => ({ value, label: t(`receivables:allocation.rules.${value}`) }))}
      />
      <CheckField name="bookInterest" label={word('bookInterest')} />
      <MoneyField
        name="refundLimit"
        label={word('refundLimit')}
        hint={t('receivables:policy.refundHint', { limit: formatYuan(policy.value.refundLimit) })}
        required
      />
    </ActionForm>
  )
}

/** The upper ends of the buckets, typed in one line: `30, 60, 90`. */
function BoundsField(props: { label: string; hint: string }) {
  const field = useField<readonly number[]>('bounds')
  const [text, setText] = useState(field.value.join(', '))
  return (
    <FieldFrame field={{ name: 'bounds', ...props, required: true }} error={field.error}>
      {(ids) => (
        <Input
          {...ids}
          value={text}
          disabled={field.disabled}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(event) => {
            setText(event.target.value)
            const parts = event.target.value.normalize('NFKC').split(/[\s,;]+/)
            field.set(parts.filter(Boolean).map(Number))
          }}
        />
      )}
    </FieldFrame>
  )
}
