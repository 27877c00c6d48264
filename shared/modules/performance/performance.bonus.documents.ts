import type { Translate } from '#shared/i18n/translate.ts'
import type { CellModel, RowModel, SheetModel } from '#shared/kernel/workbook-model.ts'
import { gradeShares, type BonusLine } from './performance.bonus.rules.ts'
import { head, text } from './performance.cells.ts'
import type { SheetFrame } from './performance.person.documents.ts'
import type { MonthSheet } from './performance.schema.ts'

/** Where the ranking sheet has a person's line, and what of it a bonus refers to. */
export interface RankingCells {
  readonly sheet: string
  readonly first: number
  readonly last: number
}

const COLUMNS = 12
const FIRST = 4

/**
 * The bonuses of a month: the coefficient comes from the ranking sheet, presence from the days, and both, the bonus,
 * the sum and how many came to each grade are live formulas.
 */
export function bonusSheetModel(
  sheet: MonthSheet,
  lines: readonly BonusLine[],
  ranking: RankingCells,
  frame: SheetFrame,
  t: Translate,
): SheetModel {
  const word = (key: string, params?: Record<string, string>) => t(`performance:bonus.${key}`, params)
  const column = (key: string) => head(t(`performance:columns.${key}`))
  const last = FIRST + lines.length - 1
  const shares = shareRows(sheet, ranking, last + 5, t)
  const at = new Map(sheet.people.map((person, i) => [person.userId, ranking.first + i]))
  return {
    name: word('title'),
    columns: [14, 16, 12, 10, 12, 12, 12, 12, 26, 12, 14, 14].map((width) => ({ width })),
    frozenRows: 3,
    landscape: true,
    protect: true,
    footer: frame.footer,
    header: frame.header,
    printArea: `A1:L${last + 4 + shares.length}`,
    names: [{ name: 'BONUSES', range: `$L$${FIRST}:$L$${last}` }],
    highlights:
      shares.length === 0
        ? []
        : [
            {
              range: `A${last + 5}:F${last + 4 + shares.length}`,
              formula: `AND(ISNUMBER($F${last + 5}),$E${last + 5}>$F${last + 5})`,
              tone: 'warning',
            },
          ],
    rows: [
      { height: 28, cells: [{ value: word('bookTitle', { month: frame.month }), style: 'title', span: COLUMNS }] },
      { cells: [{ value: `${word('rule')} ${word('noGrades')}`, style: 'note', span: COLUMNS }] },
      {
        cells: [
          ...['person', 'team', 'total', 'grade', 'coefficient'].map(column),
          ...['workdays', 'inService', 'absent', 'absentReason', 'presence', 'base', 'bonus'].map((key) =>
            head(word(key)),
          ),
        ],
      },
      ...lines.map((line, i) => lineRow(line, FIRST + i, at.get(line.userId) ?? 0, ranking.sheet, t)),
      {
        cells: [
          { value: word('sum'), style: 'total', span: COLUMNS - 1 },
          ...Array.from({ length: COLUMNS - 2 }, () => null),
          {
            value: lines.reduce((all, line) => all + (line.bonus ?? 0), 0),
            formula: `SUM(L${FIRST}:L${last})`,
            format: 'yuan',
            style: 'total',
          },
        ],
      },
      { cells: [] },
      ...(shares.length === 0
        ? []
        : [
            { cells: [{ value: word('shares'), style: 'label' as const, span: 6 }] },
            {
              cells: [
                column('scheme'),
                column('grade'),
                ...['count', 'of', 'share', 'most'].map((key) => head(word(key))),
              ],
            },
            ...shares,
          ]),
    ],
  }
}

function lineRow(line: BonusLine, row: number, ranked: number, ranking: string, t: Translate): RowModel {
  const cell = (column: string) => `${ranking}!${column}${ranked}`
  return {
    cells: [
      text(line.userName),
      text(line.teamName ?? ''),
      { value: line.total, formula: cell('H'), format: 'score', style: 'number' },
      // Whoever has no grades has no formula for them on the ranking sheet either.
      text(line.grade ?? '', line.graded ? { formula: cell('G') } : {}),
      {
        value: line.coefficient,
        formula: `IF(${cell('I')}<>"",0,${line.graded ? cell('F') : '1'})`,
        format: 'percent',
        style: 'number',
      },
      { value: line.workdays, format: 'count', style: 'number' },
      { value: line.inService, format: 'count', style: 'number' },
      { value: line.absent, format: 'score', style: 'number' },
      text(line.absentReason, { style: 'wrap' }),
      {
        value: line.presence,
        formula: `IF(F${row}=0,0,ROUND(MAX(0,G${row}-H${row})/F${row},4))`,
        format: 'percent',
        style: 'number',
      },
      line.base === null ? text(t('performance:bonus.noBase')) : { value: line.base, format: 'yuan', style: 'number' },
      line.bonus === null
        ? text('')
        : { value: line.bonus, formula: `ROUND(K${row}*E${row}*J${row},2)`, format: 'yuan', style: 'number' },
    ],
  }
}

/** How many of each scheme came to each grade, beside the greatest share that it allows. */
function shareRows(
  { people }: MonthSheet,
  { sheet, first, last }: RankingCells,
  from: number,
  t: Translate,
): RowModel[] {
  const range = (column: string) => `${sheet}!$${column}$${first}:$${column}$${last}`
  return gradeShares(people).map((share, i): RowModel => {
    const row = from + i
    const number = (cell: Partial<CellModel> & Pick<CellModel, 'value'>): CellModel => ({ style: 'number', ...cell })
    return {
      cells: [
        text(share.schemeName === '' ? t('performance:standard') : share.schemeName),
        text(share.grade),
        number({
          value: share.count,
          formula: `SUMPRODUCT((${range('D')}=A${row})*(${range('G')}=B${row}))`,
          format: 'count',
        }),
        number({ value: share.of, formula: `SUMPRODUCT(1*(${range('D')}=A${row}))`, format: 'count' }),
        number({
          value: Math.round((share.count * 10_000) / share.of),
          formula: `ROUND(C${row}/D${row},4)`,
          format: 'percent',
        }),
        share.most === null ? text(t('performance:bonus.noMost')) : number({ value: share.most, format: 'percent' }),
      ],
    }
  })
}
