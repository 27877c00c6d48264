import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asMonth } from '#shared/kernel/dates.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { fixedClock } from '#core/kernel/clock.ts'
import { startCore, type Core } from '#core/start-core.ts'
import { BENCH_DAY, BENCH_NOW, fillBigFirm } from '#tests/bench/big-firm.ts'
import { bar } from '#tests/bench/terminal.ts'
import type { FirmSize } from './demo-arguments.ts'

/** The month of the day that the firm stands on; the same day, the same documents. */
const MONTH = asMonth('2026-06')

interface ManifestEntry {
  readonly kind: 'firm' | 'contract' | 'dunning-letter' | 'dunning-merged' | 'kpi-workbook'
  readonly file: string
  readonly sha256: string
  /** Amounts in fen, counts, and scores in hundredths of a point. */
  readonly figures: Readonly<Record<string, number | string>>
}

async function settle(core: Core, jobId: string) {
  const job = await core.deps.jobs.settled(jobId)
  if (job.state !== 'done') throw new Error(`${job.kind} ended as ${job.state}: ${JSON.stringify(job.error)}`)
  return job
}

/** How many rows the file has; customers count with those in the bin. */
async function countFirm(core: Core): Promise<Record<'customers' | 'contracts' | 'instalments' | 'receipts', number>> {
  const count = async (table: 'customers' | 'contracts' | 'receivable_instalments' | 'receipts') => {
    const { rows } = await core.deps.store.read
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
    return rows
  }
  return {
    customers: await count('customers'),
    contracts: await count('contracts'),
    instalments: await count('receivable_instalments'),
    receipts: await count('receipts'),
  }
}

/** Adds to the sample firm what is missing to its wished size, by the means of the bench; its salespeople own it. */
async function enlarge(core: Core, size: FirmSize): Promise<void> {
  const has = await countFirm(core)
  const owners = await core.deps.store.read
    .selectFrom('customers')
    .select('owner_id')
    .distinct()
    .where('owner_id', 'is not', null)
    .orderBy('owner_id')
    .execute()
  // Indexes of a million rows are built in memory or not in reasonable time; the cache takes no more than it needs.
  const { raw } = core.vault.store
  const cache = Number(raw.pragma('cache_size', { simple: true }))
  raw.pragma('cache_size = -1048576')
  await fillBigFirm(core.deps.store, {
    customers: size.customers - has.customers,
    instalments: size.instalments - has.instalments,
    today: BENCH_DAY,
    owners: owners.map((row) => row.owner_id as string),
    actor: { userId: null, roles: [], device: 'demo', entry: 'office.sample' },
    onProgress: bar,
  })
  raw.pragma(`cache_size = ${cache}`)
}

