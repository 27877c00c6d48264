import type { Translate } from '#shared/i18n/translate.ts'
import type { CellModel, RowModel, SheetModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { head, text } from './performance.cells.ts'
import { picturesBelow, type DrawnPicture } from './performance.charts.ts'
import { gradeFormula } from './performance.formulas.ts'
import type { YearPerson, YearSheet } from './performance.schema.ts'

export interface YearWorkbookInput {
  readonly sheet: YearSheet
  /** Only a part of the people stands in the book: places are those in the firm then, and no formula of the book. */
  readonly partial?: boolean
  readonly firmName: string
  readonly createdAt: number
  /** First characters of the audit chain's head, printed at the foot of every page. */
  readonly anchor: string
  /** Below the signature. */
  readonly pictures?: readonly DrawnPicture[]
}

/** Rank, person and team come first, then the twelve months, then what they come to. */
const MONTH_COLUMNS = 'DEFGHIJKLMNO'
const COLUMNS = 18
const FIRST = 4

/**
 * The year as a workbook: everybody's months beside each other with their mean, rank and grade as live formulas, and
 * the months that were left out with their reasons.
 */
export function yearWorkbook(input: YearWorkbookInput, t: Translate): WorkbookModel {
  return {
    creator: input.firmName,
    createdAt: input.createdAt,
    sheets: [totalsSheet(input, t), leftOutSheet(input, t)],
  }
}

const frame = ({ firmName, sheet, anchor }: YearWorkbookInput, t: Translate) => ({
  header: `&L${firmName.replaceAll('&', '&&')}&R${sheet.year}`,
  footer: `&L${t('performance:workbook.anchor', { anchor })}&C&P / &N`,
  landscape: true,
  protect: true,
})

function totalsSheet(input: YearWorkbookInput, t: Translate): SheetModel {
  const { year, people, waiting } = input.sheet
  const last = FIRST - 1 + people.length
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:year.${key}`, params)
  const below = picturesBelow(last + 2, input.pictures ?? [], COLUMNS)
  return {
    name: word('sheetName'),
    columns: [8, 14, 16, ...Array.from({ length: 12 }, () => 9), 11, 11, 11].map((width) => ({ width })),
    frozenRows: 3,
    frozenColumns: 2,
    ...frame(input, t),
    printArea: `A1:R${Math.max(FIRST, last) + 2 + below.rows.length}`,
    images: below.images,
    ...(people.length > 0 ? { bars: [{ range: `P${FIRST}:P${last}`, color: 'FF8FB4E3' }] } : {}),
    rows: [
      { height: 28, cells: [{ value: word('workbookTitle', { year }), style: 'title', span: COLUMNS }] },
      {
        cells: [
          {
            value: waiting.length === 0 ? word('allLocked') : word('waiting', { months: waiting.join(' ') }),
            style: 'note',
            span: COLUMNS,
          },
        ],
      },
      {
        cells: [
          ...['rank', 'person', 'team'].map((key) => head(t(`performance:columns.${key}`))),
          ...Array.from(MONTH_COLUMNS, (_, i) => head(word('month', { month: i + 1 }))),
          head(word('mean')),
          head(t('performance:columns.grade')),
          head(t('performance:columns.coefficient')),
        ],
      },
      ...people.map((person, i) => yearRow(person, FIRST + i, input.partial ? null : last)),
      { cells: [] },
      {
        cells: [text(t('performance:workbook.signSuperior'), { style: 'label', span: 9 })],
      },
      ...below.rows,
    ],
  }
}

function yearRow(person: YearPerson, at: number, last: number | null): RowModel {
  const months = `D${at}:O${at}`
  const graded = (what: 'name' | 'coefficient'): Partial<CellModel> =>
    person.grades.length === 0 ? {} : { formula: `IF(P${at}="","",${gradeFormula(person.grades, `P${at}`, what)})` }
  return {
    cells: [
      {
        value: person.rank ?? '',
        format: 'count',
        style: 'number',
        ...(last === null ? {} : { formula: `IF(P${at}="","",RANK(P${at},P$${FIRST}:P$${last},0))` }),
      },
      text(person.userName),
      text(person.teamName ?? ''),
      ...person.months.map((one): CellModel => ({
        value: one.state === 'counts' ? one.total : null,
        format: 'score',
        style: 'number',
      })),
      {
        value: person.total ?? '',
        formula: `IF(COUNT(${months})=0,"",ROUND(SUM(${months})/COUNT(${months}),2))`,
        format: 'score',
        style: 'total',
      },
      text(person.grade ?? '', graded('name')),
      { value: person.coefficient ?? '', format: 'percent', style: 'number', ...graded('coefficient') },
    ],
  }
}

function leftOutSheet(input: YearWorkbookInput, t: Translate): SheetModel {
  const rows = input.sheet.people.flatMap((person) =>
    person.months.filter((one) => one.state === 'leftOut').map((one) => ({ ...one, userName: person.userName })),
  )
  return {
    name: t('performance:year.states.leftOut'),
    columns: [14, 12, 12, 70].map((width) => ({ width })),
    frozenRows: 1,
    ...frame(input, t),
    rows: [
      {
        cells: [
          head(t('performance:columns.person')),
          head(t('performance:month')),
          head(t('performance:columns.total')),
          head(t('performance:year.reason')),
        ],
      },
      ...rows.map((row): RowModel => ({
        cells: [
          text(row.userName),
          text(row.month),
          { value: row.total, format: 'score', style: 'number' },
          text(row.reason, { style: 'wrap' }),
        ],
      })),
    ],
  }
}
