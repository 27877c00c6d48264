import { DELAY_REASONS } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import {
  CONTACT_RESULTS,
  CONTACT_WAYS,
  contactFields,
  NOT_REACHED,
  type ContactResult,
  type ContactWay,
} from '#shared/modules/dunning/dunning.contacts.schema.ts'
import type { CaseView } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { MoneyField } from '#renderer/ui/fields/number-fields.tsx'
import { SuggestField, TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** What a contact is begun with. */
export interface ContactStart {
  readonly way: ContactWay
  readonly asStep: boolean
  /** It is about the reason, without which no second letter goes out. */
  readonly askReason: boolean
}

/** A call or a visit: who said what, why nothing was paid, what was promised, what comes next. */
export function ContactDrawer(props: { start: ContactStart | null; view: CaseView; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { start, view } = props
  const [first] = view.customer.contacts
  return (
    <ActionForm
      title={t(start?.askReason ? 'dunning:contacts.logReason' : 'dunning:contacts.log')}
      hint={view.customer.name}
      open={start !== null}
      size={520}
      schema={contactFields}
      initial={{
        customerId: view.customer.id,
        way: start?.way ?? 'phone',
        day: firmToday(),
        result: 'noPromise',
        person: first?.name ?? '',
        reason: view.reason,
        note: '',
        nextDay: null,
        nextStep: '',
        promise: null,
        asStep: start?.asStep ?? false,
      }}
      submitLabel={t('dunning:contacts.submit')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.dunning.logContact(output)
        notice.done(t('dunning:contacts.saved'))
      }}
    >
      <Body view={view} askReason={start?.askReason ?? false} />
    </ActionForm>
  )
}

function Body({ view, askReason }: { view: CaseView; askReason: boolean }) {
  const t = useT()
  const label = (key: string) => t(`dunning:contacts.${key}`)
  const result = useField<string>('result')
  const promise = useField<object | null>('promise')
  const people = view.customer.contacts.map(({ name }) => name)
  const promised = result.value === 'promised'
  const asked = {
    amount: view.totals.overdue || view.totals.outstanding,
    payBy: null,
    promisedBy: people[0] ?? '',
    note: '',
    instalmentIds: [],
  }
  return (
    <>
      <div className="form-grid">
        <SelectField
          name="way"
          label={label('way')}
          required
          options={CONTACT_WAYS.map((value) => ({ value, label: label(`ways.${value}`) }))}
        />
        <DayField name="day" label={label('day')} required />
        <SelectField
          name="result"
          label={label('result')}
          required
          options={CONTACT_RESULTS.map((value) => ({ value, label: label(`results.${value}`) }))}
          // The promise stands and falls with the result.
          onPicked={(picked) => promise.set(picked === 'promised' ? (promise.value ?? asked) : null)}
        />
        <SuggestField
          name="person"
          label={label('person')}
          max={60}
          suggestions={people}
          required={!NOT_REACHED.includes(result.value as ContactResult)}
        />
        <SelectField
          name="reason"
          label={label('reason')}
          required={askReason}
          allowClear
          options={DELAY_REASONS.map((value) => ({ value, label: t(`dunning:delayReasons.${value}`) }))}
        />
      </div>
      {promised && promise.value !== null ? (
        <fieldset className="form-group">
          <legend>{label('promise')}</legend>
          <div className="form-grid">
            <MoneyField name="promise.amount" label={label('amount')} required />
            <DayField name="promise.payBy" label={label('payBy')} required />
            <SuggestField
              name="promise.promisedBy"
              label={label('promisedBy')}
              max={60}
              suggestions={people}
              required
            />
          </div>
        </fieldset>
      ) : null}
      <TextAreaField name="note" label={label('note')} max={1000} rows={3} />
      <div className="form-grid">
        <TextField name="nextStep" label={label('nextStep')} max={100} />
        <DayField name="nextDay" label={label('nextDay')} />
      </div>
      {view.next.action === 'send' ? <CheckField name="asStep" label={label('asStep')} /> : null}
    </>
  )
}
