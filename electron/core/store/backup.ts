import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { refuse } from '#shared/kernel/app-error.ts'
import { BACKUP_REASONS, backupName } from '#shared/modules/backups/backups.schema.ts'
import { canonicalJson, type AuditAnchor } from '#core/kernel/audit.ts'
import { sameText } from '#core/kernel/crypto-box.ts'
import { renameWhenFree, syncFolder, writeAtomic } from '#core/kernel/write-atomic.ts'
import { runFileTask, type FileAnswer } from './file-thread.ts'
import type { OpenStore } from './open.ts'

const manifestSchema = z.strictObject({
  format: z.literal(1),
  name: backupName,
  /** UTC ms. */
  createdAt: z.number().int(),
  appVersion: z.string(),
  cipher: z.literal('sqlcipher'),
  schemaVersion: z.number().int(),
  reason: z.enum(BACKUP_REASONS),
  /** How many rows each table has. */
  rows: z.record(z.string(), z.number().int()),
  auditSeq: z.number().int(),
  auditMac: z.string(),
  sha256: z.string(),
  size: z.number().int(),
  /** HMAC of the rest with a key derived from the file's own. */
  mac: z.string(),
})
export type BackupManifest = z.infer<typeof manifestSchema>
export type BackupReason = BackupManifest['reason']
type ManifestBody = Omit<BackupManifest, 'mac'>

const DATA = '.ywtbak'
const KEYS = '.keys.json'
const MANIFEST = '.json'
/** In this order: what has a manifest is whole. */
const PARTS = [DATA, KEYS, MANIFEST] as const

export interface MakeBackup {
  readonly dir: string
  readonly keysPath: string
  /** UTC ms. */
  readonly now: number
  readonly appVersion: string
  readonly reason: BackupReason
  /** Gives up; nothing remains of the attempt. */
  readonly signal?: AbortSignal
}

/**
 * Makes a verified backup: VACUUM INTO a new file (which keeps the key), fsync, open it again, check every page and
 * the audit head, then give it its name with a manifest and a copy of the key slots, so that it opens on another
 * computer with the recovery code alone. Throws STORAGE, or BACKUP_DAMAGED where the copy cannot be read back.
 */
export async function makeBackup(store: Pick<OpenStore, 'path' | 'key'>, options: MakeBackup): Promise<BackupManifest> {
  await mkdir(options.dir, { recursive: true, mode: 0o700 })
  await sweep(options.dir)
  const stamp = new Date(options.now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const name = `yewutai-${stamp}-${randomBytes(2).toString('hex')}`
  const target = join(options.dir, `.${name}.tmp`)
  const keyHex = Buffer.from(store.key).toString('hex')
  try {
    const task = runFileTask({ kind: 'copy', path: store.path, keyHex, target })
    options.signal?.addEventListener('abort', task.stop, { once: true })
    const answer = await task.done
    options.signal?.throwIfAborted()
    const body: ManifestBody = {
      format: 1,
      name,
      createdAt: options.now,
      appVersion: options.appVersion,
      cipher: 'sqlcipher',
      reason: options.reason,
      ...factsOf(answer, name),
      sha256: answer.sha256,
      size: answer.size,
    }
    await copyWhole(options.keysPath, join(options.dir, `${name}${KEYS}`))
    await renameWhenFree(target, join(options.dir, `${name}${DATA}`))
    await syncFolder(options.dir)
    const manifest: BackupManifest = { ...body, mac: manifestMac(store.key, body) }
    await writeAtomic(join(options.dir, `${name}${MANIFEST}`), `${JSON.stringify(manifest, null, 1)}\n`)
    return manifest
  } finally {
    await rm(target, { force: true })
  }
}

/** Takes away what a crash left of earlier attempts; there is only ever one at a time. */
async function sweep(dir: string): Promise<void> {
  for (const file of await readdir(dir)) {
    if (/^\.?yewutai-.*\.tmp$/.test(file)) await rm(join(dir, file), { force: true })
  }
}

/** Copies a finished backup to a second folder, for another disk. The manifest comes last. */
export async function copyBackup(name: string, from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const part of PARTS) await copyWhole(join(from, `${name}${part}`), join(to, `${name}${part}`))
}

