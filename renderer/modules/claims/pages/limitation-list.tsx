import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { LIMITATION_WITHIN, type LimitationRow } from '#shared/modules/claims/claims.limitation.schema.ts'
import { useRates } from '#renderer/modules/claims/claims.queries.ts'
import { RequestDrawer, type Asking } from '#renderer/modules/claims/parts/request-drawer.tsx'
import { EventDrawer } from '#renderer/modules/claims/parts/event-drawer.tsx'
import { LimitationTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** Every debt by the end of its limitation, the nearest first. */
export function LimitationListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = { record: useCan('claims.record'), export: useCan('claims.export') }
  const [chosen, setChosen] = useState<readonly LimitationRow[] | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const rates = useRates()
  const word = (key: string) => t(`claims:limitation.${key}`)
  return (
    <Page
      title={t('claims:lists.limitation')}
      extra={<span className="muted">{word('hint')}</span>}
      action={
        <span className="action-bar">
          <Button onClick={() => void navigate({ to: '/disputes' as never })}>{t('claims:lists.disputes')}</Button>
          <Button onClick={() => void navigate({ to: '/claim-requests' as never })}>
            {t('claims:lists.requests')}
          </Button>
          <Button onClick={() => void navigate({ to: '/limitation/rules' as never })}>{t('claims:rules.title')}</Button>
        </span>
      }
    >
      {rates.data?.stale ? (
        <div className="notice attention">
          {t('claims:rates.stale', { day: rates.data.through })}{' '}
          <Link to={'/limitation/rules' as never}>{t('claims:rates.check')}</Link>
        </div>
      ) : null}
      <DataGrid<LimitationRow>
        id="limitation"
        module="claims"
        columns={useColumns()}
        filters={[
          choiceFilter('within', word('within_'), LIMITATION_WITHIN, (value) => word(`ends.${value}`)),
          { kind: 'select', name: 'ownerId', label: t('claims:columns.ownerName'), options: usePeopleChoices() },
          { kind: 'day', name: 'from', label: word('from') },
          { kind: 'day', name: 'to', label: word('to') },
        ]}
        defaultSort={{ key: 'endDay', dir: 'asc' }}
        load={(input) => api.claims.limitation.list(input as never)}
        summarise={(input) => api.claims.limitation.summary(input as never)}
        sums={[
          { key: 'outstanding', label: t('claims:columns.outstanding') },
          { key: 'expired', label: word('ends.expired') },
          { key: 'soon', label: word('ends.m3') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/debts/${row.id}` as never })}
        {...(may.record
          ? {
              bulk: (rows: readonly LimitationRow[]) => (
                <Bulk rows={rows} onEvent={() => setChosen(rows)} onAsk={setAsking} />
              ),
            }
          : {})}
        {...(may.export
          ? { exportRows: (asked: ExportAsked) => api.claims.limitation.exportRows(asked as never) }
          : {})}
        searchHint={word('search')}
        empty={{
          text: word('empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/receivables' as never })}>{word('openReceivables')}</Button>
          ),
        }}
      />
      <EventDrawer debts={chosen} event={null} onClose={() => setChosen(null)} />
      <RequestDrawer asking={asking} onClose={() => setAsking(null)} />
    </Page>
  )
}

/** One letter or one decision is about one customer. */
function Bulk(props: { rows: readonly LimitationRow[]; onEvent: () => void; onAsk: (asking: Asking) => void }) {
  const t = useT()
  const { rows } = props
  const together = new Set(rows.map((row) => row.customerId)).size === 1
  const owed = rows.filter((row) => row.outstanding > 0)
  const ask = (kind: 'writeOff' | 'extension') =>
    props.onAsk({
      kind,
      debts: owed.map((row) => ({ ...row, instalmentId: row.id, amount: row.outstanding })),
      again: null,
    })
  return (
    <>
      <Button size="small" type="primary" disabled={!together} onClick={props.onEvent}>
        {t('claims:events_.record')}
      </Button>
      {(['extension', 'writeOff'] as const).map((kind) => (
        <Button key={kind} size="small" disabled={!together || owed.length === 0} onClick={() => ask(kind)}>
          {t(`claims:ask.${kind}`)}
        </Button>
      ))}
      {together ? null : <span className="muted">{t('claims:limitation.together')}</span>}
    </>
  )
}

function useColumns(): GridColumn<LimitationRow>[] {
  const t = useT()
  const { text, amount } = columnMaker<LimitationRow>((key) => t(`claims:columns.${key}`))
  const last = (row: LimitationRow) => (row.lastKind === null ? '' : t(`claims:events.${row.lastKind}`))
  return [
    text('endDay', 104, (row) => row.endDay ?? '', { sort: 'endDay' }),
    text('state', 116, (row) => t(`receivables:limitation.states.${row.state}`), {
      render: (row) => <LimitationTag row={row} />,
    }),
    text('daysLeft', 86, (row) => (row.daysLeft === null ? '' : String(row.daysLeft)), { align: 'right' }),
    text('customerName', 196, (row) => row.customerName),
    text('contractNumber', 116, (row) => row.contractNumber),
    text('label', 98, (row) => row.label),
    text('dueDay', 98, (row) => row.dueDay ?? ''),
    amount('outstanding', 112, (row) => row.outstanding, 'outstanding'),
    text('last', 150, (row) => `${last(row)} ${row.lastDay ?? ''}`.trim()),
    text('evidence', 92, (row) => (row.weak ? t('receivables:evidence.strength.weak') : ''), {
      render: (row) =>
        row.weak ? <span className="tag attention">{t('receivables:evidence.strength.weak')}</span> : '',
    }),
    text('ownerName', 84, (row) => row.ownerName),
  ]
}
