import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse } from '#shared/kernel/app-error.ts'

const BUSY = new Set(['EPERM', 'EBUSY', 'EACCES'])
const TRIES = 6
const WAIT_MS = 333

/** What the operating system does here; only tests stand in for it. */
export interface WriteSystem {
  readonly platform: NodeJS.Platform
  rename(from: string, to: string): Promise<void>
  wait(ms: number): Promise<unknown>
}
const SYSTEM: WriteSystem = { platform: process.platform, rename, wait: (ms) => sleep(ms) }

/**
 * Writes a whole file or leaves the old one: temporary file in the same folder, fsync, rename, fsync of the folder.
 * On Windows a file open in Excel is tried again for two seconds. Throws FILES_IN_USE, or STORAGE with a reason.
 */
export async function writeAtomic(
  path: string,
  bytes: Uint8Array | string,
  system: WriteSystem = SYSTEM,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await renameWhenFree(temporary, path, system)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw storageError(error, system)
  }
}

/** Moves a finished file to its name, waiting for whoever still has the old one open. */
export async function renameWhenFree(from: string, to: string, system: WriteSystem = SYSTEM): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await system.rename(from, to)
      return
    } catch (error) {
      if (!isBusy(error, system) || attempt === TRIES) throw error
      await system.wait(WAIT_MS)
    }
  }
}

/** Makes a rename last through a power cut; Windows does this by itself and cannot open folders. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isBusy(error: unknown, system: WriteSystem): boolean {
  return system.platform === 'win32' && error instanceof Error && 'code' in error && BUSY.has(String(error.code))
}

function storageError(error: unknown, system: WriteSystem): Error {
  if (isBusy(error, system)) return refuse('FILES_IN_USE', {}, { cause: error })
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return refuse('STORAGE', { reason }, { cause: error })
}
