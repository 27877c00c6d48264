import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import type { CreditView } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { AdvanceDrawer } from '#renderer/modules/receivables/parts/advance-drawer.tsx'
import { PaidPanel } from '#renderer/modules/receivables/parts/paid-panel.tsx'
import { ReverseDrawer } from '#renderer/modules/receivables/parts/reverse-drawer.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** One credit note: why less is owed, what it was taken off, what is left of it. */
export function CreditPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('receivables', id, () => api.receivables.creditGet({ id: id as never }))
  if (found.shownError) {
    return (
      <Page title={t('receivables:credits.one')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: CreditView }) {
  const t = useT()
  const [open, setOpen] = useState<'reverse' | 'use' | null>(null)
  const may = { reverse: useCan('receipts.reverse'), record: useCan('receipts.record') }
  const word = (key: string) => t(`receivables:credits.${key}`)
  const posted = view.state === 'posted'
  const at = { id: view.id as never, version: view.version }
  return (
    <Page
      title={`${word('one')} ${view.number}`}
      extra={<StatusTag tone={posted ? 'done' : 'danger'}>{t(`receivables:receiptStates.${view.state}`)}</StatusTag>}
      action={
        <span className="action-bar">
          {posted && may.reverse ? <Button onClick={() => setOpen('reverse')}>{word('reverse')}</Button> : null}
          {posted && may.record && view.rest > 0 ? (
            <Button type="primary" onClick={() => setOpen('use')}>
              {word('useAdvance')}
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
        <PaidPanel allocations={view.allocations} title={word('takenOff')} />
        <Panel title={word('one')}>
          <Facts
            items={[
              {
                label: t('receivables:columns.customerName'),
                value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
              },
              { label: word('day'), value: view.day },
              { label: word('amount'), value: <Amount fen={view.amount} /> },
              { label: word('allocatedSum'), value: <Amount fen={view.allocated} /> },
              { label: word('rest'), value: <Amount fen={view.rest} /> },
              { label: word('cause'), value: word(`causes.${view.cause}`) },
              { label: word('reason'), value: view.reason },
              { label: word('invoiceNumber'), value: view.invoiceNumber },
            ]}
          />
        </Panel>
      </div>
      <ReverseDrawer
        of="credits"
        day={view.day}
        save={(given) => api.receivables.creditReverse({ ...at, ...given })}
        open={open === 'reverse'}
        onClose={() => setOpen(null)}
      />
      <AdvanceDrawer
        view={view}
        of="credits"
        save={(allocations) =>
          api.receivables.creditUse({
            ...at,
            allocations: allocations.map(({ instalmentId, amount }) => ({ instalmentId, amount })) as never,
          })
        }
        open={open === 'use'}
        onClose={() => setOpen(null)}
      />
    </Page>
  )
}
