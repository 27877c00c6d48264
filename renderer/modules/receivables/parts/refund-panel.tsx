import { Link } from '@tanstack/react-router'
import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import type { RefundRow } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { DateField } from '#renderer/ui/fields/date-field.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, Facts } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { ReverseDrawer } from './reverse-drawer.tsx'

/** One refund, and the next thing to do about it: let it go or refuse it, pay it, take it back. */
export function RefundPanel(props: { refund: RefundRow | null; onClose: () => void }) {
  const t = useT()
  const [reversing, setReversing] = useState(false)
  const { refund } = props
  const word = (key: string) => t(`receivables:refunds.${key}`)
  return (
    <>
      <Drawer
        open={refund !== null && !reversing}
        onClose={props.onClose}
        title={refund ? `${word('one')} ${refund.number}` : ''}
        size={460}
        destroyOnHidden
      >
        {refund ? (
          <>
            <Facts
              items={[
                { label: t('receivables:columns.state'), value: word(`states.${refund.state}`) },
                { label: word('amount'), value: <Amount fen={refund.amount} /> },
                { label: t('receivables:columns.customerName'), value: refund.customerName },
                {
                  label: t('receivables:columns.number'),
                  value: <Link to={`/receipts/${refund.receiptId}` as never}>{refund.receiptNumber}</Link>,
                },
                { label: word('payee'), value: refund.payee },
                { label: word('account'), value: refund.account },
                { label: word('method'), value: t(`receivables:methods.${refund.method}`) },
                { label: word('reason'), value: refund.reason },
                { label: word('askedBy'), value: refund.askedByName },
                { label: word('day'), value: refund.day ?? '' },
                { label: t('receivables:receipts.reverseReason'), value: refund.reversedReason },
              ].filter(({ value }) => value !== '')}
            />
            <Steps refund={refund} onDone={props.onClose} onReverse={() => setReversing(true)} />
          </>
        ) : null}
      </Drawer>
      {refund ? (
        <ReverseDrawer
          of="refunds"
          day={refund.day ?? firmToday()}
          save={(given) => api.receivables.refundReverse({ id: refund.id as never, version: refund.version, ...given })}
          open={reversing}
          onClose={() => {
            setReversing(false)
            props.onClose()
          }}
        />
      ) : null}
    </>
  )
}

function Steps(props: { refund: RefundRow; onDone: () => void; onReverse: () => void }) {
  const t = useT()
  const notice = useNotice()
  const may = { record: useCan('receipts.record'), reverse: useCan('receipts.reverse') }
  const me = useSession((state) => state.session?.user.userId)
  const [day, setDay] = useState<string>(firmToday)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const { refund } = props
  const word = (key: string) => t(`receivables:refunds.${key}`)
  const at = { id: refund.id as never, version: refund.version }
  const run = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await work()
      notice.done(word(done))
      props.onDone()
    } catch (error) {
      notice.fail(error)
    } finally {
      setBusy(false)
    }
  }
  if (refund.state === 'asked' && may.reverse) {
    if (refund.askedById === me) return <p className="notice">{word('ownWaits')}</p>
    return (
      <>
        <Input
          value={note}
          maxLength={200}
          aria-label={word('note')}
          placeholder={word('note')}
          onChange={(event) => setNote(event.target.value)}
        />
        <p className="action-bar">
          <Button
            type="primary"
            loading={busy}
            onClick={() => void run(() => api.receivables.refundDecide({ ...at, release: true, note }), 'letGo')}
          >
            {word('release')}
          </Button>
          <Button
            danger
            disabled={busy}
            onClick={() => void run(() => api.receivables.refundDecide({ ...at, release: false, note }), 'refusedDone')}
          >
            {word('refuse')}
          </Button>
        </p>
      </>
    )
  }
  if (refund.state === 'released' && may.record) {
    return (
      <p className="action-bar">
        <DateField value={day} placeholder={word('day')} onChange={(next) => setDay(next ?? '')} />
        <Button
          type="primary"
          loading={busy}
          disabled={day === ''}
          onClick={() => void run(() => api.receivables.refundPay({ ...at, day: day as never }), 'paidDone')}
        >
          {word('pay')}
        </Button>
      </p>
    )
  }
  if (refund.state === 'paid' && may.reverse) {
    return (
      <p className="action-bar">
        <Button danger onClick={props.onReverse}>
          {word('reverse')}
        </Button>
      </p>
    )
  }
  return null
}
