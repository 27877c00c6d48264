import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { statementDocument } from '#shared/modules/claims/claims.statements.documents.ts'
import { accountOf, type Account } from '#shared/modules/claims/claims.statements.rules.ts'
import type { StatementPeriod } from '#shared/modules/claims/claims.statements.schema.ts'
import { bucketFor, bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerParties, type CustomerParty } from '#core/modules/customers/customers.api.ts'
import { issuedTo, type IssuedInvoice } from '#core/modules/invoices/invoices.api.ts'
import { deliveriesTo, type DeliveredGoods } from '#core/modules/orders/orders.api.ts'
import { accountMovements, openOn, type Movement, type OpenOn } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Everything a statement of one customer says. Amounts in fen. */
export interface CountedStatement {
  readonly customer: CustomerParty
  readonly account: Account<Movement>
  /** What is open of each debt on the day, and since when it is due. */
  readonly open: readonly OpenOn[]
  readonly outstanding: number
  readonly overdue: number
  /** Paid ahead or credited without a debt to settle: `outstanding - ahead = closing`. */
  readonly ahead: number
  readonly ages: readonly { readonly key: string; readonly amount: number }[]
  readonly invoices: readonly IssuedInvoice[]
  readonly deliveries: readonly DeliveredGoods[]
}

/**
 * The statements of these customers as of a day, as far as the reader may see all that they owe: a statement of a part
 * would be confirmed as if it were the whole. A fixed number of queries, however many customers there are.
 */
export async function countStatements(
  db: Reader | Writer,
  scope: Scope,
  customerIds: readonly string[],
  { fromDay, asOf }: StatementPeriod,
): Promise<CountedStatement[]> {
  const parties = await customerParties(db, customerIds)
  const movements = Map.groupBy(await accountMovements(db, customerIds, asOf), (one) => one.customerId)
  const open = Map.groupBy(await openOn(db, customerIds, asOf), (one) => one.customerId)
  const invoices = Map.groupBy(await issuedTo(db, customerIds, fromDay, asOf), (one) => one.customerId)
  const deliveries = Map.groupBy(await deliveriesTo(db, customerIds, fromDay, asOf), (one) => one.customerId)
  const { bounds } = (await readSetting(db, 'receivables')).value
  const buckets = bucketsOf(bounds)
  return customerIds.flatMap((id): CountedStatement[] => {
    const customer = parties.get(id)
    const own = open.get(id) ?? []
    if (!customer || !inScope(scope, customer.ownerId) || !own.every((debt) => inScope(scope, debt.ownerId))) return []
    const account = accountOf(movements.get(id) ?? [], fromDay, asOf)
    const outstanding = own.reduce((sum, debt) => sum + debt.outstanding, 0)
    const sums = new Map<string, number>(buckets.map(({ key }) => [key, 0]))
    for (const debt of own) {
      const { key } = bucketFor(buckets, debt.dueDay, asOf)
      sums.set(key, (sums.get(key) ?? 0) + debt.outstanding)
    }
    return [
      {
        customer,
        account,
        open: own,
        outstanding,
        overdue: own.reduce(
          (sum, debt) => (debt.dueDay !== null && debt.dueDay < asOf ? sum + debt.outstanding : sum),
          0,
        ),
        ahead: outstanding - account.closing,
        ages: buckets.map(({ key }) => ({ key, amount: sums.get(key) ?? 0 })),
        invoices: invoices.get(id) ?? [],
        deliveries: deliveries.get(id) ?? [],
      },
    ]
  })
}

/** The model of one statement; `number` is empty for one that is only looked at. */
export async function statementModel(
  db: Reader | Writer,
  counted: CountedStatement,
  options: { number: string; language: Locale; period: StatementPeriod; day: PlainDay; preview: boolean },
) {
  const firm = (await readSetting(db, 'firm')).value
  const { period } = options
  const t = makeTranslator(options.language)
  const model = statementDocument(
    {
      ...options,
      firm,
      customer: counted.customer,
      account: counted.account,
      open: counted.open.map((debt) => ({
        ...debt,
        days: debt.dueDay === null ? 0 : Math.max(0, diffDays(debt.dueDay, period.asOf)),
      })),
      outstanding: counted.outstanding,
      ahead: counted.ahead,
      ages: counted.ages,
      invoices: counted.invoices,
      deliveries: counted.deliveries,
      // Silence is never taken for consent; the day only says when an answer is hoped for.
      answerBy: addDays(options.day, 15),
    },
    t,
  )
  return { model, title: t('claims:statement.title') }
}
