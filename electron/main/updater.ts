import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface UpdateOptions {
  readonly packaged: boolean
  readonly resourcesPath: string
  readonly platform: NodeJS.Platform
  readonly log: { info(message: string): void; warn(message: string): void }
}

const FIRST_CHECK_MS = 60_000

/**
 * Whether this package may look for updates: only where its maker wrote a feed into it, over https, and on Windows only
 * where the publisher is named. Without that name the updater would skip the signature check and say nothing.
 */
export function updateFeed(text: string, platform: NodeJS.Platform): 'off' | 'on' | 'unsafe' {
  const url = /^\s*url:\s*['"]?([^\s'"]+)/m.exec(text)?.[1]
  if (url === undefined) return 'off'
  if (!url.startsWith('https://')) return 'unsafe'
  const named = /^\s*publisherName:\s*(\S.*|\n\s*-\s*\S)/m.test(text)
  return platform === 'win32' && !named ? 'unsafe' : 'on'
}

/** Looks for an update a minute after the start; it is installed when the program quits, after the backup. */
export function startUpdates(options: UpdateOptions): void {
  const path = join(options.resourcesPath, 'app-update.yml')
  if (!options.packaged || !existsSync(path)) return
  const feed = updateFeed(readFileSync(path, 'utf8'), options.platform)
  if (feed === 'unsafe') options.log.warn('update feed ignored: it must be https and name its publisher')
  if (feed !== 'on') return
  const timer = setTimeout(() => {
    check(options.log).catch((error: unknown) => options.log.warn(`no update: ${String(error)}`))
  }, FIRST_CHECK_MS)
  timer.unref()
}

async function check(log: UpdateOptions['log']): Promise<void> {
  const { default: updater } = await import('electron-updater')
  const { autoUpdater } = updater
  autoUpdater.logger = null
  autoUpdater.allowDowngrade = false
  autoUpdater.allowPrerelease = false
  autoUpdater.autoInstallOnAppQuit = true
  autoUpdater.disableWebInstaller = true
  const found = await autoUpdater.checkForUpdates()
  if (found?.isUpdateAvailable) log.info(`update ${found.updateInfo.version} will be installed on quit`)
}
