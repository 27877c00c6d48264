import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import {
  dunningPolicy,
  type DunningPolicy,
  type LetterFilters,
  type LetterRow,
  type SentFields,
} from '#shared/modules/dunning/dunning.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { exportTable } from '#core/kernel/table-export.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { claimsOf, previewRows } from './dunning.claims.ts'
import { letterModel } from './dunning.letter.ts'
import { currentPolicy, findLetter, listLetters, sumLetters, toLetterRow, type LetterSort } from './dunning.repo.ts'
import { runLetters } from './dunning.run.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** Dunning: the ladder, the day's preview, the batch, the register. */
export function createDunningService(deps: CoreDeps) {
  const standard = (): DunningPolicy =>
    dunningPolicy.parse(
      JSON.parse(readFileSync(join(deps.config.resourcesDir, 'templates', 'dunning-policy.json'), 'utf8')),
    )
  const policyOf = async (db: Reader | Writer) => (await currentPolicy(db)) ?? { policy: standard(), version: 0 }

  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<LetterRow> {
    const raw = await findLetter(uow.db, ctx.scope, input.id)
    if (!raw) throw refuse('NOT_FOUND', { entity: 'letter' })
    const row = toLetterRow(raw)
    if (row.version !== input.version) throw refuse('STALE', { current: row })
    if (row.state === 'void') throw refuse('DUNNING_VOID')
    return row
  }

  return {
    policyOf: () => policyOf(deps.store.read),

    savePolicy: (ctx: CallContext, input: { policy: DunningPolicy; version: number }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await policyOf(uow.db)
        if (before.version !== input.version) throw refuse('STALE', { current: before })
        const version = before.version + 1
        await uow.db
          .insertInto('dunning_policies')
          .values({
            version,
            policy: JSON.stringify(input.policy),
            created_at: uow.now,
            created_by: uow.actor.userId,
          })
          .execute()
        await uow.audit({
          action: 'dunning.policy',
          entity: 'dunning-policy',
          entityId: String(version),
          before: before.policy,
          after: input.policy,
        })
        uow.changed('dunning', 'policy')
        return { version }
      }),

    async preview(ctx: CallContext, input: { text?: string | undefined; minDays?: number | undefined }) {
      const db = deps.store.read
      const { policy } = await policyOf(db)
      const claims = await claimsOf(db, ctx.scope, policy, deps.clock.today())
      const needle = normaliseQuery(input.text ?? '')
      const rows = (await previewRows(db, claims)).filter(
        (row) =>
          (needle === '' || normaliseQuery(row.customerName).includes(needle)) && row.maxDays >= (input.minDays ?? 1),
      )
      const going = rows.filter((row) => row.skip === null)
      return {
        rows,
        totals: {
          letters: going.length,
          principal: going.reduce((sum, row) => sum + row.principal, 0),
          interest: going.reduce((sum, row) => sum + row.interest, 0),
        },
      }
    },

    async previewLetter(ctx: CallContext, input: { customerId: string; language?: Locale | undefined }) {
      const db = deps.store.read
      const { policy } = await policyOf(db)
      const day = deps.clock.today()
      const [claim] = await claimsOf(db, ctx.scope, policy, day, [input.customerId])
      if (!claim) throw refuse('DUNNING_NOTHING')
      const language = input.language ?? (await readSetting(db, 'preferences')).value.documentLocale
      const { model, title } = await letterModel(db, policy, claim, { number: '', language, day, preview: true })
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const userId = ctx.actor.userId ?? ''
      const name = documentName([title, claim.customer.name, day.replaceAll('-', '')], 'pdf')
      const { fileId } = deps.files.putTemporary(userId, { name, mime: 'application/pdf', bytes })
      return { fileId, ...deps.files.ticket(userId, fileId) }
    },

    async run(ctx: CallContext, input: { customerIds: readonly string[]; language?: Locale | undefined }) {
      const { policy, version } = await policyOf(deps.store.read)
      return runLetters(deps, ctx, { ...input, policy, policyVersion: version })
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

    markSent: (ctx: CallContext, input: SentFields & Versioned) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, input)
        if (input.sentDay < before.day || input.sentDay > uow.today) throw refuse('DUNNING_SENT_DAY')
        const after = { sentWay: input.sentWay, sentDay: input.sentDay, sentReference: input.sentReference }
        await uow.db
          .updateTable('dunning_letters')
          .set({
            sent_way: input.sentWay,
            sent_day: input.sentDay,
            sent_reference: input.sentReference,
            version: input.version + 1,
          })
          .where('id', '=', input.id)
          .execute()
        await uow.audit({ action: 'dunning.markSent', entity: 'letter', entityId: input.id, before, after })
        uow.changed('dunning', input.id)
        return { id: input.id, version: input.version + 1 }
      }),

    voidLetter: (ctx: CallContext, input: Versioned & { reason: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const before = await current(uow, ctx, input)
        await uow.db
          .updateTable('dunning_letters')
          .set({ state: 'void', void_reason: input.reason, version: input.version + 1 })
          .where('id', '=', input.id)
          .execute()
        const after = { reason: input.reason }
        await uow.audit({ action: 'dunning.void', entity: 'letter', entityId: input.id, before, after })
        uow.changed('dunning', input.id)
        return { id: input.id, version: input.version + 1 }
      }),

    exclude: (ctx: CallContext, input: { customerId: string; reason: string; untilDay: string | null }) =>
      deps.store.write(ctx.actor, async (uow) => {
        await customerInScope(uow.db, ctx.scope, input.customerId)
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
        await uow.audit({ action: 'dunning.exclude', entity: 'customer', entityId: input.customerId, after: row })
        uow.changed('dunning', input.customerId)
        return {}
      }),

    include: (ctx: CallContext, input: { customerId: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        await customerInScope(uow.db, ctx.scope, input.customerId)
        await uow.db.deleteFrom('dunning_exclusions').where('customer_id', '=', input.customerId).execute()
        await uow.audit({ action: 'dunning.include', entity: 'customer', entityId: input.customerId })
        uow.changed('dunning', input.customerId)
        return {}
      }),

    async exportRows(
      ctx: CallContext,
      input: Omit<PageInput<LetterSort, LetterFilters>, 'cursor' | 'limit'> & { format: 'xlsx' | 'csv' },
    ) {
      const t = makeTranslator(ctx.locale)
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({ action: 'dunning.export', entity: 'export', entityId: 'letters', after: input.filters })
      })
      return deps.jobs.start(ctx, {
        kind: 'dunning.export',
        steps: [{ key: 'jobs:steps.rows', weight: 1 }],
        run: async (job) => {
          const rows: LetterRow[] = []
          let cursor: string | null = null
          do {
            const page: Awaited<ReturnType<typeof listLetters>> = await listLetters(deps.store.read, ctx.scope, {
              ...input,
              cursor,
              limit: 200,
            })
            rows.push(...page.rows)
            cursor = page.nextCursor
            job.step('jobs:steps.rows', rows.length, cursor === null ? rows.length : rows.length + 200)
          } while (cursor !== null)
          const head = (key: string) => t(`dunning:columns.${key}`)
          return exportTable(
            deps,
            job,
            {
              nameParts: [t('dunning:register.title')],
              sheet: t('dunning:register.title'),
              format: input.format,
              sum: { label: t('dunning:letter.sum'), columns: [5, 6, 7] },
              columns: [
                { head: head('number'), width: 16, format: 'text', value: (row) => row.number },
                { head: head('customerName'), width: 28, format: 'text', value: (row) => row.customerName },
                { head: head('level'), width: 8, format: 'count', value: (row) => row.level },
                { head: head('day'), width: 12, format: 'day', value: (row) => row.day },
                { head: head('deadlineDay'), width: 12, format: 'day', value: (row) => row.deadlineDay },
                { head: head('principal'), width: 16, format: 'yuan', value: (row) => row.principal },
                { head: head('interest'), width: 14, format: 'yuan', value: (row) => row.interest },
                { head: head('outstanding'), width: 16, format: 'yuan', value: (row) => row.outstanding },
                { head: head('state'), width: 10, format: 'text', value: (row) => t(`dunning:state.${row.state}`) },
                { head: head('sentDay'), width: 12, format: 'day', value: (row) => row.sentDay },
                { head: head('sentReference'), width: 18, format: 'text', value: (row) => row.sentReference },
              ],
            },
            rows,
          )
        },
      })
    },
  }
}
