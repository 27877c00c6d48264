import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import { useSheet } from '#renderer/modules/claims/claims.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const SHOWN = 6
const LISTS = [
  ['/limitation', 'limitation'],
  ['/disputes', 'disputes'],
  ['/claim-requests', 'requests'],
  ['/statements', 'statements'],
  ['/repayment-plans', 'plans'],
] as const

/** What a customer owes with its interest as of today, and the ways to the clock, statements and agreements. */
export function CustomerClaims({ customerId }: { customerId: string }) {
  return useCan('claims.read') ? <Shown customerId={customerId} /> : null
}

function Shown({ customerId }: { customerId: string }) {
  const t = useT()
  const navigate = useNavigate()
  const may = useCan('claims.record')
  const found = useSheet({ of: 'customer', id: customerId as never }, firmToday())
  const debts = found.data?.debts ?? []
  const total = found.data?.total
  const to = (path: string, search: object) => void navigate({ to: path as never, search: search as never })
  return (
    <Panel
      title={t('claims:customer.title')}
      extra={
        may ? (
          <>
            <Button size="small" onClick={() => to('/statements/new', { customer: customerId })}>
              {t('claims:statements.make')}
            </Button>
            <Button size="small" onClick={() => to('/repayment-plans/new', { customer: customerId })}>
              {t('claims:plans.create')}
            </Button>
          </>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.data && debts.length === 0 ? <p className="muted">{t('claims:customer.none')}</p> : null}
      {debts.length > 0 && total ? (
        <table className="plain-table story">
          <tbody>
            {debts.slice(0, SHOWN).map((debt) => (
              <tr key={debt.instalmentId}>
                <td>
                  <Link to={`/debts/${debt.instalmentId}` as never}>{`${debt.contractNumber} ${debt.label}`}</Link>
                </td>
                <td>{debt.dueDay}</td>
                <td className="num">
                  <Amount fen={debt.sheet.owed.principal} />
                </td>
                <td className="num muted">
                  {t('claims:customer.interest', { amount: formatYuan(debt.sheet.owed.interest) })}
                </td>
              </tr>
            ))}
            <tr className="total">
              <td colSpan={2}>{t('claims:sheet.all')}</td>
              <td className="num">
                <Amount fen={total.principal} />
              </td>
              <td className="num">{t('claims:customer.interest', { amount: formatYuan(total.interest) })}</td>
            </tr>
          </tbody>
        </table>
      ) : null}
      <span className="panel-links">
        <Link to={'/interest' as never} search={{ customer: customerId } as never}>
          {t('claims:sheet.title')}
        </Link>
        {LISTS.map(([path, name]) => (
          <Link key={path} to={path as never} search={{ f: { customerId } } as never}>
            {t(`claims:lists.${name}`)}
          </Link>
        ))}
      </span>
    </Panel>
  )
}
