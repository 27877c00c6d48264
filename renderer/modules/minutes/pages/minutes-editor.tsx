import { Link, useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef } from 'react'
import { LOCALES } from '#shared/i18n/locale.ts'
import { minutesFields, type MinutesFields, type MinutesView } from '#shared/modules/minutes/minutes.schema.ts'
import { useFirm } from '#renderer/modules/contracts/contracts.queries.ts'
import '#renderer/modules/contracts/contracts.css'
import { AgreedEditor, NextEditor, OpenEditor } from '#renderer/modules/minutes/parts/items-editor.tsx'
import { useMinutes } from '#renderer/modules/minutes/minutes.queries.ts'
import { DealChooser } from '#renderer/modules/quotations/parts/deal-chooser.tsx'
import { useDealBasis, useDealInAddress } from '#renderer/modules/quotations/quotations.queries.ts'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** New minutes of the deal in the address; without one, the deal is chosen first. */
export function NewMinutesPage() {
  const t = useT()
  const dealId = useDealInAddress()
  const deal = useDealBasis(dealId)
  const firm = useFirm()
  const title = t('minutes:new')
  if (dealId === '') {
    const words = { hint: t('minutes:chooseDealHint'), action: t('minutes:next') }
    return <DealChooser title={title} path="/minutes/new" {...words} />
  }
  const error = deal.shownError ?? (firm.error ? shownError(firm.error) : null)
  if (error) return <Failed title={title} error={error} />
  if (!deal.data || !firm.data) return <Spin className="grid-spin" />
  const initial = {
    day: firmToday(),
    place: '',
    subject: deal.data.dealName,
    ourPeople: deal.data.ownerName,
    theirPeople: deal.data.contactName,
    language: firm.data.documentLocale,
    agreed: [],
    open: [],
    next: [],
  }
  return <Editor key={dealId} view={null} deal={deal.data} initial={initial} />
}

/** Minutes that are not final. */
export function EditMinutesPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useMinutes(id)
  if (found.shownError) return <Failed title={t('minutes:edit')} error={found.shownError} />
  if (!found.data) return <Spin className="grid-spin" />
  return <Editor key={id} view={found.data} deal={found.data} initial={fieldsOf(found.data)} />
}

function Failed(props: { title: string; error: ShownError }) {
  return (
    <Page title={props.title}>
      <ErrorNotice error={props.error} />
    </Page>
  )
}

/** The form of minutes as read; of our own people only who they are is kept. */
function fieldsOf(view: MinutesView): FormValues {
  const values = Object.fromEntries(
    Object.keys(minutesFields.shape).map((key) => [key, view[key as keyof MinutesView]]),
  )
  const next = view.next.map(({ task: _task, ...item }) => ({
    ...item,
    ownerName: item.ownerId === null ? item.ownerName : '',
  }))
  return { ...values, next }
}

function Editor(props: {
  view: MinutesView | null
  deal: { dealId: string; dealNumber: string; dealName: string; customerName: string }
  initial: FormValues
}) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const { view, deal } = props
  const initial = useRef(props.initial).current
  const label = (key: string) => t(`minutes:fields.${key}`)
  const save = async (fields: MinutesFields, version: number, { context }: SaveOptions) => {
    if (view) {
      await api.minutes.update({ ...fields, id: view.id, version }, { context })
      notice.done(t('minutes:saved'))
      go(`/minutes/${view.id}`)
      return
    }
    const made = await api.minutes.create({ ...fields, dealId: deal.dealId }, { context })
    notice.done(t('minutes:created', { number: made.number }))
    go(`/minutes/${made.id}`)
  }
  return (
    <Page
      title={view ? `${t('minutes:edit')} ${view.number}` : t('minutes:new')}
      extra={
        <span className="muted">
          {deal.customerName}
          {' · '}
          <Link to={`/deals/${deal.dealId}` as never}>{`${deal.dealNumber} ${deal.dealName}`}</Link>
        </span>
      }
    >
      <EntityForm
        form="minutes"
        record={view?.id ?? deal.dealId}
        schema={minutesFields}
        initial={initial}
        version={view?.version ?? 0}
        save={save}
        labelOf={(path) => labelOf(path, t)}
        onCancel={() => go(view ? `/minutes/${view.id}` : '/minutes')}
      >
        <FormGroup title={t('minutes:groups.basics')}>
          <TextField name="subject" label={label('subject')} max={80} required />
          <DayField name="day" label={label('day')} required />
          <TextField name="place" label={label('place')} max={80} />
          <TextField name="ourPeople" label={label('ourPeople')} max={200} required />
          <TextField name="theirPeople" label={label('theirPeople')} max={200} required />
          <SelectField
            name="language"
            label={label('language')}
            options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
          />
        </FormGroup>
        <fieldset className="form-group">
          <legend>{t('minutes:groups.agreed')}</legend>
          <p className="form-hint muted">{t('minutes:hints.figures')}</p>
          <AgreedEditor />
        </fieldset>
        <fieldset className="form-group">
          <legend>{t('minutes:groups.open')}</legend>
          <OpenEditor />
        </fieldset>
        <fieldset className="form-group">
          <legend>{t('minutes:groups.next')}</legend>
          <p className="form-hint muted">{t('minutes:hints.tasks')}</p>
          <NextEditor />
        </fieldset>
      </EntityForm>
    </Page>
  )
}

/** `next.2.day` → "By 3". */
function labelOf(path: string, t: ReturnType<typeof useT>): string {
  const [head, row, field] = path.split('.')
  if (row === undefined || field === undefined) return t(`minutes:${head === path ? 'fields' : 'groups'}.${head}`)
  return `${t(`minutes:fields.${head}.${field}`)} ${Number(row) + 1}`
}
