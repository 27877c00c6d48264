import { existsSync } from 'node:fs'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { copyWhole } from './backup.ts'
import { inspectFile } from './open.ts'
import type { LivePaths } from './restore.ts'

/**
 * Copies the data file as it is, with its log and key slots, into a folder of its own beside it, for whoever is asked
 * for help. Everything in it stays encrypted; no key or password is added. Returns the folder and what is in it.
 */
export async function saveCopyForSupport(
  live: LivePaths,
  options: { dir: string; stamp: string; appVersion: string },
): Promise<{ dir: string; files: string[] }> {
  const dir = join(options.dir, `support-${options.stamp}`)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const endings = ['', '-wal', '.head'] as const
  for (const path of [...endings.map((ending) => live.dataPath + ending), live.keysPath]) {
    if (existsSync(path)) await copyWhole(path, join(dir, basename(path)))
  }
  const facts = {
    appVersion: options.appVersion,
    platform: `${process.platform} ${process.arch}`,
    looksLike: inspectFile(live.dataPath)?.kind ?? 'encrypted',
    size: existsSync(live.dataPath) ? (await stat(live.dataPath)).size : null,
  }
  await writeFile(join(dir, 'about.json'), `${JSON.stringify(facts, null, 1)}\n`)
  return { dir, files: (await readdir(dir)).sort() }
}
