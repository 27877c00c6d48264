import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['electron', 'renderer', 'shared', 'package.json', 'package-lock.json', 'electron.vite.config.ts']

/** Builds the program if it was never built or a source is newer than the build. False where that fails. */
export function build(root: string): boolean {
  const stamp = join(root, 'out', '.built')
  const sources = newest(SOURCES.map((name) => join(root, name)))
  if (existsSync(stamp) && sources <= statSync(stamp).mtimeMs) return true
  process.stdout.write('Building the program …\n')
  const made = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, stdio: 'inherit' },
  )
  if (made.status !== 0) {
    process.stderr.write('The program could not be built.\n')
    return false
  }
  writeFileSync(stamp, '')
  // The build is as old as its newest source: what is saved while it runs is newer.
  const time = Math.ceil(sources) / 1000
  utimesSync(stamp, time, time)
  return true
}

function newest(paths: readonly string[]): number {
  let latest = 0
  for (const path of paths) {
    const stat = statSync(path)
    const time = stat.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs
    latest = Math.max(latest, time)
  }
  return latest
}
