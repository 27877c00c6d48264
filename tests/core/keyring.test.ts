import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { Attempts } from '#core/kernel/attempts.ts'
import { seal, unseal } from '#core/kernel/crypto-box.ts'
import { Keyring, STRONG } from '#core/kernel/keyring.ts'
import { makeRecoveryCode, normaliseCodeText, recoveryCodeChecks } from '#core/kernel/recovery-code.ts'

const CHEAP = { memoryKiB: 256, timeCost: 1 }
const HINTS = { locale: 'zh-CN' as const, firmName: '某公司' }
const DEK = new Uint8Array(32).map((_, i) => i)
const NOW = 1_700_000_000_000
const root = mkdtempSync(join(tmpdir(), 'yewutai-keys-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let path = ''
let ring: Keyring
beforeEach(async () => {
  path = join(mkdtempSync(join(root, 'k-')), 'keys.json')
  ring = Keyring.create(path, CHEAP, HINTS)
  await ring.setPassword('zhang', 'right password', DEK)
})
const again = (cost = CHEAP) => Keyring.load(path, cost)

describe('key slots', () => {
  it('open the same key by password, recovery code and one-time code, each on its own', async () => {
    const recovery = await ring.setRecovery(DEK)
    const code = await ring.setOneTimeCode('li', DEK, NOW + 1000)
    const loaded = await again()
    expect(await loaded.openWithPassword('zhang', 'right password')).toEqual(DEK)
    expect(await loaded.openWithRecovery(recovery)).toEqual(DEK)
    expect(await loaded.openWithCode('li', code, NOW)).toEqual(DEK)
    expect(await loaded.openWithPassword('zhang', 'right passwor')).toBeNull()
    expect(await loaded.openWithPassword('li', 'right password')).toBeNull()
    expect(await loaded.openWithRecovery(makeRecoveryCode())).toBeNull()
  })

  it('hold no name, no password and no key', async () => {
    await ring.setPassword('王小明', 'another password', DEK)
    const text = readFileSync(path, 'utf8')
    for (const secret of [
      'zhang',
      '王小明',
      'right password',
      'another password',
      Buffer.from(DEK).toString('base64'),
    ]) {
      expect(text.includes(secret)).toBe(false)
    }
  })

  it('cost what OWASP and ASVS ask for, written with each slot', () => {
    expect(STRONG).toEqual({ memoryKiB: 64 * 1024, timeCost: 3 })
    expect(readFileSync(path, 'utf8')).toContain('"memoryKiB": 256')
  })

  it('of a cheaper time are made anew at the next log-in', async () => {
    const dearer = await again({ memoryKiB: 512, timeCost: 1 })
    expect(await dearer.openWithPassword('zhang', 'right password')).toEqual(DEK)
    expect(readFileSync(path, 'utf8')).toContain('"memoryKiB": 512')
    expect(await (await again()).openWithPassword('zhang', 'right password')).toEqual(DEK)
  })

  it('change and go: the old password, the old code, a removed user', async () => {
    await ring.setPassword('zhang', 'a new password', DEK)
    expect(await ring.openWithPassword('zhang', 'right password')).toBeNull()
    expect(await ring.openWithPassword('zhang', 'a new password')).toEqual(DEK)
    const first = await ring.setRecovery(DEK)
    const second = await ring.setRecovery(DEK)
    expect(await ring.openWithRecovery(first)).toBeNull()
    expect(await ring.openWithRecovery(second)).toEqual(DEK)
    await ring.removeUser('zhang')
    expect(await (await again()).openWithPassword('zhang', 'a new password')).toBeNull()
  })

  it('a one-time code ends with its time, replaces the password, and goes with a new one', async () => {
    const code = await ring.setOneTimeCode('zhang', DEK, NOW + 1000)
    expect(await ring.openWithPassword('zhang', 'right password')).toBeNull()
    expect(await ring.openWithCode('zhang', code, NOW + 1000)).toBeNull()
    expect(await ring.openWithCode('zhang', ` ${code.toLowerCase()} `, NOW)).toEqual(DEK)
    await ring.setPassword('zhang', 'a new password', DEK)
    expect(await ring.openWithCode('zhang', code, NOW)).toBeNull()
  })

  it('cannot be moved to another name, given more time, or changed', async () => {
    const code = await ring.setOneTimeCode('li', DEK, NOW + 1000)
    const text = readFileSync(path, 'utf8')
    const file = JSON.parse(text) as { slots: { id: string; expiresAt: number | null; kind: string }[]; sha256: string }
    const slot = file.slots.find((s) => s.kind === 'code')
    if (!slot) throw new Error('no slot')
    slot.expiresAt = NOW + 1e12
    const { canonicalJson } = await import('#core/kernel/audit.ts')
    const { createHash } = await import('node:crypto')
    const { sha256: _, ...body } = file
    file.sha256 = createHash('sha256').update(canonicalJson(body)).digest('hex')
    writeFileSync(path, JSON.stringify(file))
    expect(await (await again()).openWithCode('li', code, NOW + 5000)).toBeNull()
  })

  it('survive damage of one of the two files; damage of both is an error, not a wrong password', async () => {
    const copy = path.replace('.json', '.copy.json')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('某公司', '别公司'))
    expect(await (await again()).openWithPassword('zhang', 'right password')).toEqual(DEK)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text))
    rmSync(path)
    expect((await again()).hints).toEqual(HINTS)
    writeFileSync(path, text.slice(0, 100))
    writeFileSync(copy, '')
    await expect(again()).rejects.toThrow()
  })

  it('the device slot is only what the keychain sealed', async () => {
    await ring.setDevice('c2VhbGVk')
    expect((await again()).deviceSealed).toBe('c2VhbGVk')
    await ring.setDevice(null)
    expect((await again()).deviceSealed).toBeNull()
  })

  it('take as long for an unknown name as for a wrong password', { retry: 2 }, async () => {
    const dear = { memoryKiB: 16 * 1024, timeCost: 2 }
    const slow = Keyring.create(path, dear, HINTS)
    await slow.setPassword('zhang', 'right password', DEK)
    const best = { zhang: Infinity, nobody: Infinity }
    // In turns, and the best of many: other work on this machine must not be taken for a difference.
    for (let i = 0; i < 25; i += 1) {
      for (const name of ['zhang', 'nobody'] as const) {
        const started = performance.now()
        await slow.openWithPassword(name, 'wrong password')
        best[name] = Math.min(best[name], performance.now() - started)
      }
    }
    expect(Math.max(best.zhang, best.nobody) / Math.min(best.zhang, best.nobody)).toBeLessThan(1.25)
  })
})

