import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

/** Finds the programs that the launcher and the tests run. Nothing here downloads, and nothing here needs Electron. */
const projectRoot = join(import.meta.dirname, '..', '..')

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const WINDOWS = [
  ['PROGRAMFILES', 'Google/Chrome/Application/chrome.exe'],
  ['PROGRAMFILES(X86)', 'Google/Chrome/Application/chrome.exe'],
  ['LOCALAPPDATA', 'Google/Chrome/Application/chrome.exe'],
  ['PROGRAMFILES(X86)', 'Microsoft/Edge/Application/msedge.exe'],
  ['PROGRAMFILES', 'Microsoft/Edge/Application/msedge.exe'],
] as const

/** The whole path of a program on PATH, or null. */
export function onPath(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

/** An installed Chrome, Chromium or Edge, or the one that Playwright brought; null where there is none. */
export function findBrowser(): string | null {
  return [process.env['YEWUTAI_BROWSER'], ...installedBrowsers(), playwrightBrowser()].find(isThere) ?? null
}

function installedBrowsers(): (string | null)[] {
  if (process.platform === 'darwin') return MAC
  if (process.platform === 'linux') return ON_PATH.map(onPath)
  return WINDOWS.map(([variable, path]) => {
    const folder = process.env[variable]
    return folder ? join(folder, path) : null
  })
}

function playwrightBrowser(): string | null {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright-core') as {
      chromium: { executablePath(): string }
    }
    return chromium.executablePath()
  } catch {
    return null
  }
}

/** Electron's program: of the distribution that is named, else of the installed package; null where there is none. */
export function findElectron(): string | null {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'electron.exe',
    darwin: 'Electron.app/Contents/MacOS/Electron',
  }
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] || join(projectRoot, 'node_modules', 'electron', 'dist')
  const path = join(folder, names[process.platform] ?? 'electron')
  return isThere(path) ? path : null
}

/** Whether a window can be shown. */
export function hasScreen(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** Chromium refuses its sandbox to root, and only test machines run as root. */
export function sandboxFlags(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

function isThere(path: string | null | undefined): path is string {
  return typeof path === 'string' && existsSync(path)
}
