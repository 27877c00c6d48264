import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { refuse } from '#shared/kernel/app-error.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { ROLES } from '#shared/policy/roles.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import type { Store } from '#core/store/store.ts'
import { makeAppraisal, sampleAppraisal } from './sample-appraisal.ts'
import { makeBankStatement, sampleBankWords } from './sample-bank.ts'
import { makeCampaigns, sampleCampaigns } from './sample-campaigns.ts'
import { BUYERS, makeCustomers, type SampleCustomer } from './sample-customers.ts'
import { makeCredit } from './sample-credit.ts'
import { makeDeals } from './sample-deals.ts'
import { makeFields, sampleFields } from './sample-fields.ts'
import { makeInvoices } from './sample-invoices.ts'
import { makeMarketNotes, sampleMarketNotes } from './sample-market.ts'
import { makeObligations } from './sample-obligations.ts'
import { deliverOrders } from './sample-orders.ts'
import { makeQuotations } from './sample-quotations.ts'
import { SampleRandom } from './sample-random.ts'
import { makeTasksAndFiles } from './sample-tasks.ts'
import { makeTeams } from './sample-team.ts'
import { SampleVisits } from './sample-visits.ts'

const words = z.array(z.string()).min(1)
const sampleData = z.object({
  people: z.array(
    z.object({
      name: z.string(),
      login: z.string(),
      title: z.string(),
      roles: z.array(z.enum(ROLES)),
      department: z.string(),
      team: z.string().nullable(),
      phone: z.string(),
      leads: z.boolean().optional(),
    }),
  ),
  places: words,
  brands: words,
  trades: words,
  kinds: words,
  streets: words,
  surnames: words,
  givenNames: words,
  contactTitles: words,
  needs: words,
  poolReasons: words,
  products: z.array(
    z.object({ name: z.string(), spec: z.string(), unit: z.string(), price: z.number(), lot: z.number() }),
  ),
  visitResults: words,
  nextSteps: words,
  titles: words,
  terms: z.record(z.string(), z.string()),
  instalments: words,
  reference: z.string(),
  deliveryNote: z.string(),
  firm: z.record(z.string(), z.string()),
  customFields: sampleFields,
  campaigns: sampleCampaigns,
  marketNotes: sampleMarketNotes,
  bank: sampleBankWords,
  appraisal: sampleAppraisal,
})
type SampleData = z.infer<typeof sampleData>

export interface SampleOptions {
  readonly resourcesDir: string
  /** The firm is this far along; everything lies in the two years before. */
  readonly today: PlainDay
  readonly seed: number
  /** For what no entry does: days on which things were written down that lie before today. */
  readonly store: Store
  readonly onProgress: (step: string, done: number, total: number) => void
  readonly signal?: AbortSignal
}

export const SAMPLE_SEED = 20_260_518
export const SAMPLE_STEPS = ['people', 'customers', 'contracts', 'receipts', 'visits'] as const
const CONTRACTS = 260
const VISITS = 460
const SPAN_DAYS = 720

/**
 * Fills an empty firm with a believable one: a machinery-parts dealer with twelve people, sixty customers, two years
 * of contracts, part payments and overdue cases. Everything goes through the contract, as if people had typed it.
 */
export async function fillSampleFirm(client: CoreClient, options: SampleOptions): Promise<void> {
  const data = sampleData.parse(
    JSON.parse(readFileSync(join(options.resourcesDir, 'demo', 'sample-firm.json'), 'utf8')),
  )
  const random = new SampleRandom(options.seed)
  const tell = (step: (typeof SAMPLE_STEPS)[number], done: number, total: number) => {
    if (options.signal?.aborted) throw refuse('CANCELLED')
    options.onProgress(step, done, total)
  }
  await completeFirm(client, data)
  const sellers = await makePeople(client, data, tell)
  const fieldsOfNext = await makeFields(client, data.customFields, options.seed)
  const campaignOf = await makeCampaigns(client, data.campaigns, options)
  const customers = await makeCustomers(client, data, { random, sellers, fieldsOfNext, campaignOf }, (done, total) =>
    tell('customers', done, total),
  )
  await makeContracts(client, data, random, customers, options.today, tell)
  await deliverOrders(client, { seed: options.seed, today: options.today, note: data.deliveryNote })
  await makeReceipts(client, data, random, customers, options.today, tell)
  await makeInvoices(client, options)
  await makeObligations(client, options)
  const visits = new SampleVisits(options.resourcesDir, options.seed)
  await makeVisits(client, data, random, visits, customers, sellers, options.today, tell)
  const customerIds = customers.map(({ id }) => id)
  await visits.plan(client, { today: options.today, sellers, customerIds }, options.store)
  await makeTasksAndFiles(client, { resourcesDir: options.resourcesDir, today: options.today, sellers, customerIds })
  await makeMarketNotes(client, data.marketNotes, options.today)
  await makeDeals(client, { ...options, sellers, customerIds }, options.store)
  await makeQuotations(client, { ...options, products: data.products })
  await makeTeams(client, { sellers, customerIds, reasons: data.poolReasons })
  await makeBankStatement(client, options.today, data.bank)
  await makeCredit(client, customerIds.slice(0, BUYERS))
  await makeAppraisal(client, data.appraisal, options.today)
}

