import { Spin } from 'antd'
import { useRef } from 'react'
import type { CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { instalmentFields, type InstalmentFields } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { useContractChoices } from '#renderer/modules/contracts/contracts.queries.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** Enters a payment owed that no payment clause asks for. */
export function InstalmentEntryPage() {
  const { customer, pending } = useSearchedCustomer()
  return pending ? <Spin className="grid-spin" /> : <Entry key={customer?.id ?? ''} customer={customer} />
}

function Entry({ customer }: { customer: CustomerView | null }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const word = (key: string) => t(`receivables:manual.${key}`)
  const initial = useRef({
    customerId: customer?.id ?? null,
    contractId: null,
    label: '',
    invoiceNumber: '',
    sinceDay: firmToday(),
    dueDay: null,
    amount: null,
    reason: '',
  }).current
  const save = async (fields: InstalmentFields, _version: number, { context }: SaveOptions) => {
    const made = await api.receivables.create(fields, { context })
    notice.done(word('saved'))
    go(`/receivables/${made.id}`)
  }
  return (
    <Page title={word('create')}>
      <EntityForm
        form="receivables"
        record={customer?.id ?? null}
        schema={instalmentFields}
        initial={initial}
        version={0}
        save={save}
        saveLabel={word('save')}
        labelOf={(path) => word(`fields.${path}`)}
        onCancel={() => go('/receivables')}
      >
        <FormGroup title={word('one')}>
          <CustomerPicker
            name="customerId"
            label={word('fields.customerId')}
            required
            chosenLabel={customer?.name ?? ''}
          />
          <ContractField />
          <TextField name="label" label={word('fields.label')} max={40} required />
          <MoneyField name="amount" label={word('fields.amount')} required capitals />
          <DayField name="sinceDay" label={word('fields.sinceDay')} required />
          <DayField name="dueDay" label={word('fields.dueDay')} />
          <TextField name="invoiceNumber" label={word('fields.invoiceNumber')} max={40} />
          <TextAreaField name="reason" label={word('fields.reason')} max={200} required rows={2} />
        </FormGroup>
      </EntityForm>
    </Page>
  )
}

function ContractField() {
  const t = useT()
  const form = useForm()
  const options = useContractChoices(form.values['customerId'] as string | null)
  return (
    <SelectField name="contractId" label={t('receivables:manual.fields.contractId')} options={options} allowClear />
  )
}
