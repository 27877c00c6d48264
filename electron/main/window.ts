import { BrowserWindow, nativeTheme } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ORIGIN, WEB_PREFERENCES } from './security.ts'

const MIN = { width: 1024, height: 640 }
/** A page whose process died is loaded again, unless it dies at once. */
const RELOAD_PAUSE_MS = 5000
const FIRST = { width: 1280, height: 800 }

export interface WindowOptions {
  readonly preload: string
  readonly icon: string
  readonly title: string
  /** Where the size of the last time is kept. */
  readonly profileDir: string
  readonly devTools: boolean
  readonly appVersion: string
}

/** The only place where a window is made. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const statePath = join(options.profileDir, 'window.json')
  const window = new BrowserWindow({
    ...lastSize(statePath),
    minWidth: MIN.width,
    minHeight: MIN.height,
    show: false,
    title: options.title,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141414' : '#ffffff',
    webPreferences: {
      ...WEB_PREFERENCES,
      devTools: options.devTools,
      preload: options.preload,
      additionalArguments: [`--app-version=${options.appVersion}`],
    },
  })
  window.once('ready-to-show', () => window.show())
  window.on('close', () => keepSize(statePath, window))
  // The page's own title is the program's name and may say what the page shows; nothing else may change it.
  window.on('page-title-updated', (event) => event.preventDefault())
  let lastReload = -RELOAD_PAUSE_MS
  window.webContents.on('render-process-gone', (_event, details) => {
    const again = performance.now() - lastReload > RELOAD_PAUSE_MS
    if (details.reason === 'clean-exit' || window.isDestroyed() || !again) return
    lastReload = performance.now()
    window.webContents.reload()
  })
  void window.loadURL(`${ORIGIN}/`)
  return window
}

function lastSize(path: string): { width: number; height: number } {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    const width = Number(kept['width'])
    const height = Number(kept['height'])
    const sane = width >= MIN.width && width <= 10_000 && height >= MIN.height && height <= 10_000
    return sane ? { width: Math.round(width), height: Math.round(height) } : FIRST
  } catch {
    return FIRST
  }
}

function keepSize(path: string, window: BrowserWindow): void {
  const { width, height } = window.getNormalBounds()
  try {
    writeFileSync(path, JSON.stringify({ width, height }))
  } catch {
    // The next window opens in its first size; nothing else depends on it.
  }
}
