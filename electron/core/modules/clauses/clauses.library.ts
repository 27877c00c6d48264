import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clauseBundle, templateOfBundle, type ClauseBundle } from '#shared/modules/clauses/clauses.bundle.schema.ts'
import { languagesOfTemplate, pinnedIds, type PinnedClause } from '#shared/modules/clauses/clauses.compose.rules.ts'
import { languagesOf } from '#shared/modules/clauses/clauses.wording.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { adoptTemplate } from '#core/modules/contracts/contracts.api.ts'
import type { Actor, UnitOfWork } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import { libraryIsEmpty } from './clauses.find.ts'
import { searchTextOf, wordsJson } from './clauses.records.ts'

/** The Civil Code, which the shipped wording rests on, is in force from this day on. */
const CIVIL_CODE_DAY = '2021-01-01'
/** What contracts of before there was a library name as their template. */
const BEFORE_THE_LIBRARY = 'goods-sale'
const PROGRAM: Actor = { userId: null, roles: [], device: '', entry: 'clauses.library' }

interface Library extends ClauseBundle {
  /** By their codes; pinyin takes longer than all the rest. */
  readonly searchTexts: ReadonlyMap<string, string>
}
const read = new Map<string, Library>()

/** The shipped clauses and templates: the files of `templates/library` together. Read once. */
export function shippedLibrary(resourcesDir: string): Library {
  const known = read.get(resourcesDir)
  if (known) return known
  const folder = join(resourcesDir, 'templates', 'library')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => clauseBundle.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  const clauses = files.flatMap((file) => file.clauses)
  const templates = files.flatMap((file) => file.templates)
  const named = [...clauses, ...templates].map(({ code, names }) => [code, searchTextOf(code, names)] as const)
  const whole = { ...files[0]!, clauses, templates, searchTexts: new Map(named) }
  read.set(resourcesDir, whole)
  return whole
}

/** Fills a firm that has no clause yet, be it new or from before there was a library; once, in one unit of work. */
export async function keepLibrary(deps: Pick<CoreDeps, 'store' | 'config'>): Promise<void> {
  if (!(await libraryIsEmpty(deps.store.read))) return
  const library = shippedLibrary(deps.config.resourcesDir)
  await deps.store.write(PROGRAM, async (uow) => {
    if (await libraryIsEmpty(uow.db)) await fill(uow, library)
  })
}

async function fill(uow: UnitOfWork, library: Library): Promise<void> {
  const searchTextFor = (code: string) => library.searchTexts.get(code) ?? ''
  const made = { created_at: uow.now, created_by: '', updated_at: uow.now }
  const edition = {
    no: 1,
    state: 'published' as const,
    remark: '',
    valid_from: CIVIL_CODE_DAY,
    valid_to: null,
    published_at: uow.now,
    published_by: null,
    withdrawn_day: null,
    withdrawn_by: null,
    withdraw_reason: '',
    ...made,
  }
  const pinned = new Map<string, PinnedClause>()
  const editionOf = new Map<string, string>()
  const clauses: Tables['clauses'][] = []
  const clauseEditions: Tables['clause_editions'][] = []
  for (const clause of library.clauses) {
    const ids = { clauseId: newId(), editionId: newId() }
    const { code, topic, kinds, texts, when, major } = clause
    editionOf.set(code, ids.editionId)
    pinned.set(ids.editionId, { ...ids, code, topic, kinds, texts, when, major, ...PUBLISHED })
    clauses.push({
      id: ids.clauseId,
      version: 0,
      code,
      topic,
      kinds: JSON.stringify(kinds),
      names: wordsJson(clause.names),
      search_text: searchTextFor(code),
      ...made,
    })
    clauseEditions.push({
      id: ids.editionId,
      clause_id: ids.clauseId,
      texts: wordsJson(texts),
      stands_when: when,
      major: major ? 1 : 0,
      languages: JSON.stringify(languagesOf(texts)),
      ...edition,
    })
  }
  const templates: Tables['contract_templates'][] = []
  const templateEditions: Tables['contract_template_editions'][] = []
  const held: Tables['contract_template_clauses'][] = []
  for (const shipped of library.templates) {
    const composed = templateOfBundle(shipped, (code) => editionOf.get(code) ?? null)
    if (!composed) throw new Error(`the shipped template ${shipped.code} names a clause that is not shipped`)
    const id = newId()
    const editionId = newId()
    templates.push({
      id,
      version: 0,
      code: shipped.code,
      kind: shipped.kind,
      names: wordsJson(shipped.names),
      standard: 1,
      search_text: searchTextFor(shipped.code),
      ...made,
    })
    templateEditions.push({
      id: editionId,
      template_id: id,
      heading: wordsJson(composed.heading),
      preamble: wordsJson(composed.preamble),
      acknowledgement: wordsJson(composed.acknowledgement),
      articles: JSON.stringify(composed.articles),
      languages: JSON.stringify(languagesOfTemplate(composed, pinned)),
      ...edition,
    })
    held.push(...pinnedIds(composed).map((of) => ({ template_edition_id: editionId, clause_edition_id: of })))
    if (shipped.kind === 'goods_sale') await adoptTemplate(uow, BEFORE_THE_LIBRARY, { templateId: id, edition: 1 })
  }
  await uow.db.insertInto('clauses').values(clauses).execute()
  await uow.db.insertInto('clause_editions').values(clauseEditions).execute()
  await uow.db.insertInto('contract_templates').values(templates).execute()
  await uow.db.insertInto('contract_template_editions').values(templateEditions).execute()
  await uow.db.insertInto('contract_template_clauses').values(held).execute()
  await uow.audit({
    action: 'clauses.ship',
    entity: 'template',
    entityId: 'library',
    after: { clauses: clauses.length, templates: templates.map((row) => row.code) },
  })
  uow.changed('clauses', 'library')
}

const PUBLISHED = { no: 1, state: 'published', validFrom: CIVIL_CODE_DAY, validTo: null, withdrawnDay: null } as const
