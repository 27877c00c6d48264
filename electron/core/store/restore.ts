import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
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

/** What belongs to a data file and means nothing to another one. */
const BESIDE = ['-wal', '-shm', '.head'] as const

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
  const aside = `before-restore-${stamp}`
  for (const ending of ['', ...BESIDE]) await moveIfThere(live.dataPath + ending, `${live.dataPath}.${aside}${ending}`)
  await syncFolder(dirname(live.dataPath))
  await moveIfThere(live.keysPath, `${live.keysPath}.${aside}`)
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
    await moveIfThere(live.keysPath, `${live.keysPath}.before-restore-${stamp}`)
    await rename(stagedKeys, live.keysPath)
  }
  for (const ending of BESIDE)
    await moveIfThere(live.dataPath + ending, `${live.dataPath}.before-restore-${stamp}${ending}`)
  await rename(stagedData, live.dataPath)
  await syncFolder(dirname(live.dataPath))
  return true
}

async function moveIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await rename(from, to)
}
