import { writeSync } from 'node:fs'
import { fixedClock } from '#core/kernel/clock.ts'
import { startCore } from '#core/start-core.ts'
import { CHEAP_PASSWORDS, PASSWORD, RESOURCES, TEST_NOW } from '#tests/helpers/test-core.ts'

/**
 * A program that writes letters to all these customers until it is killed; a line each time that letters were kept.
 * Arguments: data folder, customers separated by commas.
 */
const [dataDir = '', customers = ''] = process.argv.slice(2)
const core = await startCore({
  dataDir,
  resourcesDir: RESOURCES,
  host: 'local',
  appVersion: '0.0.0-test',
  clock: fixedClock(TEST_NOW),
  passwordCost: CHEAP_PASSWORDS,
  workers: 1,
})
const finance = core.localClient({ device: 'batch' })
await finance.session.logIn({ login: 'finance', password: PASSWORD })
const changes = await finance.changes.watch({})
const { jobId } = await finance.dunning.run({ customerIds: customers.split(',') as never })
void core.deps.jobs.settled(jobId).then(() => process.exit(0))
for await (const event of changes) if (event.module === 'dunning') writeSync(1, 'kept\n')
