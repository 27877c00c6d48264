import { refuse } from '#shared/kernel/app-error.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import {
  BUNDLE_FORMAT,
  BUNDLE_VERSION,
  bundleArticles,
  clauseBundle,
  MAX_BUNDLE,
  templateOfBundle,
  type ClauseBundle,
} from '#shared/modules/clauses/clauses.bundle.schema.ts'
import { planBundle, type KnownClause, type KnownTemplate } from '#shared/modules/clauses/clauses.bundle.rules.ts'
import { pinnedIds } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { BundlePlan } from '#shared/modules/clauses/clauses.contract.ts'
import { shownEdition } from '#shared/modules/clauses/clauses.editions.rules.ts'
import { clauseFields, type ClauseFields } from '#shared/modules/clauses/clauses.schema.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { clauseEditionsById, findTemplateRow, templateEditionsOf } from './clauses.find.ts'
import { compositionOf, datedOf, kindsOf, wordsOf } from './clauses.records.ts'
import { editionsOf, findClause } from './clauses.repo.ts'
import type { createClausesService } from './clauses.service.ts'
import type { createTemplatesService } from './clauses.templates.service.ts'

/** What of a clause goes into a file. */
async function clauseOf(db: Reader | Writer, clauseId: string, editionId: string): Promise<ClauseFields> {
  const record = await findClause(db, clauseId)
  const edition = (await editionsOf(db, clauseId)).find((row) => row.id === editionId)
  if (!record || !edition) throw refuse('NOT_FOUND', { entity: 'clause' })
  return clauseFields.parse({
    code: record.code,
    topic: record.topic,
    kinds: kindsOf(record.kinds),
    names: wordsOf(record.names),
    texts: wordsOf(edition.texts),
    when: edition.stands_when,
    major: edition.major === 1,
    remark: edition.remark,
  })
}

