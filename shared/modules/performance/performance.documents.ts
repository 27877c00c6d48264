import { formatRate } from '#shared/i18n/formatters.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import type { CellFormat, CellModel, RowModel, SheetModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { RATE_CAP, RATE_FLOOR } from './performance.rules.ts'
import {
  INDICATOR_UNITS,
  type Indicator,
  type IndicatorResult,
  type MonthSheet,
  type PersonSheet,
  type SourceRow,
} from './performance.schema.ts'

export interface WorkbookInput {
  readonly sheet: MonthSheet
  readonly firmName: string
  readonly createdAt: number
  readonly sources: readonly {
    readonly userId: string
    readonly indicator: Indicator
    readonly rows: readonly SourceRow[]
  }[]
  /** First characters of the audit chain's head, printed at the foot of every page. */
  readonly anchor: string
}

const FORMATS: Readonly<Record<'fen' | 'rate' | 'count', CellFormat>> = { fen: 'yuan', rate: 'percent', count: 'count' }
/** The first indicator's row on a person's sheet. */
const FIRST_ROW = 6
const COLUMNS = 8

/**
 * The month as a workbook: ranking, a sheet for each person, definitions, and the rows behind every figure. Inputs are
 * values; rates, scores, totals and ranks are live formulas whose stored values are the program's own figures.
 */
export function performanceWorkbook(input: WorkbookInput, t: Translate): WorkbookModel {
  const { people } = input.sheet
  const names = sheetNames(people)
  const foot = `&L${t('performance:workbook.anchor', { anchor: input.anchor })}&C&P / &N`
  return {
    creator: input.firmName,
    createdAt: input.createdAt,
    sheets: [
      rankingSheet(input, names, foot, t),
      ...people.map((person) => personSheetModel(input, person, names.get(person.userId) ?? '', foot, t)),
      definitionsSheet(foot, t),
      sourcesSheet(input, foot, t),
    ],
  }
}

