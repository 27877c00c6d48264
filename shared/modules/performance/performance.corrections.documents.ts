import type { Translate } from '#shared/i18n/translate.ts'
import type { RowModel } from '#shared/kernel/workbook-model.ts'
import { FORMATS, head, text } from './performance.cells.ts'
import { CATALOGUE } from './performance.indicators.schema.ts'
import type { IndicatorResult, PersonSheet } from './performance.schema.ts'

/** What was corrected after the lock, beneath a person's sheet: each locked figure, why it changed, and by whom. */
export function correctionRows(person: PersonSheet, t: Translate): RowModel[] {
  const corrected = person.indicators.filter((one) => one.corrected !== undefined)
  const { asLocked } = person
  if (corrected.length === 0 && asLocked === undefined) return []
  const word = (key: string) => t(`performance:correction.${key}`)
  return [
    { cells: [text(word('title'), { style: 'label' })] },
    ...(corrected.length === 0
      ? []
      : [
          {
            cells: [
              ...['indicator', 'value'].map((key) => head(word(`fields.${key}`))),
              head(word('book.locked')),
              head(word('book.lockedScore')),
              head(word('fields.reason')),
              { ...head(word('fields.decided')), span: 3 },
            ],
          },
          ...corrected.map((result) => correctionRow(result, t)),
        ]),
    ...(asLocked === undefined
      ? []
      : [
          {
            cells: [
              text(word('book.total'), { style: 'label' }),
              { value: asLocked.total, format: 'score' as const, style: 'number' as const },
              text(word('book.rank'), { style: 'label' }),
              { value: asLocked.rank, format: 'count' as const, style: 'number' as const },
              text(asLocked.grade ?? ''),
            ],
          },
        ]),
  ]
}

function correctionRow(result: IndicatorResult, t: Translate): RowModel {
  const { indicator, actual, corrected } = result
  const format = FORMATS[CATALOGUE[indicator].unit]
  const { lockedActual = null, lockedScore = 0, reason = '', evidence = '' } = corrected ?? {}
  const by = {
    asked: corrected?.askedByName ?? '',
    decided: corrected?.decidedByName ?? '',
    day: corrected?.decidedDay ?? '',
  }
  return {
    height: 32,
    cells: [
      text(t(`performance:indicators.${indicator}`)),
      { value: actual, format, style: 'number' },
      lockedActual === null
        ? text(t('performance:correction.notMeasured'))
        : { value: lockedActual, format, style: 'number' },
      { value: lockedScore, format: 'score', style: 'number' },
      text([reason, evidence].filter(Boolean).join(' · '), { style: 'wrap' }),
      text(t('performance:correction.by', by), { style: 'wrap', span: 3 }),
    ],
  }
}
