import { refuse } from '#shared/kernel/app-error.ts'
import { maskedAccount } from '#shared/modules/bank/bank.rules.ts'
import type { AccountFields, AccountRow } from '#shared/modules/bank/bank.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { BankAccountsTable } from '#core/store/tables/bank.tables.ts'
import { lastStatements, openByAccount } from './bank.statements.repo.ts'

/** One of our accounts; throws NOT_FOUND. */
export async function accountOf(db: Reader | Writer, id: string): Promise<BankAccountsTable> {
  const raw = await db.selectFrom('bank_accounts').selectAll().where('id', '=', id).executeTakeFirst()
  if (!raw) throw refuse('NOT_FOUND', { entity: 'bankAccount' })
  return raw
}

/** Our accounts with banks, whose number is asked for when a statement is read. */
export function createBankAccounts({ store }: CoreDeps) {
  /** Throws BANK_ACCOUNT_TWICE where another account has the number. */
  async function assertFree(uow: UnitOfWork, number: string, exceptId: string | null): Promise<void> {
    const same = await uow.db.selectFrom('bank_accounts').select('id').where('number', '=', number).executeTakeFirst()
    if (same && same.id !== exceptId) throw refuse('BANK_ACCOUNT_TWICE')
  }

  return {
    async list(): Promise<{ rows: AccountRow[] }> {
      const db = store.read
      const raws = await db.selectFrom('bank_accounts').selectAll().orderBy('created_at').orderBy('id').execute()
      const open = await openByAccount(db)
      const last = await lastStatements(db)
      const rows = raws.map((raw): AccountRow => ({
        id: raw.id,
        version: raw.version,
        name: raw.name,
        bankName: raw.bank_name,
        masked: maskedAccount(raw.number),
        currency: raw.currency,
        openedDay: raw.opened_day,
        closedDay: raw.closed_day,
        open: open.get(raw.id) ?? 0,
        lastDay: last.get(raw.id)?.lastDay ?? null,
        lastBalance: last.get(raw.id)?.closing ?? null,
      }))
      return { rows: rows.toSorted((a, b) => Number(a.closedDay !== null) - Number(b.closedDay !== null)) }
    },

    async get(id: string) {
      const raw = await accountOf(store.read, id)
      return { id, version: raw.version, fields: toFields(raw) }
    },

    create: (ctx: CallContext, fields: AccountFields) =>
      store.write(ctx.actor, async (uow) => {
        await assertFree(uow, fields.number, null)
        const id = newId()
        await uow.db
          .insertInto('bank_accounts')
          .values({
            id,
            version: 0,
            ...columnsOf(fields),
            currency: 'CNY',
            created_at: uow.now,
            created_by: uow.actor.userId,
            updated_at: uow.now,
          })
          .execute()
        await uow.audit({ action: 'bank.accountCreate', entity: 'bankAccount', entityId: id, after: fields })
        uow.changed('bank', id)
        return { id, version: 0 }
      }),

    /** Another number would make every statement of it one of another account: that is only possible before the first. */
    update: (ctx: CallContext, input: { id: string; version: number; fields: AccountFields }) =>
      store.write(ctx.actor, async (uow) => {
        const { id, fields } = input
        const raw = await accountOf(uow.db, id)
        if (raw.version !== input.version) throw refuse('STALE', { current: { version: raw.version } })
        await assertFree(uow, fields.number, id)
        if (fields.number !== raw.number && (await hasStatements(uow.db, id))) throw refuse('BANK_ACCOUNT_USED')
        const version = raw.version + 1
        await uow.db
          .updateTable('bank_accounts')
          .set({ ...columnsOf(fields), version, updated_at: uow.now })
          .where('id', '=', id)
          .execute()
        await uow.audit({
          action: 'bank.accountUpdate',
          entity: 'bankAccount',
          entityId: id,
          before: toFields(raw),
          after: fields,
        })
        uow.changed('bank', id)
        return { id, version }
      }),
  }
}

async function hasStatements(db: Writer, accountId: string): Promise<boolean> {
  const query = db.selectFrom('bank_statements').select('id').where('account_id', '=', accountId)
  return (await query.where('reverted_at', 'is', null).executeTakeFirst()) !== undefined
}

const columnsOf = ({ name, bankName, number, openedDay, closedDay }: AccountFields) => ({
  name,
  bank_name: bankName,
  number,
  opened_day: openedDay,
  closed_day: closedDay,
})

const toFields = (raw: BankAccountsTable) =>
  ({
    name: raw.name,
    bankName: raw.bank_name,
    number: raw.number,
    openedDay: raw.opened_day,
    closedDay: raw.closed_day,
  }) as AccountFields
