import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import { callEntry, contractEntries } from '#tests/helpers/contract-entries.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, type TestCore } from '#tests/helpers/test-core.ts'
import { mutate, randomSource, validInput } from '#tests/helpers/valid-input.ts'

const MESSAGES = 10_000
/** What would end the seat or the file under the test, or cost a password hash each time. */
const LEFT_OUT =
  /^(session\.|office\.firstRun|backups\.(restore|recovery|create|verify)|people\.(create|resetPassword|setActive|update$)|dunning\.run|audit\.verify)/

let test: TestCore
let seat: CoreClient
let ids: string[]

beforeAll(async () => {
  test = await createTestCore()
  seat = await test.as('owner')
  const customerId = await makeCustomer(seat)
  const contract = await signContract(seat, customerId)
  ids = [...Object.values(test.ids), customerId, contract.id]
})
afterAll(() => test.close())

/** Changes of the file that no audit row stands for. */
async function fileState() {
  const db = test.core.deps.store.read
  const audit = await db.selectFrom('audit_log').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return audit?.seq ?? 0
}

it(`${MESSAGES} mutated messages: no crash, no pollution, no internal error, no write without audit`, async () => {
  const entries = contractEntries().filter((e) => e.meta.kind !== 'stream' && !LEFT_OUT.test(e.name))
  const random = randomSource(20_260_518)
  const outcomes = new Map<string, number>()
  const internal: string[] = []
  const before = await fileState()
  // Moves with every commit of the writing connection; what was rolled back leaves it alone.
  const commits = async () => {
    const { rows } = await sql<{ data_version: number }>`PRAGMA data_version`.execute(
      test.core.deps.store.read as never,
    )
    return rows[0]?.data_version ?? 0
  }
  let reached = 0
  for (let i = 0; i < MESSAGES; i += 1) {
    const entry = random.pick(entries)
    const valid = validInput(entry.input, random, ids)
    const input = random.next() < 0.25 ? valid : mutate(valid, random)
    // In this order: an export that ends meanwhile moves both, or neither as seen from here.
    const audited = await fileState()
    const written = await commits()
    let code = 'OK'
    try {
      await callEntry(seat, entry.path, input)
    } catch (error) {
      code = String((error as { code?: unknown }).code ?? error)
      if (code === 'UNAUTHENTICATED') {
        // A message may rightly have changed the idle time; the seat goes on.
        seat = test.core.localClient({ device: 'fuzz' })
        await seat.session.logIn({ login: 'owner', password: PASSWORD })
      }
    }
    if (code === 'INTERNAL' || code === 'INTERNAL_SERVER_ERROR')
      internal.push(`${entry.name} ${JSON.stringify(input)?.slice(0, 300)}`)
    if (code !== 'VALIDATION') reached += 1
    if ((await commits()) !== written && (await fileState()) === audited)
      throw new Error(`${entry.name} wrote without an audit row`)
    outcomes.set(code, (outcomes.get(code) ?? 0) + 1)
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(internal.slice(0, 5)).toEqual([])
  // A fuzz whose messages never reach a handler tests nothing.
  expect(reached / MESSAGES).toBeGreaterThan(0.25)
  expect(await fileState()).toBeGreaterThan(before)
  const info = await seat.session.status({})
  expect(info.state).toBe('open')
}, 300_000)
