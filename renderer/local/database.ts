import Dexie, { type Table } from 'dexie'
import { z } from 'zod'

const sealed = {
  /** AES-GCM with a key that only the core knows while this person is logged in. */
  sealed: z.instanceof(ArrayBuffer),
  nonce: z.instanceof(Uint8Array),
}

/** A form's values as they are typed. `key` is `<userId>:<form>:<record>`; `savedAt` is the seat's own clock. */
export const draftRecord = z.object({ key: z.string(), savedAt: z.number(), ...sealed })
export type DraftRecord = z.infer<typeof draftRecord>

/** A named state of a list, kept here before the data file held them. Sealed: a filter may hold a customer's name. */
export const viewRecord = z.object({ id: z.string(), place: z.string(), ...sealed })
export type ViewRecord = z.infer<typeof viewRecord>

/** Which columns of a list are shown, in which order and how wide; holds nothing of the firm. */
export const columnsRecord = z.object({
  grid: z.string(),
  hidden: z.array(z.string()),
  order: z.array(z.string()).default([]),
  widths: z.record(z.string(), z.number()),
})
export type ColumnsRecord = z.infer<typeof columnsRecord>

/** What each store holds, how it is read, and when it is emptied. Lock and log-out keep them: they open to nobody else. */
export const STORES = {
  drafts: { parser: draftRecord, indices: 'key, savedAt', emptied: 'after 90 days, and when the form is saved' },
  views: { parser: viewRecord, indices: 'id, place', emptied: 'when the data file has taken them over' },
  columns: { parser: columnsRecord, indices: 'grid', emptied: 'never' },
} as const

/** This seat's memory, never the truth. A draft is on disk before it is called saved. */
class SeatDatabase extends Dexie {
  readonly drafts!: Table<DraftRecord, string>
  readonly views!: Table<ViewRecord, string>
  readonly columns!: Table<ColumnsRecord, string>

  constructor() {
    super('yewutai-seat', { chromeTransactionDurability: 'strict' })
    this.version(1).stores(Object.fromEntries(Object.entries(STORES).map(([name, store]) => [name, store.indices])))
  }
}

export const seatDatabase = new SeatDatabase()
