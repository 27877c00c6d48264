import { refuse } from '#shared/kernel/app-error.ts'
import { monthOf, shiftMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { withExtra } from '#shared/modules/performance/performance.extra.rules.ts'
import { NO_EXTRA } from '#shared/modules/performance/performance.extra.schema.ts'
import { schemeFor } from '#shared/modules/performance/performance.schemes.rules.ts'
import type { SchemeBody, SchemeRow, SchemeSave } from '#shared/modules/performance/performance.schemes.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { teamNames, userBriefs } from '#core/modules/people/people.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { computeSheet, type ComputeInput } from './performance.compute.ts'
import { extrasOf } from './performance.extras.ts'
import { allEditions, appraisedPeople, planBook, type AppraisedPerson, type PersonPlan } from './performance.plans.ts'

const nameKey = (name: string) => name.trim().normalize('NFC').toLowerCase()

/** By what people are appraised: schemes in editions. One that has begun is followed by another, never changed. */
export function createSchemesService({ store, clock }: CoreDeps) {
  const current = () => monthOf(clock.today())

  /** The scheme as the caller last saw it. Throws NOT_FOUND, STALE. */
  async function seen(uow: UnitOfWork, input: { readonly id: string; readonly version: number | null }) {
    const row = await uow.db.selectFrom('performance_schemes').selectAll().where('id', '=', input.id).executeTakeFirst()
    if (!row) throw refuse('NOT_FOUND', { entity: 'performance-scheme' })
    if (row.version !== input.version) throw refuse('STALE', { current: { version: row.version } })
    return row
  }

  async function assertNameFree(uow: UnitOfWork, name: string, id: string): Promise<void> {
    const other = await uow.db
      .selectFrom('performance_schemes')
      .select('id')
      .where('name_key', '=', nameKey(name))
      .where('id', '<>', id)
      .executeTakeFirst()
    if (other) throw refuse('PERFORMANCE_SCHEME_NAME')
  }

  async function create(uow: UnitOfWork, body: SchemeBody) {
    const id = newId()
    const { name } = body
    await assertNameFree(uow, name, id)
    const times = { created_at: uow.now, updated_at: uow.now }
    await uow.db
      .insertInto('performance_schemes')
      .values({ id, version: 0, name, name_key: nameKey(name), last_month: null, ...times })
      .execute()
    return { id, version: 0 }
  }

  async function follow(uow: UnitOfWork, input: SchemeSave & { id: string }) {
    const row = await seen(uow, input)
    const { name } = input.body
    await assertNameFree(uow, name, row.id)
    const version = row.version + 1
    await uow.db
      .updateTable('performance_schemes')
      .set({ name, name_key: nameKey(name), version, updated_at: uow.now })
      .where('id', '=', row.id)
      .execute()
    return { id: row.id, version }
  }

  /** Writes the edition that begins in a month: one that has not begun yet is put right, otherwise it is a new one. */
  async function writeEdition(uow: UnitOfWork, schemeId: string, { fromMonth, body }: SchemeSave): Promise<number> {
    const editions = await uow.db
      .selectFrom('performance_scheme_editions')
      .select(['no', 'from_month'])
      .where('scheme_id', '=', schemeId)
      .execute()
    const columns = { body: JSON.stringify(body), saved_at: uow.now, saved_by: uow.actor.userId }
    const same = editions.find((edition) => edition.from_month === fromMonth)
    if (same) {
      await uow.db
        .updateTable('performance_scheme_editions')
        .set(columns)
        .where('scheme_id', '=', schemeId)
        .where('no', '=', same.no)
        .execute()
      return same.no
    }
    const no = 1 + Math.max(0, ...editions.map((edition) => edition.no))
    await uow.db
      .insertInto('performance_scheme_editions')
      .values({ scheme_id: schemeId, no, from_month: fromMonth, ...columns })
      .execute()
    return no
  }

  return {
    async list(): Promise<{ rows: SchemeRow[]; teams: { id: string; name: string }[] }> {
      const db = store.read
      const schemes = await db.selectFrom('performance_schemes').selectAll().orderBy('name_key').execute()
      const saved = await db
        .selectFrom('performance_scheme_editions')
        .select(['scheme_id', 'no', 'saved_at', 'saved_by'])
        .execute()
      const names = await userBriefs(
        db,
        saved.flatMap((row) => row.saved_by ?? []),
      )
      const editions = Map.groupBy(await allEditions(db), (edition) => edition.schemeId)
      const now = current()
      const rows = schemes.map(({ id, version, name, last_month: lastMonth }) => ({
        id,
        version,
        name,
        lastMonth,
        editions: (editions.get(id) ?? [])
          .map(({ no, fromMonth, body }) => {
            const by = saved.find((row) => row.scheme_id === id && row.no === no)
            return {
              no,
              fromMonth,
              body,
              savedAt: by?.saved_at ?? 0,
              savedBy: names.get(by?.saved_by ?? '')?.name ?? '',
              used: fromMonth < now,
            }
          })
          .toSorted((a, b) => (a.fromMonth < b.fromMonth ? 1 : -1)),
      }))
      const teams = [...(await teamNames(db))].map(([id, name]) => ({ id, name }))
      return { rows, teams }
    },

    save: (ctx: CallContext, input: SchemeSave) =>
      store.write(ctx.actor, async (uow) => {
        // What a month is appraised by is known when the month begins, at the latest while it runs.
        if (input.fromMonth < current()) throw refuse('PERFORMANCE_SCHEME_PAST')
        const { id } = input
        const kept = id === null ? await create(uow, input.body) : await follow(uow, { ...input, id })
        const no = await writeEdition(uow, kept.id, input)
        await uow.audit({
          action: 'performance.scheme',
          entity: 'performance-scheme',
          entityId: kept.id,
          after: { no, fromMonth: input.fromMonth, ...input.body },
        })
        uow.changed('performance', kept.id)
        return kept
      }),

    end: (ctx: CallContext, input: { id: string; version: number; lastMonth: PlainMonth | null }) =>
      store.write(ctx.actor, async (uow) => {
        const row = await seen(uow, input)
        // Months that are over keep what they were appraised by.
        const earliest = shiftMonth(current(), -1)
        const over = (month: string | null) => month !== null && month < earliest
        if (over(row.last_month) || over(input.lastMonth)) throw refuse('PERFORMANCE_SCHEME_PAST')
        const version = row.version + 1
        await uow.db
          .updateTable('performance_schemes')
          .set({ last_month: input.lastMonth, version, updated_at: uow.now })
          .where('id', '=', row.id)
          .execute()
        await uow.audit({
          action: 'performance.schemeEnd',
          entity: 'performance-scheme',
          entityId: row.id,
          before: { lastMonth: row.last_month },
          after: { lastMonth: input.lastMonth },
        })
        uow.changed('performance', row.id)
        return { id: row.id, version }
      }),

    /** Two computations of the same month before calibration: as it counts, and as it would by the scheme for whom it is made. */
    async preview(ctx: CallContext, { month, body }: { month: PlainMonth; body: SchemeBody }) {
      const db = store.read
      const trial = { schemeId: '', no: 0, fromMonth: month, lastMonth: null, body }
      const people = (await appraisedPeople(db, ctx.scope)).filter((person) => schemeFor(person, [trial]) !== null)
      const input: ComputeInput = { db, scope: ctx.scope, month, today: clock.today(), t: makeTranslator(ctx.locale) }
      const planOf = await planBook(db, [month])
      const given = await extrasOf(db, ctx.scope, month)
      const sheetBy = async (plan: (person: AppraisedPerson) => PersonPlan) => {
        const caps = new Map(people.map((person) => [person.id, plan(person).extra]))
        const { sheet } = await computeSheet(input, people, plan)
        return withExtra(sheet, given, (userId) => caps.get(userId) ?? NO_EXTRA)
      }
      const now = await sheetBy((person) => planOf(person, month))
      const then = await sheetBy(() => ({
        scheme: trial,
        items: body.items,
        grades: body.grades,
        review: body.review,
        extra: body.extra,
        own: false,
      }))
      const totals = new Map(now.people.map((person) => [person.userId, person.total]))
      return {
        month,
        rows: then.people.map(({ userId, userName, total, grade }) => ({
          userId,
          userName,
          now: totals.get(userId) ?? 0,
          then: total,
          grade,
        })),
      }
    },
  }
}
