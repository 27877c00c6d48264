import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Fen } from '#shared/kernel/money.ts'
import { normaliseFirmName } from '#shared/kernel/names.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import { leftOfLine } from '#shared/modules/bank/bank.rules.ts'
import type { AsideInput, LinePart } from '#shared/modules/bank/bank.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import {
  findReceipt,
  receiptsOfLines,
  setBankLine,
  type Booking,
  type ReversalListener,
} from '#core/modules/receivables/receivables.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { BankLinesTable } from '#core/store/tables/bank.tables.ts'
import { currentLine, findLine, setDealt } from './bank.lines.repo.ts'

type At = { readonly id: string; readonly version: number }

/** Sums up again what of a line stands in receipts; answers with its version. */
async function resum(uow: UnitOfWork, lineId: string): Promise<number> {
  const line = await findLine(uow.db, lineId)
  if (!line) return 0
  const booked = (await receiptsOfLines(uow.db, [lineId])).reduce((sum, receipt) => sum + receipt.amount, 0)
  return booked === line.booked ? line.version : setDealt(uow, line, { booked })
}

/** A receipt is taken back where receipts are: its line is open again. */
export const reopenLine: ReversalListener = async (uow, receipt) => {
  if (receipt.bank_line_id !== null) await resum(uow, receipt.bank_line_id)
}

/** What becomes of a line, each in the caller's unit of work. */
export function createBankBooking(booking: Booking) {
  /** Throws BANK_LINE_STATE for a line that is dealt with. */
  async function open(uow: UnitOfWork, at: At) {
    const line = await currentLine(uow, at)
    if (line.state !== 'open') throw refuse('BANK_LINE_STATE')
    return line
  }

  /** Under this name, from this account, the customer pays: lines to come are read by it. */
  async function learn(uow: UnitOfWork, line: BankLinesTable, customerId: string): Promise<void> {
    const nameKey = normaliseFirmName(line.payer_name)
    if (nameKey === '' && line.payer_account === '') return
    const same = await uow.db
      .selectFrom('bank_payers')
      .select('id')
      .where('customer_id', '=', customerId)
      .where('name_key', '=', nameKey)
      .where('account', '=', line.payer_account)
      .executeTakeFirst()
    if (same) return
    await uow.db
      .insertInto('bank_payers')
      .values({
        id: newId(),
        customer_id: customerId,
        name: line.payer_name,
        name_key: nameKey,
        account: line.payer_account,
        learned_at: uow.now,
        learned_by: uow.actor.userId,
        search_text: buildSearchText(line.payer_name, [line.payer_account]),
      })
      .execute()
  }

  return {
    /** Throws BANK_LINE_STATE, BANK_LINE_OVER, NOT_FOUND for a customer outside the scope, RECEIPT_ALLOCATION. */
    async confirm(uow: UnitOfWork, scope: Scope, input: At & { part: LinePart; learn: boolean }) {
      const line = await open(uow, input)
      const { customerId, amount, allocations, designated } = input.part
      if (amount > leftOfLine(line)) throw refuse('BANK_LINE_OVER')
      const receipt = await booking.receive(uow, scope, {
        customerId,
        day: line.day as PlainDay,
        amount,
        method: 'bank',
        payer: line.payer_name,
        reference: line.reference,
        note: '',
        designation: designated ? line.text.slice(0, 200) : '',
        designated: designated ? allocations.map((one) => ({ ...one, amount: one.amount as Fen })) : [],
        bill: null,
        allocations,
        bankLineId: line.id,
      })
      if (input.learn) await learn(uow, line, customerId)
      const version = await setDealt(uow, line, { booked: line.booked + amount })
      const after = { customerId, amount, receipt: receipt.number }
      await uow.audit({ action: 'bank.confirm', entity: 'bankLine', entityId: line.id, after })
      return { id: line.id, version, receiptId: receipt.id, number: receipt.number }
    },

    /** Throws BANK_RECEIPT for a receipt that is taken back, is a line already, or is more than what is left. */
    async link(uow: UnitOfWork, scope: Scope, input: At & { receiptId: string }) {
      const line = await open(uow, input)
      const receipt = await findReceipt(uow.db, input.receiptId)
      if (!receipt || !inScope(scope, receipt.owner_id)) throw refuse('NOT_FOUND', { entity: 'receipt' })
      const fits = receipt.state === 'posted' && receipt.bank_line_id === null && receipt.method === 'bank'
      if (!fits || receipt.amount > leftOfLine(line)) throw refuse('BANK_RECEIPT')
      await setBankLine(uow, receipt, line.id)
      await uow.db.insertInto('bank_links').values({ receipt_id: receipt.id, line_id: line.id }).execute()
      const version = await setDealt(uow, line, { booked: line.booked + receipt.amount })
      await uow.audit({
        action: 'bank.link',
        entity: 'bankLine',
        entityId: line.id,
        after: { receipt: receipt.number },
      })
      return { id: line.id, version }
    },

    async setAside(uow: UnitOfWork, input: At & { aside: AsideInput }) {
      const line = await open(uow, input)
      const { kind, reason } = input.aside
      const aside = line.aside + leftOfLine(line)
      const version = await setDealt(uow, line, { aside, aside_kind: kind, aside_reason: reason })
      await uow.audit({
        action: 'bank.setAside',
        entity: 'bankLine',
        entityId: line.id,
        after: { ...input.aside, aside },
      })
      return { id: line.id, version }
    },

    async takeUp(uow: UnitOfWork, input: At) {
      const line = await currentLine(uow, input)
      if (line.aside === 0) throw refuse('BANK_LINE_STATE')
      const version = await setDealt(uow, line, { aside: 0, aside_kind: null, aside_reason: '' })
      const before = { aside: line.aside, kind: line.aside_kind, reason: line.aside_reason }
      await uow.audit({ action: 'bank.takeUp', entity: 'bankLine', entityId: line.id, before })
      return { id: line.id, version }
    },

    /** Throws BANK_LINE_STATE where nothing is booked, and what `reverse` throws. */
    async unbook(uow: UnitOfWork, input: At & { reason: string }) {
      const line = await currentLine(uow, input)
      if (line.booked === 0) throw refuse('BANK_LINE_STATE')
      await letGo(uow, line.id, input.reason)
      const version = await resum(uow, line.id)
      const before = { booked: line.booked }
      await uow.audit({
        action: 'bank.unbook',
        entity: 'bankLine',
        entityId: line.id,
        before,
        after: { reason: input.reason },
      })
      return { id: line.id, version }
    },

    letGo,
  }

  /** Takes back what was made from a line, from its own day; what was entered by hand only lets go of it. */
  async function letGo(uow: UnitOfWork, lineId: string, reason: string): Promise<void> {
    const links = await uow.db.selectFrom('bank_links').select('receipt_id').where('line_id', '=', lineId).execute()
    const byHand = new Set(links.map((link) => link.receipt_id))
    for (const receipt of await receiptsOfLines(uow.db, [lineId])) {
      if (byHand.has(receipt.id)) await setBankLine(uow, receipt, null)
      else await booking.reverse(uow, receipt, receipt.day as PlainDay, reason)
    }
    await uow.db.deleteFrom('bank_links').where('line_id', '=', lineId).execute()
  }
}

export type BankBooking = ReturnType<typeof createBankBooking>
