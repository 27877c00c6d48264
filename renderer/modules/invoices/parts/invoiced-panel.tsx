import { Link } from '@tanstack/react-router'
import { useInvoiced } from '#renderer/modules/invoices/invoices.queries.ts'
import { shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { InvoiceStageTag } from './invoice-tags.tsx'

type Of = { readonly contractId: string } | { readonly customerId: string }
type Found = NonNullable<ReturnType<typeof useInvoiced>['data']>

/** How far a contract, or all of a customer, is invoiced and paid, with the latest invoices; on the page of either. */
export function InvoicedPanel(props: { of: Of; customerId: string }) {
  const t = useT()
  const may = { read: useCan('invoices.read'), write: useCan('invoices.write') }
  const found = useInvoiced(props.of, may.read)
  if (!may.read) return null
  const contract = 'contractId' in props.of ? props.of.contractId : undefined
  const search = { customer: props.customerId, ...(contract === undefined ? {} : { contract }) }
  return (
    <Panel
      title={t('invoices:panel.title')}
      extra={
        may.write ? (
          <span className="panel-links">
            <Link to={'/invoices/new' as never} search={search as never}>
              {t('invoices:panel.new')}
            </Link>
          </span>
        ) : null
      }
    >
      {found.error ? <ErrorNotice error={shownError(found.error)} /> : null}
      {found.data ? <Body found={found.data} of={props.of} /> : null}
    </Panel>
  )
}

function Body({ found, of }: { found: Found; of: Of }) {
  const t = useT()
  const { contracted, invoiced, toInvoice, received } = found.figures
  const gap = invoiced - received
  const word = (key: string) => t(`invoices:panel.${key}`)
  const figures = [
    ['contracted', contracted],
    ['invoiced', invoiced],
    ['toInvoice', toInvoice],
    ['received', received],
    [gap >= 0 ? 'notReceived' : 'ahead', Math.abs(gap)],
  ] as const
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            {figures.map(([key]) => (
              <th key={key} className="num">
                {word(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {figures.map(([key, fen]) => (
              <td key={key} className="num">
                <Amount fen={fen} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {found.rows.length === 0 ? (
        <p className="muted">{word('none')}</p>
      ) : (
        <table className="plain-table story">
          <tbody>
            {found.rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={`/invoices/${row.id}` as never}>{row.number}</Link>
                </td>
                <td>{row.day}</td>
                <td>{t(`invoices:kinds.${row.kind}`)}</td>
                <td>
                  <InvoiceStageTag stage={row.stage} />
                </td>
                <td className="num">
                  <Amount fen={row.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.count > found.rows.length ? (
        <Link to={'/invoices' as never} search={{ f: of } as never}>
          {word('all')}
        </Link>
      ) : null}
    </>
  )
}
