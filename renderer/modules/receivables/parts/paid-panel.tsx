import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { allocationRow } from '#shared/modules/receivables/receivables.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Panel } from '#renderer/ui/parts.tsx'

type Row = z.infer<typeof allocationRow>

/** What a receipt or credit note settled, and what of it was taken back. */
export function PaidPanel(props: { allocations: readonly Row[]; title?: string }) {
  const t = useT()
  const head = (key: string) => t(`receivables:columns.${key}`)
  const beside = props.allocations.some((row) => row.costs + row.interest > 0)
  return (
    <Panel title={props.title ?? t('receivables:receipts.paid')}>
      {props.allocations.length === 0 ? <p className="muted">{t('receivables:receipts.paidNone')}</p> : null}
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head('contractNumber')}</th>
            <th>{head('label')}</th>
            <th>{head('dueDay')}</th>
            <th className="num">{head('allocated')}</th>
            {beside ? <th className="num">{head('beside')}</th> : null}
            <th>{head('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {props.allocations.map((row) => (
            <tr key={row.id}>
              <td>
                {row.contractId === null ? (
                  row.contractNumber
                ) : (
                  <Link to={`/contracts/${row.contractId}` as never}>{row.contractNumber}</Link>
                )}
              </td>
              <td>
                <Link to={`/receivables/${row.instalmentId}` as never}>
                  {row.label || row.contractNumber || row.dueDay}
                </Link>
              </td>
              <td>{row.dueDay ?? ''}</td>
              <td className="num">
                <Amount fen={row.amount} />
              </td>
              {beside ? (
                <td className="num">
                  <Amount fen={row.costs + row.interest} />
                </td>
              ) : null}
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