/** Templates with their clauses as files: on their way to another data file, and from one. */
export function createClauseFiles(
  deps: CoreDeps,
  clauses: ReturnType<typeof createClausesService>,
  templates: ReturnType<typeof createTemplatesService>,
) {
  const { store, clock, files } = deps

  function read(ctx: CallContext, fileId: string): ClauseBundle {
    const { bytes } = files.readTemporary(ctx.actor.userId ?? '', fileId)
    if (bytes.byteLength > MAX_BUNDLE) throw refuse('CLAUSE_FILE', { problem: 'tooLarge' })
    let value: unknown
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch {
      throw refuse('CLAUSE_FILE', { problem: 'notJson' })
    }
    const parsed = clauseBundle.safeParse(value)
    if (parsed.success) return parsed.data
    throw refuse('CLAUSE_FILE', { problem: 'form', at: parsed.error.issues[0]?.path.join('.') ?? '' })
  }

  /** What this data file has under the codes of a file. */
  async function known(db: Reader | Writer, bundle: ClauseBundle) {
    const found = { clauses: new Map<string, KnownClause>(), templates: new Map<string, KnownTemplate>() }
    const codes = bundle.clauses.map((clause) => clause.code)
    const rows =
      codes.length === 0 ? [] : await db.selectFrom('clauses').selectAll().where('code', 'in', codes).execute()
    const editions =
      rows.length === 0
        ? []
        : await db
            .selectFrom('clause_editions')
            .selectAll()
            .where(
              'clause_id',
              'in',
              rows.map((row) => row.id),
            )
            .orderBy('no', 'desc')
            .execute()
    for (const row of rows) {
      const own = editions.filter((edition) => edition.clause_id === row.id)
      const last = own.find((edition) => edition.state === 'published') ?? null
      found.clauses.set(row.code, {
        id: row.id,
        version: row.version,
        hasDraft: own.some((edition) => edition.state === 'draft'),
        last: last && {
          editionId: last.id,
          texts: wordsOf(last.texts),
          when: last.stands_when,
          major: last.major === 1,
          ends: last.valid_to !== null,
        },
      })
    }
    for (const { code } of bundle.templates) {
      const row = await db.selectFrom('contract_templates').selectAll().where('code', '=', code).executeTakeFirst()
      if (!row) continue
      const drafts = (await templateEditionsOf(db, [row.id])).filter((edition) => edition.state === 'draft')
      const { id, version, kind } = row
      found.templates.set(code, { id, version, kind, hasDraft: drafts.length > 0 })
    }
    return found
  }

  /** Publishes what is new of the clauses and answers with the edition that each code stands for from now on. */
  async function bringClauses(
    uow: UnitOfWork,
    bundle: ClauseBundle,
    plan: BundlePlan,
    have: ReadonlyMap<string, KnownClause>,
  ): Promise<Map<string, string>> {
    const editionOf = new Map<string, string>()
    for (const clause of bundle.clauses) {
      const does = plan.clauses.find((part) => part.code === clause.code)?.does
      const old = have.get(clause.code)
      if (does === 'same' && old?.last) {
        editionOf.set(clause.code, old.last.editionId)
        continue
      }
      const at = old
        ? await clauses.within.save(uow, { ...clause, id: old.id, version: old.version })
        : await clauses.within.create(uow, clause)
      await clauses.within.publish(uow, { ...at, validFrom: uow.today, validTo: null, carry: [] })
      const [newest] = await editionsOf(uow.db, at.id)
      if (newest) editionOf.set(clause.code, newest.id)
    }
    return editionOf
  }

  return {
    async exportFile(ctx: CallContext, id: string) {
      const record = await findTemplateRow(store.read, { id })
      if (!record) throw refuse('NOT_FOUND', { entity: 'template' })
      const editions = (await templateEditionsOf(store.read, [id])).map((row) => ({ ...datedOf(row), row }))
      const { row } = shownEdition(editions, clock.today())
      const composition = compositionOf(row)
      const pinned = await clauseEditionsById(store.read, pinnedIds(composition))
      const held = [...pinned.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
      const bundle: ClauseBundle = {
        format: BUNDLE_FORMAT,
        version: BUNDLE_VERSION,
        clauses: await Promise.all(held.map((clause) => clauseOf(store.read, clause.clauseId, clause.editionId))),
        templates: [
          {
            code: record.code,
            kind: record.kind,
            names: wordsOf(record.names),
            ...composition,
            articles: bundleArticles(composition.articles, (editionId) => pinned.get(editionId)?.code ?? ''),
            remark: row.remark,
          },
        ],
      }
      await store.write(withoutReplay(ctx.actor), async (uow) => {
        const after = { code: record.code, no: row.no, clauses: held.length }
        await uow.audit({ action: 'clauses.templateExport', entity: 'template', entityId: id, after })
      })
      const name = documentName([makeTranslator(ctx.locale)('clauses:file.name'), record.code], 'json')
      const bytes = new TextEncoder().encode(`${JSON.stringify(bundle, null, 2)}\n`)
      const { fileId } = files.putTemporary(ctx.actor.userId ?? '', { name, mime: 'application/json', bytes })
      return { fileId, name }
    },

    async checkFile(ctx: CallContext, fileId: string): Promise<BundlePlan> {
      const bundle = read(ctx, fileId)
      return planBundle(bundle, await known(store.read, bundle))
    },

    async importFile(ctx: CallContext, fileId: string) {
      const bundle = read(ctx, fileId)
      return store.write(ctx.actor, async (uow) => {
        const have = await known(uow.db, bundle)
        const plan = planBundle(bundle, have)
        if ([...plan.clauses, ...plan.templates].some((part) => part.problems.length > 0)) throw refuse('CLAUSE_IMPORT')
        const editionOf = await bringClauses(uow, bundle, plan, have.clauses)
        const made: string[] = []
        for (const shipped of bundle.templates) {
          const fields = templateOfBundle(shipped, (code) => editionOf.get(code) ?? null)
          if (!fields) throw refuse('CLAUSE_IMPORT')
          const old = have.templates.get(shipped.code)
          const { id } = old
            ? await templates.within.save(uow, { ...fields, id: old.id, version: old.version })
            : await templates.within.create(uow, fields)
          made.push(id)
        }
        const after = { clauses: [...editionOf.keys()], templates: bundle.templates.map((template) => template.code) }
        await uow.audit({ action: 'clauses.templateImport', entity: 'template', entityId: 'file', after })
        return { clauses: plan.clauses.filter((part) => part.does !== 'same').length, templates: made }
      })
    },
  }
}
