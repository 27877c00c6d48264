import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { DunningPolicy, PolicyView } from '#shared/modules/dunning/dunning.policy.schema.ts'
import type { LetterFilters, LetterRow } from '#shared/modules/dunning/dunning.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Cases } from './dunning.cases.ts'
import { claimsOf, toPreviewRow, type DunningSources } from './dunning.claims.ts'
import { letterModel } from './dunning.letter.ts'
import type { Policies } from './dunning.policies.ts'
import { caseInScope } from './dunning.reach.ts'
import { findLetter, listLetters, sumLetters, toLetterRow, type LetterSort } from './dunning.repo.ts'
import { runLetters } from './dunning.run.ts'
import { demandGone } from './dunning.sendings.told.ts'
import { customersToPreview } from './dunning.worklist.repo.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** Dunning: the ladder, the day's preview, the batch, the register. */
export function createDunningService(deps: CoreDeps, policies: Policies, cases: Cases, sources: DunningSources) {
  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<LetterRow> {
    const raw = await findLetter(uow.db, ctx.scope, input.id)
    if (!raw) throw refuse('NOT_FOUND', { entity: 'letter' })
    const row = toLetterRow(raw)
    if (row.version !== input.version) throw refuse('STALE', { current: row })
    if (row.state === 'void') throw refuse('DUNNING_VOID')
    return row
  }

  return {
    async policyOf(): Promise<PolicyView> {
      const db = deps.store.read
      const latest = await policies.latest(db)
      const { version } = await policies.inForce(db, deps.clock.today())
      const rows = await db
        .selectFrom('dunning_policies')
        .select(['version', 'valid_from', 'created_at', 'created_by'])
        .orderBy('version', 'desc')
        .limit(50)
        .execute()
      const people = await userBriefs(
        db,
        rows.flatMap((row) => row.created_by ?? []),
      )
      return {
        ...latest,
        editions: rows.map((row) => ({
          version: row.version,
          validFrom: row.valid_from,
          createdAt: row.created_at,
          createdByName: people.get(row.created_by ?? '')?.name ?? '',
          inForce: row.version === version,
        })),
      }
    },

    savePolicy: (ctx: CallContext, input: { policy: DunningPolicy; version: number; validFrom: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await policies.latest(uow.db)
        if (before.version !== input.version) throw refuse('STALE', { current: before })
        // What went out was made by the edition of its day: none is put in force behind its back.
        if (input.validFrom < uow.today || input.validFrom < before.validFrom) throw refuse('DUNNING_POLICY_DAY')
        const version = before.version + 1
        await uow.db
          .insertInto('dunning_policies')
          .values({
            version,
            policy: JSON.stringify(input.policy),
            valid_from: input.validFrom,
            created_at: uow.now,
            created_by: uow.actor.userId,
          })
          .execute()
        await cases.forget(uow, input.validFrom)
        await uow.audit({
          action: 'dunning.policy',
          entity: 'dunning-policy',
          entityId: String(version),
          before: before.policy,
          after: { ...input.policy, validFrom: input.validFrom },
        })
        uow.changed('dunning', 'policy')
        return { version }
      }),

    async preview(ctx: CallContext, input: { text?: string | undefined; customerIds?: readonly string[] | undefined }) {
      await cases.freshenSoon()
      const db = deps.store.read
      const today = deps.clock.today()
      const book = await policies.book(db, today)
      const ids = await customersToPreview(
        db,
        { scope: ctx.scope, text: input.text, filters: {}, today },
        input.customerIds,
      )
      const claims = await claimsOf(db, ctx.scope, book, today, ids, sources)
      const rows = claims.map((claim) => toPreviewRow(claim, book.policy))
      const going = rows.filter((row) => row.skip === null)
      return {
        rows: [...going, ...rows.filter((row) => row.skip !== null)],
        totals: {
          letters: going.length,
          principal: going.reduce((sum, row) => sum + row.principal, 0),
          interest: going.reduce((sum, row) => sum + row.interest, 0),
        },
      }
    },

    async previewLetter(ctx: CallContext, input: { customerId: string; language?: Locale | undefined }) {
      const db = deps.store.read
      const day = deps.clock.today()
      const book = await policies.book(db, day)
      const [claim] = await claimsOf(db, ctx.scope, book, day, [input.customerId], sources)
      if (!claim) throw refuse('DUNNING_NOTHING')
      const language = input.language ?? claim.language
      const { calendar } = book.setting
      const { model, title } = await letterModel(db, claim, { number: '', language, day, preview: true, calendar })
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const userId = ctx.actor.userId ?? ''
      const name = documentName([title, claim.customer.name, day.replaceAll('-', '')], 'pdf')
      const { fileId } = deps.files.putTemporary(userId, { name, mime: 'application/pdf', bytes })
      return { fileId, ...deps.files.ticket(userId, fileId) }
    },

    async run(ctx: CallContext, input: { customerIds: readonly string[]; language?: Locale | undefined }) {
      const book = await policies.book(deps.store.read, deps.clock.today())
      return runLetters(deps, ctx, { ...input, customerIds: [...new Set(input.customerIds)], book, sources, cases })
    },

    list: (ctx: CallContext, input: PageInput<LetterSort, LetterFilters>) =>
      listLetters(deps.store.read, ctx.scope, input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: LetterFilters }) =>
      sumLetters(deps.store.read, ctx.scope, input.text, input.filters),

    async letterFile(ctx: CallContext, id: string) {
      const raw = await findLetter(deps.store.read, ctx.scope, id)
      if (!raw) throw refuse('NOT_FOUND', { entity: 'letter' })
      return deps.files.ticketStored(raw.file_id)
    },

    voidLetter: (ctx: CallContext, input: Versioned & { reason: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, input)
        await uow.db
          .updateTable('dunning_letters')
          .set({ state: 'void', void_reason: input.reason, version: input.version + 1 })
          .where('id', '=', input.id)
          .execute()
        await demandGone(uow, sources, input.id, input.reason)
        await cases.recount(uow, [before.customerId])
        const after = { reason: input.reason }
        await uow.audit({ action: 'dunning.void', entity: 'letter', entityId: input.id, before, after })
        uow.changed('dunning', input.id)
        return { id: input.id, version: input.version + 1 }
      }),

    exclude: (ctx: CallContext, input: { customerId: string; reason: string; untilDay: string | null }) =>
      deps.store.write(ctx.actor, async (uow) => {
        await caseInScope(uow.db, ctx.scope, input.customerId)
        const row = {
          customer_id: input.customerId,
          reason: input.reason,
          until_day: input.untilDay,
          created_at: uow.now,
          created_by: uow.actor.userId,
        }
        await uow.db
          .insertInto('dunning_exclusions')
          .values(row)
          .onConflict((oc) => oc.column('customer_id').doUpdateSet({ reason: row.reason, until_day: row.until_day }))
          .execute()
        await cases.recount(uow, [input.customerId])
        await uow.audit({ action: 'dunning.exclude', entity: 'customer', entityId: input.customerId, after: row })
        uow.changed('dunning', input.customerId)
        return {}
      }),

    include: (ctx: CallContext, input: { customerId: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        await caseInScope(uow.db, ctx.scope, input.customerId)
        await uow.db.deleteFrom('dunning_exclusions').where('customer_id', '=', input.customerId).execute()
        await cases.recount(uow, [input.customerId])
        await uow.audit({ action: 'dunning.include', entity: 'customer', entityId: input.customerId })
        uow.changed('dunning', input.customerId)
        return {}
      }),
  }
}
