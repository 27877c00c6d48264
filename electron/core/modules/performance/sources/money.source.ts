import {
  collectedSums as receivedSums,
  collectionInputs,
  dueRows,
  overdueOn,
  overdueSumsOn,
  receiptMovements,
} from '#core/modules/receivables/receivables.api.ts'
import { invoicesIssued } from '#core/modules/invoices/invoices.api.ts'
import type { IndicatorSource, IndicatorSums, SourceQuery } from './source.ts'

/** Invoices on their day, red letters negative on theirs. */
export const invoiced: IndicatorSource = async ({ db, scope, from, to }) =>
  (await invoicesIssued(db, scope, from, to)).map(({ number, ownerId, ...row }) => ({
    kind: 'invoice',
    ...row,
    ownerId: ownerId ?? '',
    label: number,
    received: 0,
  }))

/** Receipts on their day, reversals negative on theirs. */
export const collected: IndicatorSource = async ({ db, scope, from, to, most }) =>
  (await receiptMovements(db, scope, from, to, most)).map(({ number, ...row }) => ({
    kind: 'receipt',
    ...row,
    label: number,
    received: 0,
  }))

/** A month of a large firm has tens of thousands of them. */
export const collectedSums: IndicatorSums = async ({ db, scope, from, to }) =>
  (await receivedSums(db, scope, from, to)).map(({ ownerId, amount, rows }) => ({ ownerId, amount, received: 0, rows }))

/** What fell due, and what of it had been received by the end of the period. */
export const collectionRate: IndicatorSource = async ({ db, scope, from, to, most }) =>
  (await dueRows(db, scope, from, to, most)).map(({ contractNumber, label, dueDay, collected: received, ...row }) => ({
    kind: 'instalment',
    ...row,
    day: dueDay,
    label: `${contractNumber} ${label}`,
    received,
  }))

export const collectionRateSums: IndicatorSums = async ({ db, scope, from, to }) =>
  (await collectionInputs(db, scope, from, to)).map(({ ownerId, due, collected: received, rows }) => ({
    ownerId,
    amount: due,
    received,
    rows,
  }))

const endOf = ({ to, today }: SourceQuery) => (to < today ? to : today)

/** What was overdue at the end of the period, or is today while it lasts. */
export const overdueBalance: IndicatorSource = async (query) =>
  (await overdueOn(query.db, query.scope, endOf(query), query.most)).map(
    ({ contractNumber, label, dueDay, ...row }) => ({
      kind: 'instalment',
      ...row,
      day: dueDay,
      label: `${contractNumber} ${label}`,
      received: 0,
    }),
  )

/** Their sums: an old firm has hundreds of thousands of them. */
export const overdueBalanceSums: IndicatorSums = async (query) =>
  (await overdueSumsOn(query.db, query.scope, endOf(query))).map((sum) => ({ ...sum, received: 0 }))
