import { refuse } from '#shared/kernel/app-error.ts'
import type { CarryTarget } from '#shared/modules/clauses/clauses.contract.ts'
import {
  languagesOfTemplate,
  pinnedIds,
  withClause,
  type PinnedClause,
} from '#shared/modules/clauses/clauses.compose.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ContractTemplateEditionsTable } from '#core/store/tables/clauses.tables.ts'
import { clauseEditionsById, pinnedByEdition, templateEditionsOf } from './clauses.find.ts'
import { compositionOf } from './clauses.records.ts'
import { usesOf } from './clauses.repo.ts'

interface Target {
  readonly shown: CarryTarget
  /** The template's last published edition, and the clause edition in it. */
  readonly edition: ContractTemplateEditionsTable
  readonly from: string
}

/** Templates that hold a former edition of a clause and count when the new one begins; those it would leave without a language are left out. */
async function targetsOf(
  db: Reader | Writer,
  clauseId: string,
  fresh: PinnedClause,
  begins: { readonly validFrom: string; readonly today: string },
): Promise<Target[]> {
  const uses = (await usesOf(db, clauseId, begins.today)).filter(
    ({ use, validTo, clauseEditionId }) =>
      clauseEditionId !== fresh.editionId &&
      (use.standing === 'inForce' || use.standing === 'scheduled') &&
      (validTo === null || validTo >= begins.validFrom),
  )
  const editions = await templateEditionsOf(
    db,
    uses.map(({ use }) => use.templateId),
  )
  const pinned = await pinnedByEdition(
    db,
    uses.map((found) => found.editionId),
  )
  return uses.flatMap(({ use, editionId, clauseEditionId }): Target[] => {
    const edition = editions.find((row) => row.id === editionId)
    const held = pinned.get(editionId)
    if (!edition || !held) return []
    const composition = compositionOf(edition)
    const before = languagesOfTemplate(composition, held)
    const after = languagesOfTemplate(
      withClause(composition, clauseEditionId, fresh.editionId),
      new Map([...held, [fresh.editionId, fresh]]),
    )
    if (after.length === 0) return []
    const { standing: _computed, ...brief } = use
    const loses = before.filter((language) => !after.includes(language))
    return [{ shown: { ...brief, loses }, edition, from: clauseEditionId }]
  })
}

/** What carrying an edition into its templates would do. */
export async function carryTargets(
  db: Reader | Writer,
  fresh: PinnedClause,
  begins: { readonly validFrom: string; readonly today: string },
): Promise<CarryTarget[]> {
  return (await targetsOf(db, fresh.clauseId, fresh, begins)).map((target) => target.shown)
}

/**
 * Carries a clause edition that was just published into templates: each gets a new published edition that differs in
 * nothing else; a draft that one of them has follows. Throws CLAUSE_CARRY for a template that it cannot be carried into.
 */
export async function carryInto(
  uow: UnitOfWork,
  fresh: PinnedClause,
  validFrom: string,
  templateIds: readonly string[],
): Promise<string[]> {
  if (templateIds.length === 0) return []
  const targets = await targetsOf(uow.db, fresh.clauseId, fresh, { validFrom, today: uow.today })
  const wanted = new Set(templateIds)
  const chosen = targets.filter((target) => wanted.has(target.shown.templateId))
  if (chosen.length < wanted.size) throw refuse('CLAUSE_CARRY')
  for (const target of chosen) await carryOne(uow, fresh, validFrom, target)
  return chosen.map((target) => target.shown.code)
}

async function carryOne(uow: UnitOfWork, fresh: PinnedClause, validFrom: string, { shown, edition, from }: Target) {
  const { templateId } = shown
  const no = edition.no + 1
  const drafts = await uow.db
    .selectFrom('contract_template_editions')
    .selectAll()
    .where('template_id', '=', templateId)
    .where('state', '=', 'draft')
    .execute()
  for (const draft of drafts) {
    const held = pinnedIds(compositionOf(draft))
    const former = await clauseEditionsById(uow.db, held)
    const old = held.find((id) => former.get(id)?.clauseId === fresh.clauseId)
    const columns = old === undefined ? {} : await replaced(uow, draft, old, fresh)
    await uow.db
      .updateTable('contract_template_editions')
      .set({ ...columns, no: no + 1, updated_at: uow.now })
      .where('id', '=', draft.id)
      .execute()
    if (old !== undefined) await holdInstead(uow, draft.id, old, fresh.editionId)
  }
  const id = newId()
  const begins = edition.valid_from !== null && edition.valid_from > validFrom ? edition.valid_from : validFrom
  await uow.db
    .insertInto('contract_template_editions')
    .values({
      ...edition,
      ...(await replaced(uow, edition, from, fresh)),
      id,
      no,
      remark: `${fresh.code} / ${fresh.no}`,
      valid_from: begins,
      published_at: uow.now,
      published_by: uow.actor.userId,
      created_at: uow.now,
      created_by: uow.actor.userId ?? '',
      updated_at: uow.now,
    })
    .execute()
  const held = await uow.db
    .selectFrom('contract_template_clauses')
    .select('clause_edition_id')
    .where('template_edition_id', '=', edition.id)
    .execute()
  await uow.db
    .insertInto('contract_template_clauses')
    .values(
      held.map((row) => ({
        template_edition_id: id,
        clause_edition_id: row.clause_edition_id === from ? fresh.editionId : row.clause_edition_id,
      })),
    )
    .execute()
  await uow.db
    .updateTable('contract_templates')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: uow.now }))
    .where('id', '=', templateId)
    .execute()
  await uow.audit({
    action: 'clauses.templatePublish',
    entity: 'template',
    entityId: templateId,
    after: { code: shown.code, no, validFrom: begins, clause: fresh.code, clauseNo: fresh.no },
  })
  uow.changed('clauses', templateId)
}

/** The articles with one clause edition in the place of another, and the languages that are left. */
async function replaced(uow: UnitOfWork, edition: ContractTemplateEditionsTable, from: string, fresh: PinnedClause) {
  const composition = withClause(compositionOf(edition), from, fresh.editionId)
  const pinned = await clauseEditionsById(uow.db, pinnedIds(composition))
  return {
    articles: JSON.stringify(composition.articles),
    languages: JSON.stringify(languagesOfTemplate(composition, pinned)),
  }
}

async function holdInstead(uow: UnitOfWork, templateEditionId: string, from: string, to: string) {
  await uow.db
    .updateTable('contract_template_clauses')
    .set({ clause_edition_id: to })
    .where('template_edition_id', '=', templateEditionId)
    .where('clause_edition_id', '=', from)
    .execute()
}