/** Makes the firm, in the size asked for or as the sample is, and writes its documents to `out`. */
export async function runDemo(out: string, size: FirmSize | null): Promise<void> {
  mkdirSync(out, { recursive: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'yewutai-demo-'))
  const core = await startCore({
    dataDir,
    resourcesDir: new URL('../../resources', import.meta.url).pathname,
    host: 'local',
    appVersion: '0.1.0',
    clock: fixedClock(BENCH_NOW),
    // The file lives for seconds and its password is thrown away with it.
    passwordCost: { memoryKiB: 1024, timeCost: 1 },
  })
  const manifest: ManifestEntry[] = []
  const client = core.localClient({ device: 'demo' })
  const write = (kind: ManifestEntry['kind'], name: string, bytes: Uint8Array, figures: ManifestEntry['figures']) => {
    writeFileSync(join(out, name), bytes)
    manifest.push({ kind, file: name, sha256: createHash('sha256').update(bytes).digest('hex'), figures })
  }
  const take = async (fileId: string) => fetched((await client.files.ticket({ fileId })).url)
  const fetched = async (url: string) => {
    const file = await core.takeFile(url.slice('/files/'.length))
    if (!file) throw new Error('a file of the demo was lost')
    return file
  }

  try {
    const first = await client.office.firstRun({
      locale: 'zh-CN',
      firm: {
        name: '重庆山城机械配件有限公司',
        uscc: '91350100M000100Y43',
        legalRepresentative: '周建国',
        address: '重庆市九龙坡区石桥铺科园一路 6 号',
        phone: '023-68886666',
        bankName: '中国建设银行重庆石桥铺支行',
        bankAccount: '50001013600050001234',
        sealName: '重庆山城机械配件有限公司合同专用章',
      },
      administrator: { name: '林总', login: 'demo', password: 'a phrase for the demo 2026' },
      backupDir: '',
      content: 'sample',
    })
    const watching = new AbortController()
    const watch = (async () => {
      for await (const job of await client.jobs.watch({}, { signal: watching.signal })) {
        if (job.total > 0) bar(`${job.kind} ${job.step?.split('.').at(-1) ?? ''}`, job.done, job.total)
      }
    })().catch(() => undefined)
    await settle(core, first.jobId ?? '')

    const contracts = await client.contracts.list({
      limit: 1,
      sort: { key: 'amount', dir: 'desc' },
      filters: { stage: 'performing' },
    })
    const contract = contracts.rows[0]
    if (!contract) throw new Error('the sample firm has no contract')
    // Looked up before the firm grows: a run takes two thousand customers at most.
    const due = await client.dunning.preview({})
    const going = due.rows.filter((row) => row.skip === null)
    if (size) await enlarge(core, size)
    const firm = await countFirm(core)
    write('firm', 'firm.json', Buffer.from(`${JSON.stringify(firm, null, 2)}\n`), firm)

    const preview = await client.contracts.preview({ id: contract.id, fields: null })
    const paper = await take(preview.fileId)
    write('contract', paper.name, paper.bytes, {
      number: contract.number,
      amount: contract.amount,
      capitals: rmbCapitals(contract.amount),
    })

    const run = await settle(
      core,
      (await client.dunning.run({ customerIds: going.map((row) => row.customerId) })).jobId,
    )
    const letters = (run.result as { letters: { id: string; number: string; principal: number; interest: number }[] })
      .letters
    for (const letter of letters) {
      const file = await fetched((await client.dunning.letterFile({ id: letter.id })).url)
      const { number, principal, interest } = letter
      write('dunning-letter', file.name, file.bytes, { number, principal, interest })
    }
    const merged = run.files.at(-1)
    if (!merged) throw new Error('the merged letters are missing')
    const all = await take(merged.fileId)
    write('dunning-merged', all.name, all.bytes, {
      letters: letters.length,
      principal: letters.reduce((sum, letter) => sum + letter.principal, 0),
      interest: letters.reduce((sum, letter) => sum + letter.interest, 0),
    })

    const book = await settle(core, (await client.performance.workbook({ month: MONTH })).jobId)
    const sheet = await client.performance.sheet({ month: MONTH })
    const workbook = await take(book.files[0]?.fileId ?? '')
    const figures: Record<string, number | string> = { people: sheet.people.length }
    for (const person of sheet.people) {
      figures[`${person.userName}.total`] = person.total
      figures[`${person.userName}.rank`] = person.rank ?? 0
      for (const result of person.indicators) {
        figures[`${person.userName}.${result.indicator}.actual`] = result.actual
        figures[`${person.userName}.${result.indicator}.rate`] = result.rate
        figures[`${person.userName}.${result.indicator}.score`] = result.score
      }
    }
    write('kpi-workbook', workbook.name, workbook.bytes, figures)
    watching.abort()
    await watch

    writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    for (const entry of manifest) process.stdout.write(`${entry.kind.padEnd(16)} ${entry.file}\n`)
    process.stdout.write(`${manifest.length} files and manifest.json in ${out}\n`)
  } finally {
    await core.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
