import type { Translate } from '#shared/i18n/translate.ts'
import type { CellFormat, CellModel, RowModel, SheetModel } from '#shared/kernel/workbook-model.ts'
import { FORMATS, head, text } from './performance.cells.ts'
import { correctionRows } from './performance.corrections.documents.ts'
import { calibrationRows, standingWords } from './performance.cycle.documents.ts'
import { extraRows } from './performance.extra.documents.ts'
import { gradeFormula, measuredFormula, rateFormula, tierFormula } from './performance.formulas.ts'
import { tierFigures } from './performance.curves.rules.ts'
import { CATALOGUE, type Indicator } from './performance.indicators.schema.ts'
import type { IndicatorResult, PersonSheet } from './performance.schema.ts'
import { curveText } from './performance.words.ts'

/** What every sheet of the workbook shares. */
export interface SheetFrame {
  readonly month: string
  readonly locked: boolean
  readonly header: string
  readonly footer: string
}

/** The first indicator's row on a person's sheet. */
export const FIRST_ROW = 6
const COLUMNS = 8

const label = (value: string, extra: Partial<CellModel> = {}) => text(value, { style: 'label', ...extra })

/** The last indicator's row, and the one with the total: beneath the indicators, extra points and calibration. */
const lastRow = (person: PersonSheet) => FIRST_ROW + person.indicators.length - 1
export const totalRow = (person: PersonSheet) =>
  lastRow(person) + 1 + (person.extra ? 1 : 0) + (person.calibration ? 1 : 0)

/** Whether the sheet computes a figure from its two halves; a corrected rate has none. */
const hasHalves = (one: IndicatorResult) => CATALOGUE[one.indicator].unit === 'rate' && one.corrected === undefined

/** Rates that stand on the sheet, with the row that holds their two halves: beneath total and grade. */
function rateRows(person: PersonSheet): ReadonlyMap<Indicator, number> {
  const rates = person.indicators.filter(hasHalves)
  return new Map(rates.map((one, i) => [one.indicator, totalRow(person) + 2 + i]))
}

/**
 * A person's month: inputs are values, everything from the rate to the total and the grade is a live formula whose
 * stored value is the program's own figure.
 */
export function personSheetModel(person: PersonSheet, name: string, frame: SheetFrame, t: Translate): SheetModel {
  const first = FIRST_ROW
  const sum = totalRow(person)
  const last = lastRow(person)
  const halves = rateRows(person)
  const word = (key: string, params?: Record<string, string>) => t(`performance:${key}`, params)
  const rates = person.indicators.filter((one) => halves.has(one.indicator))
  const tiers = person.indicators.flatMap((result, i) => tierRow(result, first + i, t))
  const corrections = correctionRows(person, t)
  const said = standingWords(person, frame.locked, t)
  return {
    name,
    columns: [20, 16, 16, 12, 34, 10, 12, 12].map((width) => ({ width })),
    frozenRows: 5,
    landscape: true,
    protect: true,
    footer: frame.footer,
    header: frame.header,
    printArea: `A1:H${sum + rates.length + tiers.length + corrections.length + (said === null ? 5 : 6)}`,
    bars: [{ range: `D${first}:D${last}`, color: 'FF9FD3B4' }],
    highlights: [{ range: `D${first}:D${last}`, formula: `AND(G${first}=1,D${first}<0.6)`, tone: 'warning' }],
    rows: [
      {
        height: 28,
        cells: [
          {
            value: word('workbook.personTitle', { month: frame.month, name: person.userName }),
            style: 'title',
            span: COLUMNS,
          },
        ],
      },
      {
        cells: [
          label(word('columns.person')),
          label(person.userName),
          null,
          null,
          label(word('columns.scheme')),
          label(person.schemeName === '' ? word('standard') : person.schemeName, { span: 3 }),
        ],
      },
      { cells: [label(word('columns.team')), label(person.teamName ?? '')] },
      { cells: [] },
      {
        cells: ['indicator', 'target', 'actual', 'rate', 'rule', 'weight', 'applicable', 'score'].map((key) =>
          head(word(`columns.${key}`)),
        ),
      },
      ...person.indicators.map((result, i) => indicatorRow(result, first + i, halves.get(result.indicator), t)),
      ...extraRows(person, last + 1, t),
      ...calibrationRows(person, t),
      totals(person, t),
      grade(person, t),
      ...rates.map((result) => halfRow(result, t)),
      ...tiers,
      ...corrections,
      { cells: [] },
      { cells: [label(word('workbook.comment')), { value: '', style: 'input', unlocked: true, span: 7 }] },
      ...(said === null ? [] : [{ cells: [label(said, { span: COLUMNS })] }]),
      {
        cells: [
          label(word('workbook.signEmployee'), { span: 4 }),
          null,
          null,
          null,
          label(word('workbook.signSuperior'), { span: 4 }),
        ],
      },
    ],
  }
}

