import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import type { ClauseFilters, ClauseSort } from '#shared/modules/clauses/clauses.contract.ts'
import { shownEdition, standingOn, validityIssues } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type {
  ClauseChoice,
  ClauseEdition,
  ClauseFacts,
  ClauseFields,
  ClauseView,
  ClauseWording,
  ContractKind,
  Topic,
} from '#shared/modules/clauses/clauses.schema.ts'
import { languagesOf, unevenPlaceholders } from '#shared/modules/clauses/clauses.wording.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ClausesTable } from '#core/store/tables/clauses.tables.ts'
import { carryInto, carryTargets } from './clauses.carry.ts'
import { clauseEditionsById, offeredEditions } from './clauses.find.ts'
import { datedOf, headOf, kindsOf, localesOf, searchTextOf, wordsJson, wordsOf } from './clauses.records.ts'
import { countClauses, editionsOf, findClause, listClauses, usesOf, type ClauseEditionRecord } from './clauses.repo.ts'

const wordingOf = (row: ClauseEditionRecord): ClauseWording => ({
  texts: wordsOf(row.texts),
  when: row.stands_when as ClauseWording['when'],
  major: row.major === 1,
  remark: row.remark,
})

const factsOf = (row: ClausesTable): ClauseFacts => ({
  code: row.code,
  topic: row.topic as Topic,
  kinds: kindsOf(row.kinds),
  names: wordsOf(row.names),
})

const factColumns = ({ code, topic, kinds, names }: ClauseFacts) => ({
  code,
  topic,
  kinds: JSON.stringify(kinds),
  names: wordsJson(names),
  search_text: searchTextOf(code, names),
})

const wordingColumns = ({ texts, when, major, remark }: ClauseWording) => ({
  texts: wordsJson(texts),
  stands_when: when,
  major: major ? (1 as const) : (0 as const),
  languages: JSON.stringify(languagesOf(texts)),
  remark,
})

/** Whether two wordings print the same; a remark is not printed. */
const sameWording = (a: ClauseWording, b: ClauseWording) =>
  a.when === b.when && a.major === b.major && wordsJson(a.texts) === wordsJson(b.texts)

const dated = (rows: readonly ClauseEditionRecord[]) => rows.map((row) => ({ ...datedOf(row), row }))

interface PublishInput {
  readonly id: string
  readonly version: number
  readonly validFrom: string
  readonly validTo: string | null
  /** Templates that the new edition is carried into. */
  readonly carry: readonly string[]
}

