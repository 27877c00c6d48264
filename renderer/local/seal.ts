const encoder = new TextEncoder()
const decoder = new TextDecoder()

async function importKey(draftKey: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(draftKey), (c) => c.charCodeAt(0))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export interface Sealed {
  readonly sealed: ArrayBuffer
  readonly nonce: Uint8Array<ArrayBuffer>
}

/** Seals a value with the key that the core gave this session; `name` binds it to its place. */
export async function seal(draftKey: string, name: string, value: unknown): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: encoder.encode(name) },
    await importKey(draftKey),
    encoder.encode(JSON.stringify(value)),
  )
  return { sealed, nonce }
}

/** Opens what `seal` closed. Throws where the key, the name or the bytes are not the same. */
export async function unseal(
  draftKey: string,
  name: string,
  record: { sealed: ArrayBuffer; nonce: Uint8Array },
): Promise<unknown> {
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: new Uint8Array(record.nonce), additionalData: encoder.encode(name) },
    await importKey(draftKey),
    record.sealed,
  )
  return JSON.parse(decoder.decode(plain)) as unknown
}
