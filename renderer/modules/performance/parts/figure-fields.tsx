import { parseYuan } from '#shared/kernel/money.ts'
import {
  CATALOGUE,
  type Indicator,
  type IndicatorUnit,
} from '#shared/modules/performance/performance.indicators.schema.ts'
import { parsePoints } from '#shared/modules/performance/performance.figures.sheet.ts'
import { figureText } from '#shared/modules/performance/performance.words.ts'
import { NumberCell } from '#renderer/ui/fields/cells.tsx'
import { NumberField, parseCount, parseRate } from '#renderer/ui/fields/number-fields.tsx'

/** Points to add or take off, up to two decimals, as hundredths; null where it is no such number. */
export function parseSigned(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(/[\s,]/g, '').replace('−', '-')
  return /^[+-]?\d{1,3}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null
}

const PARSE: Readonly<Record<IndicatorUnit, (text: string) => number | null>> = {
  fen: parseYuan,
  rate: parseRate,
  count: parseCount,
  points: parsePoints,
  rating: parsePoints,
}

const typed = (indicator: Indicator) => ({
  parse: PARSE[CATALOGUE[indicator].unit],
  format: (value: number) => figureText(indicator, value).replace('%', ''),
  ...(CATALOGUE[indicator].unit === 'rate' ? { suffix: '%' } : {}),
})

/** A figure of an indicator in its own unit, in a table's cell. */
export function FigureCell(props: { name: string; label: string; indicator: Indicator }) {
  return <NumberCell name={props.name} label={props.label} {...typed(props.indicator)} />
}

/** A figure of an indicator in its own unit. */
export function FigureField(props: { name: string; label: string; indicator: Indicator }) {
  return <NumberField name={props.name} label={props.label} required {...typed(props.indicator)} />
}

/** A percentage in a table's cell, in basis points. */
export function RateCell(props: { name: string; label: string }) {
  return <NumberCell {...props} parse={parseRate} format={(bp) => String(bp / 100)} suffix="%" />
}
