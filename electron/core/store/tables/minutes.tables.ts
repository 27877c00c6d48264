import type { Term } from '#shared/modules/minutes/minutes.rules.ts'

export interface MinutesTable {
  id: string
  number: string
  deal_id: string
  day: string
  place: string
  subject: string
  our_people: string
  their_people: string
  language: 'zh-CN' | 'zh-TW' | 'en'
  state: 'draft' | 'final'
  /** Counts up each time that final minutes are opened again. */
  edition: number
  final_day: string | null
  final_by: string | null
  search_text: string
  version: number
  created_at: number
  created_by: string
  updated_at: number
}

export interface MinuteItemsTable {
  id: string
  minutes_id: string
  kind: 'agreed' | 'open' | 'next'
  seq: number
  term: Term | null
  /** Which goods a price or a quantity is about. */
  subject: string
  text: string
  /** What was agreed as a figure, in the unit of its term. */
  value: number | null
  day: string | null
  owner_id: string | null
  owner_name: string
  task_id: string | null
}

export interface MinutesTables {
  minutes: MinutesTable
  minute_items: MinuteItemsTable
}
