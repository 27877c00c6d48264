import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopeOf } from '#shared/policy/can.ts'
import { callEntry, contractEntries } from '#tests/helpers/contract-entries.ts'
import { createTestCore, refusalOf, TEST_ROLES, type TestCore } from '#tests/helpers/test-core.ts'
import { randomSource, validInput } from '#tests/helpers/valid-input.ts'

/** Entries that end or replace what every other call of this test needs. */
const ENDS_THE_SEAT = new Set(['session.lock', 'session.logOut', 'backups.restore'])

describe('every entry of the contract', () => {
  const entries = contractEntries()
  let test: TestCore
  let ids: readonly string[]

  beforeAll(async () => {
    test = await createTestCore()
    ids = Object.values(test.ids)
  })
  afterAll(() => test.close())

  it('is known to this walk', () => {
    expect(entries.length).toBeGreaterThan(90)
  })

  it('answers nobody without a session, but for the public ones', async () => {
    const seat = test.anonymous()
    for (const entry of entries.filter((e) => e.meta.permit !== 'public')) {
      const input = validInput(entry.input, randomSource(1), ids)
      const refusal = await refusalOf(Promise.resolve(callEntry(seat, entry.path, input)))
      expect([entry.name, refusal.code]).toEqual([entry.name, 'UNAUTHENTICATED'])
    }
  })

  it.each(TEST_ROLES)('answers %s exactly as the matrix says', async (role) => {
    const seat = await test.as(role)
    // The owner of the test firm is its administrator too.
    const roles = role === 'owner' ? (['owner', 'administrator'] as const) : ([role] as const)
    for (const entry of entries) {
      const { permit } = entry.meta
      if (permit === 'public' || permit === 'session') continue
      if (ENDS_THE_SEAT.has(entry.name)) continue
      const forbidden = scopeOf(roles, permit) === 'none'
      // Nothing valid is sent where the role may: what is asked is only whether the door opens.
      const input = forbidden ? validInput(entry.input, randomSource(2), ids) : { unknown: true }
      const refusal = await refusalOf(Promise.resolve(callEntry(seat, entry.path, input)))
      expect([entry.name, refusal.code === 'FORBIDDEN']).toEqual([entry.name, forbidden])
    }
  })
})
