import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useMemo, useRef } from 'react'
import { labelIn } from '#shared/modules/customers/customers.fields.rules.ts'
import { customerFields, type CustomerFields, type CustomerView } from '#shared/modules/customers/customers.schema.ts'
import { useCustomFields } from '#renderer/modules/customers/custom-fields.queries.ts'
import { useCustomer } from '#renderer/modules/customers/customers.queries.ts'
import { CustomFieldsGroup, customerForm } from '#renderer/modules/customers/parts/custom-fields-form.tsx'
import { CustomerForm } from '#renderer/modules/customers/parts/customer-form.tsx'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import '#renderer/modules/customers/customers.css'

/** A new customer file. */
export function NewCustomerPage() {
  return <Editor view={null} />
}

/** An existing file, as it is now. */
export function EditCustomerPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const customer = useCustomer(id)
  if (customer.shownError) {
    return (
      <Page title={t('customers:edit')}>
        <ErrorNotice error={customer.shownError} onRetry={() => void customer.refetch()} />
      </Page>
    )
  }
  return customer.data ? <Editor key={id} view={customer.data} /> : <Spin className="grid-spin" />
}

function Editor({ view }: { view: CustomerView | null }) {
  const t = useT()
  const locale = useLocale()
  const go = useGo()
  const notice = useNotice()
  // What the change feed brings in meanwhile must not wipe what is being typed: saving settles it.
  const initial = useRef<FormValues>(view ? fieldsOf(view) : NEW).current
  const fields = useCustomFields()
  const schema = useMemo(
    () => customerForm(fields, (initial['fields'] ?? {}) as CustomerView['fields']),
    [fields, initial],
  )
  const close = (id: string | null) => go(id === null ? '/customers' : `/customers/${id}`)
  const save = async (given: CustomerFields, version: number, options: SaveOptions) => {
    const { context } = options
    const saved = view
      ? await api.customers.update({ id: view.id, version, ...given }, { context })
      : await api.customers.create(given, { context })
    notice.done(view ? t('common:saved') : t('customers:done.created', { name: given.name }))
    close(saved.id)
  }
  return (
    <Page title={view ? view.name : t('customers:new')}>
      <EntityForm
        form="customers"
        record={view?.id ?? null}
        schema={schema}
        initial={initial}
        version={view?.version ?? 0}
        save={save}
        saveLabel={view ? t('common:save') : t('customers:new')}
        labelOf={(path) => {
          const own = fields.find((field) => path === `fields.${field.key}`)
          return own ? labelIn(own.labels, locale) : t(`customers:fields.${path}`)
        }}
        onCancel={() => close(view?.id ?? null)}
      >
        <CustomerForm exceptId={view?.id ?? null} own={<CustomFieldsGroup fields={fields} />} />
      </EntityForm>
    </Page>
  )
}

const NEW: FormValues = { ...customerFields.partial({ name: true, source: true }).parse({}), name: '', source: null }

/** Exactly the fields of the form out of the card. */
function fieldsOf(view: CustomerView): FormValues {
  return Object.fromEntries(Object.keys(customerFields.shape).map((key) => [key, view[key as keyof CustomerView]]))
}
