import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { createWorkerPool } from '#core/kernel/worker-pool.ts'
import { toDefinition } from '#workers/pdf-definition.ts'
import { fontFiles } from '#workers/pdf-fonts.ts'
import { sampleLetter } from '#tests/helpers/sample-document.ts'

const resourcesDir = new URL('../../resources', import.meta.url).pathname
const COUNT = 120

/** pdfmake as its guide shows it: fonts in memory, one document after the other. */
async function bareRate(): Promise<number> {
  const pdfmake = createRequire(import.meta.url)('pdfmake') as {
    virtualfs: { writeFileSync(name: string, bytes: Buffer): void }
    setFonts(fonts: unknown): void
    setUrlAccessPolicy(policy: () => boolean): void
    setLocalAccessPolicy(policy: () => boolean): void
    createPdf(definition: unknown): { getBuffer(): Promise<Buffer> }
  }
  const files = fontFiles(resourcesDir)
  pdfmake.virtualfs.writeFileSync('r.ttf', readFileSync(files.regular))
  pdfmake.virtualfs.writeFileSync('b.ttf', readFileSync(files.bold))
  pdfmake.setFonts({ NotoSansSC: { normal: 'r.ttf', bold: 'b.ttf' } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  const draw = (n: number) =>
    pdfmake.createPdf(toDefinition(sampleLetter(n), { print: String, flow: String })).getBuffer()
  for (let n = 0; n < 10; n += 1) await draw(n)
  const begun = performance.now()
  for (let n = 0; n < COUNT; n += 1) await draw(n)
  return (COUNT * 1000) / (performance.now() - begun)
}

it('a batch of letters on two threads is at least 1.5 times as fast as a bare loop', async () => {
  const pool = createWorkerPool({ resourcesDir, size: 2 })
  await Promise.all(Array.from({ length: 20 }, (_, n) => pool.run('pdf', sampleLetter(n))))
  const bare = await bareRate()
  const begun = performance.now()
  await Promise.all(Array.from({ length: COUNT }, (_, n) => pool.run('pdf', sampleLetter(n))))
  const single = (COUNT * 1000) / (performance.now() - begun)
  const merged = performance.now()
  await pool.run('pdf-batch', { documents: Array.from({ length: COUNT }, (_, n) => sampleLetter(n)) })
  const together = (COUNT * 1000) / (performance.now() - merged)
  await pool.close()
  const report = `bare ${bare.toFixed(0)}/s, pool of two ${single.toFixed(0)}/s, one merged file ${together.toFixed(0)}/s`
  process.stdout.write(`letters: ${report}\n`)
  expect(single / bare, report).toBeGreaterThan(1.5)
  expect(together / bare, report).toBeGreaterThan(1.5)
}, 120_000)
