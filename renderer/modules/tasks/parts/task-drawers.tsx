import { Button } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { z } from 'zod'
import { plainDay, type PlainDay } from '#shared/kernel/dates.ts'
import { entityId, optionalText, shortText } from '#shared/kernel/text.ts'
import { TASK_KINDS } from '#shared/modules/tasks/tasks.rules.ts'
import { taskFields, type TaskRow } from '#shared/modules/tasks/tasks.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { useMe } from '#renderer/modules/tasks/tasks.queries.ts'

export type TaskStepName = 'done' | 'drop' | 'snooze' | 'handOver'

interface Drawer {
  /** The tasks it is about; null: closed. */
  readonly tasks: readonly TaskRow[] | null
  readonly onClose: () => void
  /** Called when it was carried out. */
  readonly onDone: () => void
}

const itemsOf = (tasks: readonly TaskRow[] | null) => (tasks ?? []).map(({ id, version }) => ({ id, version }))

/** Puts the cursor into the first field once the drawer stands. */
function FirstField(props: { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => root.current?.querySelector<HTMLElement>('input, textarea')?.focus(), 60)
    return () => clearTimeout(timer)
  }, [])
  return <div ref={root}>{props.children}</div>
}

/** Finishes tasks with a line on what came of them, or drops them with the reason; the notice takes it back. */
export function CloseDrawer(props: Drawer & { step: 'done' | 'drop' }) {
  const t = useT()
  const notice = useNotice()
  const { step } = props
  const items = itemsOf(props.tasks)
  const close = useCommand((input: { items: typeof items; result: string }, options) => api.tasks[step](input, options))
  const reopen = useCommand((input: { items: typeof items }, options) => api.tasks.reopen(input, options))
  const undo = (moved: typeof items) =>
    reopen.run({ items: moved }).then(
      () => notice.done(t('tasks:undone')),
      (error: unknown) => notice.fail(error),
    )
  return (
    <ActionForm
      title={t(`tasks:actions.${step}`)}
      hint={t(`tasks:hint.${step}`, { count: items.length })}
      open={props.tasks !== null}
      schema={z.strictObject({ result: step === 'drop' ? shortText(500) : optionalText(500) })}
      initial={{ result: '' }}
      submitLabel={t(`tasks:actions.${step}`)}
      onClose={props.onClose}
      submit={async ({ result }) => {
        const { items: moved } = await close.run({ items, result })
        props.onDone()
        notice.done(t(`tasks:said.${step}`, { count: moved.length }), () => void undo(moved))
      }}
    >
      <FirstField>
        <TextField
          name="result"
          label={t(step === 'drop' ? 'tasks:fields.reason' : 'tasks:fields.result')}
          max={500}
          required={step === 'drop'}
        />
      </FirstField>
    </ActionForm>
  )
}

/** Puts tasks off: proposals on working days, or any day from tomorrow. */
export function SnoozeDrawer(props: Drawer) {
  const t = useT()
  const notice = useNotice()
  const items = itemsOf(props.tasks)
  const days = useList('tasks', ['snoozeDays'], () => api.tasks.snoozeDays({}))
  const snooze = useCommand((input: { items: typeof items; day: PlainDay }, options) =>
    api.tasks.snooze(input, options),
  )
  return (
    <ActionForm
      title={t('tasks:actions.snooze')}
      hint={t('tasks:hint.snooze', { count: items.length })}
      open={props.tasks !== null && days.data !== undefined}
      schema={z.strictObject({ day: plainDay })}
      initial={{ day: days.data?.choices[0]?.day ?? '' }}
      submitLabel={t('tasks:actions.snooze')}
      onClose={props.onClose}
      submit={async ({ day }) => {
        const { items: moved } = await snooze.run({ items, day })
        props.onDone()
        notice.done(t('tasks:said.snooze', { count: moved.length, day }))
      }}
    >
      <SnoozeChoices choices={days.data?.choices ?? []} />
      <DayField name="day" label={t('tasks:fields.day')} required />
      <RestDayHint />
    </ActionForm>
  )
}

function SnoozeChoices(props: { choices: readonly { choice: string; day: string }[] }) {
  const t = useT()
  const field = useField<string | null>('day')
  return (
    <div className="snooze-choices" role="group" aria-label={t('tasks:fields.day')}>
      {props.choices.map(({ choice, day }, index) => (
        <Button
          key={choice}
          autoFocus={index === 0}
          aria-pressed={field.value === day}
          type={field.value === day ? 'primary' : 'default'}
          onClick={() => field.set(day)}
        >
          {t(`tasks:snooze.${choice}`)} · {day}
        </Button>
      ))}
    </div>
  )
}

