import type { Locale } from '#shared/i18n/locale.ts'
import { invalid } from '#shared/kernel/app-error.ts'
import { templateFinding } from '#shared/modules/clauses/clauses.choice.rules.ts'
import { secondLanguageOf } from '#shared/modules/contracts/contracts.languages.ts'
import type { ContractDraft, ContractFields, Finding } from '#shared/modules/contracts/contracts.schema.ts'
import type { ContractTemplate } from '#shared/modules/contracts/contracts.template.schema.ts'
import { templateExists, templateStand, type TemplateAsk, type TemplatePin } from '#core/modules/clauses/clauses.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ContractRecord } from './contracts.records.ts'

/** Where the wording of a document comes from. Throws TEMPLATE_UNUSABLE where there is none. */
export type TemplateSource = (
  db: Reader | Writer,
  ask: TemplateAsk & { readonly language: Locale },
) => Promise<ContractTemplate>

type Pinned = Pick<ContractRecord, 'template_id' | 'template_version'>
type Choosing = Pick<ContractDraft, 'kind' | 'templateId'>

/**
 * Which wording a contract asks for on a day: the edition that it was submitted or signed with, else the one in force
 * of the template that its form names. `record` null: what is typed, whatever was stored.
 */
export function templateAsk(record: Pinned | null, fields: Choosing, day: string): TemplateAsk {
  const { kind } = fields
  if (record === null || record.template_id === '') return { templateId: fields.templateId, edition: null, kind, day }
  return { templateId: record.template_id, edition: record.template_version, kind, day }
}

const languagesOf = (fields: Pick<ContractDraft, 'language' | 'terms'>): Locale[] => [
  fields.language,
  ...[secondLanguageOf(fields)].filter((language) => language !== null),
]

/** Template and edition that a contract goes by, and what of them keeps it from being submitted and signed. */
export async function templateOf(
  db: Reader | Writer,
  record: Pinned | null,
  fields: Choosing & Pick<ContractDraft, 'language' | 'terms'>,
  day: string,
): Promise<{ readonly pin: TemplatePin | null; readonly findings: Finding[] }> {
  const ask = { ...templateAsk(record, fields, day), languages: languagesOf(fields) }
  const { pin, fault } = await templateStand(db, ask)
  return { pin, findings: fault === null ? [] : [templateFinding(fault)] }
}

/** Columns of a contract that keeps to an edition, or to none yet. */
export const pinColumns = (pin: TemplatePin | null): Pinned => ({
  template_id: pin?.templateId ?? '',
  template_version: pin?.edition ?? 0,
})

/** A form names a template that there is. */
export async function assertTemplate(uow: UnitOfWork, fields: ContractFields): Promise<void> {
  if (fields.templateId !== null && !(await templateExists(uow.db, fields.templateId))) {
    throw invalid([{ path: ['templateId'], key: 'validation:notAChoice' }])
  }
}

/** A change gives up the edition that was submitted, unless it is the very one that the draft takes anyway. */
export async function keptPin(uow: UnitOfWork, record: Pinned, fields: ContractFields): Promise<Pinned> {
  const { pin } = await templateOf(uow.db, null, fields, uow.today)
  const same = pin?.templateId === record.template_id && pin.edition === record.template_version
  return pinColumns(same ? pin : null)
}

/** Contracts that name a template by what it was called before the library take it over; a draft is free again. */
export async function adoptTemplate(
  uow: UnitOfWork,
  former: string,
  { templateId, edition }: { readonly templateId: string; readonly edition: number },
): Promise<void> {
  const named = () => uow.db.updateTable('contracts').where('template_id', '=', former)
  await named().where('state', '=', 'draft').set({ template_id: '', template_version: 0 }).execute()
  await named().set({ template_id: templateId, template_version: edition }).execute()
}

/** How many contracts keep to each edition of these templates; drafts that are not submitted keep to none. */
export async function contractsByTemplate(db: Reader, templateIds: readonly string[]) {
  if (templateIds.length === 0) return []
  const rows = await db
    .selectFrom('contracts')
    .select(['template_id as templateId', 'template_version as edition'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('template_id', 'in', templateIds)
    .groupBy(['template_id', 'template_version'])
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}
