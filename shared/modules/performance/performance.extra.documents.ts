import type { Translate } from '#shared/i18n/translate.ts'
import type { CellModel, RowModel } from '#shared/kernel/workbook-model.ts'
import { text } from './performance.cells.ts'
import { extraSums } from './performance.extra.rules.ts'
import type { PersonSheet } from './performance.schema.ts'
import { signedScore } from './performance.words.ts'

/** Each entry in words: points, reason, what it rests on, by whom. */
export function extraLines({ extra }: PersonSheet, t: Translate): string[] {
  return (extra?.given ?? []).map(({ points, reason, evidence, byName }) =>
    t('performance:extra.entry', {
      points: signedScore(points),
      reason: [reason, evidence].filter(Boolean).join(' · '),
      name: byName,
    }),
  )
}

/** The line of points given and taken, each held by its cap, above that of calibration; `row` is where it stands. */
export function extraRows(person: PersonSheet, row: number, t: Translate): RowModel[] {
  const { extra } = person
  if (!extra) return []
  const { up, down } = extraSums(extra.given)
  const score = (value: number): CellModel => ({ value, format: 'score', style: 'number' })
  return [
    {
      cells: [
        text(t('performance:extra.bookLine'), { style: 'wrap' }),
        score(up),
        score(extra.mostUp),
        score(down),
        text(extraLines(person, t).join('\n'), { style: 'wrap' }),
        score(extra.mostDown),
        null,
        { ...score(extra.points), formula: `ROUND(MIN(B${row},C${row})-MIN(D${row},F${row}),2)` },
      ],
    },
  ]
}
