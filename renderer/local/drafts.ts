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

/** By draft, what was asked for last. */
const turns = new Map<string, Promise<unknown>>()

/**
 * What is done to a draft is done in the order in which it was asked for. Sealing takes a moment: a draft that is
 * dropped meanwhile, because its form was saved, must not come to lie on disk after all.
 */
function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(key) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(work)
  turns.set(key, mine)
  return mine.finally(() => {
    if (turns.get(key) === mine) turns.delete(key)
  })
}

/** Waits until everything that was asked for is done, whether it went well or not. */
export async function draftsAtRest(): Promise<void> {
  while (turns.size > 0) await Promise.allSettled(turns.values())
}

/** Seals a form's values and keeps them on this computer. `savedAt` is the seat's own time, for display only. */
export function saveDraft(draftKey: string, key: string, draft: DraftContent, savedAt: number): Promise<void> {
  return inTurn(key, async () => {
    await seatDatabase.drafts.put({ key, savedAt, ...(await seal(draftKey, key, draft)) })
  })
}

/** The draft of a form, or null; one that does not open with this key, or is not a draft, is forgotten. */
export function loadDraft(draftKey: string, key: string): Promise<Draft | null> {
  return inTurn(key, async () => {
    const record = await seatDatabase.drafts.get(key)
    if (!record) return null
    try {
      return { ...content.parse(await unseal(draftKey, key, record)), savedAt: record.savedAt }
    } catch {
      await seatDatabase.drafts.delete(key)
      return null
    }
  })
}

export function dropDraft(key: string): Promise<void> {
  return inTurn(key, () => seatDatabase.drafts.delete(key))
}

/** Forgets drafts that nobody came back to. */
export async function forgetOldDrafts(now: number): Promise<void> {
  await seatDatabase.drafts
    .where('savedAt')
    .below(now - KEPT_MS)
    .delete()
}
