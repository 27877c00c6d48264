import type { FieldIssue } from '#shared/kernel/app-error.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { InvoiceFinding, InvoiceLink } from './invoices.schema.ts'

type Link = Pick<InvoiceLink, 'instalmentId'> & { readonly amount: number }

/** Links that are together more than what is left of the invoice, beside their field; fen. */
export function linkIssues(links: readonly Link[], left: number): FieldIssue[] {
  const sum = links.reduce((all, link) => all + link.amount, 0)
  if (sum === 0 || sum <= left) return []
  const params = { linked: formatYuan(sum), left: formatYuan(left) }
  return [{ path: ['links'], key: 'invoices:errors.linkedTooMuch', params }]
}

/** Instalments of which more is invoiced than is owed: it may be so, with a reason. */
export function linkFindings(
  links: readonly Link[],
  instalments: ReadonlyMap<string, { readonly label: string; readonly owed: number; readonly others: number }>,
): InvoiceFinding[] {
  return links.flatMap((link, index): InvoiceFinding[] => {
    const found = instalments.get(link.instalmentId)
    const billed = (found?.others ?? 0) + link.amount
    if (!found || billed <= found.owed) return []
    const params = { label: found.label, billed: formatYuan(billed), owed: formatYuan(found.owed) }
    return [{ severity: 'warning', code: 'instalment', path: `links.${index}`, article: null, params }]
  })
}

/**
 * What stays linked once an invoice is worth less: what was linked with nothing goes first, then the last instalments,
 * since what is due first is billed first. `left` is what the invoice is still worth; fen.
 */
export function cutLinks<L extends Link>(links: readonly L[], left: number): L[] {
  let room = Math.max(0, left)
  return links.flatMap((link) => {
    const amount = Math.min(link.amount, room)
    room -= amount
    return amount > 0 ? [{ ...link, amount }] : []
  })
}

/** Spreads an amount over instalments in their order, as far as each is not billed yet; fen. */
export function proposeLinks(
  amount: number,
  instalments: readonly { readonly instalmentId: string; readonly owed: number; readonly others: number }[],
): { instalmentId: string; amount: number }[] {
  let left = amount
  return instalments.flatMap(({ instalmentId, owed, others }) => {
    const part = Math.min(left, Math.max(0, owed - others))
    left -= part
    return part > 0 ? [{ instalmentId, amount: part }] : []
  })
}
