// What `npm start` runs: the desktop program where Electron and a screen are there, else the same program on 127.0.0.1.
// Plain JavaScript that any Node reads, so that an old one gets a sentence and not a syntax error.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const MIN_NODE = 22
// The same address every time: what a browser keeps, such as drafts, belongs to it.
const PORT = 27180

if (Number(process.versions.node.split('.')[0]) < MIN_NODE) startAgainOnOwnNode()
else await launch()

function startAgainOnOwnNode() {
  const own = ['node', 'node.exe'].map((name) => join(root, 'node_modules', 'node', 'bin', name)).find(existsSync)
  if (own === undefined) {
    console.error(
      `Node ${process.versions.node} is too old. Run "npm ci" first, which brings Node 24, then "npm start".`,
    )
    process.exit(1)
  }
  const again = spawnSync(own, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

async function launch() {
  if (!existsSync(join(root, 'node_modules', 'electron-vite'))) {
    console.error('The libraries are missing. Run "npm ci" first, then "npm start".')
    process.exit(1)
  }
  const { build } = await import('./main/build.ts')
  const { findElectron, hasScreen, sandboxFlags } = await import('./main/programs.ts')
  const { installElectron } = await import('./main/install-electron.ts')
  if (!build(root)) process.exit(1)

  const screen = hasScreen()
  const electron = screen ? (findElectron() ?? (await installElectron(root))) : null
  if (electron !== null) return run(electron, [...sandboxFlags(), root, ...process.argv.slice(2)])
  await serve(screen ? 'Electron is not installed' : 'No screen', screen)
}

/** Runs the program in front and ends with it. */
function run(program, args) {
  const child = spawn(program, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 0))
}

/** Serves the program to the browser of this computer; one line says why and where. */
async function serve(reason, screen) {
  const { dataDir } = await import('./main/places.ts')
  const script = join(root, 'out', 'main', 'web-server.js')
  const own = process.argv.slice(2)
  const data = own.includes('--data') ? [] : ['--data', dataDir()]
  const port = own.includes('--port') ? [] : ['--port', String((await isFree(PORT)) ? PORT : 0)]
  // A small nursery: half the garbage of the core at the same speed, as in its threads.
  const child = spawn(process.execPath, ['--max-semi-space-size=8', script, ...data, ...port, ...own], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 0))
  child.stdout.setEncoding('utf8')
  child.stdout.once('data', (text) => {
    const link = text.trim()
    console.log(`${reason}: the program runs in the browser instead. One-time link: ${link}`)
    if (screen) openInBrowser(link)
  })
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

function openInBrowser(link) {
  const [program, ...args] = {
    win32: ['rundll32', 'url.dll,FileProtocolHandler', link],
    darwin: ['open', link],
  }[process.platform] ?? ['xdg-open', link]
  const opened = spawn(program, args, { stdio: 'ignore', detached: true })
  opened.on('error', () => undefined)
  opened.unref()
}
