import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { newId } from '#core/kernel/ids.ts'
import type { CoreClient } from '#core/start-core.ts'
import { wholeScheme } from '#tests/helpers/appraisal.ts'
import { callEntry, contractEntries, type ContractEntry } from '#tests/helpers/contract-entries.ts'
import { CANARY, CANARY_PHONE, CANARY_USCC, enterTrade } from '#tests/helpers/others-trade.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'
import { randomSource, validInput } from '#tests/helpers/valid-input.ts'

/** Who looks: a salesperson, and the leader of a team that the other person is not in. */
const LOOKING: readonly TestPerson[] = ['sales', 'sales_manager']
const SEEDS = 12
/** What ends the seat or the file under the test, costs a password hash each time, or is the firm's and nobody's own. */
const LEFT_OUT = /^(session\.|office\.firstRun|backups\.|people\.|audit\.verify|clauses\.)/
const MADE = /("(?:fileId|jobId|url)":)"[^"]*"/g
/** Tells on purpose that a customer is there already, and who looks after it, of nothing else. */
const HINTS = 'customers.duplicates'
/** Counts on purpose how many stand before somebody; what it tells of them is tested by itself. */
const PLACES = 'performance.ranking'

let t: TestCore
const entries = contractEntries().filter((entry) => entry.meta.kind !== 'stream' && !LEFT_OUT.test(entry.name))
const queries = entries.filter((entry) => entry.meta.kind === 'query' && entry.name !== PLACES)
const own: Record<string, string[]> = {}
const before = new Map<string, string>()
/** Ids of everything that the other person entered. */
let theirs: string[] = []

/** What a call ends with, as one text: its answer, or its refusal with all that this says. */
async function outcome(seat: CoreClient, entry: ContractEntry, input: unknown): Promise<string> {
  try {
    // A file or job that the call makes has an id of its own each time.
    return `OK ${JSON.stringify(await callEntry(seat, entry.path, input)).replaceAll(MADE, '$1')}`
  } catch (error) {
    const { code, data, message } = error as { code?: string; data?: unknown; message?: string }
    return `${code} ${message} ${JSON.stringify(data)}`
  }
}

/** Everything that somebody can ask: with his own ids, and by every text that leads to the other's records. */
async function ask(person: TestPerson): Promise<Map<string, string>> {
  const seat = await t.as(person)
  const answers = new Map<string, string>()
  for (const entry of queries) {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const input = validInput(entry.input, randomSource(seed * 977), own[person] ?? [])
      answers.set(`${person} ${entry.name} #${seed}`, await outcome(seat, entry, input))
      if (entry.name === HINTS) continue
      for (const text of [CANARY, 'jinsique', CANARY_PHONE.slice(-4), CANARY_USCC]) {
        const searching = { ...(input as object), text, filters: {}, cursor: null }
        if (!entry.input.safeParse(searching).success) continue
        answers.set(`${person} ${entry.name} "${text}"`, await outcome(seat, entry, searching))
      }
    }
  }
  return answers
}

async function allIds(): Promise<Set<string>> {
  const db = t.core.deps.store.read as never
  const tables = await sql<{ name: string }>`
    SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'id' AND c.type = 'TEXT'
    WHERE m.type = 'table'`.execute(db)
  const ids = new Set<string>()
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ id: string }>`SELECT id FROM ${sql.table(name)}`.execute(db)
    // A built-in way of approval is named by its kind: no call can ask for it.
    for (const row of rows) if (entityId.safeParse(row.id).success) ids.add(row.id)
  }
  return ids
}

/** Every row of the file that one of these ids stands in, without the log. */
async function rowsOf(ids: readonly string[]): Promise<string> {
  const db = t.core.deps.store.read as never
  const tables = await sql<{ name: string }>`
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit_log', 'commands', 'jobs')
    AND name NOT LIKE 'sqlite_%' ORDER BY name`.execute(db)
  const wanted = new Set(ids)
  const found: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db)
    for (const row of rows) {
      if (Object.values(row).some((value) => typeof value === 'string' && wanted.has(value)))
        found.push(
          `${name} ${JSON.stringify(row, (_key, value) => (value instanceof Uint8Array ? value.length : value))}`,
        )
    }
  }
  return found.toSorted().join('\n')
}

