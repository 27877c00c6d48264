import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { App, Spin } from 'antd'
import { useEffect, useRef } from 'react'
import { isPlainDay } from '#shared/kernel/dates.ts'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { METHODS, receiptFields, type ReceiptFields } from '#shared/modules/receivables/receivables.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import {
  AllocationTable,
  asAllocations,
  type Allocation,
} from '#renderer/modules/receivables/parts/allocation-table.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api, shownError } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** Records money that came in: the facts left, what it pays right, proposed by the rule until it is typed by hand. */
export function ReceiptEntryPage() {
  const { customer, pending } = useSearchedCustomer()
  return pending ? <Spin className="grid-spin" /> : <Entry key={customer?.id ?? ''} customer={customer} />
}

function Entry({ customer }: { customer: CustomerView | null }) {
  const t = useT()
  const go = useGo()
  const { message } = App.useApp()
  const initial = useRef({
    customerId: customer?.id ?? null,
    day: firmToday(),
    amount: null,
    method: 'bank',
    payer: '',
    reference: '',
    note: '',
    designation: '',
    designated: [],
    bill: null,
    allocations: [],
  }).current
  const save = async (fields: ReceiptFields, _version: number, { context }: SaveOptions) => {
    const made = await api.receivables.receiptCreate(fields, { context })
    message.success(t('receivables:receipts.saved', { number: made.number }))
    go(`/receipts/${made.id}`)
  }
  return (
    <Page title={t('receivables:receipts.create')}>
      <EntityForm
        form="receipts"
        record={customer?.id ?? null}
        schema={receiptFields}
        initial={initial}
        version={0}
        save={save}
        saveLabel={t('receivables:receipts.save')}
        labelOf={(path) => t(`receivables:receipts.${path}`)}
        onCancel={() => go('/receipts')}
      >
        <div className="receipt">
          <ReceiptFacts customerName={customer?.name ?? ''} />
          <fieldset className="form-group">
            <legend>{t('receivables:receipts.allocations')}</legend>
            <Allocations />
          </fieldset>
        </div>
      </EntityForm>
    </Page>
  )
}

function ReceiptFacts(props: { customerName: string }) {
  const t = useT()
  const word = (key: string) => t(`receivables:receipts.${key}`)
  return (
    <FormGroup title={t('receivables:receipts.one')}>
      <CustomerPicker name="customerId" label={word('customer')} required chosenLabel={props.customerName} />
      <DayField name="day" label={word('day')} required />
      <MoneyField name="amount" label={word('amount')} required capitals />
      <SelectField
        name="method"
        label={word('method')}
        options={METHODS.map((value) => ({ value, label: t(`receivables:methods.${value}`) }))}
      />
      <BillFields />
      <TextField name="payer" label={word('payer')} max={80} hint={word('payerHint')} />
      <TextField name="reference" label={word('reference')} max={60} />
      <TextField name="designation" label={word('designation')} max={200} hint={word('designationHint')} />
      <TextField name="note" label={word('note')} max={200} />
    </FormGroup>
  )
}

/** What a bill is, while money comes in as one. */
function BillFields() {
  const t = useT()
  const form = useForm()
  const isBill = form.values['method'] === 'bill'
  const kept = (form.values['bill'] ?? null) !== null
  const { set } = form
  useEffect(() => {
    if (isBill === kept) return
    set('bill', isBill ? { kind: 'bank', number: '', acceptor: '', maturityDay: null } : null)
  }, [isBill, kept, set])
  if (!isBill || !kept) return null
  const word = (key: string) => t(`receivables:bills.${key}`)
  return (
    <>
      <SelectField
        name="bill.kind"
        label={word('kind')}
        options={(['bank', 'commercial'] as const).map((value) => ({ value, label: word(`kinds.${value}`) }))}
      />
      <TextField name="bill.number" label={word('number')} max={40} required />
      <TextField name="bill.acceptor" label={word('acceptor')} max={80} />
      <DayField name="bill.maturityDay" label={word('maturityDay')} required />
    </>
  )
}

/** Follows customer, day, amount and what the payer designated with a new proposal, until somebody allocates by hand. */
function Allocations() {
  const t = useT()
  const form = useForm()
  const byHand = useRef(false)
  const customer = useRef<string | null>(null)
  const customerId = form.values['customerId'] as string | null
  const day = form.values['day'] as string | null
  const typed = form.values['amount'] as number | null
  const amount = typed !== null && Number.isSafeInteger(typed) && typed > 0 ? typed : 0
  const allocations = form.values['allocations'] as readonly Allocation[]
  const designated = ((form.values['designated'] ?? []) as readonly { instalmentId: string }[]).map(
    (one) => one.instalmentId,
  )
  const known = customerId !== null && day !== null && isPlainDay(day)
  const proposal = useQuery({
    queryKey: ['receivables', 'propose', customerId, day, amount, designated],
    queryFn: () =>
      api.receivables.propose({
        customerId: customerId as never,
        day: day as never,
        amount: amount as never,
        designated: designated.map((instalmentId) => ({ instalmentId: instalmentId as never, amount: null })),
      }),
    enabled: known,
    placeholderData: keepPreviousData,
  })
  const latest = useRef({ customerId, allocations, set: form.set })
  useEffect(() => {
    latest.current = { customerId, allocations, set: form.set }
  })
  useEffect(() => {
    if (!proposal.data || proposal.isPlaceholderData) return
    const now = latest.current
    const owed = new Set(proposal.data.open.map((row) => row.id))
    const moved = customer.current !== null && customer.current !== now.customerId
    // What a restored draft allocated was typed by somebody; what another customer owes never stays.
    if (customer.current === null && now.allocations.length > 0) byHand.current = true
    if (moved || now.allocations.some((row) => !owed.has(row.instalmentId))) byHand.current = false
    customer.current = now.customerId
    if (byHand.current) return
    if (moved) now.set('designated', [])
    now.set('allocations', asAllocations(proposal.data.proposed))
  }, [proposal.data, proposal.isPlaceholderData])
  if (!known) return <EmptyState text={t('receivables:receipts.chooseCustomer')} />
  if (proposal.error) return <ErrorNotice error={shownError(proposal.error)} onRetry={() => void proposal.refetch()} />
  if (!proposal.data) return null
  return (
    <AllocationTable
      proposal={proposal.data}
      available={amount}
      allocations={allocations}
      designated={designated}
      onDesignate={(ids) => {
        // What the payer says comes before what was typed.
        byHand.current = false
        form.set(
          'designated',
          ids.map((instalmentId) => ({ instalmentId, amount: null })),
        )
      }}
      onChange={(next, hand) => {
        byHand.current = hand
        form.set('allocations', [...next])
      }}
    />
  )
}
