import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { StatementFilters, StatementSort } from '#shared/modules/bank/bank.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { forgetBankLines, receiptsOfLines } from '#core/modules/receivables/receivables.api.ts'
import type { BankBooking } from './bank.booking.ts'
import {
  findStatement,
  listStatements,
  statementBefore,
  statementFigures,
  sumStatements,
  toStatementRows,
} from './bank.statements.repo.ts'

/** Statements as they were imported, and taking one back. */
export function createBankStatements({ store, files }: CoreDeps, booking: BankBooking) {
  return {
    list: (_ctx: CallContext, input: PageInput<StatementSort, StatementFilters>) => listStatements(store.read, input),

    summary: (_ctx: CallContext, input: { text?: string | undefined; filters: StatementFilters }) =>
      sumStatements(store.read, input),

    async get(_ctx: CallContext, id: string) {
      const raw = await findStatement(store.read, id)
      if (!raw) throw refuse('NOT_FOUND', { entity: 'bankStatement' })
      const [row] = await toStatementRows(store.read, [raw])
      if (!row) throw new Error('a statement lost its row')
      const before =
        raw.reverted_at === null ? await statementBefore(store.read, raw.account_id, raw.first_day, id) : null
      return {
        ...row,
        figures: await statementFigures(store.read, id),
        breaks: raw.breaks,
        breaksReason: raw.breaks_reason,
        gap: before && raw.opening !== null && before.closing !== raw.opening ? before : null,
      }
    },

    /** A one-time address of the file as it was imported. */
    async file(ctx: CallContext, id: string) {
      const raw = await findStatement(store.read, id)
      if (!raw) throw refuse('NOT_FOUND', { entity: 'bankStatement' })
      await store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({ action: 'bank.file', entity: 'bankStatement', entityId: id, after: { file: raw.file_name } })
      })
      return files.ticketStored(raw.file_id, raw.file_name)
    },

    /** One unit of work: a receipt that cannot be taken back keeps the whole statement. */
    revert: (ctx: CallContext, input: { id: string; version: number; reason: string; withReceipts: boolean }) =>
      store.write(ctx.actor, async (uow) => {
        const raw = await findStatement(uow.db, input.id)
        if (!raw) throw refuse('NOT_FOUND', { entity: 'bankStatement' })
        if (raw.version !== input.version) throw refuse('STALE', { current: { version: raw.version } })
        if (raw.reverted_at !== null) throw refuse('BANK_REVERTED')
        const lines = await uow.db
          .selectFrom('bank_lines')
          .select(['id', 'booked'])
          .where('statement_id', '=', raw.id)
          .execute()
        const ids = lines.map((line) => line.id)
        const receipts = await receiptsOfLines(uow.db, ids)
        if (receipts.length > 0 && !input.withReceipts) throw refuse('BANK_BOOKED', { receipts: receipts.length })
        for (const line of lines) if (line.booked > 0) await booking.letGo(uow, line.id, input.reason)
        await forgetBankLines(uow, ids)
        await uow.db.deleteFrom('bank_lines').where('statement_id', '=', raw.id).execute()
        const version = raw.version + 1
        await uow.db
          .updateTable('bank_statements')
          .set({ reverted_at: uow.now, reverted_by: uow.actor.userId, reverted_reason: input.reason, version })
          .where('id', '=', raw.id)
          .execute()
        await uow.audit({
          action: 'bank.revert',
          entity: 'bankStatement',
          entityId: raw.id,
          before: { file: raw.file_name, lines: lines.length, receipts: receipts.length },
          after: { reason: input.reason },
        })
        uow.changed('bank', raw.id)
        return { id: raw.id, version }
      }),
  }
}
