import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRate } from '#shared/i18n/formatters.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { asMonth } from '#shared/kernel/dates.ts'
import { cellOf, type RowModel, type WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { bonusLine, gradeShares, type BonusLine } from '#shared/modules/performance/performance.bonus.rules.ts'
import type { ScoringCurve } from '#shared/modules/performance/performance.curves.rules.ts'
import { correctedSheet } from '#shared/modules/performance/performance.corrections.rules.ts'
import { withCycle } from '#shared/modules/performance/performance.cycle.rules.ts'
import { totalsPicture } from '#shared/modules/performance/performance.charts.ts'
import { performanceWorkbook } from '#shared/modules/performance/performance.documents.ts'
import { withExtra } from '#shared/modules/performance/performance.extra.rules.ts'
import {
  CATALOGUE,
  INDICATOR_CODES,
  type Indicator,
} from '#shared/modules/performance/performance.indicators.schema.ts'
import { ranked, scoreAll, type Measured } from '#shared/modules/performance/performance.rules.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import type { FigureSources } from '#shared/modules/performance/performance.sources.rules.ts'
import type { GradeBand, SchemeItem } from '#shared/modules/performance/performance.schemes.schema.ts'
import { yearWorkbook } from '#shared/modules/performance/performance.year.documents.ts'
import { monthsOf, yearOf } from '#shared/modules/performance/performance.year.rules.ts'
import { createWorkerPool } from '#core/kernel/worker-pool.ts'
import { readTable } from '#workers/read-table.ts'
import { writeWorkbook } from '#workers/write-workbook.ts'
import { hasLibreOffice, recalculate } from '#tests/helpers/libreoffice.ts'

const rate = (most: number) => fc.integer({ min: 0, max: most })
const curve: fc.Arbitrary<ScoringCurve> = fc.oneof(
  fc.record({
    kind: fc.constant('linear' as const),
    floor: rate(9_000),
    cap: fc.integer({ min: 10_000, max: 15_000 }),
  }),
  fc.record({
    kind: fc.constant('tiers' as const),
    floorAt: fc.constantFrom(5_000, 8_000, 9_999),
    floorGives: rate(10_000),
    stretchAt: fc.constantFrom(10_001, 12_000, 13_333),
    stretchGives: fc.integer({ min: 10_000, max: 15_000 }),
  }),
  fc.constant<ScoringCurve>({
    kind: 'steps',
    steps: [
      { from: 8_000, gives: 6_050 },
      { from: 10_000, gives: 10_000 },
      { from: 12_000, gives: 12_000 },
    ],
  }),
  fc.record({
    kind: fc.constant('deduction' as const),
    per: fc.constantFrom(1, 10, 30, 333),
    deduct: rate(3_000),
    floor: rate(5_000),
  }),
  fc.constantFrom<ScoringCurve>({ kind: 'veto' }, { kind: 'linear', floor: 0, cap: 12_000 }),
)
const GRADES: GradeBand[] = [
  { name: 'A "优"', from: 9_000, coefficient: 12_500, most: 1_500 },
  { name: 'B', from: 6_000, coefficient: 10_000 },
  { name: 'C', from: 0, coefficient: 6_667 },
]

interface Made {
  readonly items: readonly SchemeItem[]
  readonly measured: ReadonlyMap<Indicator, Measured>
}

/** Of an indicator of which less is better the floor lies above the target, and the stretch below it. */
function directed(by: ScoringCurve, indicator: Indicator): ScoringCurve {
  if (by.kind !== 'tiers' || CATALOGUE[indicator].better === 'more') return by
  return { ...by, floorAt: 20_000 - by.floorAt, stretchAt: 20_000 - by.stretchAt }
}

/** A person's scheme and month: odd weights, targets that are missing, rates of nothing, entries that are missing. */
const made: fc.Arbitrary<Made> = fc
  .array(
    fc.record({
      indicator: fc.constantFrom<Indicator>(...INDICATOR_CODES),
      share: fc.integer({ min: 1, max: 97 }),
      target: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50_000 })),
      curve,
      actual: fc.integer({ min: -2_000, max: 70_000 }),
      part: rate(300),
      whole: fc.constantFrom(0, 3, 7, 300),
      rows: fc.constantFrom(0, 1, 1, 1),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map((rows) => {
    const once = [...new Map(rows.map((row) => [row.indicator, row])).values()]
    const sum = once.reduce((all, row) => all + row.share, 0)
    let left = 10_000
    const items = once.map(({ indicator, share, target, curve: by }, i) => {
      const weight = i === once.length - 1 ? left : Math.floor((share * 10_000) / sum)
      left -= weight
      return {
        indicator,
        weight,
        target,
        curve: directed(by, indicator),
        param: CATALOGUE[indicator].param?.usual ?? null,
      }
    })
    const measured = new Map(
      once.map(({ indicator, actual, part, whole, rows: count }) => {
        const isRate = CATALOGUE[indicator].unit === 'rate'
        const known = Math.min(part, whole)
        const reached = whole === 0 ? 0 : Math.round((known * 10_000) / whole)
        const halves = { actual: reached, part: known, whole, rows: count }
        return [indicator, isRate ? halves : { actual, part: 0, whole: 0, rows: count }]
      }),
    )
    return { items, measured }
  })

const NONE: Measured = { actual: 0, part: 0, whole: 0, rows: 0 }

function peopleOf(months: readonly Made[]): PersonSheet[] {
  return ranked(
    months.map(({ items, measured }, i) => ({
      userId: String(i),
      userName: `员工${i}`,
      teamName: i % 2 === 0 ? '一组' : null,
      schemeName: '',
      ...scoreAll(items, i % 3 === 0 ? [] : GRADES, (indicator) => measured.get(indicator) ?? NONE),
    })),
  )
}

const RECEIPT = {
  kind: 'receipt' as const,
  id: 'r',
  label: 'SK-1',
  customerName: '山城商贸',
  amount: 123_45,
  received: 0,
}

/** Bonuses with odd bases, days and halves of a fen; of some no base was agreed. */
const bonuses = (people: readonly PersonSheet[]): BonusLine[] =>
  people.map((person, i) =>
    bonusLine(person, {
      workdays: 21,
      inService: 21 - (i % 3),
      absent: [0, 50, 125, 2_500][i % 4]!,
      absentReason: i % 4 === 0 ? '' : '事假',
      base: i % 5 === 4 ? null : [1, 33_333, 123_455, 987_654_321][i % 5]!,
      baseFrom: i % 5 === 4 ? null : '2026-01',
    }),
  )

const book = (people: PersonSheet[], sources: readonly FigureSources[] = []) =>
  performanceWorkbook(
    {
      sheet: { month: asMonth('2026-05'), locked: true, lockedAt: 0, people },
      firmName: '重庆山城 & 伙伴',
      createdAt: Date.UTC(2026, 5, 9),
      sources,
      bonus: bonuses(people),
      anchor: 'abc',
    },
    makeTranslator('zh-CN'),
  )

/** All cells of a workbook as they are stored, sheet by sheet. */
async function stored(model: WorkbookModel): Promise<Map<string, string[][]>> {
  const { sheets } = await readTable(await writeWorkbook(model), 'a.xlsx')
  return new Map(sheets.map((sheet) => [sheet.name, sheet.rows as string[][]]))
}

const asCell = (cell: RowModel['cells'][number]) => (cell === null ? null : cellOf(cell))

/** The same workbook in which every formula's stored value is wrong: what comes out right was calculated. */
function spoilt(model: WorkbookModel): WorkbookModel {
  const cell = (one: RowModel['cells'][number]) =>
    one === null || typeof one !== 'object' || one.formula === undefined
      ? one
      : { ...one, value: typeof one.value === 'string' ? '?' : 77 }
  return {
    ...model,
    sheets: model.sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row) => ({ ...row, cells: row.cells.map(cell) })),
    })),
  }
}

