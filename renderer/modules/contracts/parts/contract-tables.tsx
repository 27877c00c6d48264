import { formatRate } from '#shared/i18n/formatters.ts'
import { formatPrice, formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import { planCondition } from '#shared/modules/contracts/contracts.tables.ts'
import { isPriceList } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { useInstalments } from '#renderer/modules/contracts/contracts.queries.ts'
import { InstalmentStatusTag } from '#renderer/modules/receivables/parts/index.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Panel } from '#renderer/ui/parts.tsx'

/** The goods of a contract. */
export function LinesPanel({ view }: { view: ContractView }) {
  const t = useT()
  const head = (key: string) => t(`contracts:fields.line.${key}`)
  if (isPriceList(view)) return <PriceList view={view} />
  return (
    <Panel title={t('contracts:page.lines')}>
      <table className="plain-table lines-table">
        <thead>
          <tr>
            <th>{head('name')}</th>
            <th>{head('spec')}</th>
            <th className="num">{head('quantity')}</th>
            <th>{head('unit')}</th>
            <th className="num">{head('price')}</th>
            <th className="num">{head('rate')}</th>
            <th className="num">{t('contracts:editor.lineAmount')}</th>
          </tr>
        </thead>
        <tbody>
          {view.lines.map((line, row) => (
            <tr key={row}>
              <td>{line.name}</td>
              <td>{line.spec}</td>
              <td className="num">{formatQuantity(line.quantity)}</td>
              <td>{line.unit}</td>
              <td className="num">{formatPrice(line.price)}</td>
              <td className="num">{formatRate(line.rate)}</td>
              <td className="num">
                <Amount fen={line.amount} />
              </td>
            </tr>
          ))}
          <tr className="total">
            <td colSpan={6}>{t('contracts:list.sum')}</td>
            <td className="num">
              <Amount fen={view.amount} />
            </td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}

/** What a frame agreement names prices of; quantities come with its orders. */
function PriceList({ view }: { view: ContractView }) {
  const t = useT()
  const head = (key: string) => t(`contracts:fields.line.${key}`)
  return (
    <Panel
      title={t('contracts:editor.priceList')}
      extra={<span className="muted">{t('contracts:editor.priceListHint')}</span>}
    >
      <table className="plain-table lines-table">
        <thead>
          <tr>
            <th>{head('name')}</th>
            <th>{head('spec')}</th>
            <th>{head('unit')}</th>
            <th className="num">{head('price')}</th>
            <th className="num">{head('rate')}</th>
          </tr>
        </thead>
        <tbody>
          {view.lines.map((line, row) => (
            <tr key={row}>
              <td>{line.name}</td>
              <td>{line.spec}</td>
              <td>{line.unit}</td>
              <td className="num">{formatPrice(line.price)}</td>
              <td className="num">{formatRate(line.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

/** The payment clause; once signed, with what of it was paid. */
export function PlanPanel({ view }: { view: ContractView }) {
  const t = useT()
  const mayRead = useCan('receivables.read')
  const found = useInstalments(view.id, view.state !== 'draft' && mayRead)
  const bySeq = new Map((found.data?.rows ?? []).map((row) => [row.seq, row]))
  const signed = view.state !== 'draft' && mayRead
  const head = (key: string) => t(`receivables:columns.${key}`)
  if (isPriceList(view)) return null
  return (
    <Panel title={t(signed ? 'contracts:page.instalments' : 'contracts:page.plan')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head('label')}</th>
            <th>{t('contracts:document.planCondition')}</th>
            <th>{head('dueDay')}</th>
            <th className="num">{head('amount')}</th>
            {signed ? (
              <>
                <th className="num">{head('outstanding')}</th>
                <th>{head('status')}</th>
              </>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {view.plan.map((line, index) => {
            const row = bySeq.get(index + 1)
            return (
              <tr key={index}>
                <td>{line.isDeposit ? t('contracts:document.depositMark', { label: line.label }) : line.label}</td>
                <td>{planCondition(line, t)}</td>
                <td>{row?.dueDay ?? line.dueDay ?? ''}</td>
                <td className="num">
                  <Amount fen={line.amount} />
                </td>
                {signed ? (
                  <>
                    <td className="num">{row ? <Amount fen={row.outstanding} /> : null}</td>
                    <td>{row ? <InstalmentStatusTag row={row} /> : null}</td>
                  </>
                ) : null}
              </tr>
            )
          })}
          <tr className="total">
            <td colSpan={3}>{t('contracts:list.sum')}</td>
            <td className="num">
              <Amount fen={view.plan.reduce((sum, line) => sum + line.amount, 0)} />
            </td>
            {signed ? (
              <>
                <td className="num">
                  <Amount fen={view.outstanding} />
                </td>
                <td />
              </>
            ) : null}
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}