function indicatorRow(result: IndicatorResult, row: number, halves: number | undefined, t: Translate): RowModel {
  const format = FORMATS[CATALOGUE[result.indicator].unit]
  const cells = { target: `B${row}`, actual: `C${row}`, whole: `B${halves ?? row}` }
  const measured = measuredFormula(result, cells)
  return {
    cells: [
      text(t(`performance:indicators.${result.indicator}`)),
      { value: result.target, format, style: 'number' },
      {
        value: result.actual,
        format,
        style: 'number',
        ...(halves === undefined ? {} : { formula: `IF(B${halves}=0,0,ROUND(D${halves}/B${halves},4))` }),
      },
      {
        value: result.rate,
        formula: measured === null ? '0' : `IF(${measured},${rateFormula(result, cells)},0)`,
        format: 'percent',
        style: 'number',
      },
      text(curveText(result.curve, result.indicator, t), { style: 'wrap' }),
      { value: result.weight, format: 'percent', style: 'number' },
      {
        value: result.applicable ? 1 : 0,
        formula: measured === null ? '0' : `IF(${measured},1,0)`,
        format: 'count',
        style: 'number',
      },
      { value: result.score, formula: `ROUND(F${row}*D${row}*100,2)`, format: 'score', style: 'number' },
    ],
  }
}

/** Whether one that had to be reached was missed, or null where none had to be; `sheet` goes before each cell. */
export function missedFormula(person: PersonSheet, sheet = ''): string | null {
  const missed = person.indicators.flatMap((one, i) => {
    const row = FIRST_ROW + i
    return one.curve.kind === 'veto' ? [`AND(${sheet}G${row}=1,${sheet}D${row}=0)`] : []
  })
  return missed.length === 0 ? null : `OR(${missed.join(',')})`
}

function totals(person: PersonSheet, t: Translate): RowModel {
  const [first, last, sum] = [FIRST_ROW, lastRow(person), totalRow(person)]
  const missed = missedFormula(person)
  const scored = `IF(G${sum}=0,0,ROUND(SUM(H${first}:H${last})/G${sum},2))`
  const added = (points: string, row: number) => `MAX(0,ROUND(${points}+H${row},2))`
  const given = person.extra ? added(scored, last + 1) : scored
  const total = person.calibration ? added(given, sum - 1) : given
  return {
    cells: [
      { value: t('performance:columns.total'), style: 'total', span: 5 },
      null,
      null,
      null,
      null,
      { value: 10_000, formula: `SUM(F${first}:F${last})`, format: 'percent', style: 'total' },
      {
        value: person.indicators.filter((one) => one.applicable).reduce((all, one) => all + one.weight, 0),
        formula: `SUMPRODUCT(F${first}:F${last},G${first}:G${last})`,
        format: 'percent',
        style: 'total',
      },
      {
        value: person.total,
        formula: missed === null ? total : `IF(${missed},0,${total})`,
        format: 'score',
        style: 'total',
      },
    ],
  }
}

function grade(person: PersonSheet, t: Translate): RowModel {
  if (person.grades.length === 0) return { cells: [] }
  const total = `H${totalRow(person)}`
  return {
    cells: [
      label(t('performance:columns.grade')),
      { value: person.grade ?? '', formula: gradeFormula(person.grades, total, 'name'), style: 'label' },
      label(t('performance:columns.coefficient')),
      {
        value: person.coefficient ?? 0,
        formula: gradeFormula(person.grades, total, 'coefficient'),
        format: 'percent',
        style: 'number',
      },
    ],
  }
}

/** Floor, target and stretch of an indicator that is scored by three tiers. */
function tierRow(result: IndicatorResult, row: number, t: Translate): RowModel[] {
  const { indicator, curve, target } = result
  if (curve.kind !== 'tiers') return []
  const { better, unit } = CATALOGUE[indicator]
  const { floor, stretch } = tierFigures(curve, better, target)
  const cell = (value: number, formula: string): CellModel => ({
    value,
    formula,
    format: FORMATS[unit],
    style: 'number',
  })
  return [
    {
      cells: [
        label(t('performance:workbook.tiers', { name: t(`performance:indicators.${indicator}`) })),
        cell(floor, tierFormula(result, curve.floorAt, `B${row}`)),
        cell(target, `B${row}`),
        cell(stretch, tierFormula(result, curve.stretchAt, `B${row}`)),
      ],
    },
  ]
}

/** A rate is itself a quotient: its two halves stand here and the actual refers to them. */
function halfRow(result: IndicatorResult, t: Translate): RowModel {
  const money = result.indicator === 'collectionRate'
  const format: CellFormat = money ? 'yuan' : 'count'
  const name = t(`performance:indicators.${result.indicator}`)
  return {
    cells: [
      label(t('performance:workbook.whole', { name })),
      { value: result.whole, format, style: 'number' },
      label(t('performance:workbook.part')),
      { value: result.part, format, style: 'number' },
      text(t('performance:workbook.rateRow'), { style: 'note' }),
    ],
  }
}
