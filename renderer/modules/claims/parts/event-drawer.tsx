import { Checkbox } from 'antd'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { longText } from '#shared/kernel/text.ts'
import { goesOn, isEvidence, judgeEvent, putsOff } from '#shared/modules/claims/claims.limitation.rules.ts'
import {
  EVENT_KINDS,
  type EventKind,
  type LimitationEventRow,
} from '#shared/modules/claims/claims.limitation.schema.ts'
import { evidenceRule, PROOFS, type Proof } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { StrengthTag } from './state-tags.tsx'
import '../claims.css'

interface Debt {
  readonly id: string
  readonly dueDay: string | null
}

const form = z.strictObject({
  kind: z.enum(EVENT_KINDS),
  day: plainDay,
  untilDay: plainDay.nullable(),
  endedDay: plainDay.nullable(),
  graceDays: z.number('validation:notANumber').int().min(0).max(365, 'validation:tooLarge').nullable(),
  proofs: z.array(z.enum(PROOFS)),
  note: longText(500),
})

/** What is on file for a kind of event, in the order in which it is asked for. */
const proofsOf = (kind: EventKind): readonly Proof[] => {
  if (!isEvidence(kind)) return []
  const { least, needs } = evidenceRule(kind)
  return [...least, ...needs]
}

/**
 * Writes down what interrupts or suspends the limitation of debts, or puts right what was written down; it says at once
 * how well that is proven and what is missing.
 */
export function EventDrawer(props: {
  /** What it is about; null is closed. */
  debts: readonly Debt[] | null
  event: LimitationEventRow | null
  onClose: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const { event } = props
  const debts = props.debts ?? []
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:events_.${key}`, params)
  return (
    <ActionForm
      title={word(event ? 'change' : 'record')}
      hint={event?.source ? word('followsHint') : word('hint', { count: debts.length })}
      open={props.debts !== null}
      schema={form}
      initial={{
        kind: event?.kind ?? 'ems',
        day: event?.day ?? firmToday(),
        untilDay: event?.untilDay ?? null,
        endedDay: event?.endedDay ?? null,
        graceDays: event?.graceDays ?? null,
        proofs: event?.proofs ?? [],
        note: event?.note ?? '',
      }}
      submitLabel={word(event ? 'change' : 'record')}
      size={480}
      onClose={props.onClose}
      submit={async ({ kind, ...facts }) => {
        const proofs = facts.proofs.filter((proof) => proofsOf(kind).includes(proof))
        const said = { ...facts, proofs, untilDay: putsOff(kind) ? facts.untilDay : null }
        if (event) {
          await api.claims.limitation.change({ ...said, id: event.id as never, version: event.version })
        } else {
          const instalmentIds = debts.map((debt) => debt.id as never)
          await api.claims.limitation.record({ ...said, kind, instalmentIds })
        }
        notice.done(word(event ? 'changed' : 'recorded'))
      }}
    >
      <Fields event={event} noDueDay={debts.some((debt) => debt.dueDay === null)} />
    </ActionForm>
  )
}

function Fields({ event, noDueDay }: { event: LimitationEventRow | null; noDueDay: boolean }) {
  const t = useT()
  const { value: kind } = useField<EventKind>('kind')
  const word = (key: string) => t(`claims:events_.${key}`)
  const demand = isEvidence(kind) && evidenceRule(kind).group === 'demand'
  return (
    <>
      {event ? (
        <p>{t(`claims:events.${kind}`)}</p>
      ) : (
        <SelectField
          name="kind"
          label={word('kind')}
          options={EVENT_KINDS.map((value) => ({ value, label: t(`claims:events.${value}`) }))}
        />
      )}
      <DayField name="day" label={word(demand ? 'arrived' : 'day')} required />
      {putsOff(kind) ? <DayField name="untilDay" label={word('untilDay')} /> : null}
      {goesOn(kind) ? <DayField name="endedDay" label={word('endedDay')} hint={word('endedHint')} /> : null}
      {demand && noDueDay ? <CountField name="graceDays" label={word('graceDays')} hint={word('graceHint')} /> : null}
      <ProofsField kind={kind} />
      <TextAreaField name="note" label={word('note')} max={500} rows={2} />
    </>
  )
}

function ProofsField({ kind }: { kind: EventKind }) {
  const t = useT()
  const field = useField<Proof[]>('proofs')
  const asked = proofsOf(kind)
  const verdict = judgeEvent(
    kind,
    field.value.filter((proof) => asked.includes(proof)),
  )
  const name = (proof: Proof) => t(`receivables:evidence.proofs.${proof}`)
  return (
    <fieldset className="form-group">
      <legend>{t('claims:events_.proofs')}</legend>
      <div className="proof-list">
        {asked.map((proof) => (
          <Checkbox
            key={proof}
            checked={field.value.includes(proof)}
            disabled={field.disabled}
            onChange={(change) =>
              field.set(change.target.checked ? [...field.value, proof] : field.value.filter((one) => one !== proof))
            }
          >
            {name(proof)}
          </Checkbox>
        ))}
      </div>
      <p aria-live="polite">
        <StrengthTag strength={verdict.strength} />{' '}
        <span className="muted">
          {t(`contracts:articles.${verdict.article}`)}
          {verdict.missing.length > 0
            ? ` · ${t('claims:events_.missing', { proofs: verdict.missing.map(name).join(t('claims:between')) })}`
            : ''}
        </span>
      </p>
    </fieldset>
  )
}
