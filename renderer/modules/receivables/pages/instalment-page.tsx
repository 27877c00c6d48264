import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shortText } from '#shared/kernel/text.ts'
import { redating, type InstalmentView } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { DebtSummary } from '#renderer/modules/claims/parts/debt-summary.tsx'
import { InstalmentStatusTag } from '#renderer/modules/receivables/parts/status-tag.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One payment owed: what it is, what settled it, how its due day and amount changed. */
export function InstalmentPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('receivables', id, () => api.receivables.get({ id: id as never }))
  if (found.shownError) {
    return (
      <Page title={t('receivables:manual.one')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: InstalmentView }) {
  const t = useT()
  const [open, setOpen] = useState<'redate' | 'cancel' | null>(null)
  const mayPlan = useCan('receivables.plan') && view.status !== 'cancelled'
  const word = (key: string) => t(`receivables:manual.${key}`)
  const free = view.kind !== 'contract'
  return (
    <Page
      title={[view.contractNumber, view.label || word('one')].filter(Boolean).join(' ')}
      extra={<InstalmentStatusTag row={view} />}
      action={
        <span className="action-bar">
          {mayPlan && free && view.outstanding === view.amount - view.settledBefore ? (
            <Button onClick={() => setOpen('cancel')}>{word('cancel')}</Button>
          ) : null}
          {mayPlan && view.outstanding > 0 && (free || view.dueDay === null) ? (
            <Button type="primary" onClick={() => setOpen('redate')}>
              {word('redate')}
            </Button>
          ) : null}
        </span>
      }
    >
      <div className="columns-main">
        <div className="page">
          <PaymentsPanel payments={view.payments} />
          {view.changes.length > 0 ? <ChangesPanel changes={view.changes} /> : null}
        </div>
        <div className="page">
          <FactsPanel view={view} />
          {view.status === 'cancelled' ? null : <DebtSummary instalmentId={view.id} />}
        </div>
      </div>
      <Drawers view={view} open={open} onClose={() => setOpen(null)} />
    </Page>
  )
}

function FactsPanel({ view }: { view: InstalmentView }) {
  const t = useT()
  const head = (key: string) => t(`receivables:columns.${key}`)
  const field = (key: string) => t(`receivables:manual.fields.${key}`)
  const facts = [
    {
      label: head('customerName'),
      value: <Link to={`/customers/${view.customerId}` as never}>{view.customerName}</Link>,
    },
    {
      label: head('contractNumber'),
      value:
        view.contractId === null ? (
          view.contractNumber
        ) : (
          <Link to={`/contracts/${view.contractId}` as never}>{view.contractNumber}</Link>
        ),
    },
    { label: t('receivables:filters.kind'), value: t(`receivables:kinds.${view.kind}`) },
    { label: field('sinceDay'), value: view.sinceDay },
    { label: head('dueDay'), value: view.dueDay ?? '' },
    { label: head('amount'), value: <Amount fen={view.amount} /> },
    { label: head('settled'), value: <Amount fen={view.settled} /> },
    ...(view.settledBefore > 0 ? [{ label: head('settledBefore'), value: <Amount fen={view.settledBefore} /> }] : []),
    ...(view.credited > 0 ? [{ label: head('credited'), value: <Amount fen={view.credited} /> }] : []),
    ...(view.writtenOff > 0 ? [{ label: head('writtenOff'), value: <Amount fen={view.writtenOff} /> }] : []),
    { label: head('outstanding'), value: <Amount fen={view.outstanding} /> },
    { label: field('invoiceNumber'), value: view.invoiceNumber },
    { label: head('ownerName'), value: view.ownerName },
    { label: field('reason'), value: view.reason },
  ]
  return (
    <Panel title={t('receivables:manual.one')}>
      <Facts items={facts.filter(({ value }) => value !== '')} />
    </Panel>
  )
}

const PLACES = { receipt: '/receipts', credit: '/credits' } as const

function PaymentsPanel({ payments }: { payments: InstalmentView['payments'] }) {
  const t = useT()
  const head = (key: string) => t(`receivables:columns.${key}`)
  return (
    <Panel title={t('receivables:manual.payments')}>
      {payments.length === 0 ? (
        <p className="muted">{t('receivables:manual.paymentsNone')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('receivables:manual.from')}</th>
              <th>{head('record')}</th>
              <th>{t('receivables:manual.day')}</th>
              <th className="num">{head('allocated')}</th>
              <th>{head('reason')}</th>
            </tr>
          </thead>
          <tbody>
            {payments.map((row) => (
              <tr key={row.id}>
                <td>{t(`receivables:manual.sources.${row.kind}`)}</td>
                <td>
                  {row.kind === 'writeOff' ? (
                    row.number
                  ) : (
                    <Link to={`${PLACES[row.kind]}/${row.recordId}` as never}>{row.number}</Link>
                  )}
                </td>
                <td>{row.day}</td>
                <td className="num">
                  <Amount fen={row.principal} />
                </td>
                <td className="muted">
                  {row.releasedDay !== null
                    ? t('receivables:receipts.releasedOn', { day: row.releasedDay })
                    : row.kind === 'writeOff'
                      ? row.reason
                      : t(`receivables:allocation.reasons.${row.reason}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function ChangesPanel({ changes }: { changes: InstalmentView['changes'] }) {
  const t = useT()
  const word = (key: string) => t(`receivables:manual.${key}`)
  return (
    <Panel title={word('changes')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{word('day')}</th>
            <th>{word('changedBy')}</th>
            <th>{word('dueBefore')}</th>
            <th>{word('dueAfter')}</th>
            <th className="num">{word('amountBefore')}</th>
            <th className="num">{word('amountAfter')}</th>
            <th>{word('fields.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((row) => (
            <tr key={row.id}>
              <td>{row.day}</td>
              <td>{[word(`changeSources.${row.source}`), row.userName].filter(Boolean).join(' · ')}</td>
              <td>{row.dueBefore ?? ''}</td>
              <td>{row.dueAfter ?? ''}</td>
              <td className="num">
                <Amount fen={row.amountBefore} />
              </td>
              <td className="num">
                <Amount fen={row.amountAfter} />
              </td>
              <td>{row.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const cancelling = z.strictObject({ reason: shortText(200) })

function Drawers(props: { view: InstalmentView; open: 'redate' | 'cancel' | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  const word = (key: string) => t(`receivables:manual.${key}`)
  const at = { id: view.id as never, version: view.version }
  return (
    <>
      <ActionForm
        title={word('redate')}
        hint={word('redateHint')}
        open={props.open === 'redate'}
        schema={redating}
        initial={{ dueDay: view.dueDay, reason: '' }}
        submitLabel={word('redate')}
        onClose={props.onClose}
        submit={async (given) => {
          await api.receivables.redate({ ...at, ...given })
          notice.done(word('redated'))
        }}
      >
        <DayField name="dueDay" label={t('receivables:columns.dueDay')} />
        <TextAreaField name="reason" label={word('fields.reason')} max={200} required />
      </ActionForm>
      <ActionForm
        title={word('cancel')}
        hint={word('cancelHint')}
        open={props.open === 'cancel'}
        schema={cancelling}
        initial={{ reason: '' }}
        submitLabel={word('cancel')}
        danger
        onClose={props.onClose}
        submit={async (given) => {
          await api.receivables.cancel({ ...at, ...given })
          notice.done(word('cancelled'))
        }}
      >
        <TextAreaField name="reason" label={word('fields.reason')} max={200} required />
      </ActionForm>
    </>
  )
}
