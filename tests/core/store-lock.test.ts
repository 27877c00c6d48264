import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { takeFolderLock } from '#core/kernel/lock-file.ts'

const root = mkdtempSync(join(tmpdir(), 'yewutai-lock-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A process that tries to take the lock, says `won` or `lost`, and holds it until it is killed. */
function contender(dir: string): { child: ChildProcess; said: Promise<string> } {
  const source = `
    const { takeFolderLock } = await import('#core/kernel/lock-file.ts')
    const lock = takeFolderLock(process.argv[1])
    console.log(lock ? 'won' : 'lost')
    if (lock) setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source, dir], {
    cwd: new URL('../..', import.meta.url).pathname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = new Promise<string>((resolve) => {
    child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()))
  })
  return { child, said }
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()))

describe('the lock of the data folder', () => {
  it('is won by exactly one of eight programs at once', async () => {
    const dir = mkdtempSync(join(root, 'race-'))
    const all = Array.from({ length: 8 }, () => contender(dir))
    const said = await Promise.all(all.map((c) => c.said))
    expect(said.filter((word) => word === 'won')).toHaveLength(1)
    expect(said.filter((word) => word === 'lost')).toHaveLength(7)
    for (const { child } of all) child.kill('SIGKILL')
    await Promise.all(all.map((c) => ended(c.child)))
  })

  it('is free at once after its holder was killed: there is no stale lock', async () => {
    const dir = mkdtempSync(join(root, 'kill-'))
    for (let i = 0; i < 3; i += 1) {
      const { child, said } = contender(dir)
      expect(await said).toBe('won')
      expect(takeFolderLock(dir)).toBeNull()
      child.kill('SIGKILL')
      await ended(child)
    }
    const lock = takeFolderLock(dir)
    expect(lock).not.toBeNull()
    lock?.release()
  })

  it('is given back and taken again in one program', () => {
    const dir = mkdtempSync(join(root, 'again-'))
    const first = takeFolderLock(dir)
    expect(takeFolderLock(dir)).toBeNull()
    first?.release()
    const second = takeFolderLock(dir)
    expect(second).not.toBeNull()
    second?.release()
  })
})
