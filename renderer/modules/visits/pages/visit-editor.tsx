import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef } from 'react'
import { CHANNELS, PURPOSES } from '#shared/modules/visits/visits.rules.ts'
import { visitFields, type VisitFields, type VisitRow } from '#shared/modules/visits/visits.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { useVisit } from '#renderer/modules/visits/visits.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** What the form holds of a record. */
const VISIT_FIELDS = ['customerId', 'userId', 'day', 'channel', 'purpose', 'result', 'nextStep', 'nextDay'] as const

/** A new record, for a customer where one comes from a customer's card. */
export function NewVisitPage() {
  const { customer, pending } = useSearchedCustomer()
  const userId = useSession((state) => state.session?.user.userId ?? null)
  if (pending) return <Spin className="grid-spin" />
  const initial = {
    customerId: customer?.id ?? null,
    userId,
    day: firmToday(),
    channel: 'visit',
    purpose: null,
    result: '',
    nextStep: '',
    nextDay: null,
  }
  return <Editor key={customer?.id ?? ''} view={null} initial={initial} customerName={customer?.name ?? ''} />
}

/** A record as it stands; whoever may not change it sees why when saving. */
export function EditVisitPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const visit = useVisit(id)
  if (visit.shownError) {
    return (
      <Page title={t('visits:edit')}>
        <ErrorNotice error={visit.shownError} onRetry={() => void visit.refetch()} />
      </Page>
    )
  }
  if (!visit.data) return <Spin className="grid-spin" />
  const initial = Object.fromEntries(VISIT_FIELDS.map((key) => [key, visit.data[key]]))
  return <Editor key={id} view={visit.data} initial={initial} customerName={visit.data.customerName} />
}

function Editor(props: { view: VisitRow | null; initial: FormValues; customerName: string }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const people = usePeopleChoices()
  const { view } = props
  const initial = useRef(props.initial).current
  const label = (key: string) => t(`visits:fields.${key}`)
  const close = () => go(view ? `/visits/${view.id}` : '/visits')
  const save = async (fields: VisitFields, version: number, options: SaveOptions) => {
    const { context } = options
    if (view) await api.visits.update({ id: view.id, version, ...fields }, { context })
    else await api.visits.create(fields, { context })
    notice.done(view ? t('common:saved') : t('visits:saved'))
    close()
  }
  return (
    <Page title={view ? t('visits:edit') : t('visits:new')}>
      <EntityForm
        form="visits"
        record={view?.id ?? (initial['customerId'] as string | null)}
        schema={visitFields}
        initial={initial}
        version={view?.version ?? 0}
        save={save}
        saveLabel={view ? t('common:save') : t('visits:new')}
        labelOf={label}
        onCancel={close}
      >
        <FormGroup title={t('visits:title')}>
          <CustomerPicker name="customerId" label={label('customerId')} chosenLabel={props.customerName} required />
          <DayField name="day" label={label('day')} required />
          <SelectField name="userId" label={label('userId')} options={people} required />
          <SelectField
            name="channel"
            label={label('channel')}
            hint={t('visits:counted')}
            options={CHANNELS.map((value) => ({ value, label: t(`visits:channel.${value}`) }))}
          />
          <SelectField
            name="purpose"
            label={label('purpose')}
            required
            options={PURPOSES.map((value) => ({ value, label: t(`visits:purpose.${value}`) }))}
          />
          <TextAreaField name="result" label={label('result')} max={2000} required />
          <TextField name="nextStep" label={label('nextStep')} max={200} wide />
          <DayField name="nextDay" label={label('nextDay')} hint={t('visits:nextHint')} />
        </FormGroup>
      </EntityForm>
    </Page>
  )
}
