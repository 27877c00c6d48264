import { z } from 'zod'
import { seatDatabase } from './database.ts'
import { seal, unseal } from './seal.ts'

/** What is typed in a form, with what it was before and the version of the record that was. */
const content = z.object({
  values: z.record(z.string(), z.unknown()),
  base: z.record(z.string(), z.unknown()),
  version: z.number(),
})
export type DraftContent = z.infer<typeof content>

export interface Draft extends DraftContent {
  readonly savedAt: number
}

const KEPT_MS = 90 * 24 * 60 * 60 * 1000

/** Seals a form's values and keeps them on this computer. `savedAt` is the seat's own time, for display only. */
export async function saveDraft(draftKey: string, key: string, draft: DraftContent, savedAt: number): Promise<void> {
  await seatDatabase.drafts.put({ key, savedAt, ...(await seal(draftKey, key, draft)) })
}

/** The draft of a form, or null; one that does not open with this key, or is not a draft, is forgotten. */
export async function loadDraft(draftKey: string, key: string): Promise<Draft | null> {
  const record = await seatDatabase.drafts.get(key)
  if (!record) return null
  try {
    return { ...content.parse(await unseal(draftKey, key, record)), savedAt: record.savedAt }
  } catch {
    await seatDatabase.drafts.delete(key)
    return null
  }
}

export async function dropDraft(key: string): Promise<void> {
  await seatDatabase.drafts.delete(key)
}

/** Forgets drafts that nobody came back to. */
export async function forgetOldDrafts(now: number): Promise<void> {
  await seatDatabase.drafts
    .where('savedAt')
    .below(now - KEPT_MS)
    .delete()
}
