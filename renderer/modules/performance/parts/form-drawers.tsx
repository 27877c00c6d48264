import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { formWithdrawal, type FormRow } from '#shared/modules/performance/performance.forms.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Facts } from '#renderer/ui/parts.tsx'
import { MarksDrawer } from './marks-drawer.tsx'

/** A form with what may be done about it: enter what came back, print it again, or withdraw it. */
export function FormDrawer({ of, onClose }: { of: FormRow | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const [step, setStep] = useState<'answer' | 'withdraw' | null>(null)
  const printing = useCommand((ids: string[], options) => api.performance.form.print({ ids: ids as never }, options))
  const word = (key: string) => t(`performance:forms.${key}`)
  const close = () => {
    setStep(null)
    onClose()
  }
  if (!of) return null
  const open = of.state === 'open'
  const fact = (key: string, value: string) => ({ label: word(`fields.${key}`), value })
  if (step === 'withdraw') return <WithdrawDrawer id={of.id} onClose={close} />
  if (step === 'answer') {
    const { id, userId, userName, number, customerName } = of
    const about = { month: of.month as PlainMonth, userId, userName, marks: null, comment: '' }
    return <MarksDrawer of={{ as: 'form', id, number, customerName, ...about }} onClose={close} />
  }
  return (
    <Drawer open title={of.number} size={420} onClose={close}>
      <Facts
        items={[
          fact('state', word(`states.${of.state}`)),
          fact('month', of.month),
          fact('person', of.userName),
          fact('customer', of.customerName),
          fact('contact', of.contactName),
          fact('email', of.email),
          fact('madeAt', `${formatMoment(of.madeAt, SEAT_ZONE)} ${of.madeByName}`),
          fact('dueDay', of.dueDay),
          ...(of.answeredDay === null ? [] : [fact('answeredDay', of.answeredDay)]),
          ...(of.withdrawnReason === '' ? [] : [fact('reason', of.withdrawnReason)]),
        ]}
      />
      {open && of.locked ? <p className="muted">{word('locked')}</p> : null}
      <p className="action-bar">
        {open && !of.locked ? (
          <Button type="primary" onClick={() => setStep('answer')}>
            {word('answer')}
          </Button>
        ) : null}
        {of.state === 'withdrawn' ? null : (
          <Button
            loading={printing.busy}
            onClick={() => void notice.tell(() => printing.run([of.id]), word('printStarted'))}
          >
            {word('print')}
          </Button>
        )}
        {open ? <Button onClick={() => setStep('withdraw')}>{word('withdraw')}</Button> : null}
      </p>
    </Drawer>
  )
}

function WithdrawDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`performance:forms.${key}`)
  return (
    <ActionForm
      title={word('withdraw')}
      hint={word('withdrawHint')}
      open
      danger
      schema={formWithdrawal}
      initial={{ id, reason: '' }}
      submitLabel={word('withdraw')}
      onClose={onClose}
      submit={async (fields) => {
        await api.performance.form.withdraw(fields)
        notice.done(word('withdrawn'))
      }}
    >
      <TextField name="reason" label={word('withdrawReason')} max={200} required />
    </ActionForm>
  )
}
