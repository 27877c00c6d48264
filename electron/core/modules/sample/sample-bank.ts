import { z } from 'zod'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'

/** Words of a statement, as banks of the firm's country print them. */
export const sampleBankWords = z.object({
  account: z.string(),
  bankName: z.string(),
  number: z.string(),
  fileName: z.string(),
  headings: z.array(z.string()).min(1),
  goods: z.string(),
  strangers: z.tuple([z.string(), z.string()]),
  costs: z.array(z.string()),
})

/** What the lines pay, in the order of the file: whole instalments first, then what needs eyes. */
const WHOLE = 9
const OPENING = 128_640_500

/**
 * The statement of the last days: nine payments of instalments that are open, one of a stranger, two of our own costs.
 * It waits to be matched.
 */
export async function makeBankStatement(
  client: CoreClient,
  today: PlainDay,
  words: z.infer<typeof sampleBankWords>,
): Promise<void> {
  const { id: accountId } = await client.bank.createAccount({
    name: words.account,
    bankName: words.bankName,
    number: words.number,
    openedDay: null,
    closedDay: null,
  })
  const open = await client.receivables.list({
    limit: 60,
    sort: { key: 'dueDay', dir: 'asc' },
    filters: { status: 'overdue' },
  })
  const payers = new Set<string>()
  const paid = open.rows
    .filter((row) => !payers.has(row.customerId) && payers.add(row.customerId))
    .slice(0, WHOLE)
    .map((row, at) => ({
      amount: row.outstanding,
      payer: row.customerName,
      // Some payers name the contract, others only the goods.
      text: at % 3 === 2 ? words.goods : `${words.goods} ${row.contractNumber}`,
    }))
  const others = [
    { amount: 1_860_000, payer: words.strangers[0], text: words.goods },
    ...words.costs.map((text, at) => ({ amount: -(386_020 + at * 91_300), payer: words.strangers[1], text })),
  ]
  let balance = OPENING
  const rows = [...paid, ...others].map(({ amount, payer, text }, at) => {
    balance += amount
    const [credit, debit] = amount > 0 ? [formatYuan(amount), ''] : ['', formatYuan(-amount)]
    const day = addDays(today, Math.floor(at / 4) - 3)
    return [day, credit, debit, formatYuan(balance), payer, text, `${day.replaceAll('-', '')}${1001 + at * 7}`]
  })
  const csv = [words.headings, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')
  const { fileId } = await client.files.upload({ file: new File([csv], words.fileName) })
  const table = await client.bank.open({ accountId, fileId })
  const { headRow = 0, mapping = [] } = table.sheets[0] ?? {}
  const check = await client.bank.check({ tableId: table.tableId, sheet: 0, headRow, mapping })
  await client.bank.run({ checkId: check.checkId, breaksReason: '' })
}
