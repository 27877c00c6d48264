import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { languagesOfTemplate, pinnedIds, templateProblems } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { TemplateFilters, TemplateSort } from '#shared/modules/clauses/clauses.contract.ts'
import { shownEdition, standingOn, validityIssues } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type {
  TemplateEdition,
  TemplateFacts,
  TemplateFields,
  TemplateView,
  TemplateWording,
} from '#shared/modules/clauses/clauses.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { contractsByTemplate } from '#core/modules/contracts/contracts.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ContractTemplatesTable } from '#core/store/tables/clauses.tables.ts'
import { templateChoices } from './clauses.api.ts'
import { clauseChoicesById, clauseEditionsById, findTemplateRow } from './clauses.find.ts'
import { compositionOf, datedOf, headOf, localesOf, searchTextOf, wordsJson, wordsOf } from './clauses.records.ts'
import {
  countTemplates,
  editionsOfTemplate,
  faultsOf,
  listTemplates,
  type TemplateEditionRecord,
} from './clauses.templates.repo.ts'

const wordingOf = (row: TemplateEditionRecord): TemplateWording => ({ ...compositionOf(row), remark: row.remark })

const factsOf = (row: ContractTemplatesTable): TemplateFacts => ({
  code: row.code,
  kind: row.kind,
  names: wordsOf(row.names),
})

const factColumns = ({ code, kind, names }: TemplateFacts) => ({
  code,
  kind,
  names: wordsJson(names),
  search_text: searchTextOf(code, names),
})

const frameColumns = (wording: TemplateWording) => ({
  heading: wordsJson(wording.heading),
  preamble: wordsJson(wording.preamble),
  acknowledgement: wordsJson(wording.acknowledgement),
  articles: JSON.stringify(
    wording.articles.map(({ heading, items }) => ({ heading: JSON.parse(wordsJson(heading)) as object, items })),
  ),
})

/** Whether two wordings print the same; a remark is not printed. */
const sameWording = (a: TemplateWording, b: TemplateWording) =>
  JSON.stringify(frameColumns(a)) === JSON.stringify(frameColumns(b))

const dated = (rows: readonly TemplateEditionRecord[]) => rows.map((row) => ({ ...datedOf(row), row }))

