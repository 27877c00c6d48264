import { _electron, chromium, type BrowserContext, type ElectronApplication, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findBrowser, findElectron, sandboxFlags } from '#main/programs.ts'
import { OFFICE_ZONE } from './firm-day.ts'

export type HostKind = 'web' | 'electron'

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))
const START_MS = 60_000
const ACTION_MS = 15_000
const END_MS = 15_000
const AFTER_MS = 1000

/** The program as a journey sees it; the same for both hosts. */
export interface RunningApp {
  readonly host: HostKind
  /** The page on show; another one after `restart`. */
  readonly page: Page
  /** Everything this run writes lies below here: `data`, `profile`, `downloads`. */
  readonly root: string
  readonly dataDir: string
  readonly downloads: string
  /** What went wrong in pages: errors, blocked content, requests to anywhere else. */
  readonly problems: string[]
  /** Ends the program properly and starts it again on the same data. */
  restart(): Promise<Page>
  /** Ends the program at once, as a power cut would. */
  kill9(): Promise<void>
  /** Starts it again after `kill9` or `stop`. */
  start(): Promise<Page>
  stop(): Promise<void>
  /** Ends the office host at once and leaves the page; the desktop program is its page's own host. */
  loseHost(): Promise<void>
  /** Starts the lost host again at the same address, under the page that is still there; gives its new link. */
  bringHostBack(): Promise<string>
  /** What the computer tells the desktop program before it goes to sleep. */
  suspend(): Promise<void>
  /** Waits for a file to have been saved, the newest of this name; gives its path. */
  savedFile(name: RegExp): Promise<string>
}

/** Why this host cannot run here, or null. */
export function missing(host: HostKind): string | null {
  if (!existsSync(join(PROJECT, 'out', 'renderer', 'index.html'))) return 'the program is not built: npm run build'
  if (host === 'web') return findBrowser() ? null : 'no Chrome, Chromium or Edge is installed'
  if (!findElectron()) return 'no Electron: set ELECTRON_OVERRIDE_DIST_PATH or run npx install-electron'
  const screen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  return screen ? null : 'no screen, and no xvfb-run to stand in for one'
}

