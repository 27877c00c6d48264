import type { z } from 'zod'
import { billMay } from '#shared/modules/receivables/receivables.rules.ts'
import { BILL_STEPS, billStep } from '#shared/modules/receivables/receivables.entries.schema.ts'
import type { BILL_STATES, billRow } from '#shared/modules/receivables/receivables.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Facts, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

type Bill = z.infer<typeof billRow>
type BillState = (typeof BILL_STATES)[number]

const TONES: Readonly<Record<BillState, StatusTone>> = {
  held: 'active',
  endorsed: 'neutral',
  discounted: 'neutral',
  collected: 'done',
  dishonoured: 'danger',
}

/** Nothing more can become of it. */
export const isOver = (state: BillState): boolean => state === 'collected' || state === 'dishonoured'

/** What a bill has come to. */
export function BillStateTag({ state }: { state: BillState }) {
  const t = useT()
  return <StatusTag tone={TONES[state]}>{t(`receivables:bills.states.${state}`)}</StatusTag>
}

/** The bill that a receipt is. */
export function BillPanel({ bill }: { bill: Bill }) {
  const t = useT()
  const word = (key: string) => t(`receivables:bills.${key}`)
  return (
    <Panel title={word('one')}>
      <Facts
        items={[
          { label: word('state'), value: <BillStateTag state={bill.state} /> },
          { label: word('kind'), value: word(`kinds.${bill.kind}`) },
          { label: word('number'), value: bill.number },
          { label: word('acceptor'), value: bill.acceptor },
          { label: word('maturityDay'), value: bill.maturityDay },
          { label: word('stateDay'), value: bill.stateDay ?? '' },
          { label: word('note'), value: bill.note },
        ]}
      />
    </Panel>
  )
}

/** Notes what became of a bill. */
export function BillDrawer(props: {
  bill: (Bill & { receiptId: string; version: number; day: string }) | null
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const { bill } = props
  const word = (key: string) => t(`receivables:bills.${key}`)
  if (!bill) return null
  const steps = BILL_STEPS.filter((step) => billMay(bill.state, step))
  return (
    <ActionForm
      title={word('move')}
      hint={word('moveHint')}
      open={props.open}
      schema={billStep}
      initial={{ step: 'collected', day: bill.maturityDay < firmToday() ? bill.maturityDay : firmToday(), note: '' }}
      submitLabel={word('move')}
      onClose={props.onClose}
      submit={async (given) => {
        await api.receivables.billMove({ id: bill.receiptId as never, version: bill.version, ...given })
        notice.done(t('receivables:bills.moved', { state: word(`states.${given.step}`) }))
      }}
    >
      <SelectField
        name="step"
        label={word('state')}
        options={steps.map((value) => ({ value, label: word(`states.${value}`) }))}
      />
      <DayField name="day" label={word('stateDay')} required />
      <TextAreaField name="note" label={word('note')} max={200} />
    </ActionForm>
  )
}