/** Says that the chosen day is not worked, and offers the next that is. */
function RestDayHint() {
  const t = useT()
  const field = useField<string | null>('day')
  const parsed = plainDay.safeParse(field.value)
  const day = parsed.success ? parsed.data : undefined
  const found = useList('tasks', ['snoozeDays', day ?? ''], () =>
    api.tasks.snoozeDays(day === undefined ? {} : { day }),
  )
  const asked = found.data?.asked
  if (!asked || asked.workday || asked.day !== day) return null
  return (
    <p className="muted" role="status">
      {t('tasks:snooze.restDay', { day: asked.day, next: asked.next })}{' '}
      <Button size="small" onClick={() => field.set(asked.next)}>
        {t('tasks:snooze.take', { day: asked.next })}
      </Button>
    </p>
  )
}

/** Gives tasks to another person, with a line that stands on top of their notes. */
export function HandOverDrawer(props: Drawer) {
  const t = useT()
  const notice = useNotice()
  const people = usePeopleChoices()
  const owners = new Set((props.tasks ?? []).map((task) => task.ownerId))
  const items = itemsOf(props.tasks)
  const handOver = useCommand((input: { items: typeof items; ownerId: string; note: string }, options) =>
    api.tasks.handOver(input, options),
  )
  return (
    <ActionForm
      title={t('tasks:actions.handOver')}
      hint={t('tasks:hint.handOver', { count: items.length })}
      open={props.tasks !== null}
      schema={z.strictObject({ ownerId: entityId, note: optionalText(500) })}
      initial={{ ownerId: null, note: '' }}
      submitLabel={t('tasks:actions.handOver')}
      onClose={props.onClose}
      submit={async (output) => {
        const { items: moved } = await handOver.run({ items, ...output })
        props.onDone()
        notice.done(t('tasks:said.handOver', { count: moved.length }))
      }}
    >
      <FirstField>
        <SelectField
          name="ownerId"
          label={t('tasks:fields.ownerId')}
          required
          options={people.filter((person) => !owners.has(person.value))}
        />
        <TextField name="note" label={t('tasks:fields.note')} max={500} />
      </FirstField>
    </ActionForm>
  )
}

/** Enters a task, or changes one. `task` null: a new one. */
export function TaskDrawer(props: { open: boolean; task: TaskRow | null; today: string; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const me = useMe()
  const people = usePeopleChoices()
  const [picked, setPicked] = useState<string | null>(null)
  const { task } = props
  const create = useCommand((input: z.input<typeof taskFields>, options) => api.tasks.create(input, options))
  const label = (key: string) => t(`tasks:fields.${key}`)
  const initial = task
    ? { kind: task.kind, title: task.title, note: task.note, dueDay: task.dueDay, customerId: task.customerId }
    : { kind: 'other', title: '', note: '', dueDay: props.today, customerId: null, ownerId: me }
  return (
    <ActionForm
      title={t(task ? 'tasks:edit' : 'tasks:new')}
      hint={t('tasks:hint.form')}
      open={props.open}
      schema={taskFields}
      initial={initial}
      submitLabel={t(task ? 'common:save' : 'tasks:new')}
      onClose={props.onClose}
      submit={async ({ ownerId, ...fields }) => {
        if (task) await api.tasks.update({ ...fields, id: task.id, version: task.version })
        else await create.run({ ...fields, ownerId })
        notice.done(t(task ? 'common:saved' : 'tasks:created'))
      }}
    >
      <FirstField>
        <TextField name="title" label={label('title')} max={200} required />
        <DayField name="dueDay" label={label('dueDay')} required />
        <SelectField
          name="kind"
          label={label('kind')}
          options={TASK_KINDS.map((value) => ({ value, label: t(`tasks:kind.${value}`) }))}
        />
        {task ? null : <SelectField name="ownerId" label={label('ownerId')} options={people} required />}
        <CustomerPicker
          name="customerId"
          label={label('customerId')}
          chosenLabel={picked ?? task?.customerName ?? ''}
          onPicked={(option) => setPicked(option?.label ?? null)}
        />
        <TextAreaField name="note" label={label('note')} max={2000} />
      </FirstField>
    </ActionForm>
  )
}