beforeAll(async () => {
  t = await createTestCore()
  for (const person of LOOKING) {
    const seat = await t.as(person)
    const customerId = await makeCustomer(
      seat,
      person === 'sales' ? '成都兴川机械制造有限公司' : '贵阳云岭轴承有限公司',
    )
    const contract = await signContract(seat, customerId, { signDay: '2026-05-11' })
    const visit = await seat.visits.create({
      customerId,
      day: '2026-05-12' as never,
      purpose: 'negotiate',
      result: '谈妥交期',
    } as never)
    own[person] = [t.ids[person], customerId, contract.id, visit.id]
  }
  const hr = await t.as('hr')
  const month = asMonth('2026-04')
  await hr.performance.lock({ month })
  const current = asMonth('2026-05')
  const body = { ...wholeScheme(), extra: { mostUp: 500, mostDown: 500 } }
  await hr.performance.schemes.save({ id: null, version: null, fromMonth: current, body } as never)
  for (const person of LOOKING) for (const [key, answer] of await ask(person)) before.set(key, answer)
  const known = await allIds()
  await enterTrade(t, 'sales_other')
  await hr.performance.correction.ask({
    month,
    userId: t.ids.sales_other,
    indicator: 'visits',
    value: 3,
    reason: `${CANARY}漏记`,
    evidence: `${CANARY}单据`,
  } as never)
  const open = { month: asMonth('2026-03'), reason: `${CANARY}展会` }
  await hr.performance.cycle.calibrate({ ...open, userId: t.ids.sales_other, points: 100 } as never)
  await hr.performance.bonus.setBase({ userId: t.ids.sales_other, fromMonth: open.month, base: 300_000 } as never)
  await hr.performance.bonus.setAbsence({ ...open, userId: t.ids.sales_other, days: 150 } as never)
  const { sales_other: userId } = t.ids
  const evidence = `${CANARY}表彰`
  for (const points of [300, -200]) {
    await hr.performance.extra.give({ ...open, month: current, userId, points, evidence } as never)
  }
  const [asked] = await hr.performance.form.candidates({ month: current, userId: userId as never, text: undefined })
  const rows = [{ customerId: asked?.customerId, contactName: `${CANARY}经理`, email: '' }]
  await hr.performance.form.make({ month: current, userId, language: 'zh-CN', rows } as never)
  const theirSeat = await t.as('sales_other')
  await theirSeat.performance.cycle.appeal({ ...open, indicator: null } as never)
  theirs = [...(await allIds())].filter((id) => !known.has(id))
}, 240_000)
afterAll(() => t.close())

describe('the records of another', () => {
  // First for both: what is done to them below leaves records of one's own.
  it.each(LOOKING)(
    'make no difference to %s: lists, counts, sums, searches and figures say what they said without',
    async (person) => {
      const changed: string[] = []
      let answered = 0
      for (const [key, answer] of await ask(person)) {
        if (answer.startsWith('OK')) answered += 1
        if (answer !== before.get(key)) changed.push(`${key}\n  ${before.get(key)}\n  ${answer}`)
      }
      expect(changed.slice(0, 5)).toEqual([])
      // Questions that are all refused would prove nothing.
      expect(answered).toBeGreaterThan(queries.length)
    },
    240_000,
  )

  it.each(LOOKING)(
    'are as if they were not there to %s, whatever is done to them, and stay as they are',
    async (person) => {
      const seat = await t.as(person)
      const rows = await rowsOf(theirs)
      expect(rows.split('\n').length).toBeGreaterThan(10)
      expect(rows).toContain(CANARY)
      const told: string[] = []
      const probed: string[] = []
      const nobody = newId()
      for (const entry of entries) {
        for (const id of theirs) {
          for (let seed = 1; seed <= 2; seed += 1) {
            const input = (one: string) =>
              validInput(entry.input, randomSource(seed * 31), seed === 1 ? [one] : [one, t.ids[person]])
            const real = await outcome(seat, entry, input(id))
            if (real.includes(CANARY) || real.includes(CANARY_PHONE)) told.push(`${entry.name} ${real.slice(0, 300)}`)
            if (real.startsWith('OK')) continue
            const absent = await outcome(seat, entry, input(nobody))
            if (real.replaceAll(id, '') !== absent.replaceAll(nobody, ''))
              probed.push(`${entry.name}\n  ${real.slice(0, 300)}\n  ${absent.slice(0, 300)}`)
          }
        }
      }
      expect(told.slice(0, 5)).toEqual([])
      expect(probed.slice(0, 5)).toEqual([])
      expect(await rowsOf(theirs)).toBe(rows)
    },
    240_000,
  )
})
