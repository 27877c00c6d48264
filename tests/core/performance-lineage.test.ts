import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { INDICATOR_CODES } from '#shared/modules/performance/performance.indicators.schema.ts'
import { figureOf } from '#shared/modules/performance/performance.rules.ts'
import { schemeBody } from '#shared/modules/performance/performance.schemes.schema.ts'
import { shortened } from '#shared/modules/performance/performance.sources.rules.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { computeSheet } from '#core/modules/performance/performance.compute.ts'
import { appraisedPeople, planBook } from '#core/modules/performance/performance.plans.ts'
import { wholeScheme } from '#tests/helpers/appraisal.ts'
import { generateFirm } from '#tests/helpers/generated-firm.ts'
import { createTestCore, type TestCore } from '#tests/helpers/test-core.ts'

/** Three firms a year, four months apart, in years in which the firm's zone kept one time. */
const YEARS = Array.from({ length: 75 }, (_, i) => 1951 + i).filter((year) => year < 1986 || year > 1992)
const MONTHS = YEARS.flatMap((year) => ['02', '06', '10'].map((month) => asMonth(`${year}-${month}`)))
const FIRMS = 200

let t: TestCore
beforeAll(async () => {
  t = await createTestCore()
  const body = schemeBody.parse(wholeScheme())
  const { raw } = t.core.vault.store
  raw.prepare('INSERT INTO performance_schemes VALUES (?, 0, ?, ?, NULL, 0, 0)').run('all', '全部指标', '全部指标')
  raw
    .prepare('INSERT INTO performance_scheme_editions VALUES (?, 1, ?, ?, 0, NULL)')
    .run('all', '1900-01', JSON.stringify(body))
})
afterAll(() => t.close())

describe('every shipped indicator, over generated firms', () => {
  it('is what was done, and the rows that it opens come to exactly the same', async () => {
    const db = t.core.deps.store.read
    const people = [t.ids.sales, t.ids.sales_other] as const
    const raters = [t.ids.sales_manager, t.ids.finance, t.ids.reviewer, t.ids.hr, t.ids.owner]
    const calendar = makeCalendar((await readSetting(db, 'workCalendar')).value)
    const { raw } = t.core.vault.store
    const seen = new Set<string>()
    for (let firm = 0; firm < FIRMS; firm += 1) {
      const month = MONTHS[firm] as PlainMonth
      const expected = raw.transaction(() =>
        generateFirm(raw, { seed: firm + 1, month, people, raters, calendar, zoneOffsetMs: 8 * 3_600_000 }),
      )()
      const input = { db, scope: makeScope.all(), month, today: t.clock.today(), t: makeTranslator('zh-CN') }
      const planOf = await planBook(db, [month])
      const appraised = await appraisedPeople(db, makeScope.users(people))
      const { sheet, sources } = await computeSheet(input, appraised, (person) => planOf(person, month))
      const opened = await sources()
      for (const person of sheet.people) {
        for (const { indicator, actual, part, whole } of person.indicators) {
          const where = `firm ${firm} ${month} ${person.userName} ${indicator}`
          expect([where, { actual, part, whole }]).toEqual([where, expected(person.userId, indicator)])
          const rows = opened.find((one) => one.userId === person.userId && one.indicator === indicator)?.rows ?? []
          expect([where, figureOf(indicator, rows)]).toEqual([where, { actual, part, whole, rows: rows.length }])
          if (rows.length > 0) seen.add(indicator)
        }
      }
      // Where there is room for one of each only, it is the first, and the rest is said to be what it comes to.
      if (firm % 4 > 0) continue
      for (const { rows, rest, ...figure } of await sources(() => 1)) {
        const all = opened.find((one) => one.userId === figure.userId && one.indicator === figure.indicator)?.rows ?? []
        expect({ ...figure, rows, rest }).toEqual({ ...figure, ...shortened(all, 1) })
      }
    }
    // Whatever is shipped was there to be counted.
    expect([...seen].toSorted()).toEqual([...INDICATOR_CODES].toSorted())
  }, 240_000)

  it('opens for one person by himself the rows that the whole sheet counted', async () => {
    const owner = await t.as('owner')
    for (const month of [MONTHS[0], MONTHS[FIRMS - 1]] as PlainMonth[]) {
      const { people } = await owner.performance.sheet({ month })
      for (const { userId, indicators } of people.filter((person) => person.schemeName !== '')) {
        for (const { indicator, actual } of indicators) {
          const rows = await owner.performance.sourceRows({ month, userId: userId as never, indicator })
          expect([userId, indicator, figureOf(indicator, rows).actual]).toEqual([userId, indicator, actual])
        }
      }
    }
  })
})