/** Starts the program in a fresh folder. */
export async function launchApp(host: HostKind): Promise<RunningApp & { dispose(): Promise<void> }> {
  const root = mkdtempSync(join(tmpdir(), 'yewutai-e2e-'))
  const places = { root, dataDir: join(root, 'data'), downloads: join(root, 'downloads') }
  mkdirSync(places.downloads)
  const problems: string[] = []
  const runner = host === 'web' ? webRunner(places, problems) : electronRunner(places, problems)
  let page: Page | null = await runner.start()
  let from = Date.now()

  const app: RunningApp & { dispose(): Promise<void> } = {
    host,
    ...places,
    problems,
    get page() {
      if (page === null) throw new Error('the program is not running')
      return page
    },
    async start() {
      page = await runner.start()
      return page
    },
    async stop() {
      page = null
      await runner.stop()
    },
    async restart() {
      await app.stop()
      return app.start()
    },
    async kill9() {
      page = null
      await runner.kill()
    },
    loseHost: () => runner.loseHost(),
    bringHostBack: () => runner.bringHostBack(),
    suspend: () => runner.suspend(),
    async savedFile(name) {
      const path = await newestFile(places.downloads, name, from)
      from = Date.now()
      return path
    },
    async dispose() {
      await runner.stop().finally(() => runner.kill())
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return app
}

interface Places {
  readonly root: string
  readonly dataDir: string
  readonly downloads: string
}

interface Runner {
  start(): Promise<Page>
  stop(): Promise<void>
  kill(): Promise<void>
  loseHost(): Promise<void>
  bringHostBack(): Promise<string>
  suspend(): Promise<void>
}

/** The desktop program from its build, in whatever Electron is here. */
function electronRunner(places: Places, problems: string[]): Runner {
  let running: ElectronApplication | null = null
  return {
    async start() {
      running = await _electron.launch({
        executablePath: findElectron() ?? '',
        // Without motion, as in the browser: what is typed and pressed at once meets nothing that is on its way.
        args: [...sandboxFlags(), '--lang=zh-CN', '--force-prefers-reduced-motion', PROJECT],
        env: {
          ...(process.env as Record<string, string>),
          YEWUTAI_DATA_DIR: places.dataDir,
          YEWUTAI_DOWNLOAD_DIR: places.downloads,
          // A locale that every machine has: an unknown one loses Chinese file names.
          LANG: 'C.UTF-8',
          LC_ALL: 'C.UTF-8',
          TZ: OFFICE_ZONE,
        },
        timeout: START_MS,
      })
      let said = ''
      running.process().stderr?.on('data', (text) => (said += String(text)))
      const child = running.process()
      const page = await running.firstWindow({ timeout: START_MS }).catch(async (error: unknown) => {
        running = null
        await killed(child)
        throw new Error(`Electron showed no window: ${String(error)}\n${said}`)
      })
      page.setDefaultTimeout(ACTION_MS)
      watch(page, /^(app:\/\/ui\/|blob:|data:)/, problems)
      return page
    },
    async stop() {
      if (running) await inTime(running.close())
      running = null
    },
    async kill() {
      const ending = running
      running = null
      if (ending) await killed(ending.process())
    },
    loseHost: () => Promise.reject(new Error('the desktop program has no host beside it')),
    bringHostBack: () => Promise.reject(new Error('the desktop program has no host beside it')),
    async suspend() {
      await running?.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'))
    },
  }
}

/** The office host under Node, with a browser that has a profile of its own. */
function webRunner(places: Places, problems: string[]): Runner {
  let server: ChildProcess | null = null
  let context: BrowserContext | null = null
  let port = 0

  async function closeBrowser(): Promise<void> {
    await context?.close().catch(() => undefined)
    context = null
  }

  async function startHost(): Promise<string> {
    const script = join(PROJECT, 'out', 'main', 'web-server.js')
    server = spawn(process.execPath, [script, '--data', places.dataDir, '--port', String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const link = await firstLine(server)
    // The same address after a restart: what the browser keeps belongs to it.
    port = Number(new URL(link).port)
    return link
  }

  async function loseHost(): Promise<void> {
    const ending = server
    server = null
    if (ending) await killed(ending)
  }

  return {
    async start() {
      const link = await startHost()
      context = await chromium.launchPersistentContext(join(places.root, 'profile'), {
        timezoneId: OFFICE_ZONE,
        executablePath: findBrowser() ?? '',
        args: sandboxFlags(),
        locale: 'zh-CN',
        // A page without motion from its beginning: a switch of it would draw everything anew, with what is open.
        reducedMotion: 'reduce',
        viewport: { width: 1366, height: 768 },
        acceptDownloads: true,
      })
      const page = context.pages()[0] ?? (await context.newPage())
      page.setDefaultTimeout(ACTION_MS)
      watch(page, new RegExp(`^(http://127\\.0\\.0\\.1:${port}/|ws://127\\.0\\.0\\.1:${port}/|blob:|data:)`), problems)
      page.on('download', (download) => {
        const path = join(places.downloads, download.suggestedFilename())
        download.saveAs(`${path}.part`).then(
          () => renameSync(`${path}.part`, path),
          (error: unknown) => problems.push(`download: ${String(error)}`),
        )
      })
      await page.goto(link)
      return page
    },
    async stop() {
      await closeBrowser()
      const ending = server
      if (ending && ending.exitCode === null && ending.signalCode === null) {
        const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
        ending.kill('SIGTERM')
        await inTime(ended)
      }
      server = null
    },
    async kill() {
      await loseHost()
      // The page lives on for a while: whatever it makes of the lost connection is told with the other problems.
      await pause(AFTER_MS)
      await closeBrowser()
    },
    loseHost,
    bringHostBack: startHost,
    suspend: () => Promise.reject(new Error('the office host is told nothing of sleep')),
  }
}

/** Notes what a page must never do: throw, be blocked by the content security policy, ask anybody else. */
function watch(page: Page, own: RegExp, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`error: ${error.name} ${error.stack || error.message}`))
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) problems.push(`blocked: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!own.test(request.url())) problems.push(`request: ${request.url()}`)
  })
  page.on('websocket', (socket) => {
    if (!own.test(socket.url())) problems.push(`socket: ${socket.url()}`)
  })
}

/** A program that does not end is a fault of its own. */
async function inTime(ending: Promise<unknown>): Promise<void> {
  const late = Symbol('late')
  const first = await Promise.race([ending, pause(END_MS, late, { ref: false })])
  if (first === late) throw new Error('the program did not end')
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGKILL')
  await ended
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the web host printed no link')), START_MS)
    child.once('exit', (code) => reject(new Error(`the web host ended with ${code}`)))
    if (!child.stdout) return reject(new Error('no output of the web host'))
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer)
      resolve(line)
    })
  })
}

async function newestFile(folder: string, name: RegExp, from: number): Promise<string> {
  const deadline = Date.now() + START_MS
  let lastSize = -1
  while (Date.now() < deadline) {
    const [found] = readdirSync(folder)
      .filter((file) => name.test(file) && !/\.(part|crdownload)$/.test(file))
      .map((file) => ({ path: join(folder, file), stat: statSync(join(folder, file)) }))
      .filter(({ stat }) => stat.mtimeMs >= from - 1)
      .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
    if (found && found.stat.size > 0 && found.stat.size === lastSize) return found.path
    lastSize = found?.stat.size ?? -1
    await pause(100)
  }
  throw new Error(`no file like ${name} was saved; there is: ${readdirSync(folder).join(', ') || 'nothing'}`)
}
