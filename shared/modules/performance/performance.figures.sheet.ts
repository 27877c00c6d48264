import type { Translate } from '#shared/i18n/translate.ts'
import { parseYuan } from '#shared/kernel/money.ts'
import type { CellModel, SheetModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { CATALOGUE, INDICATOR_CODES, type Indicator, type IndicatorUnit } from './performance.indicators.schema.ts'
import { FORMATS, head, text } from './performance.cells.ts'
import { REVIEW_CRITERIA } from './performance.review.schema.ts'
import type { SchemeItem } from './performance.schemes.schema.ts'

/** The columns of both sheets. */
export const FIGURE_COLUMNS = {
  figures: ['month', 'person', 'team', 'indicator', 'unit', 'target', 'actual', 'note', 'evidence'],
  ratings: ['month', 'person', 'team', 'customer', ...REVIEW_CRITERIA, 'comment'],
} as const
export type FigureSheet = keyof typeof FIGURE_COLUMNS

/** A person with what he is measured by, as the file is filled and judged. */
export interface FigurePerson {
  readonly id: string
  readonly name: string
  readonly teamName: string
  readonly items: readonly Pick<SchemeItem, 'indicator' | 'weight' | 'target'>[]
}

/** A figure that was entered before. */
export interface KnownEntry {
  readonly value: number
  readonly note: string
  readonly evidence: string
}
/** Entries by `user indicator`. */
export type KnownEntries = ReadonlyMap<string, KnownEntry>

/** Rows of a sheet by column; `line` is the row's number in its sheet. */
export interface FigureCells {
  readonly sheet: FigureSheet
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** Rows above the headings that may hold something else. */
const HEAD_WITHIN = 5

const plain = (cell: string): string => cell.normalize('NFKC').trim().toLowerCase()

/** The rows under the headings of each sheet that is one of ours, in any language; null where none is. */
export function figureRows(
  sheets: readonly { readonly rows: readonly (readonly string[])[] }[],
  translators: readonly Translate[],
): FigureCells[] | null {
  const found = sheets.flatMap(({ rows }) => {
    const headed = headOf(rows, translators)
    if (!headed) return []
    const body = rows.slice(headed.at + 1).map((row, i): FigureCells => ({
      sheet: headed.sheet,
      line: headed.at + 2 + i,
      cells: Object.fromEntries(headed.columns.map((column, at) => [column ?? '', (row[at] ?? '').trim()])),
    }))
    return [body]
  })
  return found.length === 0 ? null : found.flat()
}

function headOf(rows: readonly (readonly string[])[], translators: readonly Translate[]) {
  const titles = (column: string) => translators.map((t) => plain(t(`performance:figures.columns.${column}`)))
  for (const [at, row] of rows.slice(0, HEAD_WITHIN).entries()) {
    for (const sheet of ['figures', 'ratings'] as const) {
      const names = FIGURE_COLUMNS[sheet].map((column) => ({ column, titles: titles(column) }))
      const columns = row.map((cell) => names.find((one) => one.titles.includes(plain(cell)))?.column ?? null)
      const needed = sheet === 'figures' ? ['person', 'indicator'] : ['person', 'customer']
      if (needed.every((column) => (columns as (string | null)[]).includes(column))) return { at, sheet, columns }
    }
  }
  return null
}

/** The indicator that a cell names, in any language. */
export function indicatorNamed(cell: string, translators: readonly Translate[]): Indicator | null {
  const name = plain(cell)
  return (
    INDICATOR_CODES.find((code) => translators.some((t) => plain(t(`performance:indicators.${code}`)) === name)) ?? null
  )
}

/** Up to two decimals, as hundredths; null where it is no such number. */
export function parsePoints(cell: string): number | null {
  const bare = cell.normalize('NFKC').replace(/[\s,]/g, '')
  return /^\d{1,9}(\.\d{1,2})?$/.test(bare) ? Math.round(Number(bare) * 100) : null
}

/** A number as it stands in a cell of the sheet: yuan, a percentage without or with its sign, a count, or points. */
export function parseFigure(indicator: Indicator, cell: string): number | null {
  const bare = cell.normalize('NFKC').replace(/[\s,]/g, '')
  const read: Readonly<Record<IndicatorUnit, () => number | null>> = {
    fen: () => parseYuan(bare),
    rate: () => parsePoints(bare.replace(/%$/, '')),
    count: () => (/^\d{1,15}$/.test(bare) ? Number(bare) : null),
    points: () => parsePoints(bare),
    rating: () => parsePoints(bare),
  }
  return read[CATALOGUE[indicator].unit]()
}

const input = (value: string | number | null, extra: Partial<CellModel> = {}): CellModel => ({
  value,
  style: 'input',
  unlocked: true,
  ...extra,
})

/** The month's targets and figures entered by hand, to be filled in and read back. */
export function figuresWorkbook(
  given: {
    readonly month: string
    readonly people: readonly FigurePerson[]
    readonly entries: KnownEntries
    readonly firmName: string
    readonly createdAt: number
  },
  t: Translate,
): WorkbookModel {
  const { month, people } = given
  const word = (key: string) => t(`performance:figures.${key}`)
  const heads = (sheet: FigureSheet) => ({ cells: FIGURE_COLUMNS[sheet].map((key) => head(word(`columns.${key}`))) })
  const sheet = (name: FigureSheet, widths: number[], rows: SheetModel['rows']): SheetModel => ({
    name: word(`sheets.${name}`),
    columns: widths.map((width) => ({ width })),
    frozenRows: 1,
    landscape: true,
    rows: [heads(name), ...rows],
  })
  const figures = people.flatMap((person) =>
    person.items.map(({ indicator, target }) => {
      const { unit, source } = CATALOGUE[indicator]
      // A percentage is written as a number beside the unit `%`: a cell in per cent reads as either.
      const format = unit === 'rate' ? 'score' : FORMATS[unit]
      const known = given.entries.get(`${person.id} ${indicator}`)
      const manual = source === 'manual'
      return {
        cells: [
          text(month),
          text(person.name),
          text(person.teamName),
          text(t(`performance:indicators.${indicator}`)),
          text(word(`units.${unit}`)),
          input(target, { format }),
          manual ? input(known?.value ?? null, { format }) : text(''),
          manual ? input(known?.note ?? '') : text(word('fromRecords'), { style: 'note' }),
          manual ? input(known?.evidence ?? '') : text(''),
        ],
      }
    }),
  )
  const ratings = people.map((person) => ({
    cells: [
      text(month),
      text(person.name),
      text(person.teamName),
      input(''),
      ...REVIEW_CRITERIA.map(() => input(null)),
      input(''),
    ],
  }))
  return {
    creator: given.firmName,
    createdAt: given.createdAt,
    sheets: [
      sheet('figures', [10, 14, 16, 18, 8, 18, 18, 36, 28], figures),
      sheet('ratings', [10, 14, 16, 30, ...REVIEW_CRITERIA.map(() => 12), 40], ratings),
    ],
  }
}
