import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { hashRaw, type Options } from '@node-rs/argon2'
import { z } from 'zod'
import { canonicalJson } from './audit.ts'
import { seal, unseal } from './crypto-box.ts'
import { makeOneTimeCode, makeRecoveryCode, normaliseCodeText } from './recovery-code.ts'
import { writeAtomic } from './write-atomic.ts'

const slotSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['user', 'code', 'recovery', 'device']),
  salt: z.string(),
  memoryKiB: z.number().int(),
  timeCost: z.number().int(),
  sealed: z.string(),
  /** UTC ms; only of one-time codes. */
  expiresAt: z.number().nullable(),
})
const keyFileSchema = z.strictObject({
  format: z.literal(1),
  fileId: z.string(),
  slots: z.array(slotSchema),
  hints: z.strictObject({ locale: z.enum(['zh-CN', 'zh-TW', 'en']), firmName: z.string() }),
})
/** On disk: with the hash of the rest, so that a damaged file is seen as such and not as a wrong password. */
const storedSchema = keyFileSchema.extend({ sha256: z.string() })
type Slot = z.infer<typeof slotSchema>
export type KeyFile = z.infer<typeof keyFileSchema>
export type Hints = KeyFile['hints']

export interface PasswordCost {
  readonly memoryKiB: number
  readonly timeCost: number
}

/** OWASP asks for 19 MiB; ASVS for 46. One guess costs 64 MiB and about 0.13 s here. */
export const STRONG: PasswordCost = { memoryKiB: 64 * 1024, timeCost: 3 }
/** `Algorithm.Argon2id` of the library, which is a const enum and cannot be imported here. */
const ARGON2ID = 2

/**
 * LUKS-like slots: the file's random key, wrapped once for each user's password, once for the recovery code and
 * optionally for the OS keychain. Any slot opens the file; no slot tells a name. The file is written twice: without it
 * the data is lost to everybody.
 */
export class Keyring {
  readonly #path: string
  readonly #cost: PasswordCost
  #file: KeyFile

  private constructor(path: string, cost: PasswordCost, file: KeyFile) {
    this.#path = path
    this.#cost = cost
    this.#file = file
  }

  static create(path: string, cost: PasswordCost, hints: Hints): Keyring {
    const file: KeyFile = { format: 1, fileId: randomBytes(16).toString('hex'), slots: [], hints }
    return new Keyring(path, cost, file)
  }

  /** Reads the file, or its copy where the file is missing or damaged. Throws where neither is whole. */
  static async load(path: string, cost: PasswordCost): Promise<Keyring> {
    const [first, second] = await Promise.allSettled([readKeyFile(path), readKeyFile(copyOf(path))])
    if (first.status === 'fulfilled') return new Keyring(path, cost, first.value)
    if (second.status === 'rejected') throw first.reason
    const keyring = new Keyring(path, cost, second.value)
    await keyring.#save()
    return keyring
  }

  static exists(path: string): boolean {
    return existsSync(path) || existsSync(copyOf(path))
  }

  /** Makes the copy anew after the file was replaced from outside. */
  static async renewCopy(path: string): Promise<void> {
    await writeAtomic(copyOf(path), await readFile(path))
  }

  static async remove(path: string): Promise<void> {
    await rm(path, { force: true })
    await rm(copyOf(path), { force: true })
  }

  get hints(): Hints {
    return this.#file.hints
  }

  get fileId(): string {
    return this.#file.fileId
  }

  async setHints(hints: Hints): Promise<void> {
    this.#file = { ...this.#file, hints }
    await this.#save()
  }

  /** Adds or replaces the slot of a user. */
  async setPassword(loginKey: string, password: string, dataKey: Uint8Array): Promise<void> {
    const user = await this.#makeSlot('user', this.userSlotId(loginKey), password, dataKey, null)
    await this.#replace([this.userSlotId(loginKey), this.#codeSlotId(loginKey)], user)
  }

  /** A one-time code instead of the password; the password stops working. */
  async setOneTimeCode(loginKey: string, dataKey: Uint8Array, expiresAt: number): Promise<string> {
    const code = makeOneTimeCode()
    const id = this.#codeSlotId(loginKey)
    const slot = await this.#makeSlot('code', id, normaliseCodeText(code), dataKey, expiresAt)
    await this.#replace([id, this.userSlotId(loginKey)], slot)
    return code
  }

  async setRecovery(dataKey: Uint8Array): Promise<string> {
    const code = makeRecoveryCode()
    const slot = await this.#makeSlot('recovery', 'recovery', normaliseCodeText(code), dataKey, null)
    await this.#replace(['recovery'], slot)
    return code
  }

  async setDevice(sealed: string | null): Promise<void> {
    const slot: Slot = {
      id: 'device',
      kind: 'device',
      salt: '',
      memoryKiB: 0,
      timeCost: 0,
      sealed: sealed ?? '',
      expiresAt: null,
    }
    await this.#replace(['device'], sealed === null ? null : slot)
  }

