import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { create } from 'zustand'
import { CHANNELS, PURPOSES } from '#shared/modules/visits/visits.rules.ts'
import { quickFields } from '#shared/modules/visits/visits.schema.ts'
import { CustomerPicker } from '#renderer/modules/customers/parts/customer-picker.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { shownKeys, useShortcut } from '#renderer/ui/shortcuts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const KEYS = '$mod+Shift+y'

interface QuickLog {
  /** The customer it is about, where one comes from a card; null: to be picked. */
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly open: boolean
  show(customer?: { readonly id: string; readonly name: string }): void
  hide(): void
}

/** The one drawer of the program in which a call is written down, from wherever one is. */
export const useQuickLog = create<QuickLog>((set) => ({
  customer: null,
  open: false,
  show: (customer) => set({ open: true, customer: customer ?? null }),
  hide: () => set({ open: false }),
}))

/** A call or a message in one line: customer, way, what was said, and what to do next. By keyboard alone. */
export function QuickLogDrawer() {
  const t = useT()
  const notice = useNotice()
  const permitted = useCan('visits.record')
  const { open, customer, show, hide } = useQuickLog()
  const root = useRef<HTMLDivElement>(null)
  useShortcut(KEYS, 'visits:quick.title', () => show(), permitted)
  const days = useList('tasks', ['snoozeDays', open], async () => (open ? api.tasks.snoozeDays({}) : null))
  const record = useCommand((input: Parameters<typeof api.visits.create>[0], options) =>
    api.visits.create(input, options),
  )
  const choices = days.data?.choices ?? []
  if (!permitted) return null
  return (
    <ActionForm
      title={t('visits:quick.title')}
      hint={t('visits:quick.hint', { keys: shownKeys(KEYS) })}
      open={open}
      schema={quickFields}
      initial={{
        customerId: customer?.id ?? null,
        channel: 'phone',
        result: '',
        nextStep: '',
        nextDay: null,
        purpose: 'callBack',
      }}
      submitLabel={t('visits:quick.submit')}
      onClose={hide}
      submit={async (fields) => {
        const day = firmToday()
        // A step without a day is forgotten: the next working day is as good a day as any.
        const nextDay = fields.nextStep === '' ? null : (fields.nextDay ?? choices[0]?.day ?? null)
        await record.run({ ...fields, day, nextDay } as never)
        notice.done(t('visits:saved'))
      }}
    >
      <Begin root={root} at={customer === null ? CUSTOMER : RESULT}>
        <CustomerPicker
          name="customerId"
          label={t('visits:fields.customerId')}
          chosenLabel={customer?.name ?? ''}
          required
          onPicked={(option) => {
            if (option !== null) focusField(root.current, RESULT)
          }}
        />
        <TextField name="result" label={t('visits:fields.result')} max={200} required />
        <SelectField
          name="channel"
          label={t('visits:fields.channel')}
          options={CHANNELS.filter((value) => value !== 'visit').map((value) => ({
            value,
            label: t(`visits:channel.${value}`),
          }))}
        />
        <TextField name="nextStep" label={t('visits:fields.nextStep')} max={200} />
        <SelectField
          name="nextDay"
          label={t('visits:fields.nextDay')}
          hint={t('visits:quick.nextHint')}
          allowClear
          options={choices.map(({ choice, day }) => ({ value: day, label: `${t(`tasks:snooze.${choice}`)} ${day}` }))}
        />
        <SelectField
          name="purpose"
          label={t('visits:fields.purpose')}
          options={PURPOSES.map((value) => ({ value, label: t(`visits:purpose.${value}`) }))}
        />
      </Begin>
    </ActionForm>
  )
}

/** Where the fields stand among the inputs of the form. */
const CUSTOMER = 0
const RESULT = 1
/** The drawer and the list of customers take the cursor first. */
const FOCUS_AFTER_MS = 60

function focusField(root: HTMLElement | null, at: number): number {
  return window.setTimeout(() => root?.querySelectorAll<HTMLElement>('input')[at]?.focus(), FOCUS_AFTER_MS)
}

/** Puts the cursor into the first field that is still empty once the drawer stands. */
function Begin(props: { root: RefObject<HTMLDivElement | null>; at: number; children: ReactNode }) {
  const { root, at } = props
  useEffect(() => {
    const timer = focusField(root.current, at)
    return () => window.clearTimeout(timer)
  }, [root, at])
  return <div ref={root}>{props.children}</div>
}
