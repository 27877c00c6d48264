import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { sampleFields } from './sample-contract.ts'

/** A customer of the caller's own, ready for contracts. */
export async function makeCustomer(api: CoreClient, name = '成都兴川机械制造有限公司'): Promise<string> {
  const { id } = await api.customers.create({ name, source: 'web' })
  return id
}

/** Drafts and signs the sample contract (¥64,550.08); answers with its id, version and number. */
export async function signContract(
  api: CoreClient,
  customerId: string,
  options: { signDay?: string; change?: (fields: ReturnType<typeof sampleFields>) => void } = {},
) {
  const fields = sampleFields(customerId)
  options.change?.(fields)
  const made = await api.contracts.create(fields)
  const signed = await api.contracts.sign({
    id: made.id,
    version: made.version,
    signDay: asDay(options.signDay ?? '2026-05-18'),
    ourSigner: '陈立',
    theirSigner: '王强',
  })
  return { id: made.id, number: made.number, version: signed.version }
}
