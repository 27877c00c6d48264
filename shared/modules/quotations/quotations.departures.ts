import { formatYuan, mulRate } from '#shared/kernel/money.ts'
import { formatRate } from '#shared/i18n/formatters.ts'
import { formatPrice, formatQuantity } from '#shared/modules/contracts/contracts.format.ts'
import { contractSums, splitPlan } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractDraft, ContractFields, Finding, PlanLine } from '#shared/modules/contracts/contracts.schema.ts'
import { pairGoods } from './quotations.rules.ts'
import type { AgreedTerms } from './quotations.schema.ts'

const afterGoods = (line: PlanLine) => line.trigger === 'delivery' || line.trigger === 'acceptance'

/**
 * A contract draft with everything in it that was agreed: goods with their prices, prepayment and the days until the
 * rest is paid, delivery, warranty and penalty. What was not agreed stays as the firm usually writes it (`base`).
 */
export function draftOfAgreed(base: ContractFields, agreed: AgreedTerms): ContractFields {
  const { terms } = base
  const first = base.lines[0]
  const said = (texts: readonly string[], otherwise: string) => (texts.length === 0 ? otherwise : texts.join('\n'))
  const spokenPayment = agreed.prepay === null && agreed.paymentDays === null ? agreed.texts.payment : []
  return {
    ...base,
    lines:
      agreed.lines.length === 0
        ? base.lines
        : agreed.lines.map((line) => ({
            name: line.name,
            spec: line.spec,
            unit: line.unit || (first?.unit ?? ''),
            quantity: line.quantity?.value ?? 0,
            price: line.price?.value ?? 0,
            rate: line.rate ?? first?.rate ?? 0,
            deliveryDay: null,
          })),
    plan: planOfAgreed(base.plan, agreed),
    terms: {
      ...terms,
      deliveryDay: agreed.deliveryDay?.value ?? terms.deliveryDay,
      deliveryPlace: agreed.deliveryPlace || terms.deliveryPlace,
      deliveryTerms: clip(said(agreed.texts.delivery, terms.deliveryTerms), 500).replaceAll('\n', ' '),
      warrantyMonths: agreed.warrantyMonths?.value ?? terms.warrantyMonths,
      warranty: clip(said(agreed.texts.warranty, terms.warranty), 1000),
      penaltyPerDay: agreed.penaltyPerDay?.value ?? terms.penaltyPerDay,
      breach: clip(said(agreed.texts.penalty, terms.breach), 2000),
      other: clip(
        [...(terms.other === '' ? [] : [terms.other]), ...spokenPayment, ...agreed.texts.other].join('\n'),
        4000,
      ),
    },
  }
}

const clip = (text: string, max: number) => [...text].slice(0, max).join('')

/** The usual instalments with the agreed prepayment and days; with a prepayment agreed, the rest is one instalment. */
function planOfAgreed(usual: readonly PlanLine[], { prepay, paymentDays }: AgreedTerms): PlanLine[] {
  const rest = usual.find(afterGoods)
  if (prepay === null || rest === undefined) {
    return usual.map((line) => (paymentDays !== null && afterGoods(line) ? { ...line, days: paymentDays.value } : line))
  }
  const advance = usual.find((line) => line.trigger === 'signing') ?? { ...rest, trigger: 'signing' }
  const ahead = prepay.value === 0 ? [] : [{ ...advance, share: { kind: 'percent' as const, rate: prepay.value } }]
  const later = { ...rest, days: paymentDays?.value ?? rest.days, share: { kind: 'rest' as const } }
  return prepay.value === 10_000 ? ahead : [...ahead, later]
}

/**
 * Where a draft departs from what was agreed: price and quantity of the goods, goods that are missing, the total, the
 * prepayment, the days until payment, the day of delivery, warranty and penalty. Warnings only: talks go on until the
 * contract is signed. What was not agreed as a figure is not compared.
 */
