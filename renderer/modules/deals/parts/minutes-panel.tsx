import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { DealView } from '#shared/modules/deals/deals.schema.ts'
import { useMinutesOf } from '#renderer/modules/minutes/minutes.queries.ts'
import { MinutesStateTag } from '#renderer/modules/minutes/parts/state-tag.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'

/** The minutes of a deal, and further ones for whoever may change the deal. */
export function MinutesPanel({ deal }: { deal: DealView }) {
  const t = useT()
  const navigate = useNavigate()
  const found = useMinutesOf(deal.id)
  const rows = found.data?.rows ?? []
  const create = () => void navigate({ to: '/minutes/new' as never, search: { deal: deal.id } as never })
  return (
    <Panel
      title={t('minutes:title')}
      extra={
        deal.editable ? (
          <Button size="small" onClick={create}>
            {t('minutes:new')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && rows.length === 0 ? <p className="muted">{t('minutes:emptyDeal')}</p> : null}
      {rows.length === 0 ? null : (
        <table className="plain-table">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>{row.day}</td>
                <td>
                  <Link to={`/minutes/${row.id}` as never}>{row.number}</Link> {row.subject}
                </td>
                <td>
                  <MinutesStateTag state={row.state} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
