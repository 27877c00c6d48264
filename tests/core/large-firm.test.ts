import type { KyselyPlugin, RootOperationNode } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { boundsAfter } from '#shared/modules/timeline/timeline.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { newCustomers } from '#core/modules/contracts/contracts.api.ts'
import { customerBriefs, customerParties } from '#core/modules/customers/customers.api.ts'
import { exclusionsOf } from '#core/modules/dunning/dunning.facts.ts'
import { lastLetters } from '#core/modules/dunning/dunning.repo.ts'
import { standingPayments } from '#core/modules/receivables/receivables.api.ts'
import { TIMELINE_SOURCES } from '#core/modules/timeline/timeline.sources.ts'
import { createTestCore, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
beforeAll(async () => {
  t = await createTestCore()
})
afterAll(() => t.close())

it('looks up more records at once than a statement takes parameters, as the dunning of a large firm does', async () => {
  const sales = await t.as('sales')
  const names = ['首家', '末家']
  const made: string[] = []
  for (const name of names) made.push((await sales.customers.create({ name, source: 'web' })).id)
  const unknown = Array.from({ length: 40_000 }, () => newId())
  const ids = [made[0] as string, ...unknown, made[1] as string, made[1] as string]
  const db = t.core.deps.store.read
  const parties = await customerParties(db, ids)
  expect(made.map((id) => parties.get(id)?.name)).toEqual(names)
  expect((await customerBriefs(db, ids)).size).toBe(2)
  for (const found of [await lastLetters(db, ids), await exclusionsOf(db, ids), await standingPayments(db, ids)]) {
    expect(found.size).toBe(0)
  }
})

it('finds the first contract of a customer among that customer’s own, not among all that are signed', async () => {
  const asked: RootOperationNode[] = []
  const listen: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked.push(node)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const db = t.core.deps.store.read
  for (const scope of [makeScope.all(), makeScope.users([newId()])]) {
    await newCustomers(db.withPlugin(listen), scope, '2026-06-01', '2026-06-30')
  }
  expect(asked).toHaveLength(2)
  for (const node of asked) {
    const { sql, parameters } = db.getExecutor().compileQuery(node, { queryId: 'plan' })
    const plan = t.core.vault.store.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]
    const steps = plan.map((step) => step.detail).join('\n')
    expect(steps).toMatch(/INDEX contracts_(signed_of_)?customer \(customer_id=\? AND sign_day<\?\)/)
  }
})

it('reads what happened with a customer by indexes alone, page after page', async () => {
  const asked: RootOperationNode[] = []
  const listen: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked.push(node)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const db = t.core.deps.store.read
  const after = boundsAfter({ day: asDay('2026-05-18'), at: t.clock.now(), key: 'visit:x' }, 'Asia/Shanghai')
  const plans = new Map<string, string>()
  for (const source of TIMELINE_SOURCES) {
    for (const scope of [makeScope.all(), makeScope.users([newId()])]) {
      asked.length = 0
      const ask = { customerId: newId(), formerIds: [], scope, userId: newId(), limit: 51 }
      await source.find(db.withPlugin(listen), { ...ask, after: after(source.id) })
      const [node] = asked
      if (!node) throw new Error(`${source.id} asks nothing`)
      const { sql, parameters } = db.getExecutor().compileQuery(node, { queryId: 'plan' })
      const plan = t.core.vault.store.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as {
        detail: string
      }[]
      plans.set(`${source.id} ${scope.kind}`, plan.map((step) => step.detail).join('\n'))
    }
  }
  for (const [name, steps] of plans) expect(`${name}\n${steps}`).not.toMatch(/^SCAN /m)
  const inOrder = [
    'file',
    'owner',
    'visit',
    'task',
    'task-closed',
    'contract',
    'contract-signed',
    'receipt',
    'letter',
    'market',
  ]
  for (const id of inOrder) {
    for (const scope of ['all', 'users']) {
      expect(`${id} ${plans.get(`${id} ${scope}`)}`).toMatch(/_of_customers? /)
      expect(`${id} ${plans.get(`${id} ${scope}`)}`).not.toContain('TEMP B-TREE FOR ORDER BY')
    }
  }
})
