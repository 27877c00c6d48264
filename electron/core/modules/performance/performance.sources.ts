import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { Indicator, SourceRow } from '#shared/modules/performance/performance.schema.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { newCustomers, signedContracts } from '#core/modules/contracts/contracts.api.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { dueRows, receiptMovements } from '#core/modules/receivables/receivables.api.ts'
import { visitsOf } from '#core/modules/visits/visits.api.ts'
import type { Reader } from '#core/store/store.ts'

/** The very records that one person's figure counts in a period; their sum is the figure. */
export async function sourceRowsOf(
  db: Reader,
  userId: string,
  indicator: Indicator,
  from: PlainDay,
  to: PlainDay,
  t: Translate,
): Promise<SourceRow[]> {
  const scope = makeScope.users([userId])
  if (indicator === 'visits') {
    const visits = await visitsOf(db, userId, from, to)
    return visits.map((visit) => ({
      kind: 'visit',
      id: visit.id,
      day: visit.day,
      label: t(`visits:purpose.${visit.purpose}`),
      customerName: visit.customer_name,
      amount: 0,
      received: 0,
    }))
  }
  const rows = await rowsOf(db, indicator, scope, from, to)
  const names = await customerBriefs(
    db,
    rows.map((row) => row.customerId),
  )
  return rows.map(({ customerId, ...row }) => ({ ...row, customerName: names.get(customerId)?.name ?? '' }))
}

type Row = Omit<SourceRow, 'customerName'> & { readonly customerId: string }

async function rowsOf(
  db: Reader,
  indicator: Exclude<Indicator, 'visits'>,
  scope: ReturnType<typeof makeScope.users>,
  from: PlainDay,
  to: PlainDay,
): Promise<Row[]> {
  switch (indicator) {
    case 'contractAmount':
      return (await signedContracts(db, scope, from, to)).map((c) => ({
        kind: 'contract',
        id: c.id,
        day: c.signDay,
        label: c.number,
        customerId: c.customerId,
        amount: c.amount,
        received: 0,
      }))
    case 'newCustomers':
      return (await newCustomers(db, scope, from, to)).map((c) => ({
        kind: 'customer',
        id: c.customerId,
        day: c.signDay,
        label: '',
        customerId: c.customerId,
        amount: 0,
        received: 0,
      }))
    case 'collected':
      return (await receiptMovements(db, scope, from, to)).map((r) => ({
        kind: 'receipt',
        id: r.id,
        day: r.day,
        label: r.number,
        customerId: r.customerId,
        amount: r.amount,
        received: 0,
      }))
    case 'collectionRate':
      return (await dueRows(db, scope, from, to)).map((i) => ({
        kind: 'instalment',
        id: i.id,
        day: i.dueDay,
        label: `${i.contractNumber} ${i.label}`,
        customerId: i.customerId,
        amount: i.amount,
        received: i.collected,
      }))
  }
}
