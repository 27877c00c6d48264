import Dexie, { type Table } from 'dexie'

export interface DraftRecord {
  /** User and form: `<userId>:<form>:<record>`. */
  readonly key: string
  readonly savedAt: number
  /** AES-GCM of the form's values with a key that only the core knows while somebody is logged in. */
  readonly sealed: ArrayBuffer
  readonly nonce: Uint8Array<ArrayBuffer>
}

export interface ViewRecord {
  readonly id: string
  readonly grid: string
  readonly name: string
  readonly search: string
}

export interface ColumnsRecord {
  readonly grid: string
  readonly hidden: string[]
  readonly order: string[]
  readonly widths: Record<string, number>
}

/**
 * This seat's memory, never the truth. `drafts` are sealed and stay through lock and log-out; `views` and `columns`
 * hold no business data.
 */
class SeatDatabase extends Dexie {
  readonly drafts!: Table<DraftRecord, string>
  readonly views!: Table<ViewRecord, string>
  readonly columns!: Table<ColumnsRecord, string>

  constructor() {
    super('yewutai-seat', { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ drafts: 'key, savedAt', views: 'id, grid', columns: 'grid' })
  }
}

export const seatDatabase = new SeatDatabase()
