import { writeFileSync } from 'node:fs'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, type Fen } from '#shared/kernel/money.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { withTeam } from './team.ts'

// Brings a team and three signed contracts of six payments each, all overdue, into a firm that is set up and whose
// program is closed, and writes what their bank says of the last days: nine payments of these, one of a stranger, two
// of our own: node tests/tools/money-team.ts <data folder> <login> <password> <statement.csv>

const CUSTOMERS = ['成都兴川机械制造有限公司', '重庆江源水务有限公司', '贵阳恒泰建材有限公司'] as const
/** Fen; the sixth payment is the rest of ¥64,550.08. */
const SHARES = [1_000_000, 1_100_000, 1_200_000, 1_300_000, 1_400_000] as const
const FIRST_DUE = -260
const PAID = 3

await withTeam(process.argv.slice(2), async ({ core, as }) => {
  const today = core.deps.clock.today()
  const sales = await as('zhang')
  const payments: (readonly [amount: number, payer: string, text: string])[] = []
  for (const [at, name] of CUSTOMERS.entries()) {
    const customerId = await makeCustomer(sales, name)
    const { number } = await signContract(sales, customerId, {
      signDay: addDays(today, FIRST_DUE - 30),
      change(fields) {
        fields.buyer = { ...fields.buyer, name }
        fields.plan = [...SHARES.map((fen) => fen + at * 10_000), null].map((fen, line) => ({
          ...emptyPlanLine(),
          label: `第 ${line + 1} 期`,
          trigger: 'fixed' as const,
          fixedDay: addDays(today, FIRST_DUE + line * 30),
          share: fen === null ? { kind: 'rest' as const } : { kind: 'amount' as const, amount: fen as Fen },
        }))
      },
    })
    for (const fen of SHARES.slice(0, PAID)) payments.push([fen + at * 10_000, name, `货款 ${number}`])
  }
  const lines = [
    ...payments,
    [1_860_000, '武汉蓝湖商贸有限公司', '往来款'],
    [-386_020, '国网重庆市电力公司', '电费'],
    [-477_320, '重庆渝北物业有限公司', '物业费'],
  ] as const
  writeFileSync(process.argv[5] ?? '', statement(lines, addDays(today, -3)))
})

/** As a bank prints it, with the balance after each line. */
function statement(lines: readonly (readonly [number, string, string])[], day: PlainDay): string {
  let balance = 128_640_500
  const rows = lines.map(([fen, payer, text], at) => {
    balance += fen
    const [credit, debit] = fen > 0 ? [formatYuan(fen), ''] : ['', formatYuan(-fen)]
    return [day, credit, debit, formatYuan(balance), payer, text, `${day.replaceAll('-', '')}${1001 + at}`]
  })
  const head = ['交易日期', '贷方发生额', '借方发生额', '余额', '对方户名', '摘要', '流水号']
  return `\uFEFF${[head, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')}`
}
