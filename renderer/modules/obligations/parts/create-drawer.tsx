import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { EVENT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { obligationFields, SIDES } from '#shared/modules/obligations/obligations.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { useDepartmentChoices } from '#renderer/modules/obligations/obligations.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const days = z.number('validation:required').int().min(0).max(3660)
/** The form keeps both ways to say when; only the chosen one is read. */
const form = obligationFields.omit({ when: true }).and(
  z.discriminatedUnion('way', [
    z.looseObject({ way: z.literal('day'), day: plainDay }),
    z.looseObject({
      way: z.literal('event'),
      event: z.enum(EVENT_KINDS),
      days,
      dayKind: z.enum(['natural', 'working']),
    }),
  ]),
)

/** Writes down what no rule reads from the clauses. */
export function CreateObligation(props: { contractId: string; ownerId: string; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`obligations:create.${key}`)
  const people = usePeopleChoices()
  const departments = useDepartmentChoices()
  return (
    <ActionForm
      title={word('title')}
      hint={word('hint')}
      open={props.open}
      schema={form as z.ZodType<z.output<typeof form>>}
      initial={{
        text: '',
        side: 'ours',
        clause: '',
        ownerId: props.ownerId,
        departmentId: null,
        way: 'day',
        day: firmToday(),
        event: 'delivery',
        days: 0,
        dayKind: 'natural',
      }}
      submitLabel={word('submit')}
      onClose={props.onClose}
      submit={async (output) => {
        const { text, side, clause, ownerId, departmentId } = output
        const when =
          output.way === 'day'
            ? ({ kind: 'day', day: output.day } as const)
            : ({ kind: 'event', event: output.event, days: output.days, dayKind: output.dayKind } as const)
        const contractId = props.contractId as never
        await api.obligations.create({ contractId, text, side, clause, ownerId, departmentId, when })
        notice.done(word('done'))
      }}
    >
      <TextField name="text" label={word('text')} max={200} required autoFocus />
      <SelectField
        name="side"
        label={word('side')}
        options={SIDES.map((value) => ({ value, label: t(`obligations:sides.${value}`) }))}
      />
      <TextField name="clause" label={word('clause')} max={80} />
      <SelectField
        name="way"
        label={word('when')}
        options={[
          { value: 'day', label: word('byDay') },
          { value: 'event', label: word('byEvent') },
        ]}
      />
      <When />
      <SelectField name="ownerId" label={word('owner')} options={people} required />
      <SelectField name="departmentId" label={word('department')} options={departments} allowClear />
    </ActionForm>
  )
}

function When() {
  const t = useT()
  const way = useField<'day' | 'event'>('way').value
  const word = (key: string) => t(`obligations:create.${key}`)
  if (way === 'day') return <DayField name="day" label={word('day')} required />
  return (
    <>
      <SelectField
        name="event"
        label={word('event')}
        options={EVENT_KINDS.map((value) => ({ value, label: t(`contracts:events.${value}`) }))}
      />
      <CountField name="days" label={word('days')} required />
      <SelectField
        name="dayKind"
        label={word('dayKind')}
        options={(['natural', 'working'] as const).map((value) => ({
          value,
          label: t(`contracts:dayKinds.${value}`),
        }))}
      />
    </>
  )
}
