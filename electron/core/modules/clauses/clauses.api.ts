import type { Locale } from '#shared/i18n/locale.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { choiceFault, editionFault } from '#shared/modules/clauses/clauses.choice.rules.ts'
import {
  composeTemplate,
  languagesOfTemplate,
  type Composition,
  type PinnedClause,
} from '#shared/modules/clauses/clauses.compose.rules.ts'
import { editionOn, lastPublished } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type { ContractKind, TemplateChoice, TemplateFault } from '#shared/modules/clauses/clauses.schema.ts'
import type { ContractTemplate } from '#shared/modules/contracts/contracts.template.schema.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { ContractTemplatesTable } from '#core/store/tables/clauses.tables.ts'
import { findTemplateRow, pinnedByEdition, templateEditionsOf } from './clauses.find.ts'
import { compositionOf, datedOf, localesOf, wordsOf } from './clauses.records.ts'

/** What a contract asks for. `templateId` null: the standard template of its kind. */
export interface TemplateAsk {
  readonly templateId: string | null
  /** The edition that it was submitted or signed with; null: the one in force on `day`. */
  readonly edition: number | null
  readonly kind: ContractKind
  readonly day: string
}

/** Where a contract's wording comes from. */
export interface TemplatePin {
  readonly templateId: string
  readonly code: string
  readonly edition: number
}

interface Found {
  /** What is meant, with why it cannot be used; null where there is no such template. */
  readonly choice: TemplateChoice | null
  /** What would be printed: the edition that counts, else the last that was published. */
  readonly wording: {
    readonly pin: TemplatePin
    readonly composition: Composition
    readonly pinned: ReadonlyMap<string, PinnedClause>
  } | null
}

function toChoice(
  row: ContractTemplatesTable,
  edition: { readonly no: number; readonly languages: string } | null,
  fault: TemplateFault | null,
): TemplateChoice {
  return {
    id: row.id,
    code: row.code,
    names: wordsOf(row.names),
    kind: row.kind,
    standard: row.standard === 1,
    editionNo: edition?.no ?? null,
    languages: edition === null ? [] : localesOf(edition.languages),
    fault,
  }
}

const dated = <Row extends Parameters<typeof datedOf>[0]>(rows: readonly Row[]) =>
  rows.map((row) => ({ ...datedOf(row), row }))

async function find(db: Reader | Writer, ask: TemplateAsk): Promise<Found> {
  const row = await findTemplateRow(db, ask.templateId === null ? { standardOf: ask.kind } : { id: ask.templateId })
  if (!row) return { choice: null, wording: null }
  const editions = dated(await templateEditionsOf(db, [row.id]))
  const counting =
    ask.edition === null
      ? editionOn(editions, ask.day)
      : (editions.find((edition) => edition.no === ask.edition && edition.state !== 'draft') ?? null)
  const shown = counting ?? lastPublished(editions)
  if (!shown) return { choice: toChoice(row, null, editionFault(null, [], ask.day)), wording: null }
  const pinned = (await pinnedByEdition(db, [shown.row.id])).get(shown.row.id) ?? new Map<string, PinnedClause>()
  const fault = editionFault(counting, [...pinned.values()], ask.day)
  const pin = { templateId: row.id, code: row.code, edition: shown.no }
  return { choice: toChoice(row, shown.row, fault), wording: { pin, composition: compositionOf(shown.row), pinned } }
}

/**
 * The wording of a contract in one language. Throws TEMPLATE_UNUSABLE where there is none to print; whether what there
 * is may be used is said by `templateStand`.
 */
export async function resolveTemplate(
  db: Reader | Writer,
  ask: TemplateAsk & { readonly language: Locale },
): Promise<ContractTemplate> {
  const { choice, wording } = await find(db, ask)
  if (!wording || !languagesOfTemplate(wording.composition, wording.pinned).includes(ask.language)) {
    throw refuse('TEMPLATE_UNUSABLE', { code: choice?.code ?? '' })
  }
  const { pin, composition, pinned } = wording
  return composeTemplate({ code: pin.code, no: pin.edition }, composition, pinned, ask.language)
}

/** The edition that a contract goes by, and why it cannot. The pin is null where nothing was ever published. */
export async function templateStand(
  db: Reader | Writer,
  ask: TemplateAsk & { readonly languages: readonly Locale[] },
): Promise<{ readonly pin: TemplatePin | null; readonly fault: TemplateFault | null }> {
  const { choice, wording } = await find(db, ask)
  return { pin: wording?.pin ?? null, fault: choiceFault(choice, ask) }
}

/** Every template as contracts choose among them on a day, standard ones first. */
export async function templateChoices(db: Reader | Writer, day: string): Promise<TemplateChoice[]> {
  const rows = await db
    .selectFrom('contract_templates')
    .selectAll()
    .orderBy('standard', 'desc')
    .orderBy('code')
    .execute()
  const editions = dated(
    await templateEditionsOf(
      db,
      rows.map((row) => row.id),
    ),
  )
  const of = (row: ContractTemplatesTable) => editions.filter((edition) => edition.row.template_id === row.id)
  const counting = new Map(rows.map((row) => [row.id, editionOn(of(row), day)]))
  const pinned = await pinnedByEdition(
    db,
    [...counting.values()].flatMap((edition) => (edition === null ? [] : [edition.row.id])),
  )
  return rows.map((row) => {
    const edition = counting.get(row.id) ?? null
    const clauses = edition === null ? [] : [...(pinned.get(edition.row.id)?.values() ?? [])]
    return toChoice(row, edition?.row ?? null, editionFault(edition, clauses, day))
  })
}

/** Whether there is a template of this id. */
export async function templateExists(db: Reader | Writer, id: string): Promise<boolean> {
  return (await findTemplateRow(db, { id })) !== undefined
}

/** Code, name and edition of what a contract was submitted or signed with; null where it was not. */
export async function templateBrief(db: Reader | Writer, templateId: string, edition: number) {
  if (templateId === '') return null
  const row = await findTemplateRow(db, { id: templateId })
  return row ? { id: row.id, code: row.code, names: wordsOf(row.names), edition } : null
}