export function departures(draft: ContractDraft, agreed: AgreedTerms): Finding[] {
  const found: Finding[] = []
  const report = (code: string, path: Finding['path'], params: Record<string, string>) =>
    found.push({ severity: 'warning', code: `departs_${code}`, path, article: null, params })
  compareGoods(draft, agreed, report)
  comparePayment(draft, agreed, report)
  const { terms } = draft
  const same = (code: string, field: string, is: number | string | null, was: Said | null, words = String) => {
    if (was === null || is === null || is === was.value) return
    report(code, ['terms', field], {
      drafted: words(is as never),
      agreed: words(was.value as never),
      source: was.source,
    })
  }
  same('delivery', 'deliveryDay', terms.deliveryDay, agreed.deliveryDay)
  same('warranty', 'warrantyMonths', terms.warrantyMonths ?? 0, agreed.warrantyMonths)
  const rate = ((basisPoints: number) => formatRate(basisPoints)) as never
  same('penalty', 'penaltyPerDay', terms.penaltyPerDay ?? 0, agreed.penaltyPerDay, rate)
  return found
}

interface Said {
  readonly value: number | string
  readonly source: string
}
type Report = (code: string, path: Finding['path'], params: Record<string, string>) => void

function compareGoods(draft: ContractDraft, agreed: AgreedTerms, report: Report): void {
  const pairs = pairGoods(agreed.lines, draft.lines)
  for (const [at, line] of agreed.lines.entries()) {
    const index = pairs[at]
    if (index === null || index === undefined) {
      report('goods', ['lines'], { name: line.name, source: line.source })
      continue
    }
    const drafted = draft.lines[index]!
    if (line.price !== null && line.price.value !== drafted.price) {
      const words = { drafted: formatPrice(drafted.price), agreed: formatPrice(line.price.value) }
      report('price', ['lines', index, 'price'], { ...words, source: line.price.source })
    }
    if (line.quantity !== null && line.quantity.value !== drafted.quantity) {
      const words = { drafted: formatQuantity(drafted.quantity), agreed: formatQuantity(line.quantity.value) }
      report('quantity', ['lines', index, 'quantity'], { ...words, source: line.quantity.source })
    }
  }
  const total = wholeTotal(agreed)
  const drafted = contractSums(draft.lines).amount
  if (total !== null && total !== drafted) {
    const source = agreed.sources.join(' ')
    report('total', ['lines'], { drafted: formatYuan(drafted), agreed: formatYuan(total), source })
  }
}

/** The agreed total in fen; null where not all of the goods are agreed with price and quantity. */
function wholeTotal(agreed: AgreedTerms): number | null {
  if (!agreed.whole) return null
  return contractSums(
    agreed.lines.map((line) => ({
      price: line.price?.value ?? 0,
      quantity: line.quantity?.value ?? 0,
      rate: line.rate ?? 0,
    })),
  ).amount
}

function comparePayment({ lines, plan }: ContractDraft, agreed: AgreedTerms, report: Report): void {
  const { amount } = contractSums(lines)
  const { amounts } = splitPlan(amount, plan)
  const { prepay, paymentDays } = agreed
  if (prepay !== null && plan.length > 0) {
    const ahead = plan.reduce((sum, line, at) => (line.trigger === 'signing' ? sum + (amounts[at] ?? 0) : sum), 0)
    const wanted = mulRate(amount, prepay.value)
    if (ahead !== wanted) {
      const at = Math.max(
        0,
        plan.findIndex((line) => line.trigger === 'signing'),
      )
      const words = { drafted: formatYuan(ahead), agreed: formatYuan(wanted) }
      report('prepay', ['plan', at, 'share'], { ...words, source: prepay.source })
    }
  }
  if (paymentDays === null) return
  for (const [at, line] of plan.entries()) {
    if (!afterGoods(line) || line.days === paymentDays.value) continue
    const words = { drafted: String(line.days), agreed: String(paymentDays.value) }
    report('payment', ['plan', at, 'days'], { ...words, source: paymentDays.source })
  }
}
