import { asFen, divideRounded, splitTax } from '#shared/kernel/money.ts'
import { formatDecimal } from '#shared/modules/contracts/contracts.format.ts'
import { plainGoods } from './invoices.compare.rules.ts'
import type { InvoiceLine } from './invoices.schema.ts'

/** Goods of a contract. Quantity in thousandths, price incl. tax in 1/10 000 yuan, amount in fen, rate in basis points. */
interface Sold {
  readonly name: string
  readonly spec: string
  readonly unit: string
  readonly quantity: number
  readonly price: number
  readonly rate: number
  readonly amount: number
}

/**
 * The lines of a contract as far as they are not invoiced: what was billed of goods comes off their lines from the
 * first on. Of a line that is billed in part only the amount is known, so it has no quantity. Amounts in fen.
 */
export function openLines(
  sold: readonly Sold[],
  before: readonly Pick<InvoiceLine, 'name' | 'net' | 'tax'>[],
): InvoiceLine[] {
  const billed = new Map<string, number>()
  let unnamed = 0
  for (const line of before) {
    const key = plainGoods(line.name)
    if (key === '' || !sold.some((goods) => plainGoods(goods.name) === key)) unnamed += line.net + line.tax
    else billed.set(key, (billed.get(key) ?? 0) + line.net + line.tax)
  }
  return sold.flatMap((goods): InvoiceLine[] => {
    const key = plainGoods(goods.name)
    const own = taken(goods.amount, billed.get(key) ?? 0)
    billed.set(key, (billed.get(key) ?? 0) - own)
    // What was billed without a name comes off whatever is left, in order.
    const other = taken(goods.amount - own, unnamed)
    unnamed -= other
    const left = goods.amount - own - other
    return left > 0 ? [openLine(goods, left)] : []
  })
}

const taken = (room: number, amount: number): number => Math.max(0, Math.min(room, amount))

function openLine(goods: Sold, amount: number): InvoiceLine {
  const whole = amount === goods.amount
  // The price on an invoice is without tax: ten-thousandths of the price with it, rounded half up.
  const price = Number(divideRounded(BigInt(goods.price) * 10_000n, BigInt(10_000 + goods.rate)))
  return {
    name: goods.name,
    spec: goods.spec,
    unit: goods.unit,
    quantity: whole ? formatDecimal(goods.quantity, 3).replaceAll(',', '') : '',
    price: whole ? formatDecimal(price, 4, 2).replaceAll(',', '') : '',
    ...splitTax(asFen(amount), goods.rate),
    rate: goods.rate,
  }
}
