import type { CellFormat, CellModel } from '#shared/kernel/workbook-model.ts'
import type { IndicatorUnit } from './performance.indicators.schema.ts'

/** How a figure of each unit stands in a cell. */
export const FORMATS: Readonly<Record<IndicatorUnit, CellFormat>> = {
  fen: 'yuan',
  rate: 'percent',
  count: 'count',
  points: 'score',
  rating: 'score',
}

export const head = (value: string): CellModel => ({ value, style: 'head' })
export const text = (value: string, extra: Partial<CellModel> = {}): CellModel => ({ value, style: 'text', ...extra })
