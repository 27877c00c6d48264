import type { ContractsTable } from './contracts.tables.ts'

/** A Word template of the firm; what it says stands in its editions. */
export interface WordTemplatesTable {
  id: string
  version: number
  name: string
  /** What lists sort by. */
  name_key: string
  kind: ContractsTable['kind']
  language: ContractsTable['language']
  /** The number of the newest edition. */
  last_no: number
  search_text: string
  created_at: number
  updated_at: number
  updated_by: string
}

/** One file of a template; the file is never altered. */
export interface WordTemplateEditionsTable {
  template_id: string
  no: number
  state: 'draft' | 'inUse' | 'withdrawn'
  file_id: string
  file_name: string
  size: number
  /** Hexadecimal. */
  sha256: string
  /** JSON: what stands between its braces, with places; judged anew whenever it is shown or used. */
  tags: string
  /** As they were judged when the file was handed in: what lists show. */
  unknown: number
  broken: number
  missing: number
  remark: string
  made_at: number
  made_by: string
  valid_from: string | null
  used_at: number | null
  used_by: string | null
  withdrawn_day: string | null
  withdrawn_at: number | null
  withdrawn_by: string | null
  withdraw_reason: string
}

export interface WordTemplatesTables {
  word_templates: WordTemplatesTable
  word_template_editions: WordTemplateEditionsTable
}