describe('the recovery code', () => {
  it('has 160 random bits in nine groups of four, the last one a check', () => {
    const codes = Array.from({ length: 500 }, () => makeRecoveryCode())
    expect(new Set(codes).size).toBe(500)
    for (const code of codes) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(recoveryCodeChecks(code)).toBe(true)
    }
  })

  it('is read as people type it, and one wrong sign is seen', () => {
    const code = makeRecoveryCode()
    const typed = code.toLowerCase().replaceAll('-', '  ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(normaliseCodeText(typed)).toBe(normaliseCodeText(code))
    for (let at = 0; at < code.length; at += 1) {
      if (code[at] === '-') continue
      const wrong = code.slice(0, at) + (code[at] === '7' ? '8' : '7') + code.slice(at + 1)
      expect(recoveryCodeChecks(wrong)).toBe(false)
    }
  })
})

describe('sealing', () => {
  it('opens only with the key, the bound text and every bit as it was; nonces do not repeat', () => {
    const sealed = seal(DEK, Buffer.from('secret'), 'a')
    expect(Buffer.from(unseal(DEK, sealed, 'a') ?? []).toString()).toBe('secret')
    expect(unseal(DEK, sealed, 'b')).toBeNull()
    const bytes = Buffer.from(sealed, 'base64')
    for (let i = 0; i < bytes.length; i += 1) {
      const flipped = Buffer.from(bytes)
      flipped[i] = (flipped[i] ?? 0) ^ 1
      expect(unseal(DEK, flipped.toString('base64'), 'a')).toBeNull()
    }
    const nonces = new Set(Array.from({ length: 20_000 }, () => seal(DEK, DEK, 'a').slice(0, 16)))
    expect(nonces.size).toBe(20_000)
  })
})

describe('wrong attempts', () => {
  const open = () => new Attempts(join(path, '..', 'attempts.json'))

  it('five are free, then 1, 2, 4 … 900 seconds, across restarts; a right one forgets', async () => {
    let now = NOW
    const waits: number[] = []
    for (let i = 0; i < 17; i += 1) {
      const attempts = open()
      const until = await attempts.failed('a', now)
      waits.push(until === null ? 0 : (until - now) / 1000)
      now = until ?? now
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    expect(await open().waitUntil('a', now - 1)).toBe(now)
    expect(await open().waitUntil('b', now - 1)).toBeNull()
    await open().forget('a')
    expect(await open().waitUntil('a', now - 1)).toBeNull()
  })

  it('never lock longer than the longest wait, also when the clock jumps back a year', async () => {
    const attempts = open()
    for (let i = 0; i < 20; i += 1) await attempts.failed('a', NOW)
    const earlier = NOW - 365 * 86_400_000
    expect(await attempts.waitUntil('a', earlier)).toBe(earlier + 900_000)
  })

  it('count in turn, so that a hundred at once are not a hundred free ones', async () => {
    const attempts = open()
    let looked = 0
    await Promise.all(
      Array.from({ length: 100 }, () =>
        attempts.inTurn('a', async () => {
          if ((await attempts.waitUntil('a', NOW)) !== null) return
          looked += 1
          await new Promise((resolve) => setImmediate(resolve))
          await attempts.failed('a', NOW)
        }),
      ),
    )
    expect(looked).toBe(5)
  })

  it('of made-up names do not fill the disk', async () => {
    const attempts = open()
    for (let i = 0; i < 1001; i += 1) await attempts.failed(`name ${i}`, NOW)
    await attempts.failed('last', NOW + 25 * 3_600_000)
    const kept = JSON.parse(readFileSync(join(path, '..', 'attempts.json'), 'utf8')) as object
    expect(Object.keys(kept)).toEqual(['last'])
  })
})