  get deviceSealed(): string | null {
    return this.#find('device')?.sealed ?? null
  }

  /** The file's key, or null. An unknown user costs the same time as a wrong password. */
  async openWithPassword(loginKey: string, password: string, options = { renew: true }): Promise<Uint8Array | null> {
    const slot = this.#find(this.userSlotId(loginKey))
    const key = await this.#open(slot, password)
    // A slot of a time when guessing was cheaper is made anew while the password is at hand.
    const weak = slot && (slot.memoryKiB < this.#cost.memoryKiB || slot.timeCost < this.#cost.timeCost)
    if (key && weak && options.renew) await this.setPassword(loginKey, password, key)
    return key
  }

  async openWithCode(loginKey: string, code: string, now: number): Promise<Uint8Array | null> {
    const slot = this.#find(this.#codeSlotId(loginKey))
    const usable = slot && slot.expiresAt !== null && slot.expiresAt > now ? slot : undefined
    return this.#open(usable, normaliseCodeText(code))
  }

  async openWithRecovery(code: string): Promise<Uint8Array | null> {
    return this.#open(this.#find('recovery'), normaliseCodeText(code))
  }

  async removeUser(loginKey: string): Promise<void> {
    await this.#replace([this.userSlotId(loginKey), this.#codeSlotId(loginKey)], null)
  }

  /** How a slot is found without a name being in the file. */
  userSlotId(loginKey: string): string {
    return `u-${createHash('sha256').update(`${this.#file.fileId}\0${loginKey}`).digest('hex')}`
  }

  #codeSlotId(loginKey: string): string {
    return `c-${this.userSlotId(loginKey).slice(2)}`
  }

  #find(id: string): Slot | undefined {
    return this.#file.slots.find((slot) => slot.id === id)
  }

  async #makeSlot(kind: Slot['kind'], id: string, secret: string, dataKey: Uint8Array, expiresAt: number | null) {
    const salt = randomBytes(16)
    const key = await derive(secret, salt, this.#cost)
    const { memoryKiB, timeCost } = this.#cost
    const slot = { id, kind, salt: salt.toString('base64'), memoryKiB, timeCost, expiresAt }
    return { ...slot, sealed: seal(key, dataKey, this.#bound(slot)) } satisfies Slot
  }

  async #open(slot: Slot | undefined, secret: string): Promise<Uint8Array | null> {
    const salt = slot ? Buffer.from(slot.salt, 'base64') : randomBytes(16)
    const key = await derive(secret, salt, slot ?? this.#cost)
    return slot ? unseal(key, slot.sealed, this.#bound(slot)) : null
  }

  /** What is authenticated with the key: a slot moved to another file or name, or given more time, does not open. */
  #bound(slot: Omit<Slot, 'sealed'>): string {
    return [this.#file.fileId, slot.id, slot.kind, slot.memoryKiB, slot.timeCost, slot.expiresAt].join(':')
  }

  async #replace(ids: readonly string[], slot: Slot | null): Promise<void> {
    const kept = this.#file.slots.filter((s) => !ids.includes(s.id))
    this.#file = { ...this.#file, slots: slot ? [...kept, slot] : kept }
    await this.#save()
  }

  async #save(): Promise<void> {
    const text = `${JSON.stringify({ ...this.#file, sha256: hashOf(this.#file) }, null, 1)}\n`
    await writeAtomic(this.#path, text)
    await writeAtomic(copyOf(this.#path), text)
  }
}

function copyOf(path: string): string {
  return path.replace(/(\.json)?$/, '.copy.json')
}

function hashOf(file: KeyFile): string {
  return createHash('sha256').update(canonicalJson(file)).digest('hex')
}

async function readKeyFile(path: string): Promise<KeyFile> {
  const { sha256, ...file } = storedSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  if (hashOf(file) !== sha256) throw new Error('the key file is damaged')
  return file
}

/** argon2id, in libuv's thread pool; at most four at once so that log-ins cannot exhaust memory. */
async function derive(secret: string, salt: Uint8Array, cost: PasswordCost): Promise<Uint8Array> {
  const release = await takeTurn()
  try {
    const options: Options = {
      algorithm: ARGON2ID,
      memoryCost: cost.memoryKiB,
      timeCost: cost.timeCost,
      parallelism: 1,
      outputLen: 32,
      salt,
    }
    return new Uint8Array(await hashRaw(secret, options))
  } finally {
    release()
  }
}

const MAX_AT_ONCE = 4
let running = 0
const waiting: (() => void)[] = []

async function takeTurn(): Promise<() => void> {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  running += 1
  return () => {
    running -= 1
    waiting.shift()?.()
  }
}