/** Sheet names must be short, plain and unlike each other. */
function sheetNames(people: readonly PersonSheet[]): ReadonlyMap<string, string> {
  const used = new Set<string>()
  const names = new Map<string, string>()
  for (const person of people) {
    const clean = person.userName.replace(/[*:/?[\]\\']/g, '').slice(0, 24) || 'x'
    let name = clean
    for (let n = 2; used.has(name.toLowerCase()); n += 1) name = `${clean} ${n}`
    used.add(name.toLowerCase())
    names.set(person.userId, name)
  }
  return names
}

const quoted = (sheet: string) => `'${sheet.replaceAll("'", "''")}'`
const head = (value: string): CellModel => ({ value, style: 'head' })
const text = (value: string, extra: Partial<CellModel> = {}): CellModel => ({ value, style: 'text', ...extra })

function rankingSheet(
  input: WorkbookInput,
  names: ReadonlyMap<string, string>,
  foot: string,
  t: Translate,
): SheetModel {
  const { people, month } = input.sheet
  const last = 3 + people.length
  const rows = people.map((person, i): RowModel => {
    const sheet = quoted(names.get(person.userId) ?? '')
    const at = 4 + i
    const figure = (indicator: Indicator): CellModel => {
      const index = person.indicators.findIndex((r) => r.indicator === indicator)
      const result = person.indicators[index]
      return {
        value: result?.actual ?? 0,
        formula: `${sheet}!C${FIRST_ROW + index}`,
        format: FORMATS[INDICATOR_UNITS[indicator]],
        style: 'number',
      }
    }
    return {
      cells: [
        { value: person.rank, formula: `RANK(H${at},H$4:H$${last},0)`, format: 'count', style: 'number' },
        text(person.userName),
        figure('contractAmount'),
        figure('collected'),
        figure('collectionRate'),
        figure('newCustomers'),
        figure('visits'),
        {
          value: person.total,
          formula: `${sheet}!H${FIRST_ROW + person.indicators.length}`,
          format: 'score',
          style: 'total',
        },
      ],
    }
  })
  return {
    name: t('performance:workbook.ranking'),
    columns: [8, 14, 18, 18, 12, 12, 12, 12].map((width) => ({ width })),
    frozenRows: 3,
    landscape: true,
    protect: true,
    footer: foot,
    header: `&L${escapeHeader(input.firmName)}&R${month}`,
    printArea: `A1:H${Math.max(4, last)}`,
    ...(people.length > 0 ? { bars: [{ range: `H4:H${last}`, color: 'FF8FB4E3' }] } : {}),
    ...(people.length > 0 ? { names: [{ name: 'TOTAL_SCORES', range: `$H$4:$H$${last}` }] } : {}),
    rows: [
      { height: 28, cells: [{ value: t('performance:workbook.title', { month }), style: 'title', span: COLUMNS }] },
      {
        cells: [
          {
            value: t(input.sheet.locked ? 'performance:workbook.locked' : 'performance:workbook.open'),
            style: 'note',
            span: COLUMNS,
          },
        ],
      },
      {
        cells: [
          head(t('performance:columns.rank')),
          head(t('performance:columns.person')),
          ...(['contractAmount', 'collected', 'collectionRate', 'newCustomers', 'visits'] as const).map((key) =>
            head(t(`performance:indicators.${key}`)),
          ),
          head(t('performance:columns.total')),
        ],
      },
      ...rows,
    ],
  }
}

function personSheetModel(
  input: WorkbookInput,
  person: PersonSheet,
  name: string,
  foot: string,
  t: Translate,
): SheetModel {
  const { month } = input.sheet
  const first = FIRST_ROW
  const last = first + person.indicators.length - 1
  const sum = last + 1
  return {
    name,
    columns: [18, 16, 16, 12, 30, 10, 12, 12].map((width) => ({ width })),
    frozenRows: 5,
    landscape: true,
    protect: true,
    footer: foot,
    header: `&L${escapeHeader(input.firmName)}&R${month}`,
    printArea: `A1:H${sum + 6}`,
    bars: [{ range: `D${first}:D${last}`, color: 'FF9FD3B4' }],
    rows: [
      {
        height: 28,
        cells: [
          {
            value: t('performance:workbook.personTitle', { month, name: person.userName }),
            style: 'title',
            span: COLUMNS,
          },
        ],
      },
      { cells: [text(t('performance:columns.person'), { style: 'label' }), text(person.userName, { style: 'label' })] },
      {
        cells: [
          text(t('performance:columns.team'), { style: 'label' }),
          text(person.teamName ?? '', { style: 'label' }),
        ],
      },
      { cells: [] },
      {
        cells: ['indicator', 'target', 'actual', 'rate', 'rule', 'weight', 'applicable', 'score'].map((key) =>
          head(t(`performance:columns.${key}`)),
        ),
      },
      ...person.indicators.map((result, i) => indicatorRow(result, first + i, sum, t)),
      {
        cells: [
          { value: t('performance:columns.total'), style: 'total', span: 5 },
          null,
          null,
          null,
          null,
          { value: 10_000, formula: `SUM(F${first}:F${last})`, format: 'percent', style: 'total' },
          {
            value: person.indicators.filter((r) => r.applicable).reduce((s, r) => s + r.weight, 0),
            formula: `SUMPRODUCT(F${first}:F${last},G${first}:G${last})`,
            format: 'percent',
            style: 'total',
          },
          {
            value: person.total,
            formula: `IF(G${sum}=0,0,ROUND(SUM(H${first}:H${last})/G${sum},2))`,
            format: 'score',
            style: 'total',
          },
        ],
      },
      ...rateInputs(person, sum, t),
      { cells: [] },
      {
        cells: [
          text(t('performance:workbook.comment'), { style: 'label' }),
          { value: '', style: 'input', unlocked: true, span: 7 },
        ],
      },
      {
        cells: [
          text(t('performance:workbook.signEmployee'), { style: 'label', span: 4 }),
          null,
          null,
          null,
          text(t('performance:workbook.signSuperior'), { style: 'label', span: 4 }),
        ],
      },
    ],
  }
}

/** The collection rate is itself a quotient: its two halves stand beneath the table and the actual refers to them. */
function rateInputs(person: PersonSheet, sum: number, t: Translate): RowModel[] {
  const rate = person.indicators.find((r) => r.indicator === 'collectionRate')
  return [
    {
      cells: [
        text(t('performance:workbook.due'), { style: 'label' }),
        { value: rate?.whole ?? 0, format: 'yuan', style: 'number' },
        text(t('performance:workbook.received'), { style: 'label' }),
        { value: rate?.part ?? 0, format: 'yuan', style: 'number' },
        text(t('performance:workbook.rateRow', { row: sum + 1 }), { style: 'note' }),
      ],
    },
  ]
}

function indicatorRow(result: IndicatorResult, row: number, sum: number, t: Translate): RowModel {
  const format = FORMATS[INDICATOR_UNITS[result.indicator]]
  const isRate = result.indicator === 'collectionRate'
  const measured = isRate ? `AND(B${row}>0,B${sum + 1}>0)` : `B${row}>0`
  const limits = `MIN(${RATE_CAP / 10_000},MAX(${RATE_FLOOR / 10_000},ROUND(C${row}/B${row},4)))`
  return {
    cells: [
      text(t(`performance:indicators.${result.indicator}`)),
      { value: result.target, format, style: 'number' },
      isRate
        ? {
            value: result.actual,
            formula: `IF(B${sum + 1}=0,0,ROUND(D${sum + 1}/B${sum + 1},4))`,
            format,
            style: 'number',
          }
        : { value: result.actual, format, style: 'number' },
      { value: result.rate, formula: `IF(${measured},${limits},0)`, format: 'percent', style: 'number' },
      text(t('performance:workbook.rule', { cap: formatRate(RATE_CAP) }), { style: 'wrap' }),
      { value: result.weight, format: 'percent', style: 'number' },
      { value: result.applicable ? 1 : 0, formula: `IF(${measured},1,0)`, format: 'count', style: 'number' },
      { value: result.score, formula: `ROUND(F${row}*D${row}*100,2)`, format: 'score', style: 'number' },
    ],
  }
}

function definitionsSheet(foot: string, t: Translate): SheetModel {
  const keys = ['contractAmount', 'collected', 'collectionRate', 'newCustomers', 'visits'] as const
  return {
    name: t('performance:workbook.definitions'),
    columns: [{ width: 18 }, { width: 12 }, { width: 90 }],
    frozenRows: 1,
    protect: true,
    footer: foot,
    rows: [
      { cells: ['indicator', 'unit', 'definition'].map((key) => head(t(`performance:columns.${key}`))) },
      ...keys.map((key) => ({
        height: 32,
        cells: [
          text(t(`performance:indicators.${key}`)),
          text(t(`performance:units.${INDICATOR_UNITS[key]}`)),
          text(t(`performance:definitions.${key}`), { style: 'wrap' as const }),
        ],
      })),
    ],
  }
}

function sourcesSheet(input: WorkbookInput, foot: string, t: Translate): SheetModel {
  const names = new Map(input.sheet.people.map((person) => [person.userId, person.userName]))
  const rows = input.sources.flatMap((source) =>
    source.rows.map((row): RowModel => ({
      cells: [
        text(names.get(source.userId) ?? ''),
        text(t(`performance:indicators.${source.indicator}`)),
        { value: row.day, format: 'day', style: 'text' },
        text(row.label),
        text(row.customerName),
        { value: row.amount, format: 'yuan', style: 'number' },
        { value: row.received, format: 'yuan', style: 'number' },
      ],
    })),
  )
  return {
    name: t('performance:workbook.sources'),
    columns: [14, 16, 12, 30, 30, 18, 18].map((width) => ({ width })),
    frozenRows: 1,
    landscape: true,
    protect: true,
    footer: foot,
    autoFilter: `A1:G${rows.length + 1}`,
    rows: [
      {
        cells: ['person', 'indicator', 'day', 'record', 'customer', 'amount', 'received'].map((key) =>
          head(t(`performance:columns.${key}`)),
        ),
      },
      ...rows,
    ],
  }
}

/** `&` begins a code in a page's head. */
function escapeHeader(value: string): string {
  return value.replaceAll('&', '&&')
}
