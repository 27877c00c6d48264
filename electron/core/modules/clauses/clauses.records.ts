import { z } from 'zod'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { PinnedClause } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { DatedEdition } from '#shared/modules/clauses/clauses.editions.rules.ts'
import {
  clauseFacts,
  templateArticle,
  type ContractKind,
  type EditionHead,
  type Localised,
  type TemplateWording,
  type Topic,
} from '#shared/modules/clauses/clauses.schema.ts'
import type {
  ClauseEditionsTable,
  ClausesTable,
  ContractTemplateEditionsTable,
} from '#core/store/tables/clauses.tables.ts'

const articles = z.array(templateArticle)

/** Words by language, as they are stored. */
export const wordsOf = (json: string): Record<Locale, string> => JSON.parse(json) as Record<Locale, string>
export const kindsOf = (json: string): ContractKind[] => clauseFacts.shape.kinds.parse(JSON.parse(json))
export const localesOf = (json: string): Locale[] => JSON.parse(json) as Locale[]
/** In the order of the languages, so that equal words are equal texts. */
export const wordsJson = (words: Localised): string =>
  JSON.stringify({ 'zh-CN': words['zh-CN'], 'zh-TW': words['zh-TW'], en: words.en })

type DatedColumns = Pick<ClauseEditionsTable, 'no' | 'state' | 'valid_from' | 'valid_to' | 'withdrawn_day'>

/** When an edition counts. */
export function datedOf(row: DatedColumns): DatedEdition {
  return {
    no: row.no,
    state: row.state,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    withdrawnDay: row.withdrawn_day,
  }
}

type PinnedColumns = DatedColumns &
  Pick<ClauseEditionsTable, 'id' | 'clause_id' | 'texts' | 'stands_when' | 'major'> &
  Pick<ClausesTable, 'code' | 'topic' | 'kinds'>

/** A clause edition as a template holds it. */
export function pinnedOf(row: PinnedColumns): PinnedClause {
  return {
    ...datedOf(row),
    editionId: row.id,
    clauseId: row.clause_id,
    code: row.code,
    topic: row.topic as Topic,
    kinds: kindsOf(row.kinds),
    texts: wordsOf(row.texts),
    when: row.stands_when,
    major: row.major === 1,
  }
}

/** The frame of a template edition and the clauses in it. */
export function compositionOf(
  row: Pick<ContractTemplateEditionsTable, 'heading' | 'preamble' | 'acknowledgement' | 'articles'>,
): Omit<TemplateWording, 'remark'> {
  return {
    heading: wordsOf(row.heading),
    preamble: wordsOf(row.preamble),
    acknowledgement: wordsOf(row.acknowledgement),
    articles: articles.parse(JSON.parse(row.articles)),
  }
}

/** What every edition tells of itself. */
export function headOf(
  row: Omit<ClauseEditionsTable, 'clause_id' | 'texts' | 'stands_when' | 'major'> & {
    readonly published_name: string | null
  },
): EditionHead {
  return {
    ...datedOf(row),
    id: row.id,
    withdrawReason: row.withdraw_reason,
    remark: row.remark,
    publishedByName: row.published_name ?? '',
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
  }
}

/** Code and every name, each once. */
export function searchTextOf(code: string, names: Localised): string {
  return buildSearchText(
    code,
    LOCALES.map((language) => names[language]),
  )
}
