import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { asFen, formatYuan } from '#shared/kernel/money.ts'
import { proposeLinks } from '#shared/modules/invoices/invoices.links.rules.ts'
import { redLines, sumLines } from '#shared/modules/invoices/invoices.rules.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import { SampleRandom } from './sample-random.ts'

/** Far from the firm's own draws, which what is drawn here leaves alone. */
const SEED_STEP = 23_017
/** A year's digits, a region, a channel, and a serial of fifteen digits. */
const number = (day: PlainDay, serial: number) => `${day.slice(2, 4)}502${String(serial).padStart(15, '0')}`

/** Invoices what was delivered: most at once, some late, a few not yet, two taken back in part. */
export async function makeInvoices(
  client: CoreClient,
  { seed, today }: { readonly seed: number; readonly today: PlainDay },
): Promise<void> {
  const random = new SampleRandom(seed + SEED_STEP)
  const waiting: { contractId: string; customerId: string; deliveredDay: string }[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<CoreClient['invoices']['uninvoiced']>> = await client.invoices.uninvoiced({
      limit: 200,
      cursor,
      sort: { key: 'deliveredDay', dir: 'asc' },
      filters: {},
    })
    waiting.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor !== null)
  let serial = 10_000
  for (const [at, { contractId, customerId, deliveredDay }] of waiting.entries()) {
    const [after, step, part] = [random.between(0, 9), random.between(3, 90), random.chance(0.12)]
    const day = addDays(asDay(deliveredDay), after)
    serial += step
    // The newest wait for their invoice, and so do a few that were forgotten.
    if (day > today || at % 17 === 5) continue
    const basis = await client.invoices.basis({ customerId, contractId, exceptId: null })
    const lines = part ? basis.lines.slice(0, 1) : basis.lines
    const { amount } = sumLines(lines)
    if (amount <= 0) continue
    const made = await client.invoices.create({
      kind: at % 5 === 3 ? 'digitalNormal' : 'digitalSpecial',
      number: number(day, serial),
      day,
      customerId,
      contractId,
      buyer: basis.buyer,
      lines,
      amount: asFen(amount),
      links: proposeLinks(amount, basis.instalments).map((link) => ({ ...link, amount: asFen(link.amount) })),
    })
    if (random.chance(0.85)) await keepOriginal(client, made.id)
    if (at % 41 === 7) await takeBack(client, made, addDays(day, 6) > today ? today : addDays(day, 6), serial + 1)
  }
}

/** The file that the platform would have given: a short one with what the register asks for. */
async function keepOriginal(client: CoreClient, id: string): Promise<void> {
  const { number: own, day, buyer, lines, net, tax, amount } = await client.invoices.get({ id })
  const element = (name: string, content: string) => `<${name}>${content}</${name}>`
  const yuan = (fen: number) => formatYuan(fen, { grouping: false })
  const items = lines.map((line) =>
    element(
      'IssuItemInformation',
      element('ItemName', line.name) + element('Amount', yuan(line.net)) + element('ComTaxAm', yuan(line.tax)),
    ),
  )
  const sums =
    element('TotalAmWithoutTax', yuan(net)) +
    element('TotalTaxAm', yuan(tax)) +
    element('TotalTax-includedAmount', yuan(amount))
  const data =
    element('BuyerInformation', element('BuyerIdNum', buyer.taxId) + element('BuyerName', buyer.name)) +
    element('BasicInformation', sums) +
    items.join('')
  const issued = element('InvoiceNumber', own) + element('IssueTime', day)
  const text = `<?xml version="1.0" encoding="UTF-8"?>${element('EInvoice', element('EInvoiceData', data) + element('TaxSupervisionInfo', issued))}`
  const { fileId } = await client.files.upload({ file: new File([text], `dzfp_${own}.xml`) })
  await client.attachments.add({ to: 'invoice', id, fileId })
}

/** A red letter over the first line of an invoice: it came back. */
async function takeBack(
  client: CoreClient,
  blue: { readonly id: string; readonly version: number },
  day: PlainDay,
  serial: number,
): Promise<void> {
  const view = await client.invoices.get({ id: blue.id })
  const lines = redLines(view.lines.slice(0, 1), [])
  await client.invoices.redLetter({
    blueId: blue.id,
    version: blue.version,
    kind: view.kind,
    number: number(day, serial),
    day,
    lines,
    amount: asFen(sumLines(lines).amount),
    redReason: 'returned',
  })
}
