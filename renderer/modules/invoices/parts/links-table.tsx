import { Button } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import { proposeLinks } from '#shared/modules/invoices/invoices.links.rules.ts'
import type { LinkedInstalment } from '#shared/modules/invoices/invoices.schema.ts'
import { AmountCell } from '#renderer/ui/fields/amount-cell.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'

interface Link {
  readonly instalmentId: string
  readonly amount: number
}

/** What can be billed, and what of it this invoice bills; in a form with `links`. `available` is what it is worth, fen. */
export function LinksTable(props: { instalments: readonly LinkedInstalment[] | null; available: number }) {
  const t = useT()
  const form = useForm()
  const links = form.values['links'] as readonly Link[]
  const { instalments, available } = props
  const word = (key: string) => t(`invoices:links.${key}`)
  if (instalments === null) return <p className="muted">{t('invoices:form.chooseCustomer')}</p>
  if (instalments.length === 0) return <p className="muted">{t('invoices:form.noInstalments')}</p>
  const amounts = new Map(links.map((link) => [link.instalmentId, link.amount]))
  const sum = links.reduce((all, link) => all + (Number.isNaN(link.amount) ? 0 : link.amount), 0)
  const set = (instalmentId: string, amount: number | null) => {
    const others = links.filter((link) => link.instalmentId !== instalmentId)
    form.set('links', amount === null || amount === 0 ? others : [...others, { instalmentId, amount }])
  }
  return (
    <div data-path="links">
      <div className="invoice-bar">
        <Button
          size="small"
          disabled={available <= 0}
          onClick={() => form.set('links', proposeLinks(available, instalments))}
        >
          {t('invoices:form.propose')}
        </Button>
        <Button size="small" disabled={links.length === 0} onClick={() => form.set('links', [])}>
          {t('invoices:form.clear')}
        </Button>
        <span aria-live="polite">
          {sum > available ? (
            <strong className="negative">
              {t('invoices:form.linkedOver', { amount: formatYuan(sum - available) })}
            </strong>
          ) : (
            t('invoices:form.linked', { amount: formatYuan(sum), left: formatYuan(available - sum) })
          )}
        </span>
        {form.errors['links'] === undefined ? null : <span className="field-note error">{form.errors['links']}</span>}
      </div>
      <div className="invoice-links">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{word('contract')}</th>
              <th>{word('label')}</th>
              <th>{word('dueDay')}</th>
              <th className="num">{word('owed')}</th>
              <th className="num">{word('others')}</th>
              <th className="num">{word('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {instalments.map((row) => (
              <tr key={row.instalmentId}>
                <td>{row.contractNumber}</td>
                <td>{row.label}</td>
                <td>{row.dueDay ?? ''}</td>
                <td className="num">
                  <Amount fen={row.owed} />
                </td>
                <td className="num">{row.others === 0 ? null : <Amount fen={row.others} />}</td>
                <td className="num">
                  <AmountCell
                    label={`${word('amount')} ${row.contractNumber} ${row.label}`}
                    value={amounts.get(row.instalmentId) ?? null}
                    note={Number.isNaN(amounts.get(row.instalmentId) ?? 0) ? t('validation:notANumber') : undefined}
                    onChange={(amount) => set(row.instalmentId, amount)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