/** The library of clauses: facts, editions, and what becomes of the templates that hold them. */
export function createClausesService(deps: CoreDeps) {
  const { store, clock } = deps

  async function read(db: Reader | Writer, id: string) {
    const record = await findClause(db, id)
    if (!record) throw refuse('NOT_FOUND', { entity: 'clause' })
    return { record, editions: await editionsOf(db, id) }
  }

  async function current(uow: UnitOfWork, input: { readonly id: string; readonly version: number }) {
    const found = await read(uow.db, input.id)
    const { record, editions } = found
    if (record.version !== input.version) {
      const wording = wordingOf(editions[0]!)
      throw refuse('STALE', { current: { ...factsOf(record), ...wording, version: record.version } })
    }
    return { ...found, draft: editions.find((edition) => edition.state === 'draft') ?? null }
  }

  async function assertCodeFree(uow: UnitOfWork, code: string, id: string) {
    const other = await uow.db
      .selectFrom('clauses')
      .select('id')
      .where('code', '=', code)
      .where('id', '<>', id)
      .executeTakeFirst()
    if (other) throw invalid([{ path: ['code'], key: 'clauses:errors.codeTaken' }])
  }

  async function addDraft(uow: UnitOfWork, clauseId: string, no: number, wording: ClauseWording) {
    await uow.db
      .insertInto('clause_editions')
      .values({
        id: newId(),
        clause_id: clauseId,
        no,
        state: 'draft',
        ...wordingColumns(wording),
        valid_from: null,
        valid_to: null,
        published_at: null,
        published_by: null,
        withdrawn_day: null,
        withdrawn_by: null,
        withdraw_reason: '',
        created_at: uow.now,
        created_by: uow.actor.userId ?? '',
        updated_at: uow.now,
      })
      .execute()
  }

  async function touch(uow: UnitOfWork, record: ClausesTable, columns: Partial<ClausesTable> = {}) {
    const version = record.version + 1
    await uow.db
      .updateTable('clauses')
      .set({ ...columns, version, updated_at: uow.now })
      .where('id', '=', record.id)
      .execute()
    uow.changed('clauses', record.id)
    return { id: record.id, version }
  }

  /** The draft of a clause as templates would hold it. */
  async function draftPinned(db: Reader | Writer, id: string) {
    const { editions } = await read(db, id)
    const draft = editions.find((edition) => edition.state === 'draft')
    if (!draft) throw refuse('CLAUSE_NO_DRAFT')
    const pinned = (await clauseEditionsById(db, [draft.id])).get(draft.id)
    if (!pinned) throw refuse('CLAUSE_NO_DRAFT')
    return pinned
  }

  /** A new clause with its first draft; also for what comes from a file. */
  async function create(uow: UnitOfWork, fields: ClauseFields) {
    const id = newId()
    await assertCodeFree(uow, fields.code, id)
    const made = { created_at: uow.now, created_by: uow.actor.userId ?? '', updated_at: uow.now }
    await uow.db
      .insertInto('clauses')
      .values({ id, version: 0, ...factColumns(fields), ...made })
      .execute()
    await addDraft(uow, id, 1, fields)
    await uow.audit({ action: 'clauses.create', entity: 'clause', entityId: id, after: fields })
    uow.changed('clauses', id)
    return { id, version: 0 }
  }

  async function save(uow: UnitOfWork, input: ClauseFields & { readonly id: string; readonly version: number }) {
    const { record, editions, draft } = await current(uow, input)
    const { id, version: _read, ...fields } = input
    await assertCodeFree(uow, fields.code, id)
    const base = draft ?? editions[0]!
    if (draft) {
      const columns = { ...wordingColumns(fields), updated_at: uow.now }
      await uow.db.updateTable('clause_editions').set(columns).where('id', '=', draft.id).execute()
    } else if (!sameWording(wordingOf(base), fields)) {
      await addDraft(uow, id, base.no + 1, fields)
    }
    await uow.audit({
      action: 'clauses.save',
      entity: 'clause',
      entityId: id,
      before: { ...factsOf(record), ...wordingOf(base) },
      after: fields,
    })
    return touch(uow, record, factColumns(fields))
  }

  async function publish(uow: UnitOfWork, input: PublishInput) {
    const { record, editions, draft } = await current(uow, input)
    if (!draft) throw refuse('CLAUSE_NO_DRAFT')
    const { validFrom, validTo } = input
    const issues = validityIssues(dated(editions), input, uow.today)
    if (issues.length > 0) throw invalid(issues)
    const [uneven] = unevenPlaceholders(wordingOf(draft).texts)
    if (uneven) throw refuse('CLAUSE_UNEVEN', { ...uneven })
    const fresh = await draftPinned(uow.db, record.id)
    await uow.db
      .updateTable('clause_editions')
      .set({ state: 'published', valid_from: validFrom, valid_to: validTo })
      .set({ published_at: uow.now, published_by: uow.actor.userId, updated_at: uow.now })
      .where('id', '=', draft.id)
      .execute()
    await uow.audit({
      action: 'clauses.publish',
      entity: 'clause',
      entityId: record.id,
      after: { code: record.code, no: draft.no, validFrom, validTo, ...wordingOf(draft) },
    })
    const carried = await carryInto(uow, fresh, validFrom, input.carry)
    return { ...(await touch(uow, record)), carried }
  }

  const asked = (input: { text?: string | undefined; filters: ClauseFilters }) => ({ ...input, today: clock.today() })

  return {
    /** For what is part of a larger unit of work. */
    within: { create, save, publish },

    list: (_ctx: CallContext, input: PageInput<ClauseSort, ClauseFilters>) =>
      listClauses(store.read, asked(input), input),

    summary: async (_ctx: CallContext, input: { text?: string | undefined; filters: ClauseFilters }) => ({
      count: await countClauses(store.read, asked(input)),
    }),

    async get(_ctx: CallContext, id: string): Promise<ClauseView> {
      const today = clock.today()
      const { record, editions } = await read(store.read, id)
      const shown = shownEdition(dated(editions), today)
      return {
        id,
        version: record.version,
        ...factsOf(record),
        standing: standingOn(shown, today),
        editions: editions.map((row): ClauseEdition => {
          const { texts, when, major } = wordingOf(row)
          return { ...headOf(row), texts, when, major, languages: localesOf(row.languages) }
        }),
        uses: (await usesOf(store.read, id, today)).map(({ use }) => use),
      }
    },

    choices: (_ctx: CallContext, kind: ContractKind | undefined): Promise<ClauseChoice[]> =>
      offeredEditions(store.read, clock.today(), kind),

    create: (ctx: CallContext, fields: ClauseFields) => store.write(ctx.actor, (uow) => create(uow, fields)),

    save: (ctx: CallContext, input: ClauseFields & { id: string; version: number }) =>
      store.write(ctx.actor, (uow) => save(uow, input)),

    async discard(ctx: CallContext, input: { id: string; version: number }) {
      return store.write(ctx.actor, async (uow) => {
        const { record, editions, draft } = await current(uow, input)
        if (!draft) throw refuse('CLAUSE_NO_DRAFT')
        await uow.db.deleteFrom('clause_editions').where('id', '=', draft.id).execute()
        const removed = editions.length === 1
        const before = { ...factsOf(record), ...wordingOf(draft), no: draft.no }
        await uow.audit({ action: 'clauses.discard', entity: 'clause', entityId: record.id, before })
        if (removed) await uow.db.deleteFrom('clauses').where('id', '=', record.id).execute()
        if (removed) uow.changed('clauses', record.id)
        else await touch(uow, record)
        return { removed }
      })
    },

    async carryTargets(_ctx: CallContext, input: { id: string; validFrom: string }) {
      const pinned = await draftPinned(store.read, input.id)
      return carryTargets(store.read, pinned, { validFrom: input.validFrom, today: clock.today() })
    },

    publish: (ctx: CallContext, input: PublishInput) => store.write(ctx.actor, (uow) => publish(uow, input)),

    async withdraw(ctx: CallContext, input: { id: string; version: number; no: number; reason: string }) {
      return store.write(ctx.actor, async (uow) => {
        const { record, editions } = await current(uow, input)
        const edition = editions.find((row) => row.no === input.no)
        if (edition?.state !== 'published') throw refuse('CLAUSE_STATE')
        await uow.db
          .updateTable('clause_editions')
          .set({ state: 'withdrawn', withdrawn_day: uow.today, withdrawn_by: uow.actor.userId })
          .set({ withdraw_reason: input.reason, updated_at: uow.now })
          .where('id', '=', edition.id)
          .execute()
        await uow.audit({
          action: 'clauses.withdraw',
          entity: 'clause',
          entityId: record.id,
          before: { state: edition.state },
          after: { code: record.code, no: edition.no, day: uow.today, reason: input.reason },
        })
        return touch(uow, record)
      })
    },
  }
}
