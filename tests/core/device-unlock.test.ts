import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seal, unseal } from '#core/kernel/crypto-box.ts'
import type { DeviceKeychain } from '#core/kernel/deps.ts'
import { startCore, type Core } from '#core/start-core.ts'
import { CHEAP_PASSWORDS, FIRM, PASSWORD, refusalOf, RESOURCES } from '#tests/helpers/test-core.ts'

/** A computer whose keychain seals with a secret of its own, as the system's does. */
function computer(): DeviceKeychain {
  const secret = new Uint8Array(randomBytes(32))
  return {
    seal: async (bytes) => Buffer.from(seal(secret, bytes, 'device')),
    unseal: async (bytes) => {
      const opened = unseal(secret, Buffer.from(bytes).toString(), 'device')
      if (!opened) throw new Error('sealed by another computer')
      return opened
    },
  }
}

let dataDir: string
let core: Core
const here = computer()

async function start(device?: DeviceKeychain): Promise<Core> {
  const config = { dataDir, resourcesDir: RESOURCES, host: 'local' as const, appVersion: '0.0.0-test' }
  return startCore({ ...config, passwordCost: CHEAP_PASSWORDS, workers: 1, ...(device ? { device } : {}) })
}

async function again(device?: DeviceKeychain): Promise<void> {
  await core.close()
  core = await start(device)
}

const logIn = async () => {
  const client = core.localClient()
  await client.session.logIn({ login: 'lin', password: PASSWORD })
  return client
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'yewutai-test-'))
  core = await start(here)
  await core.localClient().office.firstRun({
    locale: 'zh-CN',
    firm: FIRM,
    administrator: { name: '林总', login: 'lin', password: PASSWORD },
    backupDir: '',
    content: 'empty',
  })
})
afterEach(async () => {
  await core.close()
  rmSync(dataDir, { recursive: true, force: true })
})

it('the keychain opens the file at the start, and nobody is logged in by it', async () => {
  const client = await logIn()
  expect(await client.session.deviceUnlock({})).toEqual({ available: true, on: false })
  await client.session.setDeviceUnlock({ on: true })
  expect(await client.session.deviceUnlock({})).toEqual({ available: true, on: true })

  await again(here)
  expect(await core.localClient().session.status({})).toMatchObject({ state: 'open', session: null })
  expect((await refusalOf(core.localClient().people.briefs({}))).code).toBe('UNAUTHENTICATED')
  const wrong = core.localClient().session.logIn({ login: 'lin', password: 'not this one 99' })
  expect((await refusalOf(wrong)).code).toBe('SESSION_REFUSED')
  await logIn()
})

it('on another computer, or without a keychain, the file waits for a password as ever', async () => {
  await (await logIn()).session.setDeviceUnlock({ on: true })
  for (const device of [computer(), undefined]) {
    await again(device)
    expect((await core.localClient().session.status({})).state).toBe('locked')
    await logIn()
    expect((await core.localClient().session.status({})).state).toBe('open')
  }
})

it('turned off, the keychain opens nothing any more; where there is none, it cannot be turned on', async () => {
  const client = await logIn()
  await client.session.setDeviceUnlock({ on: true })
  await client.session.setDeviceUnlock({ on: false })
  await again(here)
  expect((await core.localClient().session.status({})).state).toBe('locked')
  await again()
  const bare = await logIn()
  expect(await bare.session.deviceUnlock({})).toEqual({ available: false, on: false })
  expect((await refusalOf(bare.session.setDeviceUnlock({ on: true }))).code).toBe('SESSION_DEVICE_UNSAFE')
})
