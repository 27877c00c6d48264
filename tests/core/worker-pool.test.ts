import { getEventListeners } from 'node:events'
import { readdirSync } from 'node:fs'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createWorkerPool } from '#core/kernel/worker-pool.ts'
import { longText, paragraph, sampleDocument, sampleLetter } from '#tests/helpers/sample-document.ts'

const resourcesDir = new URL('../../resources', import.meta.url).pathname
const pool = createWorkerPool({ resourcesDir, size: 2 })
afterAll(() => pool.close())

const heavy = { documents: Array.from({ length: 400 }, (_, n) => sampleLetter(n)) }
/** Only on Linux can the threads of a process be counted from within. */
const threads = () => readdirSync('/proc/self/task').length
const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-'

describe('worker pool', () => {
  it('does every kind of task', async () => {
    expect(isPdf(await pool.run('pdf', sampleLetter(1)))).toBe(true)
    expect(isPdf(await pool.run('pdf-batch', { documents: [sampleLetter(1), sampleLetter(2)] }))).toBe(true)
    expect(await pool.run('office-kind', { bytes: await pool.run('docx', sampleLetter(1)) })).toBe('docx')
    const rows = [{ cells: [{ value: '甲' }, { value: 150, format: 'yuan' as const }] }]
    const bytes = await pool.run('xlsx', { creator: 'x', createdAt: 0, sheets: [{ name: '表', columns: [], rows }] })
    const { sheets } = await pool.run('read-table', { bytes, name: 'a.xlsx' })
    expect(sheets).toEqual([{ name: '表', rows: [['甲', '1.5']] }])
    expect(await pool.run('missing-characters', { texts: ['吉𠮷\u{30000}'] })).toEqual(['\u{30000}'])
  })

  it('lets a thread go that has nothing to do, and starts another', async (context) => {
    if (process.platform !== 'linux') return context.skip('threads are counted on Linux only')
    const brief = createWorkerPool({ resourcesDir, size: 1, idleMs: 200 })
    const before = threads()
    await brief.run('pdf', sampleLetter(1))
    expect(threads()).toBeGreaterThan(before)
    await vi.waitFor(() => expect(threads()).toBe(before), 5000)
    expect(isPdf(await brief.run('pdf', sampleLetter(2)))).toBe(true)
    await brief.close()
  })

  it('ends a thread with the large workbook that it wrote', async (context) => {
    if (process.platform !== 'linux') return context.skip('threads are counted on Linux only')
    const brief = createWorkerPool({ resourcesDir, size: 1 })
    const before = threads()
    const book = (rows: number) => ({
      creator: 'x',
      createdAt: 0,
      sheets: [
        { name: '表', columns: [], rows: Array.from({ length: rows }, (_, n) => ({ cells: [`${n * 7919}`, n] })) },
      ],
    })
    await brief.run('xlsx', book(10))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(threads()).toBeGreaterThan(before)
    expect((await brief.run('xlsx', book(120_000))).byteLength).toBeGreaterThan(2_000_000)
    await vi.waitFor(() => expect(threads()).toBe(before), 5000)
    await brief.close()
  })

  it('keeps nothing of a task that has ended, however long it may still be cancelled', async () => {
    const { signal } = new AbortController()
    await pool.run('missing-characters', { texts: ['甲'] }, { signal })
    await expect(pool.run('read-table', { bytes: new Uint8Array(), name: 'a.xlsx' }, { signal })).rejects.toThrow()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('leaves the bytes it was given where they are', async () => {
    const bytes = new TextEncoder().encode('甲,乙\n1,2')
    await pool.run('read-table', { bytes, name: 'a.csv' })
    expect(bytes.byteLength).toBeGreaterThan(0)
  })

  it('hands refusals over with their code and data', async () => {
    const bytes = new TextEncoder().encode('甲,乙\n5"管,3')
    await expect(pool.run('read-table', { bytes, name: 'a.csv' })).rejects.toMatchObject({
      code: 'IMPORT_BAD_CSV',
      data: { line: 2 },
    })
  })

  it('stops a cancelled task at once and goes on with others', async () => {
    const stop = new AbortController()
    const running = pool.run('pdf-batch', heavy, { signal: stop.signal })
    const other = pool.run('pdf', sampleLetter(3))
    setTimeout(() => stop.abort(), 150)
    const begun = performance.now()
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(performance.now() - begun).toBeLessThan(1500)
    expect(isPdf(await other)).toBe(true)
    expect(isPdf(await pool.run('pdf', sampleLetter(4)))).toBe(true)
  })

  it('lets a task that waits be cancelled before its turn', async () => {
    const single = createWorkerPool({ resourcesDir, size: 1 })
    const first = single.run('pdf-batch', { documents: heavy.documents.slice(0, 60) })
    const stop = new AbortController()
    const second = single.run('pdf', sampleLetter(5), { signal: stop.signal })
    stop.abort()
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(isPdf(await first)).toBe(true)
    await expect(single.run('pdf', sampleLetter(6), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    })
    await single.close()
    await expect(single.run('pdf', sampleLetter(6))).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('fails only the task whose thread dies', async () => {
    const crash = new URL('../helpers/crash.worker.ts', import.meta.url)
    const weak = createWorkerPool({
      resourcesDir,
      size: 1,
      urls: { documents: crash, spreadsheets: crash, drawings: crash },
    })
    const kinds = ['throw', 'exit', 'memory'] as const
    for (const name of kinds) {
      await expect(weak.run('read-table', { bytes: new Uint8Array(1), name })).rejects.toMatchObject({
        code: 'IMPORT_TOO_LARGE',
      })
    }
    expect(await weak.run('read-table', { bytes: new Uint8Array(1), name: 'fine' })).toBe('fine')
    // A thread that dies between two tasks is replaced without anybody noticing.
    expect(await weak.run('read-table', { bytes: new Uint8Array(1), name: 'later' })).toBe('later')
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await weak.run('read-table', { bytes: new Uint8Array(1), name: 'fine' })).toBe('fine')
    await weak.close()
  })

  it('refuses what is not plain data without losing the thread', async () => {
    const odd = { ...sampleLetter(1), extra: () => 1 }
    await expect(pool.run('pdf', odd)).rejects.toThrow()
    expect(isPdf(await pool.run('pdf', sampleLetter(1)))).toBe(true)
  })

  it('draws a document of 300 pages', async () => {
    const bytes = await pool.run('pdf', sampleDocument(Array.from({ length: 300 }, () => paragraph(longText(1100)))))
    expect(isPdf(bytes)).toBe(true)
  }, 60_000)
})
