import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import type { RankingSight } from '#shared/modules/performance/performance.policy.schema.ts'
import { testSeats } from '#tests/helpers/appraisal.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MAY = asMonth('2026-05')
const SEATS = ['sales', 'sales_other', 'sales_manager', 'hr', 'owner'] as const

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

/** The other salesperson signed a contract and stands before everybody; the one who looks did nothing. */
beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, SEATS)
  await signContract(as('sales_other'), await makeCustomer(as('sales_other')), { signDay: '2026-05-11' })
})
afterAll(() => t.close())

async function letSee(ranking: RankingSight) {
  const { value, version } = await as('owner').performance.policy.read({})
  await as('owner').performance.policy.save({ value: { ...value, ranking }, version })
}
const rankingOf = (person: TestPerson) => as(person).performance.ranking({ month: MAY })
const idsIn = async (person: TestPerson) => (await rankingOf(person)).rows.map((row) => row.userId)
const ownPlace = async () => (await as('sales').performance.sheet({ month: MAY })).people[0]?.rank

/** The ranking by the owner's sheet, which counts everybody. */
async function truth() {
  const { people } = await as('owner').performance.sheet({ month: MAY })
  return new Map(people.map((person) => [person.userId, person.rank]))
}

describe('the ranking of an open month', () => {
  it('counts the whole firm for whoever asks, and shows a salesperson only himself', async () => {
    const places = await truth()
    expect(places.get(t.ids.sales_other)).toBe(1)
    const seen = await rankingOf('sales')
    expect(seen).toMatchObject({ locked: false, sight: 'own', people: places.size })
    expect(seen.rows).toMatchObject([{ userId: t.ids.sales, rank: places.get(t.ids.sales), own: true }])
    expect(seen.rows[0]?.rank).toBeGreaterThan(1)
  })

  it('never stands on a sheet of a part of the people', async () => {
    expect(await ownPlace()).toBeNull()
    const team = await as('sales_manager').performance.sheet({ month: MAY })
    expect(team.people.length).toBeGreaterThan(1)
    expect(team.people.map((person) => person.rank)).toEqual(team.people.map(() => null))
  })

  it.each<[RankingSight, TestPerson[]]>([
    ['firm', ['sales', 'sales_manager', 'sales_other']],
    ['team', ['sales', 'sales_manager']],
    ['own', ['sales']],
    ['leaders', []],
  ])('is seen by a salesperson under %s as far as that goes', async (sight, expected) => {
    await letSee(sight)
    expect((await idsIn('sales')).toSorted()).toEqual(expected.map((one) => t.ids[one]).toSorted())
    const seen = await rankingOf('sales')
    expect(seen.people === null).toBe(sight === 'leaders')
    // Whoever leads sees his people, an owner all of them, whatever is set.
    expect(await idsIn('sales_manager')).toEqual(expect.arrayContaining([t.ids.sales, t.ids.sales_manager]))
    expect((await idsIn('owner')).length).toBe((await truth()).size)
    if (sight !== 'firm') expect(JSON.stringify(seen)).not.toContain(t.ids.sales_other)
  })

  it('is opened and closed by whoever makes the schemes, and by nobody else', async () => {
    const { value, version } = await as('sales_manager').performance.policy.read({})
    const saved = as('sales_manager').performance.policy.save({ value, version })
    expect((await refusalOf(saved)).code).toBe('FORBIDDEN')
  })
})

describe('the ranking of a locked month', () => {
  beforeAll(async () => {
    await moveTo('2026-06-03')
    await as('hr').performance.lock({ month: MAY })
  })

  it('stands on the sheet, the year and the paper as the firm lets its reader see it', async () => {
    const place = (await truth()).get(t.ids.sales)
    const paper = async () => {
      const { jobId } = await as('sales').performance.signed({ month: MAY, userId: t.ids.sales as never })
      const job = await t.core.deps.jobs.settled(jobId)
      const { bytes } = t.core.deps.files.readTemporary(t.ids.sales, job.files[0]?.fileId ?? '')
      return (await pdfPages(bytes)).join(' ')
    }
    const yearPlace = async () => (await as('sales').performance.year.sheet({ year: 2026 })).people[0]?.rank
    await letSee('own')
    expect([await ownPlace(), await yearPlace()]).toEqual([place, place])
    expect(await paper()).not.toContain('不公开')
    await letSee('leaders')
    expect([await ownPlace(), await yearPlace()]).toEqual([null, null])
    expect(await paper()).toContain('不公开')
    expect((await rankingOf('sales')).rows).toEqual([])
    const team = await as('sales_manager').performance.sheet({ month: MAY })
    expect(team.people.map((person) => person.rank)).not.toContain(null)
  })
})