/** Of the firm, behind it and before it: there a day that is written as a moment is another day. */
const ZONES = ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati']

/** Written and calculated by LibreOffice in each zone, every cell is what the program counted; gives the last one's cells. */
async function expectCalculated(model: WorkbookModel): Promise<Map<string, string[][]>> {
  const own = process.env['TZ']
  let found = new Map<string, string[][]>()
  try {
    const wanted = await stored(model)
    for (const zone of ZONES) {
      process.env['TZ'] = zone
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
      found = await recalculate(await writeWorkbook(spoilt(model)))
      for (const [name, rows] of wanted) expect([zone, name, found.get(name)]).toEqual([zone, name, rows])
    }
  } finally {
    if (own === undefined) delete process.env['TZ']
    else process.env['TZ'] = own
  }
  return found
}

describe('the month’s workbook', () => {
  it('calculated by LibreOffice gives in every cell what the program counted, whatever the scheme and the zone', async (context) => {
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    const people = peopleOf(fc.sample(made, { numRuns: 60, seed: 2026 }))
    const model = book(people, [
      {
        userId: '0',
        indicator: 'collected',
        rows: ['2026-05-01', '2026-05-31'].map((day) => ({ ...RECEIPT, day })),
        rest: { rows: 2, amount: 1, received: 0 },
      },
    ])
    const cells = model.sheets.flatMap((sheet) => sheet.rows).flatMap((row) => row.cells.map(asCell))
    expect(cells.filter((cell) => cell?.formula !== undefined).length).toBeGreaterThan(800)
    const found = await expectCalculated(model)
    expect(found.get('来源明细')?.flat()).toEqual(expect.arrayContaining(['2026-05-01', '2026-05-31']))
  }, 180_000)

  it('shows totals as a picture below the ranking, and calculates all the same', async (context) => {
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    const people = peopleOf(fc.sample(made, { numRuns: 5, seed: 2026 }))
    const picture = totalsPicture(people, makeTranslator('zh-CN'))!
    const pool = createWorkerPool({ resourcesDir: new URL('../../resources', import.meta.url).pathname, size: 1 })
    const [bytes] = await pool.run('charts', { charts: [picture.chart] })
    await pool.close()
    const png = Buffer.from(bytes!).toString('base64')
    const sheet = { month: asMonth('2026-05'), locked: true, lockedAt: 0, people }
    const rest = { firmName: '', createdAt: 0, sources: [], bonus: [], anchor: '' }
    const model = performanceWorkbook({ ...rest, sheet, pictures: [{ ...picture, png }] }, makeTranslator('zh-CN'))
    const written = new ExcelJS.Workbook()
    await written.xlsx.load((await writeWorkbook(model)) as never)
    const ranking = written.getWorksheet('排名')!
    expect(ranking.getImages().map((one) => one.range.tl.nativeRow)).toEqual([3 + people.length + 2])
    expect(ranking.pageSetup.printArea).toBe(`A1:I${3 + people.length + 2 + Math.ceil(picture.chart.height / 20)}`)
    expect(ranking.getCell(`A${3 + people.length + 2}`).value).toBe('总分（共 5 人）')
    await expectCalculated(model)
  }, 180_000)

  it('of a part of the people has the places in the firm as they are, and no formula that counts among the part', () => {
    const people = peopleOf(fc.sample(made, { numRuns: 4, seed: 2026 })).slice(2)
    const sheet = { month: asMonth('2026-05'), locked: true, lockedAt: 0, people }
    const rest = { firmName: '重庆山城', createdAt: 0, sources: [], bonus: [], anchor: '' }
    const [ranking] = performanceWorkbook({ ...rest, sheet, partial: true }, makeTranslator('en')).sheets
    const places = ranking?.rows.slice(3).map((row) => asCell(row.cells[0] ?? null))
    expect(places?.map((cell) => [cell?.value, cell?.formula])).toEqual(people.map(({ rank }) => [rank, undefined]))
    expect(people.map(({ rank }) => rank)).not.toContain(1)
  })

  it('with calibration before and corrections after the lock calculates by them, and tells what was locked', async (context) => {
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    const locked = peopleOf(fc.sample(made, { numRuns: 20, seed: 1201 }))
    const month = asMonth('2026-05')
    const corrections = locked.flatMap(({ userId, indicators }, i) =>
      indicators
        .filter((_, k) => (i + k) % 3 === 0)
        .map(({ indicator }, k) => ({
          month,
          userId,
          indicator,
          value: CATALOGUE[indicator].unit === 'rating' ? 350 : [0, 7_777, 10_000][k % 3]!,
          reason: '漏记',
          evidence: '单据 7',
          askedByName: '李主管',
          decidedByName: '周总',
          decidedDay: '2026-06-12',
        })),
    )
    // Every other one was calibrated before the lock, up and down.
    const points = [500, -500, 37]
    const calibrations = new Map(
      locked.flatMap(({ userId }, i) =>
        i % 2 === 0 ? [[userId, { points: points[i % 3]!, reason: '带教新人', byName: '周总' }]] : [],
      ),
    )
    // And every third was given or taken points beside the indicators, below and above the caps.
    const entry = (some: number) => ({ id: '', points: some, reason: '展会', evidence: '表彰', byName: '李主管' })
    const extras = new Map(
      locked.flatMap(({ userId }, i) => (i % 3 === 0 ? [[userId, [entry(777), entry(i % 2 === 0 ? -900 : 33)]]] : [])),
    )
    const open = { month, locked: true, lockedAt: 0, people: locked }
    const calibrated = withCycle(
      withExtra(open, extras as never, () => ({ mostUp: 500, mostDown: 300 })),
      { calibrations, confirmations: new Map(), appeals: [] },
    )
    const sheet = correctedSheet(calibrated, corrections)
    const model = book(sheet.people)
    const found = await expectCalculated(model)
    const words = [...found.values()].flat(2)
    expect(words.filter((text) => text.includes('申请 李主管，批准 周总，2026-06-12'))).toHaveLength(corrections.length)
  }, 180_000)

  it('with another actual typed in, moves rate, score, total, rank, grade, bonus and shares as the program would', async (context) => {
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    const items: SchemeItem[] = [
      { indicator: 'visits', weight: 6_000, target: 10, curve: { kind: 'linear', floor: 0, cap: 12_000 }, param: null },
      {
        indicator: 'notesAdopted',
        weight: 4_000,
        target: 2,
        curve: { kind: 'deduction', per: 1, deduct: 2_500, floor: 0 },
        param: null,
      },
    ]
    const month = (visits: number): Made => ({
      items,
      measured: new Map<Indicator, Measured>([
        ['visits', { ...NONE, actual: visits, rows: visits }],
        ['notesAdopted', { ...NONE, actual: 1, rows: 1 }],
      ]),
    })
    const before = book(peopleOf([month(9), month(8), month(4)]))
    const sheet = before.sheets.find((one) => one.name === '员工2')!
    const typed: WorkbookModel = {
      ...before,
      sheets: before.sheets.map((one) =>
        one !== sheet
          ? one
          : {
              ...one,
              rows: one.rows.map((row, i) =>
                i === 5
                  ? { ...row, cells: row.cells.map((cell, k) => (k === 2 ? { ...asCell(cell), value: 12 } : cell)) }
                  : row,
              ),
            },
      ),
    }
    const found = await recalculate(await writeWorkbook(typed))
    const after = peopleOf([month(9), month(8), month(12)])
    const ranking = found.get('排名')!.slice(3)
    for (const person of after) {
      const row = ranking.find((one) => one[1] === person.userName)!
      expect([row[0], row[6], row[7]]).toEqual([String(person.rank), person.grade ?? '', String(person.total / 100)])
    }
    // The lines stand as before: each one's base and days are his own, whatever place he has now.
    const lines = bonuses(peopleOf([month(9), month(8), month(4)]))
    const shown = found.get('奖金表')!.slice(3)
    let sum = 0
    for (const [i, line] of lines.entries()) {
      const person = after.find((one) => one.userId === line.userId)!
      const { coefficient, bonus } = bonusLine(person, line)
      const row = shown[i]!
      expect([row[0], row[4], row[11]]).toEqual([line.userName, formatRate(coefficient), String((bonus ?? 0) / 100)])
      sum += bonus ?? 0
    }
    expect(lines.map((line) => line.bonus)).not.toEqual(
      lines.map(
        (line) =>
          bonusLine(
            after.find((one) => one.userId === line.userId)!,
            line,
          ).bonus,
      ),
    )
    expect(shown[lines.length]!.at(-1)).toBe(String(sum / 100))
    const shares = gradeShares(after)
    for (const [i, share] of shares.entries()) {
      const row = shown[lines.length + 4 + i]!
      expect([row[1], row[2], row[3]]).toEqual([share.grade, String(share.count), String(share.of)])
    }
  }, 180_000)
})

