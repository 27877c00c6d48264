import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { refuse } from '#shared/kernel/app-error.ts'
import { canonicalJson } from '#core/kernel/audit.ts'
import { renameWhenFree, syncFolder, writeAtomic } from '#core/kernel/write-atomic.ts'
import { openDatabase } from './driver.ts'
import type { OpenStore } from './open.ts'

const manifestSchema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  createdAt: z.number(),
  appVersion: z.string(),
  schemaVersion: z.number(),
  reason: z.enum(['schedule', 'manual', 'quit', 'migration', 'restore']),
  rows: z.record(z.string(), z.number()),
  auditSeq: z.number(),
  auditMac: z.string(),
  sha256: z.string(),
  size: z.number(),
  /** HMAC of the rest with a key derived from the file's own. */
  mac: z.string(),
})
export type BackupManifest = z.infer<typeof manifestSchema>
export type BackupReason = BackupManifest['reason']

export interface BackupFolder {
  readonly dir: string
}

const SUFFIX = '.ywtbak'

/**
 * Makes a verified backup: VACUUM INTO a new file (which keeps the key), fsync, open it again, check every page and
 * the audit head, then give it its name with a manifest and a copy of the key slots, so that it opens on another
 * computer with the recovery code alone.
 */
export async function makeBackup(
  store: Pick<OpenStore, 'raw' | 'key'>,
  options: { dir: string; keysPath: string; now: number; appVersion: string; reason: BackupReason },
): Promise<BackupManifest> {
  await mkdir(options.dir, { recursive: true })
  const stamp = new Date(options.now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const name = `yewutai-${stamp}-${randomBytes(2).toString('hex')}`
  const temporary = join(options.dir, `.${name}.tmp`)
  try {
    store.raw.prepare('VACUUM INTO ?').run(temporary)
    await syncFile(temporary)
    const facts = verifyFile(temporary, store.key)
    const body = {
      format: 1 as const,
      name,
      createdAt: options.now,
      appVersion: options.appVersion,
      reason: options.reason,
      ...facts,
      sha256: await hashFile(temporary),
      size: (await stat(temporary)).size,
    }
    const manifest: BackupManifest = { ...body, mac: manifestMac(store.key, body) }
    await copyFile(options.keysPath, join(options.dir, `${name}.keys.json`))
    await syncFile(join(options.dir, `${name}.keys.json`))
    await renameWhenFree(temporary, join(options.dir, `${name}${SUFFIX}`))
    await syncFolder(options.dir)
    await writeAtomic(join(options.dir, `${name}.json`), `${JSON.stringify(manifest, null, 1)}\n`)
    return manifest
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Copies a finished backup to a second folder, for another disk. */
export async function copyBackup(name: string, from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const ending of [SUFFIX, '.keys.json', '.json']) {
    const temporary = join(to, `.${name}${ending}.tmp`)
    await copyFile(join(from, `${name}${ending}`), temporary)
    await syncFile(temporary)
    await renameWhenFree(temporary, join(to, `${name}${ending}`))
  }
  await syncFolder(to)
}

/** The backups of a folder, newest first; what is not whole is left out. */
export async function listBackups(dir: string): Promise<BackupManifest[]> {
  if (!existsSync(dir)) return []
  const found: BackupManifest[] = []
  for (const file of await readdir(dir)) {
    if (!file.endsWith('.json') || file.endsWith('.keys.json') || file.startsWith('.')) continue
    const parsed = manifestSchema.safeParse(await readJson(join(dir, file)))
    if (parsed.success && existsSync(join(dir, `${parsed.data.name}${SUFFIX}`))) found.push(parsed.data)
  }
  return found.sort((a, b) => b.createdAt - a.createdAt)
}

/** The files of one backup. Throws NOT_FOUND for a name that is not exactly one of the folder's. */
export async function backupFiles(dir: string, name: string) {
  const manifest = (await listBackups(dir)).find((m) => m.name === name)
  if (!manifest) throw refuse('NOT_FOUND', { entity: 'backup' })
  return { manifest, data: join(dir, `${name}${SUFFIX}`), keys: join(dir, `${name}.keys.json`) }
}

/**
 * Checks a backup as it lies on disk: hash, manifest, every page, rows and audit head.
 * Throws BACKUP_DAMAGED with what does not fit.
 */
export async function verifyBackup(dir: string, name: string, key: Uint8Array): Promise<BackupManifest> {
  const { manifest, data } = await backupFiles(dir, name)
  const { mac, ...body } = manifest
  const damaged = (part: string) => refuse('BACKUP_DAMAGED', { name, part })
  if (manifestMac(key, body) !== mac) throw damaged('manifest')
  if ((await hashFile(data)) !== manifest.sha256) throw damaged('hash')
  let facts
  try {
    facts = verifyFile(data, key)
  } catch (error) {
    throw refuse('BACKUP_DAMAGED', { name, part: 'pages' }, { cause: error })
  }
  if (canonicalJson(facts.rows) !== canonicalJson(manifest.rows) || facts.auditMac !== manifest.auditMac) {
    throw damaged('rows')
  }
  return manifest
}

/** Which backups the schedule lets go: keeps 24 hourly, 14 daily, 8 weekly, 12 monthly, and all of the last hour. */
export function expiredBackups(createdAt: readonly number[], now: number): number[] {
  const HOUR = 3_600_000
  const spans: readonly [span: number, keep: number][] = [
    [HOUR, 24],
    [24 * HOUR, 14],
    [7 * 24 * HOUR, 8],
    [30 * 24 * HOUR, 12],
  ]
  const newestFirst = [...createdAt].sort((a, b) => b - a)
  const kept = new Set(newestFirst.filter((at) => now - at < HOUR))
  for (const [span, keep] of spans) {
    const periods = new Map<number, number>()
    for (const at of newestFirst) {
      const period = Math.floor(at / span)
      if (!periods.has(period)) periods.set(period, at)
    }
    for (const at of [...periods.values()].slice(0, keep)) kept.add(at)
  }
  return newestFirst.filter((at) => !kept.has(at))
}

/** Removes what the schedule lets go; backups made before a migration or a restore stay 90 days. */
export async function pruneBackups(dir: string, now: number): Promise<number> {
  const all = await listBackups(dir)
  const NINETY_DAYS = 90 * 24 * 3_600_000
  const expired = new Set(expiredBackups(all.map((m) => m.createdAt), now))
  let removed = 0
  for (const manifest of all) {
    const special = manifest.reason === 'migration' || manifest.reason === 'restore'
    if (!expired.has(manifest.createdAt) || (special && now - manifest.createdAt < NINETY_DAYS)) continue
    for (const ending of ['.json', '.keys.json', SUFFIX]) await rm(join(dir, `${manifest.name}${ending}`), { force: true })
    removed += 1
  }
  return removed
}

function verifyFile(path: string, key: Uint8Array) {
  const db = openDatabase(path, key, { readonly: true })
  try {
    const verdict = db.pragma('integrity_check(1)', { simple: true })
    if (verdict !== 'ok') throw new Error(`integrity check: ${String(verdict)}`)
    const tables = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      .all() as { name: string }[]
    const rows: Record<string, number> = {}
    for (const { name } of tables) {
      const quoted = name.replaceAll('"', '""')
      rows[name] = (db.prepare('SELECT count(*) AS n FROM "' + quoted + '"').get() as { n: number }).n
    }
    const head = db.prepare('SELECT seq, mac FROM audit_log ORDER BY seq DESC LIMIT 1').get() as
      | { seq: number; mac: string }
      | undefined
    return {
      schemaVersion: Number(db.pragma('user_version', { simple: true })),
      rows,
      auditSeq: head?.seq ?? 0,
      auditMac: head?.mac ?? '',
    }
  } finally {
    db.close()
  }
}

function manifestMac(key: Uint8Array, body: Omit<BackupManifest, 'mac'>): string {
  return createHmac('sha256', key).update(`backup:${canonicalJson(body)}`).digest('hex')
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown
  } catch {
    return null
  }
}
