import { seatDatabase } from './database.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

async function importKey(draftKey: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(draftKey), (c) => c.charCodeAt(0))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export interface Draft {
  readonly values: unknown
  readonly savedAt: number
}

/** Seals a form's values and keeps them on this computer. Times are the seat's own, for display only. */
export async function saveDraft(draftKey: string, key: string, values: unknown, savedAt: number): Promise<void> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: encoder.encode(key) },
    await importKey(draftKey),
    encoder.encode(JSON.stringify(values)),
  )
  await seatDatabase.drafts.put({ key, savedAt, sealed, nonce })
}

/** The draft of a form, or null; one that does not open with this key is forgotten. */
export async function loadDraft(draftKey: string, key: string): Promise<Draft | null> {
  const record = await seatDatabase.drafts.get(key)
  if (!record) return null
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: record.nonce, additionalData: encoder.encode(key) },
      await importKey(draftKey),
      record.sealed,
    )
    return { values: JSON.parse(decoder.decode(plain)) as unknown, savedAt: record.savedAt }
  } catch {
    await seatDatabase.drafts.delete(key)
    return null
  }
}

export async function dropDraft(key: string): Promise<void> {
  await seatDatabase.drafts.delete(key)
}
