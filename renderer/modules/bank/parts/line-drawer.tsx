import { Link } from '@tanstack/react-router'
import { Button, Drawer, Spin } from 'antd'
import { useState } from 'react'
import { ASIDE_KINDS } from '#shared/modules/bank/bank.rules.ts'
import { asideInput, type LineView, type Suggestion } from '#shared/modules/bank/bank.schema.ts'
import { shortText } from '#shared/kernel/text.ts'
import { z } from 'zod'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts } from '#renderer/ui/parts.tsx'
import { useLine } from '#renderer/modules/bank/bank.queries.ts'
import '#renderer/modules/bank/bank.css'
import { LineTag } from './line-tag.tsx'
import { OtherCustomer } from './other-customer.tsx'

/** One line at the side of the list: what the bank says, what it may be, what it became. */
export function LineDrawer(props: { id: string | null; onClose: () => void }) {
  const t = useT()
  return (
    <Drawer open={props.id !== null} onClose={props.onClose} title={t('bank:line.title')} size={720} destroyOnHidden>
      {props.id === null ? null : <Body key={props.id} id={props.id} />}
    </Drawer>
  )
}

function Body({ id }: { id: string }) {
  const line = useLine(id)
  if (line.shownError) return <ErrorNotice error={line.shownError} onRetry={() => void line.refetch()} />
  return line.data ? <Shown line={line.data} /> : <Spin className="grid-spin" />
}

function Shown({ line }: { line: LineView }) {
  const t = useT()
  const mayWrite = useCan('bank.write')
  const head = (key: string) => t(`bank:columns.${key}`)
  return (
    <div className="bank-line">
      <Facts
        items={[
          { label: head('stage'), value: <LineTag stage={line.stage} /> },
          { label: head('day'), value: `${line.day} ${line.time}`.trim() },
          { label: head('amount'), value: <Amount fen={line.amount} /> },
          { label: head('left'), value: line.left === line.amount ? '' : <Amount fen={line.left} /> },
          { label: head('payerName'), value: line.payerName },
          { label: head('payerAccount'), value: [line.payerAccountFull, line.payerBank].filter(Boolean).join(' ') },
          { label: head('text'), value: line.text },
          { label: head('reference'), value: line.reference },
          { label: head('account'), value: line.accountName },
          { label: head('fileName'), value: t('bank:line.fromFile', { file: line.fileName, row: line.row }) },
          ...(line.aside > 0
            ? [{ label: t('bank:line.aside'), value: `${t(`bank:asideKinds.${line.asideKind}`)}: ${line.asideReason}` }]
            : []),
        ]}
      />
      <Receipts line={line} />
      {mayWrite && line.left > 0 ? <Readings line={line} /> : null}
      {mayWrite ? <Steps line={line} /> : null}
      <Known line={line} mayWrite={mayWrite} />
    </div>
  )
}

function Receipts({ line }: { line: LineView }) {
  const t = useT()
  if (line.receipts.length === 0) return null
  return (
    <section>
      <h2>{t('bank:line.receipts')}</h2>
      {line.receipts.map((receipt) => (
        <p key={receipt.id} className="bank-item">
          <Link to={`/receipts/${receipt.id}` as never}>{receipt.number}</Link>
          <span>{receipt.customerName}</span>
          <Amount fen={receipt.amount} />
        </p>
      ))}
    </section>
  )
}