/** Copies a file so that its name never stands for half of it. */
export async function copyWhole(from: string, to: string): Promise<void> {
  const temporary = `${to}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await copyFile(from, temporary)
    const file = await open(temporary, 'r+')
    await file.sync().finally(() => file.close())
    await renameWhenFree(temporary, to)
    await syncFolder(join(to, '..'))
  } finally {
    await rm(temporary, { force: true })
  }
}

/** The backups of a folder, newest first; `intact` is false where the file is not as long as it was. */
export async function listBackups(dir: string): Promise<(BackupManifest & { intact: boolean })[]> {
  if (!existsSync(dir)) return []
  const found: (BackupManifest & { intact: boolean })[] = []
  for (const file of await readdir(dir)) {
    if (!file.endsWith(MANIFEST) || file.endsWith(KEYS) || file.startsWith('.')) continue
    const parsed = manifestSchema.safeParse(await readJson(join(dir, file)))
    if (!parsed.success || `${parsed.data.name}${MANIFEST}` !== file) continue
    const size = await sizeOf(join(dir, `${parsed.data.name}${DATA}`))
    if (size === null) continue
    found.push({
      ...parsed.data,
      intact: size === parsed.data.size && existsSync(join(dir, `${parsed.data.name}${KEYS}`)),
    })
  }
  return found.sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1))
}

/** The files of one backup. Throws NOT_FOUND for a name that is not exactly one of the folder's. */
export async function backupFiles(dir: string, name: string) {
  const found = (await listBackups(dir)).find((m) => m.name === name)
  if (!found) throw refuse('NOT_FOUND', { entity: 'backup' })
  const { intact: _, ...manifest } = found
  return { manifest, data: join(dir, `${name}${DATA}`), keys: join(dir, `${name}${KEYS}`) }
}

/**
 * Checks a backup as it lies on disk: manifest, hash, every page, rows and audit head.
 * Throws BACKUP_DAMAGED with what does not fit.
 */
export async function verifyBackup(dir: string, name: string, key: Uint8Array): Promise<BackupManifest> {
  const { manifest, data } = await backupFiles(dir, name)
  const { mac, ...body } = manifest
  const damaged = (part: string) => refuse('BACKUP_DAMAGED', { name, part })
  if (!sameText(manifestMac(key, body), mac)) throw damaged('manifest')
  const answer = await runFileTask({ kind: 'verify', path: data, keyHex: Buffer.from(key).toString('hex') }).done
  const facts = factsOf(answer, name)
  if (answer.sha256 !== manifest.sha256) throw damaged('hash')
  const { schemaVersion, rows, auditSeq, auditMac } = manifest
  if (canonicalJson(facts) !== canonicalJson({ schemaVersion, rows, auditSeq, auditMac })) throw damaged('rows')
  return manifest
}

/** Where the audit chain ended at `at` (UTC ms), from manifests that are ours; shows a tail that was cut off later. */
export async function auditAnchors(dir: string, key: Uint8Array): Promise<(AuditAnchor & { at: number })[]> {
  const anchors: (AuditAnchor & { at: number })[] = []
  for (const { intact: _, mac, ...body } of await listBackups(dir)) {
    if (!sameText(manifestMac(key, body), mac) || body.auditSeq === 0) continue
    anchors.push({ seq: body.auditSeq, mac: body.auditMac, at: body.createdAt })
  }
  return anchors
}

/** Takes a backup away; the manifest goes first, so that what remains of a crash is no backup. */
export async function removeBackup(dir: string, name: string): Promise<void> {
  for (const part of PARTS.toReversed()) await rm(join(dir, `${name}${part}`), { force: true })
}

function factsOf(answer: FileAnswer, name: string) {
  if (answer.facts) return answer.facts
  if (/^SQLITE_(FULL|IOERR_WRITE|IOERR_FSYNC|CANTOPEN|READONLY)|^E[A-Z]+$/.test(answer.code)) {
    throw refuse('STORAGE', { reason: answer.code })
  }
  throw refuse('BACKUP_DAMAGED', { name, part: 'pages' }, { cause: answer.verdict })
}

function manifestMac(key: Uint8Array, body: ManifestBody): string {
  const derived = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), 'backup', 32))
  return createHmac('sha256', derived).update(canonicalJson(body)).digest('hex')
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown
  } catch {
    return null
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch {
    return null
  }
}
