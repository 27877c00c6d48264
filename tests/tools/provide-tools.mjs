// Brings the programs that tests need and a fresh machine lacks. As root on Debian they are installed and the line says
// so; otherwise the tests that need them are skipped with the reason.
import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findBrowser, findElectron, hasScreen, onPath } from '../../electron/main/programs.ts'

const root = join(import.meta.dirname, '..', '..')

/** Debian packages by the program that proves them. */
const DOCUMENT_TOOLS = { pdftotext: 'poppler-utils', qpdf: 'qpdf' }
/** The parts of LibreOffice have one program between them: by the library that proves them. */
const OFFICE_PARTS = { 'libsclo.so': 'libreoffice-calc-nogui', 'libswlo.so': 'libreoffice-writer-nogui' }
const SCREEN_TOOLS = { 'xvfb-run': 'xvfb', xauth: 'xauth' }

export async function provideTools({ documents, journeys }) {
  const needed = {
    ...(documents || journeys ? DOCUMENT_TOOLS : {}),
    ...(journeys && findElectron() !== null && !hasScreen() ? SCREEN_TOOLS : {}),
  }
  const missing = Object.keys(needed).filter((program) => onPath(program) === null)
  const packages = [...missing.map((program) => needed[program]), ...(documents || journeys ? missingOffice() : [])]
  if (packages.length > 0) install(packages)
  if (journeys) provideBrowser()
}

/** Elsewhere than on Linux LibreOffice comes whole. */
function missingOffice() {
  const program = onPath('soffice')
  if (program !== null && process.platform !== 'linux') return []
  const folder = program === null ? '' : dirname(realpathSync(program))
  return Object.entries(OFFICE_PARTS).flatMap(([library, name]) => (existsSync(join(folder, library)) ? [] : [name]))
}

/** An installed browser, else Playwright's own, else Debian's. */
function provideBrowser() {
  if (findBrowser() !== null) return
  console.log('No Chrome, Chromium or Edge: fetching the browser of Playwright')
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const limits = { cwd: root, stdio: 'ignore', timeout: 300_000 }
  spawnSync(process.execPath, [cli, 'install', ...(isRoot() ? ['--with-deps'] : []), 'chromium-headless-shell'], limits)
  if (findBrowser() === null) install(['chromium'])
  if (findBrowser() === null) console.log('No browser could be brought: the journeys in a browser are skipped')
}

function install(packages) {
  if (!isRoot() || onPath('apt-get') === null) {
    console.log(`Not here: ${packages.join(', ')}; the tests that need them are skipped`)
    return
  }
  console.log(`Installing ${packages.join(', ')} with apt-get`)
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  const done = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  if (done.status !== 0) console.log('apt-get did not install them; the tests that need them are skipped')
}

function isRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0
}
