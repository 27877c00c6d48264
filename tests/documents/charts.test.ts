import { inflateSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import type { ChartModel } from '#shared/kernel/chart-model.ts'
import { createWorkerPool } from '#core/kernel/worker-pool.ts'

const pool = createWorkerPool({ resourcesDir: new URL('../../resources', import.meta.url).pathname, size: 1 })
afterAll(() => pool.close())

const bars = (categories: readonly string[], data = [6_971, 5_592]): ChartModel => ({
  unit: 'score',
  width: 300,
  height: 120,
  horizontal: true,
  categories,
  series: [{ name: '总分', type: 'bar', data }],
})
const radar: ChartModel = {
  unit: 'rate',
  width: 320,
  height: 200,
  radarTo: 12_000,
  categories: ['合同额', '回款额', '拜访次数'],
  series: [{ name: '完成率', type: 'line', data: [2_739, 10_013, 8_000] }],
}

/** Width, height and the unpacked points of a PNG of eight bits a channel. */
function png(bytes: Uint8Array) {
  const file = Buffer.from(bytes)
  expect(file.subarray(1, 4).toString('latin1')).toBe('PNG')
  const data: Buffer[] = []
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    if (file.subarray(at + 4, at + 8).toString('latin1') === 'IDAT') {
      data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
    }
  }
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20), points: inflateSync(Buffer.concat(data)) }
}

describe('a chart as a picture', () => {
  it('is a PNG twice as fine as asked, drawn, and the same every time', async () => {
    const charts = [bars(['1 杨静', '2 张伟']), radar]
    const [first, second] = await pool.run('charts', { charts })
    expect(png(first!)).toMatchObject({ width: 600, height: 240 })
    expect(png(second!)).toMatchObject({ width: 640, height: 400 })
    // A blank picture packs to next to nothing.
    for (const one of [first, second]) expect(one!.byteLength).toBeGreaterThan(5_000)
    expect(await pool.run('charts', { charts })).toEqual([first, second])
  })

  it('is drawn in the program’s own letters: every character has a shape of its own, whatever the computer has', async () => {
    const names = ['杨', '陳', '强', '強', 'é', ' ']
    const drawn = await pool.run('charts', { charts: names.map((name) => bars([name, name])) })
    // Letters that are missing would all be the same empty box.
    expect(new Set(drawn.map((one) => Buffer.from(png(one).points).toString('base64'))).size).toBe(names.length)
  })

  it('shows other figures as another picture, also of nothing at all', async () => {
    const [a, b, none] = await pool.run('charts', {
      charts: [bars(['甲', '乙']), bars(['甲', '乙'], [6_971, 5_593]), bars([], [])],
    })
    expect(a).not.toEqual(b)
    expect(png(none!).width).toBe(600)
  })
})
