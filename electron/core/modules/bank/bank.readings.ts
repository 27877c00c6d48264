import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { leftOfLine } from '#shared/modules/bank/bank.rules.ts'
import type { LineStage } from '#shared/modules/bank/bank.schema.ts'
import {
  matchStatement,
  signsOf,
  type BankLine,
  type KnownPayer,
  type LineMatch,
} from '#shared/modules/receivables/receivables.matching.rules.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { customersNamed } from '#core/modules/customers/customers.api.ts'
import { instalmentsOfInvoices } from '#core/modules/invoices/invoices.api.ts'
import {
  openOfCustomers,
  owingAmounts,
  owingByIds,
  owingByNumber,
  receiptsWithoutLine,
  type OpenInstalment,
} from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { BankLinesTable } from '#core/store/tables/bank.tables.ts'
import type { ReceiptsTable } from '#core/store/tables/receivables.tables.ts'
import { openLines } from './bank.lines.repo.ts'

/** A receipt that was entered by hand and may be a line. `same`: so like it that it should not be booked again. */
export interface RecordedBefore {
  readonly receipt: ReceiptsTable
  readonly same: boolean
}

/** How the open lines are read, all of them together: two equal payments do not pay the same instalment. */
export interface Readings {
  readonly matches: ReadonlyMap<string, LineMatch>
  readonly items: ReadonlyMap<string, OpenInstalment>
  readonly recorded: ReadonlyMap<string, readonly RecordedBefore[]>
  /** Names of the customers that the readings know. */
  readonly names: ReadonlyMap<string, string>
}

/** People enter a receipt on the day of the payment, or on one of the days about it. */
const DAYS_ABOUT = 5

/** Reads every open line: some ten queries, however many lines and debts there are. */
export async function readLines(db: Reader | Writer, scope: Scope): Promise<Readings> {
  const raws = await openLines(db)
  const lines = raws.map(toBankLine)
  const signs = lines.map(signsOf)
  const learned = await learnedPayers(db, signs)
  const numbers = signs.flatMap((sign) => sign.numbers)
  const billed = await instalmentsOfInvoices(db, numbers)
  const owing = [
    ...(await owingByNumber(db, scope, numbers)),
    ...(await owingByIds(
      db,
      scope,
      billed.map((row) => row.instalmentId),
    )),
    ...(await owingAmounts(
      db,
      scope,
      lines.map((line) => line.amount),
    )),
  ]
  const ids = [...learned, ...owing].map((row) => row.customerId)
  const named = await customersNamed(db, {
    names: signs.map((sign) => sign.name).filter(Boolean),
    heads: signs.map((sign) => sign.head).filter((head) => [...head].length > 3),
    ids,
  })
  const open = await openOfCustomers(
    db,
    scope,
    named.map((customer) => customer.id),
  )
  const invoices = Map.groupBy(billed, (row) => row.instalmentId)
  const items = open.map((item) => ({
    ...item,
    invoiceNumbers: [item.invoiceNumber, ...(invoices.get(item.id) ?? []).map((row) => row.number)].filter(Boolean),
  }))
  const payers: KnownPayer[] = named.map((customer) => {
    const mine = learned.filter((one) => one.customerId === customer.id)
    return {
      customerId: customer.id,
      names: [customer.name, customer.title, ...mine.map((one) => one.name)].filter(Boolean),
      accounts: [customer.account, ...mine.map((one) => one.account)].filter(Boolean),
    }
  })
  const matches = new Map(matchStatement(lines, payers, items).map((match) => [match.lineId, match]))
  return {
    matches,
    items: new Map(open.map((item) => [item.id, item])),
    recorded: await recordedBefore(db, scope, raws, matches),
    names: new Map(named.map((customer) => [customer.id, customer.name])),
  }
}

/** How sure the reading of an open line is. */
export function stageOf(id: string, { matches, recorded }: Readings): LineStage {
  if (recorded.get(id)?.some((one) => one.same)) return 'recorded'
  const state = matches.get(id)?.state
  return state === undefined || state === 'outgoing' ? 'unknown' : state
}

const toBankLine = (raw: BankLinesTable): BankLine => ({
  id: raw.id,
  day: raw.day as PlainDay,
  amount: leftOfLine(raw),
  payerName: raw.payer_name,
  payerAccount: raw.payer_account,
  text: `${raw.text} ${raw.reference}`,
})

/** Customers that were seen to pay under these names and accounts. */
async function learnedPayers(db: Reader | Writer, signs: readonly { name: string; account: string }[]) {
  const query = () => db.selectFrom('bank_payers').select(['id', 'customer_id as customerId', 'name', 'account'])
  const names = signs.map((sign) => sign.name).filter(Boolean)
  const accounts = signs.map((sign) => sign.account).filter(Boolean)
  const rows = [
    ...(await inPieces(names, (piece) => query().where('name_key', 'in', piece).execute())),
    ...(await inPieces(accounts, (piece) => query().where('account', 'in', piece).execute())),
  ]
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** Receipts by bank of the same amount and about the same day that have no line yet, the surest first. */
async function recordedBefore(
  db: Reader | Writer,
  scope: Scope,
  raws: readonly BankLinesTable[],
  matches: ReadonlyMap<string, LineMatch>,
): Promise<Map<string, RecordedBefore[]>> {
  const untouched = raws.filter((raw) => raw.booked === 0 && raw.aside === 0)
  const [first, last] = [untouched[0], untouched.at(-1)]
  if (!first || !last) return new Map()
  const span = [addDays(first.day as PlainDay, -DAYS_ABOUT), addDays(last.day as PlainDay, DAYS_ABOUT)] as const
  const amounts = untouched.map((raw) => raw.amount)
  const byAmount = Map.groupBy(await receiptsWithoutLine(db, scope, amounts, span), (receipt) => receipt.amount)
  return new Map(
    untouched.flatMap((raw) => {
      const near = (byAmount.get(raw.amount) ?? []).filter(
        (receipt) => Math.abs(diffDays(receipt.day as PlainDay, raw.day as PlainDay)) <= DAYS_ABOUT,
      )
      const customers = new Set((matches.get(raw.id)?.suggestions ?? []).map((one) => one.customerId))
      const found = near.map((receipt): RecordedBefore => ({ receipt, same: isSame(raw, receipt, customers) }))
      return found.length === 0 ? [] : [[raw.id, found.toSorted((a, b) => Number(b.same) - Number(a.same))] as const]
    }),
  )
}

/** The same amount about the same day from the same payer, or with the bank's own reference. */
function isSame(line: BankLinesTable, receipt: ReceiptsTable, customers: ReadonlySet<string>): boolean {
  if (line.reference !== '' && receipt.reference === line.reference) return true
  const payer = normaliseFirmName(line.payer_name)
  return customers.has(receipt.customer_id) || (payer !== '' && normaliseFirmName(receipt.payer) === payer)
}
