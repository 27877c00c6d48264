import { chromium, type Browser } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FUSES, readFuses } from '#main/fuses.ts'
import { sandboxFlags } from '#main/programs.ts'
import { PROJECT } from '#tests/helpers/sources.ts'
import { expect, test } from './helpers/fixtures.ts'
import { missing } from './helpers/running-app.ts'
import { showSampleContract } from './helpers/work-through.ts'

test('the packaged program starts, with its fuses set', async () => {
  test.skip(missing('electron') !== null, missing('electron') ?? '')
  test.skip(process.platform !== 'linux', 'the folder is packaged for tests on Linux only')
  test.setTimeout(480_000)

  const made = spawnSync(process.execPath, [join(PROJECT, 'tests/tools/dist.mjs'), '--dir'], { encoding: 'utf8' })
  expect(made.status, made.stderr + made.stdout.slice(-2000)).toBe(0)
  const program = join(PROJECT, 'dist', 'linux-unpacked', 'yewutai')
  const fuses = await readFuses(program)
  expect(Object.keys(fuses).length).toBeGreaterThanOrEqual(8)
  for (const [name, on] of FUSES) if (name in fuses) expect(fuses[name], name).toBe(on)

  const dataDir = mkdtempSync(join(tmpdir(), 'yewutai-package-'))
  const running = spawn(program, [...sandboxFlags(), '--lang=zh-CN', '--remote-debugging-port=0'], {
    env: { ...process.env, YEWUTAI_DATA_DIR: dataDir },
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => running.once('exit', resolve))
  try {
    const portFile = join(dataDir, 'profile', 'DevToolsActivePort')
    await expect.poll(() => existsSync(portFile), { timeout: 30_000 }).toBe(true)
    const [port] = readFileSync(portFile, 'utf8').split('\n')
    const address = `http://127.0.0.1:${port}`
    // Joined before the window has gone to its page, the debugger's client waits for ever for the target that was swapped.
    await expect.poll(() => shown(address), { timeout: 60_000 }).toMatch(/^app:\/\/ui\//)
    const browser = await joined(address)
    const pages = () => browser.contexts().flatMap((context) => context.pages())
    await expect.poll(() => pages().length, { timeout: 30_000 }).toBe(1)
    const [page] = pages()
    if (!page) throw new Error('the packaged program shows no window')
    await expect(page.locator('#root')).not.toBeEmpty({ timeout: 30_000 })
    expect(page.url()).toMatch(/^app:\/\/ui\//)
    // The encrypted driver lies outside the archive and was loaded: the folder is locked.
    expect(existsSync(join(dataDir, '.lock'))).toBe(true)
    // Workers, fonts, templates and password hashing all come out of the archive.
    await showSampleContract(page)
  } finally {
    running.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** The address of the program's only window, as its debugger tells it; empty as long as there is none. */
async function shown(address: string): Promise<string> {
  try {
    const targets = (await (await fetch(`${address}/json/list`)).json()) as { type: string; url: string }[]
    return targets.find((target) => target.type === 'page')?.url ?? ''
  } catch {
    return ''
  }
}

/** The program under test, through its debugger. On a busy machine a first attempt may hang: one more is made. */
async function joined(address: string): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(address, { timeout: 45_000 })
  } catch {
    return chromium.connectOverCDP(address, { timeout: 45_000 })
  }
}
