import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useRef } from 'react'
import { isPlainDay } from '#shared/kernel/dates.ts'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import {
  CREDIT_CAUSES,
  creditFields,
  type CreditFields,
} from '#shared/modules/receivables/receivables.entries.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { AllocationTable, type Allocation } from '#renderer/modules/receivables/parts/allocation-table.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api, shownError } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** Records a credit note: the facts left, what it takes off right. Nothing is taken off before somebody says so. */
export function CreditEntryPage() {
  const { customer, pending } = useSearchedCustomer()
  return pending ? <Spin className="grid-spin" /> : <Entry key={customer?.id ?? ''} customer={customer} />
}

function Entry({ customer }: { customer: CustomerView | null }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const word = (key: string) => t(`receivables:credits.${key}`)
  const initial = useRef({
    customerId: customer?.id ?? null,
    day: firmToday(),
    amount: null,
    cause: 'price',
    reason: '',
    invoiceNumber: '',
    allocations: [],
  }).current
  const save = async (fields: CreditFields, _version: number, { context }: SaveOptions) => {
    const made = await api.receivables.creditCreate(fields, { context })
    notice.done(t('receivables:credits.saved', { number: made.number }))
    go(`/credits/${made.id}`)
  }
  return (
    <Page title={word('create')}>
      <EntityForm
        form="credits"
        record={customer?.id ?? null}
        schema={creditFields}
        initial={initial}
        version={0}
        save={save}
        saveLabel={word('save')}
        labelOf={(path) => t(`receivables:credits.${path.split('.')[0] ?? path}`)}
        onCancel={() => go('/credits')}
      >
        <div className="receipt">
          <FormGroup title={word('one')}>
            <CustomerPicker
              name="customerId"
              label={t('receivables:columns.customerName')}
              required
              chosenLabel={customer?.name ?? ''}
            />
            <DayField name="day" label={word('day')} required />
            <MoneyField name="amount" label={word('amount')} required capitals />
            <SelectField
              name="cause"
              label={word('cause')}
              options={CREDIT_CAUSES.map((value) => ({ value, label: word(`causes.${value}`) }))}
            />
            <TextAreaField name="reason" label={word('reason')} max={200} required rows={2} />
            <TextField name="invoiceNumber" label={word('invoiceNumber')} max={40} />
          </FormGroup>
          <fieldset className="form-group">
            <legend>{word('allocations')}</legend>
            <Shares />
          </fieldset>
        </div>
      </EntityForm>
    </Page>
  )
}

function Shares() {
  const t = useT()
  const form = useForm()
  const customerId = form.values['customerId'] as string | null
  const day = form.values['day'] as string | null
  const typed = form.values['amount'] as number | null
  const amount = typed !== null && Number.isSafeInteger(typed) && typed > 0 ? typed : 0
  const shares = form.values['allocations'] as readonly { instalmentId: string; amount: number }[]
  const known = customerId !== null && day !== null && isPlainDay(day)
  const proposal = useQuery({
    queryKey: ['receivables', 'propose', customerId, day, amount, 'credits'],
    queryFn: () =>
      api.receivables.propose({
        customerId: customerId as never,
        day: day as never,
        amount: amount as never,
        principalOnly: true,
      }),
    enabled: known,
    placeholderData: keepPreviousData,
  })
  if (!known) return <EmptyState text={t('receivables:receipts.chooseCustomer')} />
  if (proposal.error) return <ErrorNotice error={shownError(proposal.error)} onRetry={() => void proposal.refetch()} />
  if (!proposal.data) return null
  const owed = new Set(proposal.data.open.map((row) => row.id))
  const allocations: Allocation[] = shares
    .filter((row) => owed.has(row.instalmentId))
    .map((row) => ({ ...row, costs: 0, interest: 0 }))
  return (
    <AllocationTable
      proposal={proposal.data}
      available={amount}
      allocations={allocations}
      restWord="receivables:credits.advance"
      onChange={(next) =>
        form.set(
          'allocations',
          next.map((row) => ({ instalmentId: row.instalmentId, amount: row.amount })),
        )
      }
    />
  )
}
