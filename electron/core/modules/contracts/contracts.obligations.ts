import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { freeTexts, says } from '#shared/modules/contracts/contracts.check.words.ts'
import { deriveObligations } from '#shared/modules/obligations/obligations.derive.rules.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { billedDays, followContract, paidDays } from '#core/modules/obligations/obligations.api.ts'
import { deliveredDays } from '#core/modules/orders/orders.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { dayCounter } from './contracts.basis.ts'
import { readableContract } from './contracts.current.ts'
import { dueDays, fieldsOf } from './contracts.records.ts'
import { findContract, findParts } from './contracts.repo.ts'

/** Makes the obligations of a contract say what it says, and what is known of it, now; nothing where it is not signed. */
export async function followObligations(uow: UnitOfWork, contractId: string): Promise<void> {
  const record = await findContract(uow.db, contractId)
  if (record?.state !== 'signed' || record.sign_day === null) return
  const parts = await findParts(uow.db, record.id)
  const fields = fieldsOf(record, parts)
  const counter = await dayCounter(uow.db)
  const { days } = dueDays(fields, record.sign_day, parts.events, counter)
  const renewal = await uow.db
    .selectFrom('contracts')
    .where('renews_id', '=', record.id)
    .where('state', '=', 'signed')
    .select((eb) => eb.fn.min('sign_day').as('day'))
    .executeTakeFirst()
  const ended = record.ended_day !== null
  const wanted = deriveObligations({
    fields,
    days,
    counter,
    confidential: freeTexts(fields).some(({ text }) => says('confidentiality', text)),
    noticeDays: (await readSetting(uow.db, 'contractReminders')).value.noticeDays,
    delivered: await deliveredDays(uow.db, record.id),
    instalments: await paidDays(uow.db, record.id),
    billed: await billedDays(uow.db, record.id),
    renewedOn: (renewal?.day ?? null) as PlainDay | null,
    ended,
  })
  const { id, number, buyer_name: buyerName, owner_id: ownerId } = record
  const contract = { id, number, buyerName, ownerId, signDay: record.sign_day as PlainDay }
  await followContract(uow, contract, wanted, { days, counter, ended })
}

/** A signed contract that still runs, as what is written beside it needs it. Throws NOT_FOUND or CONTRACT_STATE. */
export async function contractBrief(uow: UnitOfWork, scope: Scope, id: string) {
  const record = await readableContract(uow.db, scope, id)
  const state = record.ended_day === null ? record.state : 'terminated'
  if (state !== 'signed') throw refuse('CONTRACT_STATE', { state })
  const { number, buyer_name: buyerName, owner_id: ownerId } = record
  return { id, number, buyerName, ownerId, signDay: record.sign_day ?? '' }
}
