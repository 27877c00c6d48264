import { formatRate } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import type { InvoiceBuyer, InvoiceFinding, InvoiceLine } from './invoices.schema.ts'

/** What of a contract an invoice is compared with. Amounts with tax in fen. */
export interface InvoicedContract {
  readonly buyerName: string
  readonly buyerTaxId: string
  readonly lines: readonly { readonly name: string; readonly amount: number; readonly rate: number }[]
  /** 0 for a frame contract that says no amount. */
  readonly amount: number
}

type Billed = Pick<InvoiceLine, 'name' | 'net' | 'tax' | 'rate'>

/**
 * Where an invoice departs from its contract: another buyer, goods that were not sold, more than was sold of one kind
 * or in all, another rate (发票管理办法 19–21: neither goods nor amounts may be changed). `before` are the lines of the
 * contract's other invoices that count, red ones with their minus. Lines without a name say nothing of the goods.
 */
export function compareInvoice(
  invoice: { readonly buyer: Pick<InvoiceBuyer, 'name' | 'taxId'>; readonly lines: readonly Billed[] },
  contract: InvoicedContract,
  before: readonly Billed[] = [],
): InvoiceFinding[] {
  return [
    ...buyerFindings(invoice.buyer, contract),
    ...goodsFindings(invoice.lines, contract, before),
    ...totalFindings([...before, ...invoice.lines], contract),
  ]
}

function buyerFindings(buyer: Pick<InvoiceBuyer, 'name' | 'taxId'>, contract: InvoicedContract): InvoiceFinding[] {
  const findings: InvoiceFinding[] = []
  const find = (code: string, path: string, printed: string, agreed: string) =>
    findings.push({ severity: 'error', code, path, article: 'invoice21', params: { printed, agreed } })
  if (plainName(buyer.name) !== plainName(contract.buyerName)) {
    find('buyer', 'buyer.name', buyer.name, contract.buyerName)
  }
  const [printed, agreed] = [normaliseCode(buyer.taxId), normaliseCode(contract.buyerTaxId)]
  if (printed !== '' && agreed !== '' && printed !== agreed) find('taxId', 'buyer.taxId', printed, agreed)
  return findings
}

function goodsFindings(
  lines: readonly Billed[],
  contract: InvoicedContract,
  before: readonly Billed[],
): InvoiceFinding[] {
  const findings: InvoiceFinding[] = []
  const sold = byGoods(contract.lines)
  const billed = byGoods([...before, ...lines].map((line) => ({ ...line, amount: line.net + line.tax })))
  const told = new Set<string>()
  lines.forEach((line, index) => {
    const key = plainGoods(line.name)
    if (key === '') return
    const path = `lines.${index}`
    const agreed = sold.get(key)
    if (!agreed) {
      findings.push({ severity: 'error', code: 'goods', path, article: 'invoice19', params: { name: line.name } })
      return
    }
    if (line.rate !== null && !agreed.rates.has(line.rate)) {
      const params = { name: line.name, rate: formatRate(line.rate) }
      findings.push({ severity: 'warning', code: 'rate', path, article: 'vat10', params })
    }
    const amount = billed.get(key)?.amount ?? 0
    if (amount <= agreed.amount || told.has(key)) return
    told.add(key)
    const params = { name: agreed.name, printed: formatYuan(amount), agreed: formatYuan(agreed.amount) }
    findings.push({ severity: 'error', code: 'goodsAmount', path, article: 'invoice19', params })
  })
  return findings
}

function totalFindings(all: readonly Billed[], contract: InvoicedContract): InvoiceFinding[] {
  const total = all.reduce((sum, line) => sum + line.net + line.tax, 0)
  if (contract.amount === 0 || total <= contract.amount) return []
  const params = { printed: formatYuan(total), agreed: formatYuan(contract.amount) }
  return [{ severity: 'error', code: 'total', path: null, article: 'invoice21', params }]
}

interface Goods {
  readonly name: string
  readonly amount: number
  readonly rates: ReadonlySet<number>
}

function byGoods(
  lines: readonly { readonly name: string; readonly amount: number; readonly rate: number | null }[],
): ReadonlyMap<string, Goods> {
  const goods = new Map<string, Goods>()
  for (const { name, amount, rate } of lines) {
    const key = plainGoods(name)
    const known = goods.get(key)
    const rates = new Set([...(known?.rates ?? []), ...(rate === null ? [] : [rate])])
    goods.set(key, { name: known?.name ?? name, amount: amount + (known?.amount ?? 0), rates })
  }
  return goods
}

/** A name without width, case and spaces: what an invoice and a contract must have in common to the letter. */
const plainName = (name: string) => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Goods without the tax office's category in front, which is written between asterisks. */
export const plainGoods = (name: string): string => plainName(name).replace(/^\*[^*]+\*/, '')
