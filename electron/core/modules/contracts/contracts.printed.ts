import type { PlainDay } from '#shared/kernel/dates.ts'
import type { ContractDocumentInput } from '#shared/modules/contracts/contracts.documents.ts'
import { party } from '#shared/modules/contracts/contracts.schema.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader } from '#core/store/store.ts'
import { readableContract } from './contracts.current.ts'
import { fieldsOf, sellerOf } from './contracts.records.ts'
import { findParts } from './contracts.repo.ts'
import { isCleared } from './contracts.submit.ts'

/**
 * What a stored contract says to whoever prints it elsewhere: our side as it was signed, or as it is today. NOT_FOUND
 * outside the scope.
 */
export async function printedContract(
  db: Reader,
  scope: Scope,
  id: string,
  today: PlainDay,
): Promise<ContractDocumentInput> {
  const record = await readableContract(db, scope, id)
  const firm = (await readSetting(db, 'firm')).value
  return {
    seller: record.seller ? party.parse(JSON.parse(record.seller)) : sellerOf(firm),
    sealName: firm.sealName,
    fields: fieldsOf(record, await findParts(db, record.id)),
    number: record.number,
    state: record.state,
    signDay: record.sign_day,
    cleared: record.state === 'draft' && (await isCleared(db, record, today)),
  }
}
