import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId } from '#shared/kernel/text.ts'
import type { LineView } from '#shared/modules/bank/bank.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { AllocationTable, leftOf, type Allocation } from '#renderer/modules/receivables/parts/allocation-table.tsx'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField } from '#renderer/ui/fields/choice-fields.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

const choice = z.strictObject({ customerId: entityId, amount: fenPositive, learn: z.boolean() })

/** Money of a line that somebody knows better: the customer by hand, allocated by the rule or as typed. */
export function OtherCustomer(props: { line: LineView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { line } = props
  const [typed, setTyped] = useState<{ readonly of: string; readonly rows: readonly Allocation[] } | null>(null)
  return (
    <ActionForm
      title={t('bank:line.other')}
      hint={t('bank:line.byRule')}
      open={props.open}
      size={860}
      schema={choice}
      initial={{ customerId: null, amount: line.left, learn: true }}
      submitLabel={t('bank:line.confirm')}
      onClose={() => {
        setTyped(null)
        props.onClose()
      }}
      submit={async ({ customerId, amount, learn }) => {
        const proposed = await api.receivables.propose({ customerId, day: line.day as never, amount })
        const rows = typed?.of === `${customerId} ${amount}` ? typed.rows : proposed.proposed
        const allocations = rows.map((row) => ({ instalmentId: row.instalmentId, amount: row.amount }))
        const part = { customerId, amount, allocations }
        const made = await api.bank.confirm({ id: line.id, version: line.version, part, learn } as never)
        notice.done(t('bank:line.confirmed', { number: made.number }))
      }}
    >
      <CustomerPicker name="customerId" label={t('bank:line.customer')} required />
      <MoneyField name="amount" label={t('bank:line.amount')} required />
      <Allocations day={line.day} typed={typed} onTyped={setTyped} />
      <CheckField name="learn" label={t('bank:line.learn')} />
    </ActionForm>
  )
}

/** What the customer owes, as the rule would have it paid until somebody types. */
function Allocations(props: {
  day: string
  typed: { readonly of: string; readonly rows: readonly Allocation[] } | null
  onTyped: (typed: { readonly of: string; readonly rows: readonly Allocation[] }) => void
}) {
  const customer = useField<string | null>('customerId').value ?? null
  const amount = useField<number | null>('amount').value ?? 0
  const of = `${customer} ${amount}`
  const proposal = useQuery({
    queryKey: ['receivables', 'propose', customer, props.day, amount],
    queryFn: () =>
      api.receivables.propose({ customerId: customer as never, day: props.day as never, amount: amount as never }),
    enabled: customer !== null && amount > 0,
  })
  if (!proposal.data) return null
  const rows = props.typed?.of === of ? props.typed.rows : proposal.data.proposed
  return (
    <div className={leftOf(amount, rows) < 0 ? 'field-error' : ''}>
      <AllocationTable
        proposal={proposal.data}
        available={amount}
        allocations={rows}
        onChange={(next) => props.onTyped({ of, rows: next })}
      />
    </div>
  )
}
