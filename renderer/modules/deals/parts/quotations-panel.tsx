import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { DealView } from '#shared/modules/deals/deals.schema.ts'
import { QuotationStageTag } from '#renderer/modules/quotations/parts/stage-tag.tsx'
import { useQuotationsOf } from '#renderer/modules/quotations/quotations.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'

/** The quotations of a deal, and a further one for whoever may change the deal. */
export function QuotationsPanel({ deal }: { deal: DealView }) {
  const t = useT()
  const navigate = useNavigate()
  const found = useQuotationsOf(deal.id)
  const rows = found.data?.rows ?? []
  const create = () => void navigate({ to: '/quotations/new' as never, search: { deal: deal.id } as never })
  return (
    <Panel
      title={t('quotations:title')}
      extra={
        deal.editable ? (
          <Button size="small" onClick={create}>
            {t('quotations:new')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && rows.length === 0 ? <p className="muted">{t('quotations:emptyDeal')}</p> : null}
      {rows.length === 0 ? null : (
        <table className="plain-table">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={`/quotations/${row.id}` as never}>{row.number}</Link>{' '}
                  <span className="muted">{t('quotations:page.version', { no: row.no })}</span>
                </td>
                <td>
                  <QuotationStageTag stage={row.stage} />
                </td>
                <td>{row.validUntil ?? ''}</td>
                <td className="num">
                  <Amount fen={row.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