/** The templates of contracts: facts, editions, and which one is the standard of its kind. */
export function createTemplatesService(deps: CoreDeps) {
  const { store, clock } = deps

  async function read(db: Reader | Writer, id: string) {
    const record = await findTemplateRow(db, { id })
    if (!record) throw refuse('NOT_FOUND', { entity: 'template' })
    return { record, editions: await editionsOfTemplate(db, id) }
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
      .selectFrom('contract_templates')
      .select('id')
      .where('code', '=', code)
      .where('id', '<>', id)
      .executeTakeFirst()
    if (other) throw invalid([{ path: ['code'], key: 'clauses:errors.codeTaken' }])
  }

  /** What the articles hold; each clause edition was published once, and stands once. */
  async function heldBy(uow: UnitOfWork, wording: TemplateWording) {
    const ids = pinnedIds(wording)
    const pinned = await clauseEditionsById(uow.db, [...new Set(ids)])
    wording.articles.forEach((article, at) => {
      article.items.forEach((item, place) => {
        if (item.kind !== 'clause') return
        const found = pinned.get(item.editionId)
        if (found && found.state !== 'draft' && ids.filter((id) => id === item.editionId).length === 1) return
        throw invalid([{ path: ['articles', at, 'items', place], key: 'clauses:errors.notHeld' }])
      })
    })
    return pinned
  }

  async function writeDraft(
    uow: UnitOfWork,
    templateId: string,
    at: { readonly id: string | null; readonly no: number },
    wording: TemplateWording,
  ) {
    const pinned = await heldBy(uow, wording)
    const languages = JSON.stringify(languagesOfTemplate(wording, pinned))
    const columns = { ...frameColumns(wording), languages, remark: wording.remark, updated_at: uow.now }
    const id = at.id ?? newId()
    if (at.id === null) {
      await uow.db
        .insertInto('contract_template_editions')
        .values({
          id,
          template_id: templateId,
          no: at.no,
          state: 'draft',
          ...columns,
          valid_from: null,
          valid_to: null,
          published_at: null,
          published_by: null,
          withdrawn_day: null,
          withdrawn_by: null,
          withdraw_reason: '',
          created_at: uow.now,
          created_by: uow.actor.userId ?? '',
        })
        .execute()
    } else {
      await uow.db.updateTable('contract_template_editions').set(columns).where('id', '=', id).execute()
      await uow.db.deleteFrom('contract_template_clauses').where('template_edition_id', '=', id).execute()
    }
    const held = [...pinned.keys()].map((editionId) => ({ template_edition_id: id, clause_edition_id: editionId }))
    if (held.length > 0) await uow.db.insertInto('contract_template_clauses').values(held).execute()
  }

  async function touch(
    uow: UnitOfWork,
    record: ContractTemplatesTable,
    columns: Partial<Omit<ContractTemplatesTable, 'id'>> = {},
  ) {
    const version = record.version + 1
    await uow.db
      .updateTable('contract_templates')
      .set({ ...columns, version, updated_at: uow.now })
      .where('id', '=', record.id)
      .execute()
    uow.changed('clauses', record.id)
    return { id: record.id, version }
  }

  const asked = (input: { text?: string | undefined; filters: TemplateFilters }) => ({
    ...input,
    today: clock.today(),
  })

  /** A new template with its first draft; also for what comes from a file. */
  async function create(uow: UnitOfWork, fields: TemplateFields) {
    const id = newId()
    await assertCodeFree(uow, fields.code, id)
    const standard = await findTemplateRow(uow.db, { standardOf: fields.kind })
    await uow.db
      .insertInto('contract_templates')
      .values({
        id,
        version: 0,
        ...factColumns(fields),
        // The first of its kind is what contracts of the kind are written by.
        standard: standard ? 0 : 1,
        created_at: uow.now,
        created_by: uow.actor.userId ?? '',
        updated_at: uow.now,
      })
      .execute()
    await writeDraft(uow, id, { id: null, no: 1 }, fields)
    await uow.audit({ action: 'clauses.templateCreate', entity: 'template', entityId: id, after: fields })
    uow.changed('clauses', id)
    return { id, version: 0 }
  }

  async function save(uow: UnitOfWork, input: TemplateFields & { readonly id: string; readonly version: number }) {
    const { record, editions, draft } = await current(uow, input)
    const { id, version: _read, ...fields } = input
    await assertCodeFree(uow, fields.code, id)
    if (fields.kind !== record.kind && (record.standard === 1 || editions.some((row) => row.state !== 'draft'))) {
      throw invalid([{ path: ['kind'], key: 'clauses:errors.kindFixed' }])
    }
    const base = draft ?? editions[0]!
    if (draft) await writeDraft(uow, id, { id: draft.id, no: draft.no }, fields)
    else if (!sameWording(wordingOf(base), fields)) await writeDraft(uow, id, { id: null, no: base.no + 1 }, fields)
    await uow.audit({
      action: 'clauses.templateSave',
      entity: 'template',
      entityId: id,
      before: { ...factsOf(record), ...wordingOf(base) },
      after: fields,
    })
    return touch(uow, record, factColumns(fields))
  }

  return {
    /** For what is part of a larger unit of work. */
    within: { create, save },

    list: (_ctx: CallContext, input: PageInput<TemplateSort, TemplateFilters>) =>
      listTemplates(store.read, asked(input), input),

    summary: async (_ctx: CallContext, input: { text?: string | undefined; filters: TemplateFilters }) => ({
      count: await countTemplates(store.read, asked(input)),
    }),

    choices: (_ctx: CallContext) => templateChoices(store.read, clock.today()),

    async get(_ctx: CallContext, id: string): Promise<TemplateView> {
      const today = clock.today()
      const { record, editions } = await read(store.read, id)
      const counts = await contractsByTemplate(store.read, [id])
      const wordings = editions.map((row) => ({ row, wording: compositionOf(row) }))
      const held = [...new Set(wordings.flatMap(({ wording }) => pinnedIds(wording)))]
      return {
        id,
        version: record.version,
        ...factsOf(record),
        standard: record.standard === 1,
        standing: standingOn(shownEdition(dated(editions), today), today),
        fault: (await faultsOf(store.read, [id], today)).get(id) ?? null,
        editions: wordings.map(({ row, wording }): TemplateEdition => ({
          ...headOf(row),
          ...wording,
          languages: localesOf(row.languages),
          contracts: counts.find((found) => found.edition === row.no)?.count ?? 0,
        })),
        clauses: await clauseChoicesById(store.read, held, today),
      }
    },

    create: (ctx: CallContext, fields: TemplateFields) => store.write(ctx.actor, (uow) => create(uow, fields)),

    save: (ctx: CallContext, input: TemplateFields & { id: string; version: number }) =>
      store.write(ctx.actor, (uow) => save(uow, input)),

    async discard(ctx: CallContext, input: { id: string; version: number }) {
      return store.write(ctx.actor, async (uow) => {
        const { record, editions, draft } = await current(uow, input)
        if (!draft) throw refuse('CLAUSE_NO_DRAFT')
        // The standard of a kind stays, be it without an edition: there is always one.
        const removed = editions.length === 1
        if (removed && record.standard === 1) throw refuse('TEMPLATE_STANDARD')
        await uow.db.deleteFrom('contract_template_clauses').where('template_edition_id', '=', draft.id).execute()
        await uow.db.deleteFrom('contract_template_editions').where('id', '=', draft.id).execute()
        const before = { ...factsOf(record), ...wordingOf(draft), no: draft.no }
        await uow.audit({ action: 'clauses.templateDiscard', entity: 'template', entityId: record.id, before })
        if (removed) await uow.db.deleteFrom('contract_templates').where('id', '=', record.id).execute()
        if (removed) uow.changed('clauses', record.id)
        else await touch(uow, record)
        return { removed }
      })
    },

    async publish(ctx: CallContext, input: { id: string; version: number; validFrom: string; validTo: string | null }) {
      return store.write(ctx.actor, async (uow) => {
        const { record, editions, draft } = await current(uow, input)
        if (!draft) throw refuse('CLAUSE_NO_DRAFT')
        const { validFrom, validTo } = input
        const issues = validityIssues(dated(editions), input, uow.today)
        if (issues.length > 0) throw invalid(issues)
        const composition = compositionOf(draft)
        const pinned = await clauseEditionsById(uow.db, pinnedIds(composition))
        const problems = templateProblems(composition, pinned, record.kind, validFrom)
        const errors = problems.filter((problem) => problem.severity === 'error')
        if (errors.length > 0) throw refuse('TEMPLATE_INCOMPLETE', { problems: errors })
        await uow.db
          .updateTable('contract_template_editions')
          .set({ state: 'published', valid_from: validFrom, valid_to: validTo })
          .set({ languages: JSON.stringify(languagesOfTemplate(composition, pinned)) })
          .set({ published_at: uow.now, published_by: uow.actor.userId, updated_at: uow.now })
          .where('id', '=', draft.id)
          .execute()
        await uow.audit({
          action: 'clauses.templatePublish',
          entity: 'template',
          entityId: record.id,
          after: { code: record.code, no: draft.no, validFrom, validTo, ...wordingOf(draft) },
        })
        return touch(uow, record)
      })
    },

    async withdraw(ctx: CallContext, input: { id: string; version: number; no: number; reason: string }) {
      return store.write(ctx.actor, async (uow) => {
        const { record, editions } = await current(uow, input)
        const edition = editions.find((row) => row.no === input.no)
        if (edition?.state !== 'published') throw refuse('CLAUSE_STATE')
        await uow.db
          .updateTable('contract_template_editions')
          .set({ state: 'withdrawn', withdrawn_day: uow.today, withdrawn_by: uow.actor.userId })
          .set({ withdraw_reason: input.reason, updated_at: uow.now })
          .where('id', '=', edition.id)
          .execute()
        await uow.audit({
          action: 'clauses.templateWithdraw',
          entity: 'template',
          entityId: record.id,
          before: { state: edition.state },
          after: { code: record.code, no: edition.no, day: uow.today, reason: input.reason },
        })
        return touch(uow, record)
      })
    },

    async makeStandard(ctx: CallContext, input: { id: string; version: number }) {
      return store.write(ctx.actor, async (uow) => {
        const { record } = await current(uow, input)
        const fault = (await faultsOf(uow.db, [record.id], uow.today)).get(record.id) ?? null
        if (fault !== null) throw refuse('TEMPLATE_NOT_USABLE')
        const former = await findTemplateRow(uow.db, { standardOf: record.kind })
        if (former && former.id !== record.id) await touch(uow, former, { standard: 0 })
        await uow.audit({
          action: 'clauses.templateStandard',
          entity: 'template',
          entityId: record.id,
          before: { standard: former?.code ?? '' },
          after: { standard: record.code, kind: record.kind },
        })
        return touch(uow, record, { standard: 1 })
      })
    },
  }
}
