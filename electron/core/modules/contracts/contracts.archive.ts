import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { lawRowOn } from '#shared/modules/contracts/contracts.law.ts'
import { copiesPresent, retainUntil } from '#shared/modules/contracts/contracts.papers.rules.ts'
import type { ArchiveFields, ArchiveView, LoanFields } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { readableContract } from './contracts.current.ts'
import { reminderDone } from './contracts.reminded.ts'

/** How many years a contract that is filed on a day is kept, and where that stands. */
export async function retentionOn(db: Reader | Writer, day: string): Promise<{ years: number; source: string }> {
  const row = lawRowOn((await readSetting(db, 'contractLaw')).value, 'archiveYears', day)
  return { years: row?.value ?? 0, source: row?.source ?? '' }
}

/** Where the paper of a contract lies, with everything that was ever lent out; null where it is not filed. */
export async function archiveOf(db: Reader | Writer, contractId: string): Promise<ArchiveView | null> {
  const row = await db
    .selectFrom('contract_archives')
    .selectAll()
    .where('contract_id', '=', contractId)
    .executeTakeFirst()
  if (!row) return null
  const lent = await db
    .selectFrom('contract_loans')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('lent_day', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const people = await userBriefs(db, [
    row.archived_by,
    ...lent.flatMap((loan) => [loan.lent_by, ...(loan.returned_by === null ? [] : [loan.returned_by])]),
  ])
  const nameOf = (id: string | null) => (id === null ? '' : (people.get(id)?.name ?? ''))
  const loans = lent.map((loan) => ({
    id: loan.id,
    copies: loan.copies,
    borrower: loan.borrower,
    purpose: loan.purpose,
    day: loan.lent_day,
    dueDay: loan.due_day,
    lentByName: nameOf(loan.lent_by),
    returned:
      loan.returned_day === null
        ? null
        : { day: loan.returned_day, byName: nameOf(loan.returned_by), note: loan.return_note },
  }))
  return {
    version: row.version,
    cabinet: row.cabinet,
    box: row.box,
    placeNumber: row.place_number,
    copies: row.copies,
    present: copiesPresent(row.copies, loans),
    day: row.archived_day,
    byName: nameOf(row.archived_by),
    years: row.years,
    yearsSource: row.years_source,
    retainUntil: row.retain_until,
    note: row.note,
    loans,
  }
}

/** The archive of signed contracts: places, how long they are kept, and who has what was lent out. */
export function createArchive({ store }: CoreDeps) {
  return {
    archive: (ctx: CallContext, input: ArchiveFields & { id: string; version: number }) =>
      store.write(ctx.actor, async (uow) => {
        const contract = await readableContract(uow.db, ctx.scope, input.id)
        if (contract.state !== 'signed') throw refuse('CONTRACT_STATE', { state: contract.state })
        const before = await archiveOf(uow.db, contract.id)
        const version = (before?.version ?? -1) + 1
        if (version - 1 !== input.version) throw refuse('STALE', { current: { version: version - 1 } })
        if (input.day > uow.today || input.day < (contract.sign_day ?? '')) throw refuse('CONTRACT_ARCHIVE_DAY')
        const lent = (before?.copies ?? 0) - (before?.present ?? 0)
        if (input.copies < lent) throw refuse('CONTRACT_ARCHIVE_LENT', { count: lent })
        const law = await retentionOn(uow.db, input.day)
        const place = {
          version,
          cabinet: input.cabinet,
          box: input.box,
          place_number: input.placeNumber,
          copies: input.copies,
          archived_day: input.day,
          archived_by: uow.actor.userId ?? '',
          years: input.years,
          // A number of the firm's own has no source but the firm.
          years_source: input.years === law.years ? law.source : '',
          retain_until: retainUntil(input.day as PlainDay, input.years),
          note: input.note,
          updated_at: uow.now,
        }
        await uow.db
          .insertInto('contract_archives')
          .values({ contract_id: contract.id, ...place })
          .onConflict((conflict) => conflict.column('contract_id').doUpdateSet(place))
          .execute()
        const { loans: _, ...former } = before ?? { loans: [] }
        await uow.audit({
          action: before ? 'contracts.archiveMove' : 'contracts.archive',
          entity: 'contract',
          entityId: contract.id,
          before: before ? former : undefined,
          after: { ...input, number: contract.number, retainUntil: place.retain_until },
        })
        uow.changed('contracts', contract.id)
        return { id: contract.id, version }
      }),

    lend: (ctx: CallContext, input: LoanFields) =>
      store.write(ctx.actor, async (uow) => {
        const contract = await readableContract(uow.db, ctx.scope, input.id)
        const archive = await archiveOf(uow.db, contract.id)
        if (!archive) throw refuse('CONTRACT_ARCHIVE_NONE')
        const wrong = input.day > uow.today || input.day < archive.day
        if (wrong || (input.dueDay !== null && input.dueDay < input.day)) throw refuse('CONTRACT_LOAN_DAY')
        if (input.copies > archive.present) throw refuse('CONTRACT_LOAN_COPIES', { count: archive.present })
        const id = newId()
        await uow.db
          .insertInto('contract_loans')
          .values({
            id,
            contract_id: contract.id,
            copies: input.copies,
            borrower: input.borrower,
            purpose: input.purpose,
            lent_day: input.day,
            due_day: input.dueDay,
            lent_by: uow.actor.userId ?? '',
            recorded_at: uow.now,
            returned_day: null,
            returned_by: null,
            return_note: '',
          })
          .execute()
        await uow.audit({ action: 'contracts.lend', entity: 'contract', entityId: contract.id, after: input })
        uow.changed('contracts', contract.id)
        return { id }
      }),

    takeBack: (ctx: CallContext, input: { id: string; loanId: string; day: string; note: string }) =>
      store.write(ctx.actor, async (uow) => {
        const contract = await readableContract(uow.db, ctx.scope, input.id)
        const loan = (await archiveOf(uow.db, contract.id))?.loans.find((one) => one.id === input.loanId)
        if (!loan) throw refuse('NOT_FOUND', { entity: 'contract' })
        if (loan.returned !== null) throw refuse('CONTRACT_LOAN_RETURNED')
        if (input.day > uow.today || input.day < loan.day) throw refuse('CONTRACT_LOAN_DAY')
        await uow.db
          .updateTable('contract_loans')
          .set({ returned_day: input.day, returned_by: uow.actor.userId, return_note: input.note })
          .where('id', '=', loan.id)
          .execute()
        await reminderDone(uow, 'loan', contract.id, loan.id)
        await uow.audit({
          action: 'contracts.takeBack',
          entity: 'contract',
          entityId: contract.id,
          before: { borrower: loan.borrower, copies: loan.copies, day: loan.day },
          after: { day: input.day, note: input.note },
        })
        uow.changed('contracts', contract.id)
        return { id: loan.id }
      }),
  }
}
