import { useParams, useSearch } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef } from 'react'
import { z } from 'zod'
import { addDays, isPlainDay } from '#shared/kernel/dates.ts'
import { CHANNELS, PURPOSES } from '#shared/modules/visits/visits.rules.ts'
import { planDetails, type PlanDetails } from '#shared/modules/visits/visits.schema.ts'
import { planOrSeries, type PlanOrSeries } from '#shared/modules/visits/visits.series.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { customerSearch, useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { useVisit } from '#renderer/modules/visits/visits.queries.ts'
import { NO_SERIES, RepeatFields } from '#renderer/modules/visits/parts/repeat-fields.tsx'
import { TimeField } from '#renderer/modules/visits/parts/time-field.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { NamesField } from '#renderer/modules/visits/parts/names-field.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** `?day=` where one comes from a day of the calendar. */
export const planSearch = customerSearch.extend({ day: z.string().refine(isPlainDay).optional().catch(undefined) })

/** A new plan, for a customer where one comes from a customer's card. */
export function NewPlanPage() {
  const t = useT()
  const notice = useNotice()
  const { customer, pending } = useSearchedCustomer()
  const { day } = useSearch({ strict: false }) as z.infer<typeof planSearch>
  const userId = useSession((state) => state.session?.user.userId ?? null)
  const go = useGo()
  if (pending) return <Spin className="grid-spin" />
  const initial = {
    customerId: customer?.id ?? null,
    userId,
    day: day ?? addDays(firmToday(), 1),
    startMinute: null,
    endMinute: null,
    channel: 'visit',
    purpose: null,
    place: '',
    goal: '',
    withIds: [],
    theirPeople: [],
    ...NO_SERIES,
  }
  const save = async ({ repeat, ...fields }: PlanOrSeries, _version: number, { context }: SaveOptions) => {
    if (repeat === 'none') {
      const { id } = await api.visits.plan(fields, { context })
      notice.done(t('visits:planned'))
      return go(`/visits/${id}`)
    }
    const made = await api.visits.planSeries({ repeat, ...fields }, { context })
    notice.done(t('visits:series.planned', { count: made.count, conflicts: made.conflicts }))
    go(`/visits/calendar?day=${made.firstDay}`)
  }
  return (
    <Editor
      key={customer?.id ?? ''}
      record={customer?.id ?? null}
      version={0}
      initial={initial}
      customerName={customer?.name ?? ''}
      schema={planOrSeries}
      timed
      title={t('visits:plan')}
      save={save}
      onCancel={() => go('/visits')}
    />
  )
}

/** What was agreed but the day and the time, which move by a step of their own. */
export function EditPlanPage() {
  const t = useT()
  const notice = useNotice()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const visit = useVisit(id)
  const go = useGo()
  if (visit.shownError) {
    return (
      <Page title={t('visits:changePlan')}>
        <ErrorNotice error={visit.shownError} onRetry={() => void visit.refetch()} />
      </Page>
    )
  }
  const view = visit.data
  if (!view) return <Spin className="grid-spin" />
  const initial = {
    customerId: view.customerId,
    userId: view.userId,
    channel: view.channel,
    purpose: view.purpose,
    place: view.place,
    goal: view.goal,
    withIds: view.withPeople.map((person) => person.id),
    theirPeople: view.theirPeople,
  }
  const save = async (fields: PlanDetails, version: number, { context }: SaveOptions) => {
    await api.visits.changePlan({ id, version, ...fields }, { context })
    notice.done(t('common:saved'))
    go(`/visits/${id}`)
  }
  return (
    <Editor
      key={id}
      record={id}
      version={view.version}
      initial={initial}
      customerName={view.customerName}
      schema={planDetails}
      timed={false}
      title={t('visits:changePlan')}
      save={save}
      onCancel={() => go(`/visits/${id}`)}
    />
  )
}

function Editor<Output>(props: {
  record: string | null
  version: number
  initial: FormValues
  customerName: string
  schema: z.ZodType<Output>
  timed: boolean
  title: string
  save: (fields: Output, version: number, options: SaveOptions) => Promise<void>
  onCancel: () => void
}) {
  const t = useT()
  const people = usePeopleChoices()
  const initial = useRef(props.initial).current
  const label = (key: string) => t(`visits:fields.${key}`)
  const repeats = new Set(Object.keys(NO_SERIES))
  const labelOf = (key: string) => (repeats.has(key) ? t(`visits:series.${key}`) : label(key))
  return (
    <Page title={props.title}>
      <EntityForm
        form="visitPlans"
        record={props.record}
        schema={props.schema}
        initial={initial}
        version={props.version}
        save={props.save}
        saveLabel={props.timed ? t('visits:plan') : t('common:save')}
        labelOf={labelOf}
        onCancel={props.onCancel}
      >
        <FormGroup title={t('visits:group.what')}>
          <CustomerPicker name="customerId" label={label('customerId')} chosenLabel={props.customerName} required />
          <SelectField
            name="purpose"
            label={label('purpose')}
            required
            options={PURPOSES.map((value) => ({ value, label: t(`visits:purpose.${value}`) }))}
          />
          {props.timed ? (
            <>
              <DayField name="day" label={label('day')} required />
              <TimeField name="startMinute" label={label('startMinute')} hint={t('visits:timeHint')} />
              <TimeField name="endMinute" example="11:00" label={label('endMinute')} />
            </>
          ) : null}
          <SelectField
            name="channel"
            label={label('channel')}
            hint={t('visits:counted')}
            options={CHANNELS.map((value) => ({ value, label: t(`visits:channel.${value}`) }))}
          />
          <TextField name="place" label={label('place')} max={120} wide />
          <TextAreaField name="goal" label={label('goal')} max={500} />
        </FormGroup>
        <FormGroup title={t('visits:group.who')}>
          <SelectField name="userId" label={label('userId')} options={people} required />
          <SelectField name="withIds" label={label('withIds')} options={people} multiple />
          <NamesField name="theirPeople" label={label('theirPeople')} hint={t('visits:theirHint')} />
        </FormGroup>
        {props.timed ? (
          <FormGroup title={t('visits:series.title')}>
            <RepeatFields />
          </FormGroup>
        ) : null}
      </EntityForm>
    </Page>
  )
}
