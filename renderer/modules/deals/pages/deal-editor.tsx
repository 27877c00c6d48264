import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef } from 'react'
import { dealFields, type DealFields, type DealView } from '#shared/modules/deals/deals.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { useDeal } from '#renderer/modules/deals/deals.queries.ts'
import { CompetitorsEditor } from '#renderer/modules/deals/parts/competitors-editor.tsx'
import { ConcernsEditor } from '#renderer/modules/deals/parts/concerns-editor.tsx'
import { SplitsEditor } from '#renderer/modules/deals/parts/splits-editor.tsx'
import '#renderer/modules/deals/deals.css'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField, RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** A new deal, of a customer where one comes from his card. */
export function NewDealPage() {
  const { customer, pending } = useSearchedCustomer()
  if (pending) return <Spin className="grid-spin" />
  const initial = {
    name: '',
    customerId: customer?.id ?? null,
    ownerId: null,
    amount: null,
    probability: null,
    expectedDay: null,
    needs: '',
    decisionMaker: '',
    budget: null,
    nextStep: '',
    nextDay: null,
    note: '',
    quotationSkip: '',
    noCompetitors: false,
    splits: [],
    competitors: [],
    concerns: [],
  }
  return <Editor key={customer?.id ?? ''} view={null} initial={initial} customerName={customer?.name ?? ''} />
}

/** A deal that is still open. */
export function EditDealPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const deal = useDeal(id)
  if (deal.shownError) {
    return (
      <Page title={t('deals:edit')}>
        <ErrorNotice error={deal.shownError} onRetry={() => void deal.refetch()} />
      </Page>
    )
  }
  if (!deal.data) return <Spin className="grid-spin" />
  const view = deal.data
  const fields = Object.keys(dealFields.shape) as (keyof DealFields)[]
  const initial: FormValues = {
    ...Object.fromEntries(fields.map((key) => [key, view[key]])),
    splits: view.splits.map(({ userId, share }) => ({ userId, share })),
  }
  return <Editor key={id} view={view} initial={initial} customerName={view.customerName} />
}

function Editor(props: { view: DealView | null; initial: FormValues; customerName: string }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const people = usePeopleChoices()
  const { view } = props
  const initial = useRef(props.initial).current
  const label = (key: string) => t(`deals:fields.${key}`)
  const save = async (fields: DealFields, version: number, { context }: SaveOptions) => {
    const saved = view
      ? await api.deals.update({ id: view.id, version, ...fields }, { context })
      : await api.deals.create(fields, { context })
    notice.done(view ? t('common:saved') : t('deals:saved'))
    go(`/deals/${saved.id}`)
  }
  return (
    <Page title={view ? t('deals:edit') : t('deals:new')}>
      <EntityForm
        form="deal"
        record={view?.id ?? (initial['customerId'] as string | null)}
        schema={dealFields}
        initial={initial}
        version={view?.version ?? 0}
        save={save}
        saveLabel={view ? t('common:save') : t('deals:new')}
        labelOf={(path) => label(path.split('.')[0] ?? '')}
        onCancel={() => go(view ? `/deals/${view.id}` : '/deals')}
      >
        <FormGroup title={t('deals:groups.deal')}>
          <TextField name="name" label={label('name')} max={80} required autoFocus={view === null} />
          <CustomerPicker name="customerId" label={label('customerId')} chosenLabel={props.customerName} required />
          <SelectField
            name="ownerId"
            label={label('ownerId')}
            options={people}
            hint={view ? '' : t('deals:ownerHint')}
            allowClear
          />
          <MoneyField name="amount" label={label('amount')} capitals />
          <DayField name="expectedDay" label={label('expectedDay')} required />
          <RateField name="probability" label={label('probability')} hint={t('deals:probabilityHint')} />
        </FormGroup>
        <FormGroup title={t('deals:groups.needs')}>
          <TextAreaField name="needs" label={label('needs')} max={2000} rows={3} />
          <TextField name="decisionMaker" label={label('decisionMaker')} max={80} />
          <MoneyField name="budget" label={label('budget')} />
          <TextField name="quotationSkip" label={label('quotationSkip')} max={200} hint={t('deals:quotationHint')} />
        </FormGroup>
        <FormGroup title={t('deals:fields.nextStep')}>
          <TextField name="nextStep" label={label('nextStep')} max={200} />
          <DayField name="nextDay" label={label('nextDay')} />
        </FormGroup>
        <SplitsEditor />
        <CompetitorsEditor path="competitors" />
        <CheckField name="noCompetitors" label={label('noCompetitors')} />
        <ConcernsEditor path="concerns" />
        <FormGroup title={label('note')}>
          <TextAreaField name="note" label={label('note')} max={2000} rows={3} />
        </FormGroup>
      </EntityForm>
    </Page>
  )
}
