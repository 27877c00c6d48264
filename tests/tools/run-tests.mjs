// What `npm test` runs: brings what is missing, builds once, runs every level, and ends with one line of counts.
// `npm test -- rules core` runs only these levels; `npm test -- e2e` only the journeys.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../electron/main/build.ts'
import { findElectron, hasScreen, onPath } from '../../electron/main/programs.ts'
import { provideTools } from './provide-tools.mjs'

const root = join(import.meta.dirname, '..', '..')
const LEVELS = ['rules', 'core', 'transport', 'migrations', 'documents', 'renderer', 'faults']
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => name !== 'e2e' && !LEVELS.includes(name))
if (unknown.length > 0) {
  console.error(`Unknown level: ${unknown.join(', ')}. Levels: ${LEVELS.join(' ')} e2e`)
  process.exit(2)
}

const scratch = mkdtempSync(join(tmpdir(), 'yewutai-tests-'))
const started = Date.now()
const total = { passed: 0, failed: 0, skipped: [], failures: [] }

const levels = wanted.length === 0 ? LEVELS : LEVELS.filter((name) => wanted.includes(name))
const journeys = wanted.length === 0 || wanted.includes('e2e')

await provideTools({ documents: levels.includes('documents'), journeys })
const built = !journeys || build(root)
if (levels.length > 0) await units(levels)
if (journeys && built) await endToEnd()
if (!built) {
  total.failed += 1
  total.failures.push('the program could not be built, so no journey ran')
}
rmSync(scratch, { recursive: true, force: true })
report()

/** Every level below the journeys, in one Vitest run. */
async function units(names) {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '-c', 'tests/vitest.config.ts', '--passWithNoTests']
  for (const name of names) args.push('--project', name)
  args.push('--reporter=dot', `--reporter=${join(root, 'tests/tools/vitest-counts.mjs')}`)
  await level('units', process.execPath, args)
}

/** The journeys, in the browser and in Electron; on a screen of their own where there is none. */
async function endToEnd() {
  const playwright = ['node_modules/@playwright/test/cli.js', 'test', '-c', 'tests/e2e/playwright.config.ts']
  playwright.push(`--reporter=list,${join(root, 'tests/tools/playwright-counts.mjs')}`)
  const xvfb = hasScreen() || findElectron() === null ? null : onPath('xvfb-run')
  if (xvfb === null) await level('journeys', process.execPath, playwright)
  else await level('journeys', xvfb, ['-a', '-s', '-screen 0 1600x1000x24', process.execPath, ...playwright])
}

/** Runs one level and adds its counts; a level that ends badly without a failed test counts as one failure. */
async function level(name, program, args) {
  const begun = Date.now()
  const file = join(scratch, `${name}.json`)
  const status = await run(program, args, { COUNTS_FILE: file })
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  if (counts === null || (status !== 0 && counts.failed === 0)) {
    total.failed += 1
    total.failures.push(`${name}: ended with ${status}`)
  }
  if (counts !== null) {
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped.push(...counts.skipped)
    total.failures.push(...counts.failures)
  }
  console.log(`${name}: ${Math.round((Date.now() - begun) / 1000)} s`)
}

function run(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('error', () => resolve(-1))
    child.on('exit', (code, signal) => resolve(code ?? signal))
  })
}

function report() {
  const { passed, failed, skipped, failures } = total
  console.log('')
  for (const failure of failures) console.log(`failed: ${failure}`)
  const reasons = Map.groupBy(skipped, ({ reason }) => reason || 'no reason given')
  for (const [reason, tests] of reasons) console.log(`skipped ${tests.length}: ${reason}`)
  console.log(`time: ${Math.round((Date.now() - started) / 1000)} s`)
  console.log(`tests: ${passed} passed, ${failed} failed, ${skipped.length} skipped`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
