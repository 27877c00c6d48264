import { createHash } from 'node:crypto'
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '#core/kernel/clock.ts'
import { startCore } from '#core/start-core.ts'
import { FIRM, RESOURCES } from '#tests/helpers/test-core.ts'
import { BENCH_DAY, BENCH_NOW, fillBigFirm, type BigFirmSize } from './big-firm.ts'
import { STAFF } from './firm-words.ts'
import { bar, say } from './terminal.ts'

/** Lower case already, so that it is its own key slot's name. */
export const BENCH_LOGIN = 'bench'
export const BENCH_PASSWORD = 'a phrase for the bench 2026'
const ROOT = new URL('../../', import.meta.url).pathname
/** What decides how the rows look; another text here makes another file. */
const RECIPE = [
  'electron/core/store/migrations',
  'tests/bench/big-firm.ts',
  'tests/bench/big-firm.visits.ts',
  'tests/bench/firm-words.ts',
  'shared/modules/customers/customers.rules.ts',
  'shared/kernel/search-text.ts',
]

/** A copy of the big firm's data folder to work on; the built one stays for the next run. Remove it afterwards. */
export async function bigFirmFolder(size: BigFirmSize): Promise<string> {
  const shelf = join(tmpdir(), 'yewutai-bench')
  const kept = join(shelf, `${size.customers}-${size.instalments}-${recipeHash()}`)
  if (existsSync(kept)) say(`the firm of an earlier run is used again: ${kept}`)
  else await build(size, shelf, kept)
  const work = mkdtempSync(join(tmpdir(), 'yewutai-bench-run-'))
  cpSync(kept, work, { recursive: true, mode: constants.COPYFILE_FICLONE })
  return work
}

async function build(size: BigFirmSize, shelf: string, kept: string): Promise<void> {
  mkdirSync(shelf, { recursive: true, mode: 0o700 })
  const dataDir = mkdtempSync(join(shelf, 'building-'))
  try {
    // The password costs what it costs in an office: the start of the core is measured with it.
    const core = await startCore({
      dataDir,
      resourcesDir: RESOURCES,
      host: 'local',
      appVersion: '0.0.0-bench',
      clock: fixedClock(BENCH_NOW),
    })
    const client = core.localClient({ device: 'bench' })
    await client.office.firstRun({
      locale: 'zh-CN',
      firm: FIRM,
      administrator: { name: '林总', login: BENCH_LOGIN, password: BENCH_PASSWORD },
      backupDir: '',
      content: 'empty',
    })
    const owners: string[] = []
    for (const [i, name] of STAFF.entries()) {
      owners.push((await client.people.create({ name, login: `sales${i}`, roles: ['sales'], teamId: null })).id)
    }
    const { store } = core.vault
    // Indexes of this size are built in memory or not in reasonable time.
    store.raw.pragma('cache_size = -1048576')
    const actor = { userId: null, roles: [], device: 'bench', entry: 'office.sample' }
    await fillBigFirm(core.deps.store, { ...size, today: BENCH_DAY, owners, actor, onProgress: bar })
    await core.close()
    rmSync(join(dataDir, 'backups'), { recursive: true, force: true })
    renameSync(dataDir, kept)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function recipeHash(): string {
  const hash = createHash('sha256')
  for (const place of RECIPE) {
    const path = join(ROOT, place)
    const files = place.endsWith('.ts')
      ? [path]
      : readdirSync(path)
          .sort()
          .map((name) => join(path, name))
    for (const file of files) hash.update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 12)
}
