import type { Translate } from '#shared/i18n/translate.ts'
import type { CellModel, RowModel, SheetModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { bonusSheetModel } from './performance.bonus.documents.ts'
import type { BonusLine } from './performance.bonus.rules.ts'
import { FORMATS, head, text } from './performance.cells.ts'
import { picturesBelow, type DrawnPicture } from './performance.charts.ts'
import { gradeFormula } from './performance.formulas.ts'
import { CATALOGUE, INDICATOR_CODES } from './performance.indicators.schema.ts'
import { missedFormula, personSheetModel, totalRow, type SheetFrame } from './performance.person.documents.ts'
import type { MonthSheet, PersonSheet } from './performance.schema.ts'
import type { FigureSources } from './performance.sources.rules.ts'
import { definitionText } from './performance.words.ts'

export interface WorkbookInput {
  readonly sheet: MonthSheet
  /** Only a part of the people stands in the book: places are those in the firm then, and no formula of the book. */
  readonly partial?: boolean
  readonly firmName: string
  readonly createdAt: number
  readonly sources: readonly FigureSources[]
  /** Empty where the reader does not see everybody's bonus. */
  readonly bonus: readonly BonusLine[]
  /** First characters of the audit chain's head, printed at the foot of every page. */
  readonly anchor: string
  /** Below the ranking. */
  readonly pictures?: readonly DrawnPicture[]
}

const COLUMNS = 9
/** In its frame all the same. */
const NO_DAY: CellModel = { value: null, format: 'day', style: 'text' }
/** The first person's row on the ranking sheet. */
const FIRST_RANKED = 4

/**
 * The month as a workbook: ranking, a sheet for each person, definitions, and the rows behind every figure. Inputs are
 * values; rates, scores, totals, ranks and grades are live formulas whose stored values are the program's own figures.
 */
export function performanceWorkbook(input: WorkbookInput, t: Translate): WorkbookModel {
  const { people, month, locked } = input.sheet
  const names = sheetNames(people)
  const frame: SheetFrame = {
    month,
    locked,
    header: `&L${escapeHeader(input.firmName)}&R${month}`,
    footer: `&L${t('performance:workbook.anchor', { anchor: input.anchor })}&C&P / &N`,
  }
  return {
    creator: input.firmName,
    createdAt: input.createdAt,
    sheets: [
      rankingSheet(input, names, frame, t),
      ...people.map((person) => personSheetModel(person, names.get(person.userId) ?? '', frame, t)),
      ...(input.bonus.length === 0
        ? []
        : [
            bonusSheetModel(
              input.sheet,
              input.bonus,
              {
                sheet: quoted(t('performance:workbook.ranking')),
                first: FIRST_RANKED,
                last: FIRST_RANKED + people.length - 1,
              },
              frame,
              t,
            ),
          ]),
      definitionsSheet(people, frame, t),
      sourcesSheet(input, frame, t),
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

function rankingSheet(
  input: WorkbookInput,
  names: ReadonlyMap<string, string>,
  frame: SheetFrame,
  t: Translate,
): SheetModel {
  const { people, month, locked } = input.sheet
  const last = 3 + people.length
  const below = picturesBelow(last, input.pictures ?? [], COLUMNS)
  return {
    name: t('performance:workbook.ranking'),
    columns: [8, 14, 18, 24, 12, 12, 12, 12, 12].map((width) => ({ width })),
    frozenRows: 3,
    landscape: true,
    protect: true,
    footer: frame.footer,
    header: frame.header,
    printArea: `A1:I${Math.max(4, last + below.rows.length)}`,
    images: below.images,
    ...(people.length > 0 ? { bars: [{ range: `H4:H${last}`, color: 'FF8FB4E3' }] } : {}),
    ...(people.length > 0 ? { names: [{ name: 'TOTAL_SCORES', range: `$H$4:$H$${last}` }] } : {}),
    rows: [
      { height: 28, cells: [{ value: t('performance:workbook.title', { month }), style: 'title', span: COLUMNS }] },
      {
        cells: [{ value: stateNote(people, locked, t), style: 'note', span: COLUMNS }],
      },
      {
        // Room for two lines: English needs them.
        height: 30,
        cells: ['rank', 'person', 'team', 'scheme', 'measured', 'coefficient', 'grade', 'total', 'vetoed'].map((key) =>
          head(t(`performance:columns.${key}`)),
        ),
      },
      ...people.map((person, i) =>
        rankingRow(person, FIRST_RANKED + i, input.partial ? null : last, quoted(names.get(person.userId) ?? ''), t),
      ),
      ...below.rows,
    ],
  }
}

/** Whether the month is locked, and how many of its figures were corrected since. */
function stateNote(people: readonly PersonSheet[], locked: boolean, t: Translate): string {
  const count = people.flatMap((person) => person.indicators).filter((one) => one.corrected !== undefined).length
  const state = t(`performance:workbook.${locked ? 'locked' : 'open'}`)
  return count === 0 ? state : `${state} · ${t('performance:correction.count', { count })}`
}

/** `last` is the row of the last person; null where only a part of the people stands in the book. */
function rankingRow(person: PersonSheet, at: number, last: number | null, sheet: string, t: Translate): RowModel {
  const sum = totalRow(person)
  const missed = missedFormula(person, `${sheet}!`)
  const vetoed = t('performance:vetoed')
  const graded = (what: 'name' | 'coefficient'): Partial<CellModel> =>
    person.grades.length === 0 ? {} : { formula: gradeFormula(person.grades, `H${at}`, what) }
  return {
    cells: [
      {
        value: person.rank,
        format: 'count',
        style: 'number',
        ...(last === null ? {} : { formula: `RANK(H${at},H$4:H$${last},0)` }),
      },
      text(person.userName),
      text(person.teamName ?? ''),
      text(person.schemeName === '' ? t('performance:standard') : person.schemeName),
      {
        value: person.indicators.filter((one) => one.applicable).reduce((all, one) => all + one.weight, 0),
        formula: `${sheet}!G${sum}`,
        format: 'percent',
        style: 'number',
      },
      { value: person.coefficient, format: 'percent', style: 'number', ...graded('coefficient') },
      text(person.grade ?? '', graded('name')),
      { value: person.total, formula: `${sheet}!H${sum}`, format: 'score', style: 'total' },
      text(person.vetoed ? vetoed : '', missed === null ? {} : { formula: `IF(${missed},"${vetoed}","")` }),
    ],
  }
}

/** The indicators that stand on the sheets, each with the numbers that schemes chose for it. */
function definitionsSheet(people: readonly PersonSheet[], frame: SheetFrame, t: Translate): SheetModel {
  const used = people.flatMap((person) => person.indicators)
  const rows = INDICATOR_CODES.flatMap((code) => {
    const params = [...new Set(used.filter((one) => one.indicator === code).map((one) => one.param))]
    return params.map((param) => ({ code, param }))
  })
  return {
    name: t('performance:workbook.definitions'),
    columns: [{ width: 20 }, { width: 12 }, { width: 12 }, { width: 90 }],
    frozenRows: 1,
    landscape: true,
    protect: true,
    footer: frame.footer,
    header: frame.header,
    rows: [
      { cells: ['indicator', 'kind', 'unit', 'definition'].map((key) => head(t(`performance:columns.${key}`))) },
      ...rows.map(({ code, param }) => ({
        height: 32,
        cells: [
          text(t(`performance:indicators.${code}`)),
          text(t(`performance:kinds.${CATALOGUE[code].kind}`)),
          text(t(`performance:units.${CATALOGUE[code].unit}`)),
          text(definitionText(code, param, t), { style: 'wrap' as const }),
        ],
      })),
    ],
  }
}

function sourcesSheet(input: WorkbookInput, frame: SheetFrame, t: Translate): SheetModel {
  const names = new Map(input.sheet.people.map((person) => [person.userId, person.userName]))
  const rows = input.sources.flatMap((source) => {
    const { unit } = CATALOGUE[source.indicator]
    // A rate by cases counts cases, every other rate money.
    const format = unit !== 'rate' ? FORMATS[unit] : source.indicator === 'collectionRate' ? 'yuan' : 'count'
    const name = names.get(source.userId) ?? ''
    const indicator = t(`performance:indicators.${source.indicator}`)
    const cells = (day: string | null, label: string, customer: string, sums: readonly number[]): RowModel => ({
      cells: [
        name,
        indicator,
        day ?? NO_DAY,
        label,
        customer,
        ...sums.map((value): CellModel => ({ value, format, style: 'number' })),
      ],
    })
    const { rest } = source
    return [
      ...source.rows.map((row) => cells(row.day, row.label, row.customerName, [row.amount, row.received])),
      ...(rest === null
        ? []
        : [cells(null, t('performance:workbook.rest', { count: rest.rows }), '', [rest.amount, rest.received])]),
    ]
  })
  return {
    name: t('performance:workbook.sources'),
    columns: [
      { width: 14 },
      { width: 16 },
      { width: 12, format: 'day' },
      { width: 30 },
      { width: 30 },
      { width: 18 },
      { width: 18 },
    ],
    frozenRows: 1,
    landscape: true,
    protect: true,
    footer: frame.footer,
    header: frame.header,
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