/** A contract cannot be signed with half a letterhead: what the wizard left empty is filled with sample words. */
async function completeFirm(client: CoreClient, data: SampleData): Promise<void> {
  const { value, version } = await client.office.firm.read({})
  const filled = { ...value }
  for (const key of Object.keys(filled) as (keyof typeof filled)[]) {
    if (filled[key] === '') filled[key] = data.firm[key] ?? ''
  }
  await client.office.firm.save({ value: filled, version })
}

type Tell = (step: (typeof SAMPLE_STEPS)[number], done: number, total: number) => void

async function makePeople(client: CoreClient, data: SampleData, tell: Tell): Promise<string[]> {
  const departments = new Map<string, string>()
  const teams = new Map<string, { id: string; version: number }>()
  for (const { department, team } of data.people) {
    if (!departments.has(department)) {
      departments.set(department, (await client.people.createDepartment({ name: department })).id)
    }
    if (team !== null && !teams.has(team))
      teams.set(team, await client.people.createTeam({ name: team, leaderId: null }))
  }
  const sellers: string[] = []
  // The administrator came first and may be called like one of the twelve.
  const taken = (await client.session.status({})).session?.user.login.toLowerCase()
  for (const [i, person] of data.people.entries()) {
    tell('people', i, data.people.length)
    const team = person.team === null ? null : (teams.get(person.team) ?? null)
    const { id } = await client.people.create({
      name: person.name,
      login: person.login === taken ? `${person.login}2` : person.login,
      title: person.title,
      phone: person.phone,
      departmentId: departments.get(person.department) ?? null,
      teamId: team?.id ?? null,
      roles: person.roles,
    })
    if (person.leads && team && person.team !== null) {
      await client.people.updateTeam({ ...team, name: person.team, leaderId: id })
    }
    if (person.roles.some((role) => role === 'sales' || role === 'sales_manager')) sellers.push(id)
  }
  tell('people', data.people.length, data.people.length)
  return sellers
}

async function makeContracts(
  client: CoreClient,
  data: SampleData,
  random: SampleRandom,
  customers: readonly SampleCustomer[],
  today: PlainDay,
  tell: Tell,
): Promise<void> {
  const buyers = customers.slice(0, BUYERS)
  const ourSigner = data.people[0]?.name ?? ''
  const days = Array.from({ length: CONTRACTS }, () => random.between(3, SPAN_DAYS)).sort((a, b) => b - a)
  for (const [i, ago] of days.entries()) {
    tell('contracts', i, CONTRACTS)
    const customer = random.pick(buyers)
    const signDay = addDays(today, -ago)
    const [first = '', second = '', third = ''] = data.instalments
    const fixed = (label: string, after: number, share: 'rest' | number) => ({
      label,
      isDeposit: false,
      trigger: 'fixed' as const,
      days: 0,
      dayKind: 'natural' as const,
      fixedDay: addDays(signDay, after),
      share: share === 'rest' ? { kind: 'rest' as const } : { kind: 'percent' as const, rate: share },
    })
    const made = await client.contracts.create({
      kind: 'goods_sale',
      title: random.pick(data.titles),
      customerId: customer.id,
      language: 'zh-CN',
      ourSigner,
      theirSigner: customer.signer,
      signPlace: data.terms['signPlace'] ?? '',
      buyer: {
        name: customer.name,
        uscc: customer.uscc,
        legalRepresentative: customer.signer,
        address: customer.address,
        phone: customer.phone,
        bankName: '',
        bankAccount: '',
      },
      lines: Array.from({ length: random.between(1, 4) }, () => {
        const product = random.pick(data.products)
        return {
          name: product.name,
          spec: product.spec,
          unit: product.unit,
          quantity: Math.max(1, Math.round((product.lot * random.between(4, 30)) / 10)) * 1000,
          price: Math.round(product.price * (0.92 + random.next() * 0.16) * 10_000),
          rate: 1300,
        }
      }),
      plan: [
        fixed(first, random.between(3, 10), 3000),
        fixed(second, random.between(40, 75), 6000),
        fixed(third, random.between(150, 240), 'rest'),
      ],
      terms: {
        quality: data.terms['quality'] ?? '',
        packaging: data.terms['packaging'] ?? '',
        deliveryPlace: data.terms['warehouse'] ?? '',
        deliveryTerms: data.terms['deliveryTerms'] ?? '',
        deliveryDay: addDays(signDay, 30),
        inspection: data.terms['inspection'] ?? '',
        inspectionDays: 7,
        warrantyMonths: 12,
        warranty: '',
        penaltyPerDay: 5,
        penaltyCap: null,
        breach: '',
        disputeWay: 'court',
        disputePlace: data.terms['court'] ?? '',
        copies: 4,
        other: '',
      },
    })
    // Some of the newest are still being negotiated.
    if (ago > 40 || !random.chance(0.3)) {
      await client.contracts.sign({
        id: made.id,
        version: made.version,
        signDay,
        ourSigner,
        theirSigner: customer.signer,
      })
    }
  }
  tell('contracts', CONTRACTS, CONTRACTS)
}

