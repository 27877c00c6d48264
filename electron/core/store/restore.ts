import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from '#core/kernel/write-atomic.ts'
import { copyWhole } from './backup.ts'

export interface LivePaths {
  readonly dataPath: string
  readonly keysPath: string
}

/** Where a file lies ready to take the place of `path`. */
export function stagedPath(path: string): string {
  return `${path}.restoring`
}

/** Where a file stays that a restore replaced; `stamp` is `asideStamp` of the moment. */
export function asidePath(path: string, stamp: string): string {
  return `${path}.before-restore-${stamp}`
}

/** A moment (UTC ms) as the names of files kept aside have it. */
export function asideStamp(at: number): string {
  return new Date(at).toISOString().replace(/[:.]/g, '-')
}

/** What belongs to a data file and means nothing to another one. */
const BESIDE = ['-wal', '-shm', '.head'] as const

const KEEP_ASIDE_MS = 30 * 24 * 3_600_000

/** Lays a backup's files ready beside the live ones; nothing is replaced yet. */
export async function stageRestore(live: LivePaths, from: { data: string; keys: string }): Promise<void> {
  await copyWhole(from.keys, stagedPath(live.keysPath))
  await copyWhole(from.data, stagedPath(live.dataPath))
}

/**
 * Puts the staged files in the place of the live ones, which stay beside them as `….before-restore-<stamp>`. The data
 * file must be closed. Ended halfway by a crash, `finishRestore` completes it at the next start.
 */
export async function swapIn(live: LivePaths, stamp: string): Promise<void> {
  for (const ending of ['', ...BESIDE]) {
    await moveIfThere(live.dataPath + ending, `${asidePath(live.dataPath, stamp)}${ending}`)
  }
  await syncFolder(dirname(live.dataPath))
  await moveIfThere(live.keysPath, asidePath(live.keysPath, stamp))
  await rename(stagedPath(live.keysPath), live.keysPath)
  await rename(stagedPath(live.dataPath), live.dataPath)
  await syncFolder(dirname(live.dataPath))
}

/**
 * Ends a restore that a crash interrupted: forward once the live file had left its place, else back. Returns whether
 * there was one.
 */
export async function finishRestore(live: LivePaths, stamp: string): Promise<boolean> {
  const stagedData = stagedPath(live.dataPath)
  const stagedKeys = stagedPath(live.keysPath)
  if (!existsSync(stagedData) && !existsSync(stagedKeys)) return false
  if (!existsSync(stagedData) || existsSync(live.dataPath)) {
    await rm(stagedData, { force: true })
    await rm(stagedKeys, { force: true })
    return true
  }
  if (existsSync(stagedKeys)) {
    await moveIfThere(live.keysPath, asidePath(live.keysPath, stamp))
    await rename(stagedKeys, live.keysPath)
  }
  for (const ending of BESIDE) {
    await moveIfThere(live.dataPath + ending, `${asidePath(live.dataPath, stamp)}${ending}`)
  }
  await rename(stagedData, live.dataPath)
  await syncFolder(dirname(live.dataPath))
  return true
}

/**
 * Removes what restores of more than 30 days ago put aside; the newest data file and the newest key slots stay however
 * old. Does nothing while a restore is unfinished. A file that is open elsewhere stays until the next time. Returns
 * the names of what went. `now` is UTC ms.
 */
export async function removeOldAside(live: LivePaths, now: number): Promise<string[]> {
  if (existsSync(stagedPath(live.dataPath)) || existsSync(stagedPath(live.keysPath))) return []
  const dir = dirname(live.dataPath)
  const data = await asideFiles(dir, basename(live.dataPath), ['', ...BESIDE])
  const keys = await asideFiles(dirname(live.keysPath), basename(live.keysPath), [''])
  const spared = new Set([newestStamp(data), newestStamp(keys)])
  const gone: string[] = []
  for (const { path, stamp, at } of [...data, ...keys]) {
    if (spared.has(stamp) || now - at <= KEEP_ASIDE_MS) continue
    const removed = await rm(path, { force: true }).then(
      () => true,
      () => false,
    )
    if (removed) gone.push(basename(path))
  }
  return gone
}

interface AsideFile {
  readonly path: string
  readonly ending: string
  readonly stamp: string
  /** UTC ms, from the name: a copy of the folder has other times of its own. */
  readonly at: number
}

/** The files of one name that were put aside; a name that is not exactly ours is nobody's to remove. */
async function asideFiles(dir: string, name: string, endings: readonly string[]): Promise<AsideFile[]> {
  const prefix = asidePath(name, '')
  const found: AsideFile[] = []
  for (const file of await readdir(dir)) {
    if (!file.startsWith(prefix)) continue
    const match = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(.*)$/.exec(file.slice(prefix.length))
    const [, day, hours, minutes, seconds, ms, ending = ''] = match ?? []
    const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`)
    if (Number.isNaN(at) || !endings.includes(ending)) continue
    found.push({ path: join(dir, file), ending, stamp: asideStamp(at), at })
  }
  return found
}

/** What lies beside a data file does not count: alone it restores nothing. */
function newestStamp(files: readonly AsideFile[]): string | undefined {
  return files.filter((file) => file.ending === '').sort((a, b) => b.at - a.at)[0]?.stamp
}

async function moveIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await rename(from, to)
}
