import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { withClosedFirm } from './closed-firm.ts'

// Enters a draft with so many kinds of goods into a firm that is set up, and whose program is closed:
// node tests/tools/long-contract.ts <data folder> <login> <password> 200

const argv = process.argv.slice(2)
const count = Number(argv[3] ?? '200')
await withClosedFirm(argv, async ({ owner }) => {
  const customer = await owner.customers.create({ name: '重庆第一机械制造有限公司', source: 'web' })
  const fields = sampleFields(customer.id)
  const [line] = fields.lines
  const made = await owner.contracts.create({
    ...fields,
    lines: Array.from({ length: count }, (_, n) => ({ ...line!, name: `零件 ${n + 1}` })),
  })
  process.stdout.write(`${made.id}\n`)
})
