import { at, blank, onlyFor, type CheckRule, type Place } from './contracts.check.types.ts'
import { isPriceList, lineSums } from './contracts.rules.ts'
import type { ContractLine } from './contracts.schema.ts'

/** A rule that looks at each kind of goods by itself. */
function perLine(
  code: string,
  severity: CheckRule['severity'],
  article: CheckRule['article'],
  field: keyof ContractLine,
  holds: (line: ContractLine, input: Parameters<CheckRule['find']>[0]) => boolean,
): CheckRule {
  return {
    code,
    severity,
    article,
    find: (input) => input.fields.lines.flatMap((line, index) => at(holds(line, input), ['lines', index, field])),
  }
}

/** What is sold: subject, quantity, price and tax (民法典 470, 510, 596; 增值税法 10). */
export const GOODS_RULES: readonly CheckRule[] = [
  {
    code: 'no_lines',
    severity: 'error',
    article: 'civil470',
    find: ({ fields }) => at(fields.lines.length === 0, ['lines']),
  },
  perLine('line_name', 'error', 'civil596', 'name', (line) => blank(line.name)),
  perLine(
    'line_quantity',
    'error',
    'civil470',
    'quantity',
    (line, { fields }) => line.quantity === 0 && !isPriceList(fields),
  ),
  perLine('line_unit', 'error', 'civil470', 'unit', (line) => blank(line.unit)),
  perLine('line_price', 'error', 'civil510', 'price', (line) => line.price === 0),
  onlyFor(
    ['goods_sale', 'frame'],
    perLine('line_spec', 'warning', 'civil470', 'spec', (line) => blank(line.spec)),
  ),
  perLine('line_rate', 'error', 'vat10', 'rate', (line, { rates }) => !rates.includes(line.rate)),
  perLine(
    'line_amount',
    'error',
    'civil510',
    'price',
    (line) => line.price > 0 && line.quantity > 0 && lineSums(line).amount === 0,
  ),
  perLine('line_late', 'warning', 'civil470', 'deliveryDay', (line, { fields }) => {
    const { deliveryDay } = fields.terms
    return line.deliveryDay !== null && deliveryDay !== null && line.deliveryDay > deliveryDay
  }),
  perLine('line_past', 'warning', 'civil470', 'deliveryDay', (line, { day }) => (line.deliveryDay ?? day) < day),
  { code: 'line_twice', severity: 'warning', article: null, find: ({ fields }) => repeated(fields.lines) },
  {
    code: 'no_amount',
    severity: 'error',
    article: 'civil470',
    find: ({ fields, sums }) => at(fields.lines.length > 0 && sums.amount === 0 && !isPriceList(fields), ['lines']),
  },
]

/** The same goods a second time at another price: which of the prices holds would be in doubt. */
function repeated(lines: readonly ContractLine[]): Place[] {
  const prices = new Map<string, number>()
  return lines.flatMap((line, index) => {
    if (blank(line.name)) return []
    const key = JSON.stringify([line.name.trim(), line.spec.trim(), line.unit.trim(), line.deliveryDay])
    const before = prices.get(key)
    prices.set(key, before ?? line.price)
    return at(before !== undefined && before !== line.price, ['lines', index, 'price'])
  })
}