/** Pays what is due as each customer is wont to: on the day, weeks later, in parts, or not yet. */
async function makeReceipts(
  client: CoreClient,
  data: SampleData,
  random: SampleRandom,
  customers: readonly SampleCustomer[],
  today: PlainDay,
  tell: Tell,
): Promise<void> {
  for (const [i, customer] of customers.entries()) {
    tell('receipts', i, customers.length)
    let cursor: string | null = null
    const due: { id: string; dueDay: string; outstanding: number }[] = []
    do {
      const page: Awaited<ReturnType<CoreClient['receivables']['list']>> = await client.receivables.list({
        limit: 200,
        cursor,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { customerId: customer.id },
      })
      for (const row of page.rows) {
        if (row.dueDay !== null && row.outstanding > 0)
          due.push({ id: row.id, dueDay: row.dueDay, outstanding: row.outstanding })
      }
      cursor = page.nextCursor
    } while (cursor !== null)
    for (const row of due) {
      const delay = delayOf(customer.pays, random)
      const day = addDays(row.dueDay as PlainDay, delay)
      if (day > today) continue
      const part = customer.pays !== 'prompt' && random.chance(0.3)
      const amount = part
        ? Math.max(1, Math.round((row.outstanding * random.between(30, 70)) / 10_000) * 100)
        : row.outstanding
      await client.receivables.receiptCreate({
        customerId: customer.id,
        day,
        amount,
        method: 'bank',
        reference: `${data.reference} ${random.between(100_000, 999_999)}`,
        allocations: [{ instalmentId: row.id, amount }],
      })
    }
  }
  tell('receipts', customers.length, customers.length)
}

function delayOf(pays: SampleCustomer['pays'], random: SampleRandom): number {
  if (pays === 'prompt') return random.between(-3, 6)
  if (pays === 'late') return random.between(10, 75)
  return random.chance(0.55) ? random.between(60, 200) : 2000
}

async function makeVisits(
  client: CoreClient,
  data: SampleData,
  random: SampleRandom,
  visits: SampleVisits,
  customers: readonly SampleCustomer[],
  sellers: readonly string[],
  today: PlainDay,
  tell: Tell,
): Promise<void> {
  for (let i = 0; i < VISITS; i += 1) {
    tell('visits', i, VISITS)
    const index = random.between(0, customers.length - 1)
    const daysAgo = random.between(0, 150)
    const day = addDays(today, -daysAgo)
    const channel = random.pick(['visit', 'visit', 'visit', 'phone', 'online'] as const)
    const purpose = random.pick(['develop', 'negotiate', 'callBack', 'collect', 'reconcile', 'service'] as const)
    const result = random.pick(data.visitResults)
    // Drawn still, so that what comes after it stays what it was.
    random.pick(data.nextSteps)
    const { nextInDays, ...report } = visits.report(purpose, channel, data.needs, daysAgo)
    await client.visits.create({
      customerId: customers[index]?.id ?? '',
      userId: sellers[index % sellers.length] ?? null,
      day,
      channel,
      purpose,
      result,
      ...report,
      nextDay: nextInDays === null ? null : addDays(today, nextInDays),
    })
  }
  tell('visits', VISITS, VISITS)
}
