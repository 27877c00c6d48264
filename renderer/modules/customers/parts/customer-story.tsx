import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCan } from '#renderer/rpc/session.ts'
import { shownError } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { useCustomerContracts } from '#renderer/modules/customers/customers.queries.ts'

/** What is shown of each story on the card; the rest is one step away. */
const SHOWN = 5

const filtered = (path: string, customerId: string) => ({ to: path as never, search: { f: { customerId } } as never })

/** The latest contracts, for those who may see contracts. */
export function ContractsPanel({ customerId }: { customerId: string }) {
  const t = useT()
  const permitted = useCan('contracts.read')
  const mayCreate = useCan('contracts.create')
  const contracts = useCustomerContracts(customerId, permitted)
  if (!permitted) return null
  return (
    <Panel
      title={t('customers:panels.contracts')}
      extra={
        <span className="panel-links">
          {mayCreate ? (
            <Link to={'/contracts/new' as never} search={{ customer: customerId } as never}>
              {t('customers:panels.newContract')}
            </Link>
          ) : null}
        </span>
      }
    >
      <Story
        rows={contracts.data?.rows}
        error={contracts.error}
        empty={t('customers:panels.noContracts')}
        more={<Link {...filtered('/contracts', customerId)}>{t('customers:panels.allContracts')}</Link>}
      >
        {(row) => (
          <tr key={row.id}>
            <td>
              <Link to={`/contracts/${row.id}` as never}>{row.number}</Link>
            </td>
            <td>{row.title}</td>
            <td>{t(`contracts:stages.${row.stage}`)}</td>
            <td>{row.signDay ?? ''}</td>
            <td className="num">
              <Amount fen={row.amount} />
            </td>
          </tr>
        )}
      </Story>
    </Panel>
  )
}

function Story<Row>(props: {
  rows: readonly Row[] | undefined
  error: unknown
  empty: string
  more: ReactNode
  children: (row: Row) => ReactNode
}) {
  const { rows } = props
  if (props.error) return <ErrorNotice error={shownError(props.error)} />
  if (!rows) return null
  if (rows.length === 0) return <p className="muted">{props.empty}</p>
  return (
    <>
      <table className="plain-table story">
        <tbody>{rows.slice(0, SHOWN).map(props.children)}</tbody>
      </table>
      {rows.length > SHOWN ? props.more : null}
    </>
  )
}
