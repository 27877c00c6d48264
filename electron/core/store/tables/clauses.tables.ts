/** What an edition tells of itself; days as `YYYY-MM-DD`, null in a draft. */
interface EditionColumns {
  no: number
  state: 'draft' | 'published' | 'withdrawn'
  /** JSON of the languages in which all of it is there. */
  languages: string
  remark: string
  valid_from: string | null
  valid_to: string | null
  published_at: number | null
  published_by: string | null
  /** The first day on which it counts no more. */
  withdrawn_day: string | null
  withdrawn_by: string | null
  withdraw_reason: string
  created_at: number
  /** Empty for what is shipped. */
  created_by: string
  updated_at: number
}

/** A clause of the library; its wording is in its editions. */
export interface ClausesTable {
  id: string
  version: number
  code: string
  topic: string
  /** JSON of the kinds of contracts that it suits. */
  kinds: string
  /** JSON of its name by language. */
  names: string
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

export interface ClauseEditionsTable extends EditionColumns {
  id: string
  clause_id: string
  /** JSON of the text by language. */
  texts: string
  /** The placeholder that must have a value, or ''. */
  stands_when: string
  major: 0 | 1
}

export interface ContractTemplatesTable {
  id: string
  version: number
  code: string
  kind: 'goods_sale' | 'services' | 'frame'
  names: string
  /** One of each kind. */
  standard: 0 | 1
  search_text: string
  created_at: number
  created_by: string
  updated_at: number
}

export interface ContractTemplateEditionsTable extends EditionColumns {
  id: string
  template_id: string
  /** JSON by language, as the two after it. */
  heading: string
  preamble: string
  acknowledgement: string
  /** JSON of `templateArticle[]`. */
  articles: string
}

/** Which clause editions a template edition holds. */
export interface ContractTemplateClausesTable {
  template_edition_id: string
  clause_edition_id: string
}

export interface ClausesTables {
  clauses: ClausesTable
  clause_editions: ClauseEditionsTable
  contract_templates: ContractTemplatesTable
  contract_template_editions: ContractTemplateEditionsTable
  contract_template_clauses: ContractTemplateClausesTable
}
