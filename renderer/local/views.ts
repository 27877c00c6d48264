import { z } from 'zod'
import { columnsRecord, seatDatabase, type ColumnsRecord } from './database.ts'
import { unseal } from './seal.ts'

const viewContent = z.object({ name: z.string(), search: z.string() })

export interface SavedView {
  readonly id: string
  readonly name: string
  /** The state of the list, as its address holds it. */
  readonly search: string
}

/** Whose views: the person's key opens them, the person's id finds them. */
export interface Owner {
  readonly draftKey: string
  readonly userId: string
}

const placeOf = (owner: Owner, grid: string) => `${owner.userId}:${grid}`

/** Views of a list that one kept on this computer before the data file held them; one that does not open is left out. */
export async function loadViews(owner: Owner, grid: string): Promise<SavedView[]> {
  const place = placeOf(owner, grid)
  const records = await seatDatabase.views.where('place').equals(place).toArray()
  const opened = await Promise.all(
    records.map(async (record) => {
      const content = viewContent.safeParse(await unseal(owner.draftKey, record.id, record).catch(() => null))
      return content.success ? [{ id: record.id, ...content.data }] : []
    }),
  )
  return opened.flat().toSorted((a, b) => a.name.localeCompare(b.name))
}

/** It is kept in the data file now. */
export async function removeView(id: string): Promise<void> {
  await seatDatabase.views.delete(id)
}

export async function loadColumns(grid: string): Promise<ColumnsRecord> {
  const parsed = columnsRecord.safeParse(await seatDatabase.columns.get(grid))
  return parsed.success ? parsed.data : { grid, hidden: [], order: [], widths: {} }
}

export async function saveColumns(record: ColumnsRecord): Promise<void> {
  await seatDatabase.columns.put(record)
}
