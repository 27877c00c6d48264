import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { App, Button, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { shortText } from '#shared/kernel/text.ts'
import { AdvanceDrawer } from '#renderer/modules/receivables/parts/advance-drawer.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

export type ReceiptView = Awaited<ReturnType<typeof api.receivables.receiptGet>>

/** One receipt: what came in, what it paid, what is left of it. */
export function ReceiptPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const receipt = useQuery({
    queryKey: ['receivables', 'get', id],
    queryFn: () => api.receivables.receiptGet({ id: id as never }),
  })
  if (receipt.error) {
    return (
      <Page title={t('receivables:receipts.one')}>
        <ErrorNotice error={shownError(receipt.error)} onRetry={() => void receipt.refetch()} />
      </Page>
    )
  }
  return receipt.data ? <Shown view={receipt.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: ReceiptView }) {
  const t = useT()
  const [open, setOpen] = useState<'reverse' | 'advance' | null>(null)
  const mayReverse = useCan('receipts.reverse')
  const mayRecord = useCan('receipts.record')
  const posted = view.state === 'posted'
  return (
    <Page
      title={`${t('receivables:receipts.one')} ${view.number}`}
      extra={<StatusTag tone={posted ? 'done' : 'danger'}>{t(`receivables:receiptStates.${view.state}`)}</StatusTag>}
      action={
        <span className="action-bar">
          {posted && mayReverse ? (
            <Button onClick={() => setOpen('reverse')}>{t('receivables:receipts.reverse')}</Button>
          ) : null}
          {posted && mayRecord && view.advance > 0 ? (
            <Button type="primary" onClick={() => setOpen('advance')}>
              {t('receivables:receipts.useAdvance')}
            </Button>
          ) : null}
        </span>
      }
    >
      {posted ? null : (
        <div className="notice">
          {t('receivables:receipts.reversedOn', { day: view.reversedDay ?? '', reason: view.reversedReason })}
        </div>
      )}
      <div className="columns-main">
        <PaidPanel view={view} />
        <FactsPanel view={view} />
      </div>
      <ReverseDrawer view={view} open={open === 'reverse'} onClose={() => setOpen(null)} />
      <AdvanceDrawer view={view} open={open === 'advance'} onClose={() => setOpen(null)} />
    </Page>
  )
}

function FactsPanel({ view }: { view: ReceiptView }) {
  const t = useT()
  const locale = useLocale()
  const head = (key: string) => t(`receivables:columns.${key}`)
  return (
    <Panel title={t('receivables:receipts.one')}>
      <Facts
        items={[
          {
            label: head('customerName'),
            value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
          },
          { label: head('day'), value: view.day },
          { label: head('receiptAmount'), value: <Amount fen={view.amount} /> },
          { label: '', value: rmbCapitals(view.amount, locale === 'zh-TW' ? 'zh-TW' : 'zh-CN') },
          { label: head('allocated'), value: <Amount fen={view.allocated} /> },
          { label: head('advance'), value: <Amount fen={view.advance} /> },
          { label: head('method'), value: t(`receivables:methods.${view.method}`) },
          { label: head('payer'), value: view.payer },
          { label: head('reference'), value: view.reference },
          { label: head('note'), value: view.note },
        ]}
      />
    </Panel>
  )
}

function PaidPanel({ view }: { view: ReceiptView }) {
  const t = useT()
  const head = (key: string) => t(`receivables:columns.${key}`)
  return (
    <Panel title={t('receivables:receipts.paid')}>
      {view.allocations.length === 0 ? <p className="muted">{t('receivables:receipts.paidNone')}</p> : null}
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head('contractNumber')}</th>
            <th>{head('label')}</th>
            <th>{head('dueDay')}</th>
            <th className="num">{head('allocated')}</th>
            <th>{head('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {view.allocations.map((row) => (
            <tr key={row.id}>
              <td>
                {row.contractId === null ? (
                  row.contractNumber
                ) : (
                  <Link to={`/contracts/${row.contractId}` as never}>{row.contractNumber}</Link>
                )}
              </td>
              <td>{row.label}</td>
              <td>{row.dueDay ?? ''}</td>
              <td className="num">
                <Amount fen={row.amount} />
              </td>
              <td className="muted">
                {row.releasedDay === null
                  ? t(`receivables:allocation.reasons.${row.reason}`)
                  : t('receivables:receipts.releasedOn', { day: row.releasedDay })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const reversal = z.strictObject({ day: plainDay, reason: shortText(200) })

function ReverseDrawer(props: { view: ReceiptView; open: boolean; onClose: () => void }) {
  const t = useT()
  const { message } = App.useApp()
  const { view } = props
  return (
    <ActionForm
      title={t('receivables:receipts.reverse')}
      hint={t('receivables:receipts.reverseHint')}
      open={props.open}
      schema={reversal}
      initial={{ day: view.day, reason: '' }}
      submitLabel={t('receivables:receipts.reverse')}
      danger
      onClose={props.onClose}
      submit={async ({ day, reason }) => {
        await api.receivables.reverse({ id: view.id as never, version: view.version, day, reason })
        message.success(t('receivables:receipts.reversed'))
      }}
    >
      <DayField name="day" label={t('receivables:receipts.reverseDay')} required />
      <TextAreaField name="reason" label={t('receivables:receipts.reverseReason')} max={200} required />
    </ActionForm>
  )
}
