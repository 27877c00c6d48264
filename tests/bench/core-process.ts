import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '#core/kernel/clock.ts'
import { Keyring, STRONG } from '#core/kernel/keyring.ts'
import { openPageTokens } from '#core/hosts/page-tokens.ts'
import { startWebHost } from '#core/hosts/web-host.ts'
import { startCore } from '#core/start-core.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'
import { BENCH_NOW } from './big-firm.ts'
import { BENCH_LOGIN, BENCH_PASSWORD } from './firm-cache.ts'
import { median } from './statistics.ts'

/** What the core's process tells when it is ready. */
export interface CoreReport {
  readonly link: string
  /** From startCore to the first answer of a list, with the log-in between, ms. */
  readonly startMs: number
  /** What hashing the password alone takes of it, ms. */
  readonly hashMs: number
  /** Loading the program's code before that, ms. */
  readonly loadMs: number
}
export type CoreMessage =
  | { kind: 'ready'; report: CoreReport }
  | { kind: 'checked' }
  | { kind: 'memory'; bytes: number; cpuMs: number }

const SAMPLE_MS = 100

const loadMs = performance.now()
const dataDir = process.argv[2] ?? ''
const tell = (message: CoreMessage) => process.send?.(message)

const begun = performance.now()
const core = await startCore({
  dataDir,
  resourcesDir: RESOURCES,
  // As in a window, but without the backups that an automatic keeper would make meanwhile.
  host: 'local',
  appVersion: '0.0.0-bench',
  clock: fixedClock(BENCH_NOW),
  workers: 2,
  workerUrls: {
    documents: new URL('./documents.worker.js', import.meta.url),
    spreadsheets: new URL('./spreadsheets.worker.js', import.meta.url),
    drawings: new URL('./drawings.worker.js', import.meta.url),
  },
})
const client = core.localClient({ device: 'bench' })
await client.session.logIn({ login: BENCH_LOGIN, password: BENCH_PASSWORD })
await client.customers.list({ sort: { key: 'name', dir: 'asc' }, filters: {} })
const startMs = performance.now() - begun

const keyring = await Keyring.load(core.vault.keysPath, STRONG)
const hashes: number[] = []
for (let i = 0; i < 5; i += 1) {
  const at = performance.now()
  await keyring.openWithPassword(BENCH_LOGIN, BENCH_PASSWORD, { renew: false })
  hashes.push(performance.now() - at)
}

const root = mkdtempSync(join(tmpdir(), 'yewutai-bench-pages-'))
writeFileSync(join(root, 'index.html'), '<!doctype html>')
const host = await startWebHost({
  tokens: await openPageTokens(null, core.deps.clock),
  core: {
    attachSocket: (socket, device) => core.attachSocket(socket, device),
    takeFile: (ticket) => core.takeFile(ticket),
  },
  root,
  port: 0,
})
rmSync(root, { recursive: true })

tell({ kind: 'ready', report: { link: host.oneTimeLink(), startMs, hashMs: median(hashes), loadMs } })
void core.vault.store.checked.then(() => tell({ kind: 'checked' }))
setInterval(() => {
  const { user, system } = process.cpuUsage()
  tell({ kind: 'memory', bytes: process.memoryUsage().rss, cpuMs: (user + system) / 1000 })
}, SAMPLE_MS)
process.on('disconnect', () => process.exit(0))
