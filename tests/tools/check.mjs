// What `npm run check` runs: types of each layer, lint with the rules of this house, who may import whom, unused code,
// formatting, keys of the translations. All at once; prints each step with its time, and what is wrong.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const bin = (...parts) => join(root, 'node_modules', ...parts)
const node = (script, ...args) => [process.execPath, script, ...args]
const layers = ['electron', 'renderer', 'shared', 'tests']
// What was found sound is not looked at again until it changes.
const known = (layer) => join(root, '.cache', 'types', `${layer}.tsbuildinfo`)
const types = (layer) =>
  node(bin('typescript-7', 'bin', 'tsc'), '-p', layer, '--noEmit', '--incremental', '--tsBuildInfoFile', known(layer))

const STEPS = {
  lint: node(bin('oxlint', 'bin', 'oxlint'), '--deny-warnings', ...layers),
  'types renderer': types('renderer'),
  'types electron': types('electron'),
  'types tests': types('tests'),
  'types shared': types('shared'),
  'import rules': node(
    bin('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    ...layers.slice(0, 3),
  ),
  'unused code': node(bin('knip', 'bin', 'knip.js'), '--no-config-hints'),
  format: node(bin('oxfmt', 'bin', 'oxfmt'), '--check', ...layers, 'electron.vite.config.ts'),
  translations: node(join(import.meta.dirname, 'check-words.mjs')),
}

const wanted = process.argv.slice(2)
const queue = Object.entries(STEPS).filter(
  ([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)
const started = performance.now()
let failed = 0

async function worker() {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const [name, [program, ...args]] = step
    const begun = performance.now()
    const { status, output } = await run(program, args)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
    if (status !== 0) {
      failed += 1
      console.log(output.trim().replace(/^/gm, '    '))
    }
  }
}

function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => (output += text))
    }
    child.on('error', (error) => resolve({ status: -1, output: String(error) }))
    child.on('close', (code) => resolve({ status: code ?? -1, output }))
  })
}

await Promise.all(Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }, worker))
const seconds = ((performance.now() - started) / 1000).toFixed(0)
console.log(failed === 0 ? `check: all steps pass (${seconds} s)` : `check: ${failed} steps failed (${seconds} s)`)
process.exitCode = failed === 0 ? 0 : 1
