import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { planFields, type PlanFields, type PlanView } from '#shared/modules/claims/claims.plans.schema.ts'
import { usePlan, usePlanStart } from '#renderer/modules/claims/claims.queries.ts'
import { DebtFields, LineFields, type OwedDebt } from '#renderer/modules/claims/parts/plan-fields.tsx'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { useSearchedCustomer } from '#renderer/modules/customers/parts/searched-customer.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField, useSet, type FormValues } from '#renderer/ui/form-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '../claims.css'

/** A new repayment agreement, of the customer in the address where there is one. */
export function NewPlanPage() {
  const t = useT()
  const locale = useLocale() as Locale
  const { customer, pending } = useSearchedCustomer()
  if (pending) return <Spin className="grid-spin" />
  return (
    <Editor
      key={customer?.id ?? 'new'}
      view={null}
      title={t('claims:plans.create')}
      customerName={customer?.name}
      initial={{
        customerId: customer?.id ?? null,
        day: firmToday(),
        language: locale === 'en' ? 'zh-CN' : locale,
        debts: [],
        lines: [],
        callsIn: true,
        guarantee: '',
        terms: '',
        reason: '',
      }}
    />
  )
}

/** An agreement that is still a draft. */
export function EditPlanPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = usePlan(id)
  if (found.shownError) {
    return (
      <Page title={t('claims:lists.plans')}>
        <ErrorNotice error={found.shownError} />
      </Page>
    )
  }
  if (!found.data) return <Spin className="grid-spin" />
  const view = found.data
  const { customerId, day, language, callsIn, guarantee, terms, reason } = view
  return (
    <Editor
      key={id}
      view={view}
      title={`${t('claims:plans.edit')} ${view.number}`}
      customerName={view.customerName}
      initial={{
        customerId,
        day,
        language,
        debts: view.debts.map(({ instalmentId, interest, costs }) => ({ instalmentId, interest, costs })),
        lines: view.lines.map(({ dueDay, amount }) => ({ dueDay, amount })),
        callsIn,
        guarantee,
        terms,
        reason,
      }}
    />
  )
}

function Editor(props: {
  view: PlanView | null
  title: string
  initial: FormValues
  customerName: string | undefined
}) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { view } = props
  // A refetch must not put the form back to what was read first.
  const initial = useRef(props.initial).current
  const save = async (fields: PlanFields, version: number, { context }: SaveOptions) => {
    const made = view
      ? await api.claims.plans.update({ ...fields, id: view.id, version } as never, { context })
      : await api.claims.plans.create(fields as never, { context })
    notice.done(t('claims:plans.saved'))
    go(`/repayment-plans/${made.id}`)
  }
  return (
    <Page title={props.title}>
      <EntityForm
        form="repayment-plans"
        record={view?.id ?? String(initial['customerId'] ?? 'new')}
        schema={planFields}
        initial={initial}
        version={view?.version ?? 0}
        save={save}
        saveLabel={t('claims:plans.save')}
        labelOf={(path) => t(`claims:plans.fields.${path.split('.')[0] ?? ''}`)}
        onCancel={() => go(view ? `/repayment-plans/${view.id}` : '/repayment-plans')}
      >
        <Body customerName={props.customerName} fixed={view !== null} />
      </EntityForm>
    </Page>
  )
}

function Body(props: { customerName: string | undefined; fixed: boolean }) {
  const t = useT()
  const set = useSet()
  const customerId = useField<string | null>('customerId').value
  const start = usePlanStart(customerId, useField<string | null>('day').value ?? '')
  const owed: readonly OwedDebt[] = start.data?.debts ?? []
  const field = (key: string) => t(`claims:plans.fields.${key}`)
  return (
    <>
      <FormGroup title={t('claims:plans.parties')}>
        {props.fixed ? (
          <p className="wide">{props.customerName}</p>
        ) : (
          <CustomerPicker
            name="customerId"
            label={field('customerId')}
            required
            wide
            {...(props.customerName === undefined ? {} : { chosenLabel: props.customerName })}
            onPicked={() => {
              set('debts', [])
              set('lines', [])
            }}
          />
        )}
        <DayField name="day" label={field('day')} required />
        <SelectField
          name="language"
          label={field('language')}
          options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
        />
        <TextField name="reason" label={field('reason')} max={200} required wide hint={t('claims:plans.reasonHint')} />
      </FormGroup>
      <fieldset className="form-group">
        <legend>{field('debts')}</legend>
        {customerId === null ? <p className="muted">{t('claims:plans.chooseCustomer')}</p> : null}
        {start.error ? <ErrorNotice error={shownError(start.error)} /> : null}
        {start.isSuccess && owed.length === 0 ? <p className="muted">{t('claims:plans.nothingOwed')}</p> : null}
        {owed.length > 0 ? <DebtFields owed={owed} /> : null}
      </fieldset>
      <fieldset className="form-group">
        <legend>{field('lines')}</legend>
        <LineFields owed={owed} />
      </fieldset>
      <FormGroup title={t('claims:plans.words')}>
        <CheckField name="callsIn" label={field('callsIn')} wide />
        <TextAreaField name="guarantee" label={field('guarantee')} max={500} rows={2} />
        <TextAreaField name="terms" label={field('terms')} max={2000} rows={3} />
      </FormGroup>
    </>
  )
}