/** Receipts that may be this payment, and the readings, the best first; another customer by hand. */
function Readings({ line }: { line: LineView }) {
  const t = useT()
  const notice = useNotice()
  const [other, setOther] = useState(false)
  const link = (receipt: LineView['recorded'][number]) =>
    notice.tell(
      () => api.bank.link({ id: line.id, version: line.version, receiptId: receipt.id }),
      t('bank:line.linked', { number: receipt.number }),
    )
  const confirm = async (reading: Suggestion) => {
    try {
      const allocations = reading.items.map(({ instalmentId, amount }) => ({ instalmentId, amount }))
      const { customerId, designated } = reading
      const part = { customerId, amount: line.left, allocations, designated }
      const made = await api.bank.confirm({ id: line.id, version: line.version, part } as never)
      notice.done(t('bank:line.confirmed', { number: made.number }))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <>
      {line.recorded.length === 0 ? null : (
        <section>
          <h2>{t('bank:line.recorded')}</h2>
          {line.recorded.map((receipt) => (
            <p key={receipt.id} className="bank-item">
              <Link to={`/receipts/${receipt.id}` as never}>{receipt.number}</Link>
              <span>{`${receipt.day} ${receipt.customerName}`}</span>
              <Amount fen={receipt.amount} />
              <Button size="small" onClick={() => void link(receipt)}>
                {t('bank:line.link')}
              </Button>
            </p>
          ))}
        </section>
      )}
      <section>
        <h2>{t('bank:line.suggestions')}</h2>
        {line.suggestions.length === 0 ? <p className="muted">{t('bank:line.noSuggestion')}</p> : null}
        {line.suggestions.map((reading) => (
          <Reading key={reading.customerId} reading={reading} onConfirm={() => confirm(reading)} />
        ))}
        <Button onClick={() => setOther(true)}>{t('bank:line.other')}</Button>
        <OtherCustomer line={line} open={other} onClose={() => setOther(false)} />
      </section>
    </>
  )
}

function Reading(props: { reading: Suggestion; onConfirm: () => Promise<void> }) {
  const t = useT()
  const { reading } = props
  return (
    <div className="bank-reading">
      <p className="bank-item">
        <strong>{reading.customerName}</strong>
        <span className="muted">{t('bank:line.score', { score: reading.score })}</span>
        <Button type="primary" size="small" onClick={() => void props.onConfirm()}>
          {t('bank:line.confirm')}
        </Button>
      </p>
      <ul className="muted">
        {reading.reasons.map(({ key, params }) => (
          <li key={key}>{t(key, params)}</li>
        ))}
      </ul>
      {reading.items.map((item) => (
        <p key={item.instalmentId} className="bank-item">
          <span>{`${item.contractNumber} ${item.label}`}</span>
          <span className="muted">
            {item.dueDay === null ? t('bank:line.noDue') : t('bank:line.due', { day: item.dueDay })}
          </span>
          <Amount fen={item.amount} />
        </p>
      ))}
      {reading.advance > 0 ? (
        <p className="bank-item">
          <span>{t('bank:line.advance')}</span>
          <Amount fen={reading.advance} />
        </p>
      ) : null}
    </div>
  )
}

const undo = z.strictObject({ reason: shortText(200) })

/** What else may be done with a line. */
function Steps({ line }: { line: LineView }) {
  const t = useT()
  const notice = useNotice()
  const [open, setOpen] = useState<'aside' | 'unbook' | null>(null)
  const close = () => setOpen(null)
  const at = { id: line.id, version: line.version }
  const takeUp = () => notice.tell(() => api.bank.takeUp(at), t('bank:line.takenUp'))
  const kinds = ASIDE_KINDS.filter((kind) => kind !== 'out')
  return (
    <p className="action-bar">
      {line.left > 0 ? <Button onClick={() => setOpen('aside')}>{t('bank:line.setAside')}</Button> : null}
      {line.aside > 0 ? <Button onClick={() => void takeUp()}>{t('bank:line.takeUp')}</Button> : null}
      {line.booked > 0 ? <Button onClick={() => setOpen('unbook')}>{t('bank:line.unbook')}</Button> : null}
      <ActionForm
        title={t('bank:line.setAsideTitle')}
        hint=""
        open={open === 'aside'}
        schema={asideInput}
        initial={{ kind: null, reason: '' }}
        submitLabel={t('bank:line.setAside')}
        onClose={close}
        submit={async (aside) => {
          await api.bank.setAside({ ...at, aside })
          notice.done(t('bank:line.asideDone'))
        }}
      >
        <SelectField
          name="kind"
          label={t('bank:line.kind')}
          required
          options={kinds.map((value) => ({ value, label: t(`bank:asideKinds.${value}`) }))}
        />
        <TextAreaField name="reason" label={t('bank:line.reason')} max={200} required />
      </ActionForm>
      <ActionForm
        title={t('bank:line.unbook')}
        hint={t('bank:line.unbookText')}
        open={open === 'unbook'}
        schema={undo}
        initial={{ reason: '' }}
        submitLabel={t('bank:line.unbook')}
        danger
        onClose={close}
        submit={async ({ reason }) => {
          await api.bank.unbook({ ...at, reason })
          notice.done(t('bank:line.unbooked'))
        }}
      >
        <TextAreaField name="reason" label={t('bank:line.reason')} max={200} required />
      </ActionForm>
    </p>
  )
}

/** What was learnt of this payer, and a way to forget it. */
function Known({ line, mayWrite }: { line: LineView; mayWrite: boolean }) {
  const t = useT()
  const notice = useNotice()
  if (line.known.length === 0) return null
  const forget = (id: string) => notice.tell(() => api.bank.forgetPayer({ id }), t('bank:line.forgotten'))
  return (
    <section>
      <h2>{t('bank:line.known')}</h2>
      {line.known.map((one) => (
        <p key={one.id} className="bank-item">
          <span>{t('bank:line.knownAs', { name: one.name || line.payerAccount, customer: one.customerName })}</span>
          {mayWrite ? (
            <Button size="small" onClick={() => void forget(one.id)}>
              {t('bank:line.forget')}
            </Button>
          ) : null}
        </p>
      ))}
    </section>
  )
}
