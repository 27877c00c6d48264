import { z } from 'zod'
import { seatDatabase, type ColumnsRecord, type ViewRecord } from './database.ts'

const columnsSchema = z.object({
  grid: z.string(),
  hidden: z.array(z.string()),
  order: z.array(z.string()).default([]),
  widths: z.record(z.string(), z.number()),
})

export async function loadViews(grid: string): Promise<ViewRecord[]> {
  return seatDatabase.views.where('grid').equals(grid).toArray()
}

/** Keeps the present address of a list under a name; the same name is replaced. */
export async function saveView(grid: string, name: string, search: string): Promise<void> {
  await seatDatabase.views.put({ id: `${grid}:${name}`, grid, name, search })
}

export async function removeView(id: string): Promise<void> {
  await seatDatabase.views.delete(id)
}

export async function loadColumns(grid: string): Promise<ColumnsRecord> {
  const parsed = columnsSchema.safeParse(await seatDatabase.columns.get(grid))
  return parsed.success ? parsed.data : { grid, hidden: [], order: [], widths: {} }
}

export async function saveColumns(record: ColumnsRecord): Promise<void> {
  await seatDatabase.columns.put(record)
}
