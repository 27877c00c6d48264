import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { AdvanceDrawer } from '#renderer/modules/receivables/parts/advance-drawer.tsx'
import { BillDrawer, BillPanel, isOver } from '#renderer/modules/receivables/parts/bill-drawer.tsx'
import { PaidPanel } from '#renderer/modules/receivables/parts/paid-panel.tsx'
import { RefundDrawer } from '#renderer/modules/receivables/parts/refund-drawer.tsx'
import { ReverseDrawer } from '#renderer/modules/receivables/parts/reverse-drawer.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

type ReceiptView = Awaited<ReturnType<typeof api.receivables.receiptGet>>

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
  const [open, setOpen] = useState<'reverse' | 'advance' | 'refund' | 'bill' | null>(null)
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
          {posted && mayRecord && view.bill !== null && !isOver(view.bill.state) ? (
            <Button onClick={() => setOpen('bill')}>{t('receivables:bills.move')}</Button>
          ) : null}
          {posted && mayRecord && view.advance > 0 ? (
            <Button onClick={() => setOpen('refund')}>{t('receivables:refunds.ask')}</Button>
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
        <PaidPanel allocations={view.allocations} />
        <div>
          <FactsPanel view={view} />
          {view.bill ? <BillPanel bill={view.bill} /> : null}
        </div>
      </div>
      <ReverseDrawer
        of="receipts"
        day={view.day}
        save={({ day, reason }) =>
          api.receivables.reverse({ id: view.id as never, version: view.version, day, reason })
        }
        open={open === 'reverse'}
        onClose={() => setOpen(null)}
      />
      <AdvanceDrawer
        view={{ customerId: view.customerId, rest: view.advance, day: view.day }}
        of="receipts"
        save={(allocations) =>
          api.receivables.allocate({
            id: view.id as never,
            version: view.version,
            allocations: allocations as never,
          })
        }
        open={open === 'advance'}
        onClose={() => setOpen(null)}
      />
      <RefundDrawer view={view} open={open === 'refund'} onClose={() => setOpen(null)} />
      <BillDrawer
        bill={view.bill ? { ...view.bill, receiptId: view.id, version: view.version, day: view.day } : null}
        open={open === 'bill'}
        onClose={() => setOpen(null)}
      />
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
          { label: head('refunded'), value: <Amount fen={view.refunded} /> },
          { label: head('advance'), value: <Amount fen={view.advance} /> },
          { label: head('method'), value: t(`receivables:methods.${view.method}`) },
          { label: head('payer'), value: view.payer },
          { label: head('reference'), value: view.reference },
          { label: head('designation'), value: view.designation },
          { label: head('note'), value: view.note },
        ]}
      />
    </Panel>
  )
}
