import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { AttachmentsPanel } from '#renderer/modules/attachments/parts/attachments-panel.tsx'
import { useDispute } from '#renderer/modules/claims/claims.queries.ts'
import { ResolveDispute } from '#renderer/modules/claims/parts/dispute-drawers.tsx'
import { DisputeTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One dispute: what is contested and why, what proves it, and how it ended. */
export function DisputePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useDispute(id)
  const may = useCan('claims.record')
  const [resolving, setResolving] = useState(false)
  if (found.shownError) {
    return (
      <Page title={t('claims:lists.disputes')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (!found.data) return <Spin className="grid-spin" />
  const row = found.data
  const label = (key: string) => t(`claims:columns.${key}`)
  return (
    <Page
      title={`${t('claims:disputes.one')} ${row.contractNumber} ${row.label}`}
      extra={<DisputeTag state={row.state} />}
      action={
        may && row.state === 'open' ? (
          <Button type="primary" onClick={() => setResolving(true)}>
            {t('claims:disputes.resolve')}
          </Button>
        ) : null
      }
    >
      <div className="columns-main">
        <Panel title={t('claims:debt.facts')}>
          <Facts
            items={[
              {
                label: label('customerName'),
                value: <Link to={`/customers/${row.customerId}` as never}>{row.customerName}</Link>,
              },
              {
                label: label('label'),
                value: <Link to={`/debts/${row.instalmentId}` as never}>{`${row.contractNumber} ${row.label}`}</Link>,
              },
              { label: label('reason'), value: t(`claims:disputes.reasons.${row.reasonCode}`) },
              { label: label('disputed'), value: <Amount fen={row.amount} /> },
              { label: label('outstanding'), value: <Amount fen={row.outstanding} /> },
              { label: label('day'), value: row.day },
              { label: label('age'), value: row.age },
              { label: label('note'), value: row.note },
              ...(row.resolution === null
                ? []
                : [
                    { label: label('resolution'), value: t(`claims:disputes.resolutions.${row.resolution}`) },
                    { label: label('resolvedDay'), value: row.resolvedDay ?? '' },
                    { label: t('claims:disputes.outcome'), value: row.resolutionNote },
                  ]),
              { label: label('ownerName'), value: row.ownerName },
              { label: t('claims:disputes.by'), value: row.createdByName },
            ]}
          />
        </Panel>
        <AttachmentsPanel to="dispute" id={row.id} />
      </div>
      <ResolveDispute row={resolving ? row : null} onClose={() => setResolving(false)} />
    </Page>
  )
}
