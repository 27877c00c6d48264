import { useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useRef, useState } from 'react'
import { INTENTS, missingParts, type ReportFacts } from '#shared/modules/visits/visits.rules.ts'
import { reportFields, type ReportFields, type VisitView } from '#shared/modules/visits/visits.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { useVisit } from '#renderer/modules/visits/visits.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { EntityForm, FormGroup, type SaveOptions } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import type { FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useGo } from '#renderer/ui/use-go.ts'

/** What a visit brought: the report, and what it still lacks to count. */
export function ReportPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const visit = useVisit(id)
  if (visit.shownError) {
    return (
      <Page title={t('visits:report')}>
        <ErrorNotice error={visit.shownError} onRetry={() => void visit.refetch()} />
      </Page>
    )
  }
  return visit.data ? <Form key={id} view={visit.data} /> : <Spin className="grid-spin" />
}

function Form({ view }: { view: VisitView }) {
  const t = useT()
  const go = useGo()
  const notice = useNotice()
  const people = usePeopleChoices()
  const initial = useRef<FormValues>({
    result: view.result,
    needs: view.needs,
    concerns: view.concerns,
    intent: view.intent,
    evidence: view.evidence,
    nextStep: view.nextStep,
    nextDay: view.nextDay,
    nextOwnerId: view.nextOwner?.id ?? null,
    noNextReason: view.noNextReason,
  }).current
  const [values, setValues] = useState<FormValues>(initial)
  const label = (key: string) => t(`visits:fields.${key}`)
  const close = () => go(`/visits/${view.id}`)
  const save = async (fields: ReportFields, version: number, { context }: SaveOptions) => {
    const { missing } = await api.visits.report({ id: view.id, version, ...fields }, { context })
    notice.done(missing.length === 0 ? t('visits:reported') : t('visits:reportedHalf'))
    close()
  }
  return (
    <Page
      title={t('visits:report')}
      extra={
        <span className="muted">
          {view.day} · {view.customerName} · {t(`visits:purpose.${view.purpose}`)}
        </span>
      }
    >
      <EntityForm
        form="visitReports"
        record={view.id}
        schema={reportFields}
        initial={initial}
        version={view.version}
        save={save}
        saveLabel={t('visits:handIn')}
        labelOf={label}
        onCancel={close}
        onValues={setValues}
      >
        <Missing view={view} values={values} />
        <FormGroup title={t('visits:group.heard')}>
          <TextAreaField name="result" label={label('result')} max={2000} required />
          <TextAreaField name="needs" label={label('needs')} max={2000} />
          <TextAreaField name="concerns" label={label('concerns')} max={2000} />
        </FormGroup>
        <FormGroup title={t('visits:group.intent')}>
          <SelectField
            name="intent"
            label={label('intent')}
            options={['', ...INTENTS].map((value) => ({
              value,
              label: value === '' ? t('visits:intent.none') : t(`visits:intent.${value}`),
            }))}
          />
          <TextField name="evidence" label={label('evidence')} max={500} wide />
        </FormGroup>
        <FormGroup title={t('visits:group.next')}>
          <TextField name="nextStep" label={label('nextStep')} max={200} wide />
          <DayField name="nextDay" label={label('nextDay')} />
          <SelectField
            name="nextOwnerId"
            label={label('nextOwnerId')}
            hint={t('visits:ownerHint')}
            options={people}
            allowClear
          />
          <TextField name="noNextReason" label={label('noNextReason')} max={200} wide />
        </FormGroup>
      </EntityForm>
    </Page>
  )
}

/** Says while one writes what the report lacks; an incomplete one may be kept and does not count. */
function Missing({ view, values }: { view: VisitView; values: FormValues }) {
  const t = useT()
  const text = (key: string) => String(values[key] ?? '').trim()
  const facts: ReportFacts = {
    channel: view.channel,
    purpose: view.purpose,
    result: text('result'),
    needs: text('needs'),
    concerns: text('concerns'),
    intent: text('intent') as ReportFacts['intent'],
    evidence: text('evidence'),
    nextStep: text('nextStep'),
    nextDay: (values['nextDay'] ?? null) as string | null,
    noNextReason: text('noNextReason'),
  }
  const missing = missingParts(facts)
  return (
    <p className={missing.length === 0 ? 'report-note muted' : 'report-note notice attention'} role="status">
      {missing.length === 0
        ? t('visits:whole')
        : t('visits:lacks', { parts: missing.map((part) => t(`visits:missing.${part}`)).join(t('visits:sheet.and')) })}
    </p>
  )
}
