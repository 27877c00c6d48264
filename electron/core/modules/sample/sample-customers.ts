import type { GivenFields } from '#shared/modules/customers/customers.fields.schema.ts'
import type { CustomerFields } from '#shared/modules/customers/customers.schema.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import type { SampleRandom } from './sample-random.ts'

const CUSTOMERS = 60
export const BUYERS = 48

export interface SampleCustomer {
  readonly id: string
  readonly name: string
  readonly uscc: string
  readonly address: string
  readonly phone: string
  readonly signer: string
  /** How reliably this customer pays: most do. */
  readonly pays: 'prompt' | 'late' | 'slow'
}

type Words = readonly string[]
interface CustomerWords {
  readonly places: Words
  readonly brands: Words
  readonly trades: Words
  readonly kinds: Words
  readonly streets: Words
  readonly surnames: Words
  readonly givenNames: Words
  readonly contactTitles: Words
  readonly needs: Words
}

interface CustomerSources {
  readonly random: SampleRandom
  readonly sellers: readonly string[]
  readonly fieldsOfNext: () => GivenFields
  readonly campaignOf: (source: CustomerFields['source']) => string | null
}

/** Sixty customers: the first forty-eight have bought, the others have not yet. */
export async function makeCustomers(
  client: CoreClient,
  data: CustomerWords,
  { random, sellers, fieldsOfNext, campaignOf }: CustomerSources,
  tell: (done: number, total: number) => void,
): Promise<SampleCustomer[]> {
  const customers: SampleCustomer[] = []
  const used = new Set<string>()
  while (customers.length < CUSTOMERS) {
    const place = random.pick(data.places)
    const name = `${place}${random.pick(data.brands)}${random.pick(data.trades)}${random.pick(data.kinds)}`
    if (used.has(name)) continue
    used.add(name)
    tell(customers.length, CUSTOMERS)
    const uscc = random.uscc()
    const address = `${place}${random.pick(data.streets)} ${random.between(1, 299)}`
    const phone = `0${random.between(23, 29)}-${random.between(60_000_000, 89_999_999)}`
    const signer = random.pick(data.surnames) + random.pick(data.givenNames)
    const industry = random.pick(data.trades)
    const stage = customers.length < BUYERS ? 'customer' : random.pick(['lead', 'prospect', 'dormant'] as const)
    const grade = random.pick(['A', 'B', 'B', 'C', 'C', 'D'] as const)
    const source = random.pick(['industryReport', 'web', 'exhibition', 'referral', 'other'] as const)
    const { id } = await client.customers.create({
      name,
      uscc,
      industry,
      stage,
      grade,
      source,
      campaignId: campaignOf(source),
      size: random.pick(['large', 'medium', 'small', 'small', 'micro']),
      region: place,
      address,
      phone,
      needs: random.pick(data.needs),
      fields: fieldsOfNext(),
      ownerId: sellers[customers.length % sellers.length] ?? null,
      invoice: {
        title: name,
        taxId: uscc,
        address,
        phone,
        bankName: `${place}`,
        bankAccount: `6222${random.between(1e11, 9e11)}`,
      },
      contacts: [
        {
          name: random.pick(data.surnames) + random.pick(data.givenNames),
          title: random.pick(data.contactTitles),
          mobile: `13${random.between(100_000_000, 999_999_999)}`,
          primary: true,
          decisionRole: random.pick(['decides', 'influences', 'pays']),
        },
      ],
    })
    const pays = random.chance(0.62) ? 'prompt' : random.chance(0.6) ? 'late' : 'slow'
    customers.push({ id, name, uscc, address, phone, signer, pays })
  }
  tell(CUSTOMERS, CUSTOMERS)
  return customers
}