describe('the year’s workbook', () => {
  it('calculated by LibreOffice gives in every cell what the program counted', async (context) => {
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    const scores = fc.sample(fc.array(fc.integer({ min: 0, max: 12_000 }), { minLength: 12, maxLength: 12 }), {
      numRuns: 30,
      seed: 7,
    })
    const sheets = monthsOf(2026)
      .slice(0, 11)
      .map((month, at) => ({
        month: asMonth(month),
        locked: true,
        lockedAt: 0,
        people: scores
          .map((totals, i) => ({
            userId: String(i),
            userName: `员工${i}`,
            teamName: null,
            total: totals[at],
            grades: i % 4 === 0 ? [] : GRADES,
          }))
          // Some joined later, and one was never appraised but in the month that is left out for him.
          .filter((_, i) => at >= i % 6 && (i !== 5 || at === 5)),
      }))
    const leftOut = [
      { month: '2026-06', userId: '5', reason: '病假' },
      { month: '2026-03', userId: '1', reason: '月中入职' },
    ]
    const people = yearOf(2026, sheets as never, leftOut)
    expect(people.find((one) => one.userId === '5')?.total).toBeNull()
    const input = { firmName: '重庆山城 & 伙伴', createdAt: Date.UTC(2027, 0, 5), anchor: 'abc' }
    const model = yearWorkbook(
      { ...input, sheet: { year: 2026, people, waiting: ['2026-12'] } },
      makeTranslator('zh-TW'),
    )
    await expectCalculated(model)
  }, 180_000)
})
