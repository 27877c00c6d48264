import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import { composeTemplate, pinnedIds } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type {
  ClauseFilters,
  ClauseSort,
  TemplateFilters,
  TemplateSort,
} from '#shared/modules/clauses/clauses.contract.ts'
import { sampleContract, sampleSeller } from '#shared/modules/clauses/clauses.sample.ts'
import type { ClauseRow, ContractKind, TemplateRow, TemplateWording } from '#shared/modules/clauses/clauses.schema.ts'
import { wordsIn } from '#shared/modules/clauses/clauses.wording.rules.ts'
import { contractDocument } from '#shared/modules/contracts/contracts.documents.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { clauseEditionsById } from './clauses.find.ts'
import { countClauses, listClauses } from './clauses.repo.ts'
import { countTemplates, listTemplates } from './clauses.templates.repo.ts'

interface PreviewInput {
  readonly kind: ContractKind
  readonly language: Locale
  readonly second: Locale | null
  readonly wording: TemplateWording
}

/** What clauses and templates leave on paper: a template with sample values, and the lists. */
export function createClausePapers(deps: CoreDeps) {
  const { store, clock, workers, files } = deps

  return {
    /** A PDF of a template with sample values; what a language lacks is marked, since it may still be written. */
    async preview(ctx: CallContext, input: PreviewInput) {
      const { kind, language, wording } = input
      const second = input.second === language ? null : input.second
      const pinned = await clauseEditionsById(store.read, pinnedIds(wording))
      const words = (locale: Locale) => {
        const t = makeTranslator(locale)
        const template = composeTemplate({ code: '', no: 1 }, wording, pinned, locale, t('clauses:sample.missing'))
        return { language: locale, t, template }
      }
      const first = words(language)
      const other = second === null ? null : words(second)
      const model = contractDocument(
        {
          fields: sampleContract(kind, first, other, clock.today()),
          seller: sampleSeller(first.t),
          sealName: '',
          number: first.t('clauses:sample.number'),
          state: 'draft',
          signDay: null,
        },
        first.template,
        first.t,
        other,
      )
      const bytes = await workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const name = documentName([first.t('clauses:sample.file'), first.template.heading], 'pdf')
      const { fileId } = files.putTemporary(ctx.actor.userId ?? '', { name, mime: 'application/pdf', bytes })
      return { fileId, name }
    },

    exportClauses(ctx: CallContext, input: ListAsked<ClauseSort, ClauseFilters>) {
      const asked = { today: clock.today(), text: input.text, filters: input.filters }
      const title = makeTranslator(ctx.locale)('clauses:list.title')
      return exportList<ClauseRow>(deps, ctx, {
        kind: 'clauses.export',
        audit: { action: 'clauses.export', entity: 'list', entityId: title, after: input },
        title,
        format: input.format,
        columns: clauseColumns(ctx.locale),
        open: async () => ({
          count: await countClauses(store.read, asked),
          page: (at) => listClauses(store.read, asked, { sort: input.sort, ...at }),
        }),
      })
    },

    exportTemplates(ctx: CallContext, input: ListAsked<TemplateSort, TemplateFilters>) {
      const asked = { today: clock.today(), text: input.text, filters: input.filters }
      const title = makeTranslator(ctx.locale)('clauses:templates.title')
      return exportList<TemplateRow>(deps, ctx, {
        kind: 'clauses.export',
        audit: { action: 'clauses.export', entity: 'list', entityId: title, after: input },
        title,
        format: input.format,
        columns: templateColumns(ctx.locale),
        open: async () => ({
          count: await countTemplates(store.read, asked),
          page: (at) => listTemplates(store.read, asked, { sort: input.sort, ...at }),
        }),
      })
    },
  }
}

const columnOf =
  <Row>(head: (key: string) => string) =>
  (key: string, width: number, value: (row: Row) => string): ExportColumn<Row> => ({
    head: head(key),
    width,
    format: 'text',
    value,
  })

function clauseColumns(locale: Locale): ExportColumn<ClauseRow>[] {
  const t = makeTranslator(locale)
  const column = columnOf<ClauseRow>((key) => t(`clauses:columns.${key}`))
  return [
    column('code', 12, (row) => row.code),
    column('name', 30, (row) => wordsIn(row.names, locale)),
    column('topic', 16, (row) => t(`clauses:topics.${row.topic}`)),
    column('kinds', 24, (row) => row.kinds.map((kind) => t(`contracts:kinds.${kind}`)).join(', ')),
    column('languages', 20, (row) => row.languages.map((one) => t(`contracts:languages.${one}`)).join(', ')),
    column('standing', 12, (row) => t(`clauses:standings.${row.standing}`)),
    column('edition', 10, (row) => String(row.editionNo)),
    column('major', 12, (row) => (row.major ? t('clauses:major') : '')),
    { head: t('clauses:columns.usedBy'), width: 10, format: 'count', value: (row) => row.usedBy },
  ]
}

function templateColumns(locale: Locale): ExportColumn<TemplateRow>[] {
  const t = makeTranslator(locale)
  const column = columnOf<TemplateRow>((key) => t(`clauses:columns.${key}`))
  return [
    column('code', 12, (row) => row.code),
    column('name', 30, (row) => wordsIn(row.names, locale)),
    column('kind', 16, (row) => t(`contracts:kinds.${row.kind}`)),
    column('standard', 10, (row) => (row.standard ? t('clauses:templates.standard') : '')),
    column('languages', 20, (row) => row.languages.map((one) => t(`contracts:languages.${one}`)).join(', ')),
    column('standing', 12, (row) => t(`clauses:standings.${row.standing}`)),
    column('edition', 10, (row) => String(row.editionNo)),
    column('fault', 40, (row) =>
      row.fault ? t(`contracts:findings.template_${row.fault.code}`, { ...row.fault.params, code: row.code }) : '',
    ),
    { head: t('clauses:columns.contracts'), width: 10, format: 'count', value: (row) => row.contracts },
  ]
}
