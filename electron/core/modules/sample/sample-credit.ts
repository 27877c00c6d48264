import type { CoreClient } from '#core/rpc/client-type.ts'

/**
 * A card for every buyer, scored by what is on record. Limits are left to the owner: those that the grades
 * propose need a second person.
 */
export async function makeCredit(client: CoreClient, buyers: readonly string[]): Promise<void> {
  for (const customerId of buyers) await client.credit.score({ customerId })
}
