import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findElectron } from './programs.ts'

const REACH_MS = 5000
const INSTALL_MS = 10 * 60_000

/**
 * Electron's package brings no program of its own; it is fetched once, where its source can be reached. Gives its path;
 * null, after a few seconds and without a word, where it cannot be had.
 */
export async function installElectron(root: string): Promise<string | null> {
  if (process.env['ELECTRON_SKIP_BINARY_DOWNLOAD'] || process.env['ELECTRON_OVERRIDE_DIST_PATH']) return null
  const need = createRequire(join(root, 'package.json'))
  const { version } = need('electron/package.json') as { version: string }
  if (!(await canReach(source(version)))) return null
  process.stdout.write(`Fetching Electron ${version}, once …\n`)
  const installed = spawnSync(process.execPath, [need.resolve('electron/install.js')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: INSTALL_MS,
  })
  return installed.status === 0 ? findElectron() : null
}

/** Where the package itself would fetch from; a mirror may be named, as its own documentation says. */
function source(version: string): string {
  const { env } = process
  const mirror = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror']
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/'
  return `${base.endsWith('/') ? base : `${base}/`}v${version}/SHASUMS256.txt`
}

async function canReach(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACH_MS) })
    return answer.status < 400
  } catch {
    return false
  }
}
