import type { Translate } from '#shared/i18n/translate.ts'
import type { RowModel } from '#shared/kernel/workbook-model.ts'
import { text } from './performance.cells.ts'
import type { PersonSheet } from './performance.schema.ts'

/** The line of calibration between the indicators and the total, which counts its points. */
export function calibrationRows({ calibration }: PersonSheet, t: Translate): RowModel[] {
  if (!calibration) return []
  return [
    {
      cells: [
        text(t('performance:cycle.line', { name: calibration.byName })),
        text(calibration.reason, { span: 6, style: 'wrap' }),
        ...Array.from({ length: 5 }, () => null),
        { value: calibration.points, format: 'score', style: 'number' },
      ],
    },
  ]
}

/** What the person says to his result, above the lines for signatures. */
export function standingWords({ standing }: PersonSheet, locked: boolean, t: Translate): string | null {
  if (!standing) return null
  const words = t(`performance:cycle.${locked ? 'lockedStandings' : 'standings'}.${standing.state}`)
  return t('performance:cycle.sign', { state: [words, standing.day].filter(Boolean).join(' ') })
}
