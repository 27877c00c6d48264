import { startCore } from '#core/start-core.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'

// Enters a draft with so many kinds of goods into a firm that is set up, and whose program is closed:
// node tests/tools/long-contract.ts <data folder> <login> <password> 200

const [dataDir = '', login = '', password = '', count = '200'] = process.argv.slice(2)
const core = await startCore({
  dataDir,
  resourcesDir: RESOURCES,
  host: 'local',
  appVersion: '0.0.0-test',
  workers: 1,
})
try {
  const client = core.localClient({ device: 'fill' })
  await client.session.logIn({ login, password })
  const customer = await client.customers.create({ name: '重庆第一机械制造有限公司', source: 'web' })
  const fields = sampleFields(customer.id)
  const [line] = fields.lines
  const made = await client.contracts.create({
    ...fields,
    lines: Array.from({ length: Number(count) }, (_, n) => ({ ...line!, name: `零件 ${n + 1}` })),
  })
  process.stdout.write(`${made.id}\n`)
} finally {
  await core.close()
}
