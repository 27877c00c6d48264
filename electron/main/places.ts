import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * The folder of the data file, its keys, backups and the window's profile. Local and not roaming, never inside
 * Documents, which OneDrive may carry away. YEWUTAI_DATA_DIR overrides.
 */
export function dataDir(machine: Machine = { platform: process.platform, env: process.env, home: homedir() }): string {
  const { platform, env, home } = machine
  const chosen = env['YEWUTAI_DATA_DIR']
  if (chosen) return isAbsolute(chosen) ? chosen : resolve(chosen)
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Yewutai')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Yewutai')
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'yewutai')
}

/** The build's own server while developing (`npm run dev`); a package never listens to this variable. */
export function devServer(packaged: boolean): URL | null {
  const address = process.env['ELECTRON_RENDERER_URL']
  return packaged || !address ? null : new URL(address)
}
