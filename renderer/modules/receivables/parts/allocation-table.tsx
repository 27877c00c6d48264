import { Button } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import type { AllocationReason } from '#shared/modules/receivables/receivables.allocation.rules.ts'
import type { InstalmentRow } from '#shared/modules/receivables/receivables.schema.ts'
import { AmountCell } from '#renderer/ui/fields/amount-cell.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, EmptyState } from '#renderer/ui/parts.tsx'
import { InstalmentStatusTag } from './status-tag.tsx'

export interface Allocation {
  readonly instalmentId: string
  readonly amount: number
}

export interface Proposal {
  readonly open: readonly InstalmentRow[]
  readonly proposed: readonly { instalmentId: string; amount: number; reason: AllocationReason }[]
}

/** What is left of the money after the allocations; below zero where they are more than there is. */
export function leftOf(available: number, allocations: readonly Allocation[]): number {
  return available - allocations.reduce((sum, row) => sum + (Number.isNaN(row.amount) ? 0 : row.amount), 0)
}

/**
 * What is owed, and what of it this money pays: as the rule proposes, or typed by hand. An empty cell pays nothing;
 * what is left becomes an advance.
 */
export function AllocationTable(props: {
  proposal: Proposal
  available: number
  allocations: readonly Allocation[]
  onChange: (allocations: readonly Allocation[], byHand: boolean) => void
}) {
  const t = useT()
  const { proposal, allocations, available } = props
  const amounts = new Map(allocations.map((row) => [row.instalmentId, row.amount]))
  const proposed = new Map(proposal.proposed.map((row) => [row.instalmentId, row]))
  const left = leftOf(available, allocations)
  const set = (id: string, amount: number | null) => {
    const others = allocations.filter((row) => row.instalmentId !== id)
    props.onChange(amount === null || amount === 0 ? others : [...others, { instalmentId: id, amount }], true)
  }
  const reasonOf = (row: InstalmentRow): string => {
    const amount = amounts.get(row.id)
    if (amount === undefined) return ''
    const rule = proposed.get(row.id)
    return t(`receivables:allocation.reasons.${rule?.amount === amount ? rule.reason : 'manual'}`)
  }
  const noteOf = (row: InstalmentRow): string | undefined => {
    const amount = amounts.get(row.id)
    if (amount === undefined || (amount >= 0 && amount <= row.outstanding)) return undefined
    return t('receivables:receipts.overRow', { amount: formatYuan(row.outstanding) })
  }
  if (proposal.open.length === 0) return <EmptyState text={t('receivables:receipts.none')} />
  const head = (key: string) => t(`receivables:columns.${key}`)
  return (
    <>
      <div className="allocation-bar">
        <Button
          size="small"
          onClick={() =>
            props.onChange(
              proposal.proposed.map(({ instalmentId, amount }) => ({ instalmentId, amount })),
              false,
            )
          }
        >
          {t('receivables:receipts.propose')}
        </Button>
        <Button size="small" onClick={() => props.onChange([], true)}>
          {t('receivables:receipts.clear')}
        </Button>
        <span aria-live="polite">
          {t('receivables:receipts.allocated', { amount: formatYuan(available - left) })}
          {' · '}
          {left < 0 ? (
            <strong className="negative">{t('receivables:receipts.tooMuch', { amount: formatYuan(-left) })}</strong>
          ) : (
            t('receivables:receipts.advance', { amount: formatYuan(left) })
          )}
        </span>
      </div>
      <p className="muted">{t('receivables:receipts.rule')}</p>
      <table className="plain-table allocation">
        <thead>
          <tr>
            <th>{head('contractNumber')}</th>
            <th>{head('label')}</th>
            <th>{head('dueDay')}</th>
            <th>{head('status')}</th>
            <th className="num">{head('outstanding')}</th>
            <th className="num">{head('allocation')}</th>
            <th>{head('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {proposal.open.map((row) => (
            <tr key={row.id}>
              <td>{row.contractNumber}</td>
              <td>{row.label}</td>
              <td>{row.dueDay ?? ''}</td>
              <td>
                <InstalmentStatusTag row={row} />
              </td>
              <td className="num">
                <Amount fen={row.outstanding} />
              </td>
              <td className="num">
                <AmountCell
                  label={`${head('allocation')} ${row.contractNumber} ${row.label}`}
                  value={amounts.get(row.id) ?? null}
                  note={noteOf(row)}
                  onChange={(amount) => set(row.id, amount)}
                />
              </td>
              <td className="muted">{reasonOf(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
