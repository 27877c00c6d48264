import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay, asMonth } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { writeWorkbook } from '#workers/write-workbook.ts'
import { schemeItem } from '#tests/helpers/appraisal.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let manager: CoreClient
let owner: CoreClient

const APRIL = asMonth('2026-04')
const MAY = asMonth('2026-05')

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  owner = await t.as('owner')
  const customerId = await makeCustomer(sales)
  const complete = { result: '试装正常', needs: '交期', noNextReason: '等客户回音' }
  for (const day of ['2026-04-08', '2026-04-09']) {
    await sales.visits.create({ customerId, day: asDay(day), purpose: 'callBack', ...complete } as never)
  }
})
afterAll(() => t.close())

const ofMonth = async (month: string, userId: string) => {
  const row = (await owner.performance.targets({ month: asMonth(month) })).find((one) => one.userId === userId)!
  return Object.fromEntries(row.row.items.map((item) => [item.indicator, item.target]))
}

describe('a year’s target', () => {
  const save = (over: object = {}, api = manager) =>
    api.performance.spread.save({
      year: 2026,
      indicator: 'visits',
      weights: Array.from({ length: 12 }, () => 1),
      rows: [{ userId: t.ids.sales, total: 100 }],
      ...over,
    } as never)
  const look = async (api = manager, year = 2026) =>
    (await api.performance.spread.look({ year, indicator: 'visits' })).people.find((one) => one.userId === t.ids.sales)!

  it('is shared over the months that are not locked, and leaves every other target as it was', async () => {
    const before = await ofMonth('2026-05', t.ids.sales)
    await owner.performance.lock({ month: APRIL })
    const april = (await look()).months[3]!
    expect(april).toMatchObject({ month: '2026-04', state: 'locked', target: before['visits'] })
    expect(await save()).toEqual({ months: 11 })
    const { months } = await look()
    expect(months.reduce((sum, one) => sum + one.target, 0)).toBe(100)
    expect(months[3]).toEqual(april)
    expect(await ofMonth('2026-05', t.ids.sales)).toEqual({ ...before, visits: months[4]!.target })
    // The same again changes nothing.
    expect(await save()).toEqual({ months: 0 })
  })

  it('follows the locked months of the year before', async () => {
    expect((await manager.performance.spread.look({ year: 2026, indicator: 'visits' })).shape).toBeNull()
    const { shape } = await manager.performance.spread.look({ year: 2027, indicator: 'visits' })
    expect(shape).toEqual([0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0])
    expect((await owner.performance.spread.look({ year: 2027, indicator: 'helpGiven' })).shape).toBeNull()
  })

  it('cannot be less than its locked months, is for one’s own people, and never half saved', async () => {
    const refused = await refusalOf(save({ rows: [{ userId: t.ids.sales, total: 1 }] }))
    expect(refused).toMatchObject({ code: 'VALIDATION' })
    expect((await refusalOf(save({}, sales))).code).toBe('FORBIDDEN')
    expect((await refusalOf(save({ rows: [{ userId: t.ids.sales_other, total: 9 }] }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(save({ rows: [{ userId: t.ids.hr, total: 9 }] }, owner))).code).toBe('NOT_FOUND')
    const two = [
      { userId: t.ids.sales_manager, total: 900 },
      { userId: t.ids.sales, total: 1 },
    ]
    const before = await ofMonth(MAY, t.ids.sales_manager)
    expect((await refusalOf(save({ rows: two }))).code).toBe('VALIDATION')
    expect(await ofMonth(MAY, t.ids.sales_manager)).toEqual(before)
  })
})

describe('a month’s figures from a sheet', () => {
  type Rows = string[][]

  /** The sheet that the program makes, as texts. */
  async function template(api = manager): Promise<Rows[]> {
    const { jobId } = await api.performance.figures.template({ month: MAY })
    const job = await t.core.deps.jobs.settled(jobId)
    expect([job.state, job.error]).toEqual(['done', null])
    const user = api === manager ? t.ids.sales_manager : t.ids.owner
    const { bytes } = t.core.deps.files.readTemporary(user, job.files[0]?.fileId ?? '')
    return (await readTable(bytes, 'x.xlsx')).sheets.map((sheet) => sheet.rows.map((row) => [...row]))
  }
  async function check(sheets: readonly Rows[], api = manager) {
    const model = {
      creator: 'x',
      createdAt: 0,
      sheets: sheets.map((rows, i) => ({
        name: String(i),
        columns: [{ width: 9 }],
        rows: rows.map((row) => ({ cells: row.map((value) => ({ value })) })),
      })),
    }
    const file = new File([new Uint8Array(await writeWorkbook(model))], '考核.xlsx')
    const { fileId } = await api.files.upload({ file })
    return api.performance.figures.check({ month: MAY, fileId: fileId as never })
  }
  const linesOf = async (checkId: string, api = manager) =>
    (
      await api.performance.figures.checkRows({
        limit: 200,
        sort: { key: 'row', dir: 'asc' },
        filters: { checkId },
      } as never)
    ).rows
  const rowOf = (rows: Rows, name: string, indicator: string) =>
    rows.find((row) => row[1] === name && row[3] === indicator)!

  beforeAll(async () => {
    const items = [
      schemeItem('contractAmount', 4_000, 10_000_000),
      schemeItem('collectionRate', 2_000, 9_550),
      schemeItem('visits', 2_000, 8),
      schemeItem('trainingHours', 2_000, 800),
    ]
    const body = { name: '销售方案', roles: ['sales', 'sales_manager'], teamIds: [], items, grades: [] }
    await owner.performance.schemes.save({ id: null, version: null, fromMonth: MAY, body } as never)
  })

  it('that was made and not filled in changes nothing', async () => {
    const sheets = await template()
    expect(sheets[0]?.[0]?.slice(0, 4)).toEqual(['月份', '姓名', '团队', '指标'])
    const checked = await check(sheets)
    expect(checked).toMatchObject({ change: 0, failed: 0 })
    expect(checked.same).toBe(sheets[0]!.length - 1)
    expect(await manager.performance.figures.run({ checkId: checked.checkId as never })).toEqual({ written: 0 })
  })

  it('is written with its targets, figures and ratings once it is confirmed, and only once', async () => {
    const sheets = await template()
    const [figures, ratings] = sheets as [Rows, Rows]
    const names = (await manager.performance.targets({ month: MAY })).map((one) => [one.userId, one.userName] as const)
    const name = new Map(names).get(t.ids.sales)!
    rowOf(figures, name, '合同额')[5] = '123,456.78'
    rowOf(figures, name, '回款率')[5] = '88.5%'
    const training = rowOf(figures, name, '培训学时')
    training[6] = '6.5'
    training[7] = '产品培训'
    const rated = ratings.find((row) => row[1] === name)!
    rated.splice(3, 6, '成都兴川', '4', '3', '4', '2', '按时')
    const checked = await check(sheets)
    expect(checked).toMatchObject({ change: 4, failed: 0 })
    const targets = await ofMonth(MAY, t.ids.sales)
    expect(await manager.performance.figures.run({ checkId: checked.checkId as never })).toEqual({ written: 4 })
    expect(await ofMonth(MAY, t.ids.sales)).toEqual({ ...targets, contractAmount: 12_345_678, collectionRate: 8_850 })
    const sheet = (await owner.performance.sheet({ month: MAY })).people.find((one) => one.userId === t.ids.sales)!
    expect(sheet.indicators.find((one) => one.indicator === 'trainingHours')).toMatchObject({ actual: 650 })
    const stand = (await manager.performance.review.stand({ month: MAY })).people.find(
      (one) => one.userId === t.ids.sales,
    )!
    expect(stand.groups.find((one) => one.group === 'customer')).toMatchObject({ given: 1, mean: 325 })
    // The very same file again.
    expect(await manager.performance.figures.run({ checkId: checked.checkId as never })).toEqual({ written: 0 })
    expect(await check(sheets)).toMatchObject({ change: 0, failed: 0 })
  })

  it('says so where a customer has rated the person that month already, and writes nothing of the file', async () => {
    const people = await owner.performance.targets({ month: MAY })
    const his = people.find((one) => one.userId === t.ids.sales)!.userName
    const heads = ['月份', '姓名', '客户', '协作配合', '责任心', '专业能力', '服务意识', '评语']
    const checked = await check([
      [
        heads,
        ['2026-05', his, '成都兴川', '4', '3', '4', '2', '按时'],
        ['2026-05', his, ' 云岭 ', '4', '4', '4', '4', ''],
      ],
      [heads, ['2026-05', his, '成都兴川', '4', '3', '4', '3', '按时']],
      [heads, ['2026-05', his, '成都兴川', '4', '3', '4', '2', '很按时']],
    ])
    const lines = await linesOf(checked.checkId)
    expect(lines.map((one) => [one.state, one.problems.map(({ key }) => key.split('.').at(-1))])).toEqual([
      ['same', []],
      ['change', []],
      ['failed', ['twice', 'rated']],
      ['failed', ['twice', 'rated']],
    ])
    const run = manager.performance.figures.run({ checkId: checked.checkId as never })
    expect((await refusalOf(run)).code).toBe('PERFORMANCE_SHEET_FAULTS')
    const [stand] = (await manager.performance.review.stand({ month: MAY })).people.filter(
      (one) => one.userId === t.ids.sales,
    )
    expect(stand?.groups.find((one) => one.group === 'customer')).toMatchObject({ given: 1, mean: 325 })
  })

  it('says of every row what is wrong with it, and writes nothing of the file', async () => {
    const people = await owner.performance.targets({ month: MAY })
    const nameOf = (id: string) => people.find((one) => one.userId === id)!.userName
    const [his, own, other] = [t.ids.sales, t.ids.sales_manager, t.ids.sales_other].map(nameOf) as [
      string,
      string,
      string,
    ]
    const heads = ['月份', '姓名', '指标', '目标', '登记数值', '说明']
    const rows = [
      ['2026-05', his, '拜访次数', '99', '', ''],
      ['2026-04', his, '合同额', '1', '', ''],
      ['2026-05', other, '拜访次数', '1', '', ''],
      ['2026-05', his, '开票额', '1', '', ''],
      ['2026-05', his, '没有的', '1', '', ''],
      ['2026-05', his, '拜访次数', '-3', '7', ''],
      ['2026-05', his, '培训学时', '', '7', ''],
      ['2026-05', own, '培训学时', '', '7', '自填'],
    ]
    const ratings = [
      ['月份', '姓名', '客户', '协作配合', '责任心', '专业能力', '服务意识', '评语'],
      ['2026-05', his, '云岭', '5', '4', '4', '4', ''],
      ['2026-05', his, '', '3', '6', '3', '3', ''],
    ]
    const before = await ofMonth(MAY, t.ids.sales)
    const checked = await check([[heads, ...rows], ratings])
    const lines = await linesOf(checked.checkId)
    expect(
      lines.map((one) => [one.line, one.problems.map(({ field, key }) => `${field} ${key.split(/[:.]/).at(-1)}`)]),
    ).toEqual([
      [2, []],
      [3, ['month month']],
      [4, ['person nobody']],
      [5, ['indicator notMeasured']],
      [6, ['indicator indicator']],
      [7, ['indicator twice', 'target notANumber', 'actual fromRecords']],
      [8, ['note required']],
      [9, ['actual own']],
      [2, ['comment reason']],
      [3, ['customer required', 'reliability mark']],
    ])
    const run = manager.performance.figures.run({ checkId: checked.checkId as never })
    expect((await refusalOf(run)).code).toBe('PERFORMANCE_SHEET_FAULTS')
    expect(await ofMonth(MAY, t.ids.sales)).toEqual(before)
    // What somebody else checked is not there.
    expect((await refusalOf(owner.performance.figures.run({ checkId: checked.checkId as never }))).code).toBe(
      'NOT_FOUND',
    )
  })

  it('needs headings that are known, a month that is open, and somebody who may', async () => {
    expect(
      (
        await refusalOf(
          check([
            [
              ['甲', '乙'],
              ['1', '2'],
            ],
          ]),
        )
      ).code,
    ).toBe('PERFORMANCE_SHEET_COLUMNS')
    expect((await refusalOf(check(await template(), sales))).code).toBe('FORBIDDEN')
    const english = [
      ['Name', 'Indicator', 'Target'],
      ['无人', 'Visits', '3'],
    ]
    const [line] = await linesOf((await check([english])).checkId)
    expect(line).toMatchObject({ indicator: 'visits', state: 'failed' })
  })
})
