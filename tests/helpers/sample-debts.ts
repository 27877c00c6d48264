import { asDay } from '#shared/kernel/dates.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import type { CoreClient } from '#core/start-core.ts'
import type { sampleFields } from './sample-contract.ts'
import { signContract } from './sample-trade.ts'

/** A signed contract that is paid in equal parts on these days (the last part takes the rest), with its instalments. */
export async function signDebts(
  sales: CoreClient,
  customerId: string,
  days: readonly string[],
  options: {
    signDay?: string
    penaltyPerDay?: number | null
    change?: (fields: ReturnType<typeof sampleFields>) => void
  } = {},
) {
  const contract = await signContract(sales, customerId, {
    signDay: options.signDay ?? '2026-01-05',
    change: (fields) => {
      const share = Math.floor(10_000 / days.length)
      fields.plan = days.map((day, at) => ({
        ...emptyPlanLine(),
        label: `第${at + 1}期`,
        trigger: 'fixed',
        fixedDay: asDay(day),
        share: at === days.length - 1 ? { kind: 'rest' } : { kind: 'percent', rate: share },
      }))
      fields.terms.penaltyPerDay = options.penaltyPerDay === undefined ? null : options.penaltyPerDay
      fields.terms.penaltyCap = null
      fields.terms.breach = '逾期付款的，应赔偿由此造成的损失。'
      options.change?.(fields)
    },
  })
  return { ...contract, debts: await debtsOf(sales, contract.id) }
}

/** The instalments of a contract in their order. */
export async function debtsOf(api: CoreClient, contractId: string) {
  const { rows } = await api.receivables.list({
    limit: 200,
    sort: { key: 'dueDay', dir: 'asc' },
    filters: { contractId: contractId as never },
  })
  return rows.toSorted((a, b) => a.seq - b.seq)
}

/** Money for one instalment. */
export async function payDebt(
  finance: CoreClient,
  debt: { readonly id: string; readonly customerId: string },
  amount: number,
  day: string,
  more: object = {},
) {
  return finance.receivables.receiptCreate({
    customerId: debt.customerId,
    day: asDay(day),
    amount,
    method: 'bank',
    reference: 'HD-001',
    allocations: [{ instalmentId: debt.id, amount }],
    ...more,
  } as never)
}
