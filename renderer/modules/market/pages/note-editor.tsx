import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef } from 'react'
import { MARKET_SOURCES, noteFields, type NoteFields, type NoteRow } from '#shared/modules/market/market.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { DealPicker } from '#renderer/modules/deals/parts/deal-picker.tsx'
import { useSearchedDeal } from '#renderer/modules/deals/parts/searched-deal.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { SuggestField, TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** A new note, from a customer where one comes from a customer's card. */
export function NewNotePage() {
  const { customer, pending } = useSearchedCustomer()
  const { deal, pending: dealPending } = useSearchedDeal()
  if (pending || dealPending) return <Spin className="grid-spin" />
  const initial = {
    day: firmToday(),
    competitor: '',
    product: '',
    price: null,
    unit: '',
    source: customer ? 'customer' : null,
    content: '',
    customerId: customer?.id ?? null,
    dealId: deal?.id ?? null,
    addressedId: null,
  }
  return (
    <Editor
      key={`${customer?.id ?? ''}${deal?.id ?? ''}`}
      view={null}
      initial={initial}
      customerName={customer?.name ?? ''}
      dealName={deal?.name ?? ''}
    />
  )
}

/** A note that is not answered yet. */
export function EditNotePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const note = useEntry('market', id, () => api.market.get({ id }))
  if (note.shownError) {
    return (
      <Page title={t('market:edit')}>
        <ErrorNotice error={note.shownError} onRetry={() => void note.refetch()} />
      </Page>
    )
  }
  if (!note.data) return <Spin className="grid-spin" />
  const initial = Object.fromEntries(Object.keys(noteFields.shape).map((key) => [key, note.data[key as keyof NoteRow]]))
  const { customerName, dealName } = note.data
  return <Editor key={id} view={note.data} initial={initial} customerName={customerName} dealName={dealName} />
}

function Editor(props: { view: NoteRow | null; initial: FormValues; customerName: string; dealName: string }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const mayDeals = useCan('deals.read')
  const { view } = props
  const initial = useRef(props.initial).current
  const names = useList('market', ['names'], () => api.market.names({}))
  const readers = useList('market', ['readers'], () => api.market.readers({}))
  const label = (key: string) => t(`market:fields.${key}`)
  const save = async (fields: NoteFields, version: number, { context }: SaveOptions) => {
    const saved = view
      ? await api.market.update({ id: view.id, version, ...fields }, { context })
      : await api.market.create(fields, { context })
    notice.done(view ? t('common:saved') : t('market:saved'))
    go(`/market/${saved.id}`)
  }
  return (
    <Page title={view ? t('market:edit') : t('market:new')}>
      <EntityForm
        form="market"
        record={view?.id ?? (initial['customerId'] as string | null)}
        schema={noteFields}
        initial={initial}
        version={view?.version ?? 0}
        save={save}
        saveLabel={view ? t('common:save') : t('market:new')}
        labelOf={label}
        onCancel={() => go(view ? `/market/${view.id}` : '/market')}
      >
        <FormGroup title={t('market:view')}>
          <SuggestField
            name="competitor"
            label={label('competitor')}
            max={80}
            required
            suggestions={names.data?.competitors ?? []}
          />
          <SuggestField name="product" label={label('product')} max={80} suggestions={names.data?.products ?? []} />
          <MoneyField name="price" label={label('price')} />
          <TextField name="unit" label={label('unit')} max={10} />
          <DayField name="day" label={label('day')} required />
          <SelectField
            name="source"
            label={label('source')}
            required
            options={MARKET_SOURCES.map((value) => ({ value, label: t(`market:source.${value}`) }))}
          />
          <TextAreaField name="content" label={label('content')} max={2000} rows={5} required />
          <CustomerPicker name="customerId" label={label('customerId')} chosenLabel={props.customerName} />
          {mayDeals ? <DealPicker name="dealId" label={label('dealId')} chosenLabel={props.dealName} /> : null}
          <SelectField
            name="addressedId"
            label={label('addressedId')}
            required
            options={(readers.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </FormGroup>
      </EntityForm>
    </Page>
  )
}
