import { Button, Checkbox } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import type { AllocationReason, AllocationRule } from '#shared/modules/receivables/receivables.allocation.rules.ts'
import { splitPayment, type PartOrder } from '#shared/modules/receivables/receivables.parts.rules.ts'
import type { InstalmentRow } from '#shared/modules/receivables/receivables.schema.ts'
import { AmountCell } from '#renderer/ui/fields/amount-cell.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, EmptyState } from '#renderer/ui/parts.tsx'
import { InstalmentStatusTag } from './status-tag.tsx'

/** What an instalment gets, and how much of that is not principal. Fen. */
export interface Allocation {
  readonly instalmentId: string
  readonly amount: number
  readonly costs: number
  readonly interest: number
}

type OpenRow = InstalmentRow & { readonly costsOwed: number; readonly interestOwed: number }

export interface Proposal {
  readonly open: readonly OpenRow[]
  readonly proposed: readonly (Allocation & { readonly reason: AllocationReason })[]
  readonly rule: AllocationRule
  readonly order: PartOrder
}

/** What is left of the money after the allocations; below zero where they are more than there is. */
export function leftOf(available: number, allocations: readonly Allocation[]): number {
  return available - allocations.reduce((sum, row) => sum + (Number.isNaN(row.amount) ? 0 : row.amount), 0)
}

/** A proposal as it is saved. */
export const asAllocations = (proposed: Proposal['proposed']): Allocation[] =>
  proposed.map(({ instalmentId, amount, costs, interest }) => ({ instalmentId, amount, costs, interest }))

const owedOf = (row: OpenRow) => row.outstanding + row.costsOwed + row.interestOwed

/**
 * What is owed, and what of it this money pays: as the payer designated and the rule proposes, or typed by hand. An
 * empty cell pays nothing; what is left becomes an advance, or of a credit note a credit.
 */
export function AllocationTable(props: {
  proposal: Proposal
  available: number
  allocations: readonly Allocation[]
  /** What the payer named, where he may. */
  designated?: readonly string[]
  /** What is left is called so: `receivables:receipts.advance`. */
  restWord?: string
  onDesignate?: (instalmentIds: readonly string[]) => void
  onChange: (allocations: readonly Allocation[], byHand: boolean) => void
}) {
  const t = useT()
  const { proposal, allocations, available } = props
  if (proposal.open.length === 0) return <EmptyState text={t('receivables:receipts.none')} />
  const left = leftOf(available, allocations)
  return (
    <>
      <div className="allocation-bar">
        <Button size="small" onClick={() => props.onChange(asAllocations(proposal.proposed), false)}>
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
            t(props.restWord ?? 'receivables:receipts.advance', { amount: formatYuan(left) })
          )}
        </span>
      </div>
      <p className="muted">
        {t(`receivables:allocation.told.${proposal.rule}`)}
        {hasBeside(proposal) ? ` ${t(`receivables:allocation.orders.${proposal.order}`)}` : ''}
      </p>
      <Rows {...props} />
    </>
  )
}

const hasBeside = (proposal: Proposal) => proposal.open.some((row) => row.costsOwed + row.interestOwed > 0)

function Rows(props: Parameters<typeof AllocationTable>[0]) {
  const t = useT()
  const { proposal, allocations, designated = [], onDesignate } = props
  const given = new Map(allocations.map((row) => [row.instalmentId, row]))
  const proposed = new Map(proposal.proposed.map((row) => [row.instalmentId, row]))
  const beside = hasBeside(proposal)
  const head = (key: string) => t(`receivables:columns.${key}`)
  const set = (row: OpenRow, amount: number | null) => {
    const others = allocations.filter((one) => one.instalmentId !== row.id)
    if (amount === null || amount === 0) return props.onChange(others, true)
    const owed = { costs: row.costsOwed, interest: row.interestOwed, principal: row.outstanding }
    const { costs, interest } = splitPayment(Number.isNaN(amount) ? 0 : amount, owed, proposal.order).parts
    props.onChange([...others, { instalmentId: row.id, amount, costs, interest }], true)
  }
  const reasonOf = (row: OpenRow): string => {
    const amount = given.get(row.id)?.amount
    if (amount === undefined) return ''
    const rule = proposed.get(row.id)
    return t(`receivables:allocation.reasons.${rule?.amount === amount ? rule.reason : 'manual'}`)
  }
  const noteOf = (row: OpenRow): string | undefined => {
    const amount = given.get(row.id)?.amount
    if (amount === undefined || (amount >= 0 && amount <= owedOf(row))) return undefined
    return t('receivables:receipts.overRow', { amount: formatYuan(owedOf(row)) })
  }
  const nameOf = (row: OpenRow) => `${row.contractNumber} ${row.label}`
  return (
    <table className="plain-table allocation">
      <thead>
        <tr>
          {onDesignate ? <th>{head('designated')}</th> : null}
          <th>{head('contractNumber')}</th>
          <th>{head('label')}</th>
          <th>{head('dueDay')}</th>
          <th>{head('status')}</th>
          {beside ? <th className="num">{head('beside')}</th> : null}
          <th className="num">{head('outstanding')}</th>
          <th className="num">{head('allocation')}</th>
          <th>{head('reason')}</th>
        </tr>
      </thead>
      <tbody>
        {proposal.open.map((row) => (
          <tr key={row.id}>
            {onDesignate ? (
              <td>
                <Checkbox
                  aria-label={`${head('designated')} ${nameOf(row)}`}
                  checked={designated.includes(row.id)}
                  onChange={(event) =>
                    onDesignate(
                      event.target.checked ? [...designated, row.id] : designated.filter((id) => id !== row.id),
                    )
                  }
                />
              </td>
            ) : null}
            <td>{row.contractNumber}</td>
            <td>{row.label}</td>
            <td>{row.dueDay ?? ''}</td>
            <td>
              <InstalmentStatusTag row={row} />
            </td>
            {beside ? (
              <td className="num">
                <Amount fen={row.costsOwed + row.interestOwed} />
              </td>
            ) : null}
            <td className="num">
              <Amount fen={row.outstanding} />
            </td>
            <td className="num">
              <AmountCell
                label={`${head('allocation')} ${nameOf(row)}`}
                value={given.get(row.id)?.amount ?? null}
                note={noteOf(row)}
                onChange={(amount) => set(row, amount)}
              />
            </td>
            <td className="muted">{reasonOf(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
