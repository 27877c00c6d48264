import { app, BrowserWindow, dialog, Menu, net, powerMonitor, protocol, session } from 'electron'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { isLocale, nearestLocale, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PortLike } from '#core/hosts/port-host.ts'
import { startCore, type Core } from '#core/start-core.ts'
import { createAppProtocol } from './app-protocol.ts'
import { deviceKeychain } from './device-keychain.ts'
import { listen } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import { createNative } from './native.ts'
import { devServer } from './places.ts'
import { SCHEME } from './security.ts'
import { startUpdates } from './updater.ts'
import { createWindow } from './window.ts'

/** The core is closed within this time when the program ends; what was answered is on the disk before that. */
const CLOSE_MS = 3000

/** The desktop program over its data folder: core, pages, windows, and their ends. */
export async function runDesktop(dataDir: string): Promise<void> {
  const root = app.getAppPath()
  const built = join(root, 'out')
  const developing = devServer(app.isPackaged)
  let locale: Locale = nearestLocale(app.getLocale())
  const translate = () => makeTranslator(locale)
  const windows = new Set<number>()
  const ports = new Map<number, { close(): void }>()

  const core = startCore({
    dataDir,
    resourcesDir: join(root, 'resources'),
    host: 'port',
    appVersion: app.getVersion(),
    logToFile: true,
    workerUrls: {
      documents: pathToFileURL(join(built, 'main', 'documents.worker.js')),
      spreadsheets: pathToFileURL(join(built, 'main', 'spreadsheets.worker.js')),
      drawings: pathToFileURL(join(built, 'main', 'drawings.worker.js')),
    },
    ...keychain(),
  })
  core.catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    dialog.showErrorBox(translate()('desktop:cannotStart'), error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
  keepAlive(core)

  const native = createNative({
    translate,
    downloadsDir: app.getPath('downloads'),
    silentDir: app.isPackaged ? null : (process.env['YEWUTAI_DOWNLOAD_DIR'] ?? null),
  })
  native.watchDownloads(session.defaultSession)
  const pages = createAppProtocol({
    root: join(built, 'renderer'),
    takeFile: async (ticket) => (await core).takeFile(ticket),
    devServer: developing,
    fetch: (address) => net.fetch(address, { bypassCustomProtocolHandlers: true }),
  })
  protocol.handle(SCHEME, pages)

  const setMenu = () => {
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(translate(), process.platform, developing !== null)))
  }
  setMenu()

  listen(
    windows,
    {
      'host:choose-folder': (contents) => native.chooseFolder(contents),
      'host:show-saved-file': (contents) => native.showSavedFile(contents),
      'host:open-saved-file': (contents) => native.openSavedFile(contents),
      'host:show-backups': async () => native.showFolder((await core).vault.backupDir),
      'host:set-locale': (_contents, text) => {
        if (!isLocale(text)) return false
        locale = text
        setMenu()
        return true
      },
    },
    (port, contents) => {
      // One port a window: a reloaded page brings a new one, and the old session ends with the old page.
      ports.get(contents.id)?.close()
      ports.set(contents.id, port)
      void core.then((started) => started.attachPort(port as unknown as PortLike, { windowId: contents.id }))
    },
  )

  const open = () => {
    const window = createWindow({
      preload: join(built, 'preload', 'preload.cjs'),
      icon: join(root, 'resources', 'icons', 'icon.png'),
      title: app.name,
      profileDir: app.getPath('userData'),
      devTools: !app.isPackaged,
      appVersion: app.getVersion(),
    })
    const { id } = window.webContents
    windows.add(id)
    window.on('closed', () => {
      windows.delete(id)
      ports.get(id)?.close()
      ports.delete(id)
    })
    // Windows is logging off or shutting down: there is no time for a question.
    window.on('query-session-end', () => void finish(core))
  }

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open()
  })
  app.on('window-all-closed', () => app.quit())
  let finished = false
  app.on('before-quit', (event) => {
    if (finished) return
    event.preventDefault()
    void finish(core).then(() => {
      finished = true
      app.quit()
    })
  })
  const lock = () => {
    // The page empties itself; the core does not rely on it.
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('host:lock')
    void core.then((started) => started.lock()).catch(() => undefined)
  }
  powerMonitor.on('suspend', lock)
  powerMonitor.on('lock-screen', lock)

  open()
  const { deps, vault } = await core
  const known = vault.hints().locale
  if (known !== null && known !== locale) {
    locale = known
    setMenu()
  }
  startUpdates({
    packaged: app.isPackaged,
    resourcesPath: process.resourcesPath,
    platform: process.platform,
    log: deps.log,
  })
}

function keychain() {
  const device = deviceKeychain()
  return device ? { device } : {}
}

let finishing: Promise<unknown> | null = null

/** Closes the core, for three seconds at most. */
function finish(core: Promise<Core>): Promise<unknown> {
  finishing ??= Promise.race([core.then((started) => started.close()).catch(() => undefined), wait(CLOSE_MS)])
  return finishing
}

/** The last resort: what nobody caught is logged, and the program goes on. */
function keepAlive(core: Promise<Core>): void {
  const note = (kind: string) => (error: unknown) => {
    const detail = error instanceof Error ? { name: error.name, stack: error.stack } : { name: String(error) }
    void core.then((started) => started.deps.log.error(detail, kind)).catch(() => undefined)
  }
  process.on('uncaughtException', note('uncaught exception'))
  process.on('unhandledRejection', note('unhandled rejection'))
}
