import { plainReason } from '#shared/kernel/reason.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { leftOfLine, maskedAccount } from '#shared/modules/bank/bank.rules.ts'
import type {
  AsideInput,
  LineFilters,
  LinePart,
  LineRow,
  LineSort,
  LineStage,
  LineView,
  Suggestion,
} from '#shared/modules/bank/bank.schema.ts'
import type { MatchSuggestion } from '#shared/modules/receivables/receivables.matching.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { receiptsOfLines } from '#core/modules/receivables/receivables.api.ts'
import type { Reader } from '#core/store/store.ts'
import type { ReceiptsTable } from '#core/store/tables/receivables.tables.ts'
import type { BankBooking } from './bank.booking.ts'
import { findLine, isStored, listLines, sumLines, type LineRecord, type LinesQuery } from './bank.lines.repo.ts'
import { readLines, stageOf, type Readings } from './bank.readings.ts'

interface Asked {
  readonly text?: string | undefined
  readonly filters: LineFilters
}
type At = { readonly id: string; readonly version: number }

/** What the reasons of a reading name where the payer's own words say what is paid. */
const NAMED = 'receivables:matching.named'

/** The lines of all statements, how they are read, and what becomes of them. */
export function createBankLines({ store }: CoreDeps, booking: BankBooking) {
  /** A filter by how lines are read becomes the ids that are read so. */
  async function query(ctx: CallContext, asked: Asked): Promise<{ query: LinesQuery; readings: Readings | null }> {
    const { stage } = asked.filters
    if (stage === undefined || isStored(stage)) return { query: { ...asked, among: null }, readings: null }
    const readings = await readLines(store.read, ctx.scope)
    const wanted: readonly LineStage[] = stage === 'suggested' ? ['sure', 'likely'] : [stage as LineStage]
    const among = [...readings.matches.keys()].filter((id) => wanted.includes(stageOf(id, readings)))
    return { query: { ...asked, among }, readings }
  }

  return {
    async list(ctx: CallContext, input: PageInput<LineSort, LineFilters>) {
      const asked = await query(ctx, input)
      const page = await listLines(store.read, asked.query, input)
      const open = page.rows.some((raw) => raw.state === 'open')
      const readings = asked.readings ?? (open ? await readLines(store.read, ctx.scope) : null)
      return { ...page, rows: await toRows(store.read, page.rows, readings) }
    },

    summary: async (ctx: CallContext, input: Asked) => sumLines(store.read, (await query(ctx, input)).query),

    async get(ctx: CallContext, id: string): Promise<LineView> {
      const db = store.read
      const raw = await findLine(db, id)
      if (!raw) throw refuse('NOT_FOUND', { entity: 'bankLine' })
      const readings = raw.state === 'open' ? await readLines(db, ctx.scope) : null
      const [row] = await toRows(db, [raw], readings)
      if (!row) throw new Error('a line lost its row')
      const recorded = readings?.recorded.get(id) ?? []
      const receipts = await receiptsOfLines(db, [id])
      const known = await db
        .selectFrom('bank_payers')
        .select(['id', 'customer_id', 'name'])
        .where((eb) =>
          eb.or([
            eb.and([eb('account', '=', raw.payer_account), eb('account', '<>', '')]),
            eb.and([eb('name', '=', raw.payer_name), eb('name', '<>', '')]),
          ]),
        )
        .orderBy('learned_at')
        .execute()
      const all = [...recorded.map(({ receipt }) => receipt), ...receipts]
      const names = await customerBriefs(
        db,
        [...all, ...known].map((one) => one.customer_id),
      )
      const nameOf = (customerId: string) => names.get(customerId)?.name ?? ''
      const toReceipt = (receipt: ReceiptsTable) => ({
        id: receipt.id,
        version: receipt.version,
        number: receipt.number,
        day: receipt.day,
        customerId: receipt.customer_id,
        customerName: nameOf(receipt.customer_id),
        amount: receipt.amount,
        payer: receipt.payer,
      })
      return {
        ...row,
        payerAccountFull: raw.payer_account,
        payerBank: raw.payer_bank,
        balance: raw.balance,
        row: raw.sheet_row,
        fileName: raw.file_name ?? '',
        booked: raw.booked,
        aside: raw.aside,
        asideKind: raw.aside_kind,
        asideReason: raw.aside_reason,
        suggestions: readings ? suggestionsOf(id, readings, leftOfLine(raw)) : [],
        recorded: recorded.map(({ receipt, same }) => ({ ...toReceipt(receipt), same })),
        receipts: receipts.map(toReceipt),
        known: known.map((one) => ({
          id: one.id,
          customerId: one.customer_id,
          customerName: nameOf(one.customer_id),
          name: one.name,
        })),
      }
    },

    confirm: (ctx: CallContext, input: At & { part: LinePart; learn: boolean }) =>
      store.write(ctx.actor, (uow) => booking.confirm(uow, ctx.scope, input)),
    link: (ctx: CallContext, input: At & { receiptId: string }) =>
      store.write(ctx.actor, (uow) => booking.link(uow, ctx.scope, input)),
    setAside: (ctx: CallContext, input: At & { aside: AsideInput }) =>
      store.write(ctx.actor, (uow) => booking.setAside(uow, input)),
    takeUp: (ctx: CallContext, input: At) => store.write(ctx.actor, (uow) => booking.takeUp(uow, input)),
    unbook: (ctx: CallContext, input: At & { reason: string }) =>
      store.write(ctx.actor, (uow) => booking.unbook(uow, input)),

    forgetPayer: (ctx: CallContext, id: string) =>
      store.write(ctx.actor, async (uow) => {
        const raw = await uow.db.selectFrom('bank_payers').selectAll().where('id', '=', id).executeTakeFirst()
        if (!raw) throw refuse('NOT_FOUND', { entity: 'bankPayer' })
        await uow.db.deleteFrom('bank_payers').where('id', '=', id).execute()
        const before = { customerId: raw.customer_id, name: raw.name, account: raw.account }
        await uow.audit({ action: 'bank.forgetPayer', entity: 'bankPayer', entityId: id, before })
        uow.changed('bank', id)
        return { id }
      }),
  }
}

