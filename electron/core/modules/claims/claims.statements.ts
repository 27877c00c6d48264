import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { Proof } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type {
  StatementAnswered,
  StatementFilters,
  StatementPeriod,
  StatementSent,
  StatementSort,
} from '#shared/modules/claims/claims.statements.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { limitationEvent, limitationEventGone } from './claims.follow.ts'
import { countStatements, statementModel } from './claims.statements.make.ts'
import {
  findStatement,
  listStatements,
  statementCandidates,
  sumStatements,
  toStatementRow,
  type StatementRecord,
} from './claims.statements.repo.ts'
import { runStatements, type StatementRun } from './claims.statements.run.ts'

/** Statements of account: who is to get one, the batch, the register, and what came back. */
export function createStatementsService(deps: CoreDeps) {
  const { store, clock } = deps
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: StatementFilters }) => ({
    ...input,
    scope: ctx.scope,
  })

  async function current(
    uow: UnitOfWork,
    ctx: CallContext,
    input: { id: string; version: number },
  ): Promise<StatementRecord> {
    const row = await findStatement(uow.db, ctx.scope, input.id)
    if (!row) throw refuse('NOT_FOUND', { entity: 'statement' })
    if (row.version !== input.version) throw refuse('STALE', { current: toStatementRow(row) })
    if (row.void_at !== null) throw refuse('STATEMENT_VOID')
    return row
  }

  return {
    list: (ctx: CallContext, input: PageInput<StatementSort, StatementFilters>) =>
      listStatements(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: StatementFilters }) =>
      sumStatements(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string) {
      const row = await findStatement(store.read, ctx.scope, id)
      if (!row) throw refuse('NOT_FOUND', { entity: 'statement' })
      return toStatementRow(row)
    },

    candidates: (ctx: CallContext, input: Parameters<typeof statementCandidates>[3]) =>
      statementCandidates(store.read, ctx.scope, clock.today(), input),

    async preview(
      ctx: CallContext,
      input: { customerId: string; period: StatementPeriod; language?: Locale | undefined },
    ) {
      const db = store.read
      const customer = await customerInScope(db, ctx.scope, input.customerId)
      const [counted] = await countStatements(db, ctx.scope, [customer.id], input.period)
      if (!counted) throw refuse('NOT_FOUND', { entity: 'customer' })
      const language = input.language ?? (await readSetting(db, 'preferences')).value.documentLocale
      const options = { number: '', language, period: input.period, day: clock.today(), preview: true }
      const { model, title } = await statementModel(db, counted, options)
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const userId = ctx.actor.userId ?? ''
      const name = documentName([title, customer.name, input.period.asOf.replaceAll('-', '')], 'pdf')
      const { fileId } = deps.files.putTemporary(userId, { name, mime: 'application/pdf', bytes })
      return { fileId, ...deps.files.ticket(userId, fileId) }
    },

    async run(ctx: CallContext, input: StatementRun) {
      if (input.period.asOf > clock.today()) throw refuse('CLAIM_DAY')
      return runStatements(deps, ctx, input)
    },

    async file(ctx: CallContext, id: string) {
      const row = await findStatement(store.read, ctx.scope, id)
      if (!row) throw refuse('NOT_FOUND', { entity: 'statement' })
      return deps.files.ticketStored(row.file_id)
    },

    markSent: (ctx: CallContext, input: StatementSent) =>
      store.write(ctx.actor, async (uow) => {
        const row = await current(uow, ctx, input)
        if (input.day < row.as_of || input.day > uow.today) throw refuse('CLAIM_DAY')
        const { way, day, reference } = input
        const version = await save(uow, row, { sent_way: way, sent_day: day, sent_reference: reference })
        const before = { way: row.sent_way, day: row.sent_day }
        await uow.audit({
          action: 'claims.statementSent',
          entity: 'statement',
          entityId: row.id,
          before,
          after: { way, day, reference },
        })
        return { id: row.id, version }
      }),

    answer: (ctx: CallContext, input: StatementAnswered) =>
      store.write(ctx.actor, async (uow) => {
        const row = await current(uow, ctx, input)
        if (row.answer !== null) throw refuse('STATEMENT_ANSWERED')
        if (input.day < row.as_of || input.day > uow.today) throw refuse('CLAIM_DAY')
        const version = await save(uow, row, {
          answer: input.answer,
          answer_day: input.day,
          signer: input.signer,
          signer_role: input.signerRole,
          their_amount: input.theirAmount,
          answer_note: input.note,
        })
        const { id: _id, version: _version, ...said } = input
        await uow.audit({ action: 'claims.statementAnswer', entity: 'statement', entityId: row.id, after: said })
        if (input.answer === 'confirmed') await interrupts(uow, row, input)
        return { id: row.id, version }
      }),

    void: (ctx: CallContext, input: { id: string; version: number; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const row = await current(uow, ctx, input)
        const columns = { void_at: uow.now, void_by: uow.actor.userId, void_reason: input.reason }
        const version = await save(uow, row, columns)
        const before = { answer: row.answer, sentDay: row.sent_day }
        const after = { reason: input.reason }
        await uow.audit({ action: 'claims.statementVoid', entity: 'statement', entityId: row.id, before, after })
        await limitationEventGone(uow, { module: 'statements', id: row.id }, input.reason)
        return { id: row.id, version }
      }),
  }
}

async function save(
  uow: UnitOfWork,
  row: StatementRecord,
  columns: Partial<Omit<StatementRecord, 'customer_name' | 'owner_name' | 'owner_id'>>,
): Promise<number> {
  const version = row.version + 1
  await uow.db
    .updateTable('statements')
    .set({ ...columns, version, updated_at: uow.now })
    .where('id', '=', row.id)
    .execute()
  uow.changed('claims', row.id)
  return version
}

/** A balance that the other side has signed interrupts the limitation of every debt in it (诉讼时效规定 14). */
async function interrupts(uow: UnitOfWork, row: StatementRecord, answer: StatementAnswered): Promise<void> {
  const debts = await uow.db
    .selectFrom('statement_debts')
    .select('instalment_id')
    .where('statement_id', '=', row.id)
    .execute()
  const proofs: Proof[] = ['document', 'signature']
  if (answer.signerRole !== 'unknown') proofs.push('signerRole')
  if (answer.scanned) proofs.push('scan')
  await limitationEvent(uow, {
    instalmentIds: debts.map((debt) => debt.instalment_id),
    kind: 'statement',
    day: answer.day,
    proofs,
    note: row.number,
    source: { module: 'statements', id: row.id },
  })
}
