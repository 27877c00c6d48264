import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, type TestCore } from '#tests/helpers/test-core.ts'

const BATCH = new URL('./letters-until-killed.ts', import.meta.url).pathname
const CUSTOMERS = 40
const KILLS = 3
const TODAY = asDay('2026-05-18')

let t: TestCore
const customerIds: string[] = []

/** Everybody owes one payment that fell due sixty days ago. */
beforeAll(async () => {
  t = await createTestCore()
  const sales = await t.as('sales')
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const customerId = await makeCustomer(sales, `成都第${n}机械有限公司`)
    await signContract(sales, customerId, {
      signDay: '2026-01-05',
      change(fields) {
        fields.plan = [
          {
            ...emptyPlanLine(),
            label: '货款',
            trigger: 'fixed',
            fixedDay: addDays(TODAY, -60),
            share: { kind: 'rest' },
          },
        ]
      },
    })
    customerIds.push(customerId)
  }
})
afterAll(() => t.close())

/** Writes letters to all of them and is killed so many milliseconds after the first ones were kept, or in the beginning. */
function writeUntilKilled(delay: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BATCH, t.dataDir, customerIds.join(',')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), delay)
      said += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', () => resolve(said.split('\n').filter(Boolean)))
  })
}

/** The register as it is now; each letter with its own file, whose fingerprint is the one that was kept. */
async function register() {
  const finance = await t.as('finance')
  const { rows } = await finance.dunning.list({ limit: 200, sort: { key: 'number', dir: 'asc' }, filters: {} })
  for (const { id } of rows) {
    const { letter } = await finance.dunning.letter({ id })
    const { url } = await finance.dunning.letterFile({ id })
    const file = await t.core.takeFile(url.slice('/files/'.length))
    expect(createHash('sha256').update(file!.bytes).digest('hex')).toBe(letter.sha256)
  }
  return rows
}

/** Nobody has two letters, and numbers have no gap. */
async function consistent(): Promise<number> {
  const rows = await register()
  expect(new Set(rows.map((row) => row.customerId)).size).toBe(rows.length)
  expect(rows.map((row) => Number(row.number.slice(-4)))).toEqual(rows.map((_, at) => at + 1))
  return rows.length
}

describe('a batch of letters', () => {
  it('that is cancelled keeps what was written until then, and only that', async () => {
    const finance = await t.as('finance')
    const changes = await finance.changes.watch({})
    const { jobId } = await finance.dunning.run({ customerIds: customerIds as never })
    for await (const event of changes) if (event.module === 'dunning') break
    await finance.jobs.cancel({ id: jobId })
    expect((await t.core.deps.jobs.settled(jobId)).state).toBe('cancelled')
    const kept = await consistent()
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(CUSTOMERS)
  })

  it(`that is killed ${KILLS} times leaves no letter without its file, none twice, and goes on where it was`, async () => {
    const counts: number[] = []
    for (let kill = 0; kill < KILLS; kill += 1) {
      await t.core.close()
      await writeUntilKilled(kill * 60)
      await t.restart()
      counts.push(await consistent())
    }
    expect(counts[0]).toBeLessThan(CUSTOMERS)
    const finance = await t.as('finance')
    const preview = await finance.dunning.preview({ customerIds: customerIds as never })
    expect(preview.rows.filter((row) => row.skip === null)).toHaveLength(CUSTOMERS - (counts.at(-1) ?? 0))
    console.log(`letters kept after each kill: ${counts.join(', ')} of ${CUSTOMERS}`)
  })
})
