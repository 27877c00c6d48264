import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { judgeTags, type TemplateFindings } from '#shared/modules/wordtemplates/wordtemplates.findings.rules.ts'
import { standings, type EditionFacts } from '#shared/modules/wordtemplates/wordtemplates.rules.ts'
import { templateTags, type EditionView } from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { WordTemplatesTable } from '#core/store/tables/word-templates.tables.ts'
import { editionsOf, findTemplate, type EditionRecord } from './wordtemplates.repo.ts'

export const factsOf = (row: Pick<EditionRecord, 'no' | 'state' | 'valid_from' | 'withdrawn_day'>): EditionFacts => ({
  no: row.no,
  state: row.state,
  validFrom: row.valid_from as PlainDay | null,
  withdrawnDay: row.withdrawn_day as PlainDay | null,
})

/** What the tags of an edition come to by the catalogue of this version of the program. */
export function findingsOf(row: Pick<EditionRecord, 'tags'>, kind: WordTemplatesTable['kind']): TemplateFindings {
  return judgeTags(templateTags.parse(JSON.parse(row.tags)), kind)
}

export function editionViews(
  rows: readonly EditionRecord[],
  kind: WordTemplatesTable['kind'],
  day: PlainDay,
): EditionView[] {
  const standing = standings(rows.map(factsOf), day)
  const moment = (at: number | null, name: string | null) => (at === null ? null : { at, byName: name ?? '' })
  return rows.map((row) => {
    const withdrawn = moment(row.withdrawn_at, row.withdrawer_name)
    return {
      no: row.no,
      standing: standing.get(row.no) ?? 'draft',
      fileName: row.file_name,
      size: row.size,
      sha256: row.sha256,
      remark: row.remark,
      validFrom: row.valid_from,
      made: { at: row.made_at, byName: row.maker_name ?? '' },
      putInUse: moment(row.used_at, row.user_name),
      withdrawn: withdrawn === null ? null : { ...withdrawn, reason: row.withdraw_reason },
      findings: findingsOf(row, kind) as EditionView['findings'],
    }
  })
}

export async function knownTemplate(db: Reader | Writer, id: string): Promise<WordTemplatesTable> {
  const record = await findTemplate(db, id)
  if (!record) throw refuse('NOT_FOUND', { entity: 'wordTemplate' })
  return record
}

/** A template at this version, to be changed. */
export async function templateToChange(
  uow: UnitOfWork,
  input: { readonly id: string; readonly version: number },
): Promise<WordTemplatesTable> {
  const record = await knownTemplate(uow.db, input.id)
  if (record.version !== input.version) {
    const { name, kind, language, version } = record
    throw refuse('STALE', { current: { name, kind, language, version } })
  }
  return record
}

export async function editionAt(db: Reader | Writer, templateId: string, no: number): Promise<EditionRecord> {
  const found = (await editionsOf(db, templateId)).find((row) => row.no === no)
  if (!found) throw refuse('NOT_FOUND', { entity: 'wordTemplate' })
  return found
}
