import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { formatRate } from '#shared/i18n/formatters.ts'
import { asMonth } from '#shared/kernel/dates.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { curveText, figureText } from '#shared/modules/performance/performance.words.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MAY = asMonth('2026-05')
const SEATS = ['sales', 'sales_other', 'sales_manager', 'hr', 'owner'] as const

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, SEATS)
  const body = {
    name: '业务员方案',
    roles: ['sales'],
    teamIds: [],
    items: [
      schemeItem('contractAmount', 5_000, 10_000_000),
      schemeItem('trainingHours', 3_000, 1_000),
      schemeItem('examResult', 2_000, 90),
    ],
    grades: [
      { name: '优秀', from: 9_000, coefficient: 12_345 },
      { name: '合格', from: 0, coefficient: 9_876 },
    ],
  }
  await as('hr').performance.schemes.save({ id: null, version: null, fromMonth: MAY, body } as never)
  await signContract(as('sales'), await makeCustomer(as('sales')), { signDay: '2026-05-11' })
  await as('hr').performance.saveEntry({
    month: MAY,
    userId: t.ids.sales,
    indicator: 'trainingHours',
    value: 700,
    note: '产品培训',
    evidence: '',
  } as never)
})
afterAll(() => t.close())

async function pagesOf(userId: string | null, person: TestPerson, seat = as(person)) {
  const { jobId } = await seat.performance.signed({ month: MAY, userId: userId as never })
  const job = await t.core.deps.jobs.settled(jobId)
  const { bytes, name } = t.core.deps.files.readTemporary(t.ids[person], job.files[0]?.fileId ?? '')
  return { pages: await pdfPages(bytes), name }
}
const sheet = () => as('owner').performance.sheet({ month: MAY })
const bare = (text: string) => text.replace(/\s+/g, '')

/** Every text that a person's paper has to hold. */
function textsOf(person: PersonSheet, locale: Locale): string[] {
  const t9n = makeTranslator(locale)
  return [
    person.userName,
    person.teamName ?? '–',
    person.schemeName || t9n('performance:standard'),
    (person.total / 100).toFixed(2),
    ...(person.grade === null ? [] : [person.grade]),
    ...(person.coefficient === null ? [] : [formatRate(person.coefficient)]),
    ...person.indicators.flatMap((one) => [
      t9n(`performance:indicators.${one.indicator}`),
      figureText(one.indicator, one.target),
      ...(one.applicable ? [figureText(one.indicator, one.actual), formatRate(one.rate)] : []),
      one.applicable ? (one.score / 100).toFixed(2) : t9n('performance:notMeasured'),
      formatRate(one.weight),
      curveText(one.curve, one.indicator, t9n),
    ]),
    ...['employee', 'superior', 'owner', 'sign', 'day'].map((key) => t9n(`performance:signed.${key}`)),
  ]
}
const missing = (page: string, texts: readonly string[]) => texts.filter((text) => !page.includes(bare(text)))

describe('a month on paper, to be signed', () => {
  it('says across the page that an open month is not locked, and leaves the rank open to whoever sees a part', async () => {
    const { pages, name } = await pagesOf(t.ids.sales, 'sales')
    expect(name).toMatch(/^绩效考核表.*2026-05.*\.pdf$/)
    expect(missing(pages.join(''), ['未锁定', '本月尚未锁定', '锁定后确定', '不计入'])).toEqual([])
    const found = await sheet()
    const mine = found.people.find((one) => one.userId === t.ids.sales)!
    expect(missing(pages.join(''), textsOf(mine, 'zh-CN'))).toEqual([])
    expect((await pagesOf(null, 'owner')).pages.join('')).not.toContain('锁定后确定')
  })

  it('is everybody’s own; others’ are not there', async () => {
    const { pages } = await pagesOf(null, 'sales')
    expect(new Set(pages.map((page) => page.includes('第1页共1页')))).toEqual(new Set([true]))
    expect(pages).toHaveLength(1)
    const asked = (person: TestPerson, userId: string) =>
      refusalOf(as(person).performance.signed({ month: MAY, userId: userId as never }))
    expect((await asked('sales', t.ids.sales_other)).code).toBe('NOT_FOUND')
    expect((await refusalOf((await t.as('finance')).performance.signed({ month: MAY, userId: null }))).code).toBe(
      'FORBIDDEN',
    )
  })

  it('holds calibration, appeal and answer, corrections and what was locked, in each language', async () => {
    await moveTo('2026-06-03')
    await as('owner').performance.cycle.calibrate({
      month: MAY,
      userId: t.ids.sales,
      points: 150,
      reason: '带教新人',
    } as never)
    await as('sales').performance.cycle.appeal({
      month: MAY,
      indicator: 'trainingHours',
      reason: '少记一次培训',
    } as never)
    const [open] = await as('owner').performance.cycle.appeals({ month: MAY })
    await as('owner').performance.cycle.answer({ id: open!.id, upheld: false, answer: '已核对', points: null } as never)
    await as('hr').performance.lock({ month: MAY })
    const locked = (await sheet()).people.find((one) => one.userId === t.ids.sales)!
    const { approvalId } = await as('sales_manager').performance.correction.ask({
      month: MAY,
      userId: t.ids.sales,
      indicator: 'trainingHours',
      value: 900,
      reason: '漏记一次培训',
      evidence: '签到表 0518',
    } as never)
    const { version } = await as('owner').approvals.get({ id: approvalId as never })
    const action = { kind: 'approve', comment: '已核' }
    await as('owner').approvals.act({ id: approvalId, version, action } as never)
    const { people } = await sheet()
    for (const locale of LOCALES) {
      const t9n = makeTranslator(locale)
      const seat = t.core.localClient({ device: `paper-${locale}`, locale })
      await seat.session.logIn({ login: 'owner', password: PASSWORD })
      const { pages } = await pagesOf(null, 'owner', seat)
      // Everybody begins on a page of his own.
      const first = pages.filter((page) => page.includes(bare(t9n('performance:columns.scheme'))))
      expect(first).toHaveLength(people.length)
      for (const [i, person] of people.entries()) {
        const start = pages.indexOf(first[i] as string)
        const end = i + 1 < first.length ? pages.indexOf(first[i + 1] as string) : pages.length
        const paper = pages.slice(start, end).join('')
        const rank = `${t9n('performance:columns.rank')}`
        expect([person.userName, missing(paper, [...textsOf(person, locale), rank, '2026-06-03'])]).toEqual([
          person.userName,
          [],
        ])
        expect(paper).not.toContain(bare(t9n('performance:signed.openNote')))
      }
      const mine = pages.join('')
      expect(locked.asLocked).toBeUndefined()
      expect(
        missing(mine, [
          '+1.50',
          '带教新人',
          '少记一次培训',
          '已核对',
          '漏记一次培训 · 签到表 0518',
          figureText('trainingHours', 700),
          t9n('performance:signed.declared', { name: '张三', month: MAY, total: '75.60' }),
          `${t9n('performance:correction.book.total')}${(locked.total / 100).toFixed(2)}`,
          `${t9n('performance:correction.book.rank')}${locked.rank} · ${locked.grade ?? ''}`,
          t9n('performance:cycle.sign', { state: `${t9n('performance:cycle.lockedStandings.answered')} 2026-06-03` }),
        ]),
      ).toEqual([])
    }
  })

  it('is on record each time', async () => {
    const rows = await t.core.deps.store.read
      .selectFrom('audit_log')
      .select('seq')
      .where('action', '=', 'performance.export')
      .execute()
    expect(rows.length).toBe(6)
  })
})