/** The readings of a line as they are shown, the best first; what the items do not take is an advance. */
export function suggestionsOf(id: string, readings: Readings, left: number): Suggestion[] {
  return (readings.matches.get(id)?.suggestions ?? []).map((found) => toSuggestion(found, readings, left))
}

function toSuggestion(found: MatchSuggestion, { items, names }: Readings, left: number): Suggestion {
  const paid = found.items.flatMap(({ id, amount }) => {
    const item = items.get(id)
    if (!item) return []
    const { contractId, contractNumber, label, dueDay, outstanding } = item
    return [{ instalmentId: id, contractId, contractNumber, label, dueDay, outstanding, amount }]
  })
  return {
    customerId: found.customerId,
    customerName: names.get(found.customerId) ?? '',
    score: found.score,
    reasons: found.reasons.map(plainReason),
    designated: found.reasons.some(({ key }) => key === NAMED),
    items: paid,
    advance: left - paid.reduce((sum, item) => sum + item.amount, 0),
  }
}

/** Rows with whom they are read as, or whom they were booked to. */
async function toRows(db: Reader, raws: readonly LineRecord[], readings: Readings | null): Promise<LineRow[]> {
  const ids = raws.filter((raw) => raw.booked > 0).map((raw) => raw.id)
  const receipts = await receiptsOfLines(db, ids)
  const names = await customerBriefs(
    db,
    receipts.map((receipt) => receipt.customer_id),
  )
  const booked = Map.groupBy(receipts, (receipt) => receipt.bank_line_id ?? '')
  return raws.map((raw) => {
    const payers = (booked.get(raw.id) ?? []).map((receipt) => names.get(receipt.customer_id)?.name ?? '')
    const [best] = readings?.matches.get(raw.id)?.suggestions ?? []
    const stage = readings && raw.state === 'open' ? stageOf(raw.id, readings) : null
    // Several are as good: none of them is the one.
    const read = stage === 'ambiguous' || !best ? '' : (readings?.names.get(best.customerId) ?? '')
    return {
      id: raw.id,
      version: raw.version,
      accountId: raw.account_id,
      accountName: raw.account_name ?? '',
      statementId: raw.statement_id,
      day: raw.day,
      time: raw.time,
      amount: raw.amount,
      left: leftOfLine(raw),
      payerName: raw.payer_name,
      payerAccount: maskedAccount(raw.payer_account),
      text: raw.text,
      reference: raw.reference,
      stage: stage ?? (raw.amount < 0 ? 'out' : raw.state === 'booked' ? 'booked' : 'ignored'),
      customerName: payers.length > 0 ? [...new Set(payers)].join(' ') : read,
    }
  })
}
