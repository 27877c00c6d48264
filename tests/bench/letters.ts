import type { DocumentModel } from '#shared/kernel/document-model.ts'
import type { CoreConfig } from '#core/kernel/deps.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { claimsOf, isGoing } from '#core/modules/dunning/dunning.claims.ts'
import { letterModel } from '#core/modules/dunning/dunning.letter.ts'
import { createPolicies } from '#core/modules/dunning/dunning.policies.ts'
import { Connection } from '#core/store/connection.ts'
import { sqliteKysely } from '#core/store/dialects/sqlite.ts'
import type { Reader } from '#core/store/store.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'
import { barePdf } from './bare-pdf.ts'
import type { BareFile } from './bare-sql.ts'
import { BENCH_DAY } from './big-firm.ts'
import type { BenchClient } from './core-seat.ts'
import { bar } from './terminal.ts'

/** The letters of these customers as models, made by the program's own rules. */
export async function letterModels(file: BareFile, customerIds: readonly string[]): Promise<DocumentModel[]> {
  const connection = new Connection({ path: file.path, key: file.key, readonly: true })
  try {
    const db = sqliteKysely(connection) as Reader
    const book = await createPolicies({ config: { resourcesDir: RESOURCES } as CoreConfig }).book(db, BENCH_DAY)
    const { calendar } = book.setting
    const claims = await claimsOf(db, makeScope.all(), book, BENCH_DAY, customerIds, {})
    const models: DocumentModel[] = []
    for (const [i, claim] of claims.filter(isGoing).entries()) {
      const number = `CK-2026-${String(i + 1).padStart(4, '0')}`
      models.push(
        (await letterModel(db, claim, { number, language: 'zh-CN', day: BENCH_DAY, preview: false, calendar })).model,
      )
    }
    return models
  } finally {
    connection.close()
  }
}

/** One document after the other. Milliseconds for all. */
export async function bareLetters(models: readonly DocumentModel[]): Promise<number> {
  const draw = barePdf()
  for (const model of models.slice(0, 5)) await draw(model)
  const begun = performance.now()
  for (const [i, model] of models.entries()) {
    bar('bare letters', i, models.length)
    await draw(model)
  }
  bar('bare letters', models.length, models.length)
  return performance.now() - begun
}

/** The batch as the program runs it: numbered, printed, kept, audited and merged. Milliseconds for all; told how far it is. */
export async function programLetters(
  client: BenchClient,
  customerIds: readonly string[],
  onDone: (letters: number) => void = () => undefined,
): Promise<{ ms: number; lettersMs: number; letters: number }> {
  const begun = performance.now()
  const { jobId } = await client.dunning.run({ customerIds: [...customerIds] })
  let lettersMs = 0
  for await (const job of await client.jobs.watch({})) {
    if (job.id !== jobId) continue
    bar('letters', job.done, job.total)
    onDone(job.done)
    if (lettersMs === 0 && job.step === 'dunning:run.merge') lettersMs = performance.now() - begun
    if (job.state === 'queued' || job.state === 'running') continue
    if (job.state !== 'done') throw new Error(`the letters ended as ${job.state}: ${JSON.stringify(job.error)}`)
    return { ms: performance.now() - begun, lettersMs, letters: (job.result as { letters: unknown[] }).letters.length }
  }
  throw new Error('the connection ended before the letters were done')
}
