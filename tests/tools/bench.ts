import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openBare, type BareFile } from '#tests/bench/bare-sql.ts'
import { measureContractPdf, measureLedger } from '#tests/bench/contracts.ts'
import { openSeat, type CoreSeat } from '#tests/bench/core-seat.ts'
import { line, type Figure } from '#tests/bench/figures.ts'
import { bigFirmFolder } from '#tests/bench/firm-cache.ts'
import {
  measureAgeing,
  measureCounting,
  measureLetters,
  measureLists,
  measurePalette,
  memoryFigure,
  startFigures,
} from '#tests/bench/measurements.ts'
import { measurePerformance } from '#tests/bench/performance.ts'
import { bar, say } from '#tests/bench/terminal.ts'

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    instalments: { type: 'string', default: '1000000' },
    out: { type: 'string', default: 'out/bench.json' },
  },
})
const size = { customers: Number(values.customers), instalments: Number(values.instalments) }
if (!Object.values(size).every((n) => Number.isSafeInteger(n) && n > 0)) {
  process.stderr.write('usage: npm run bench -- [--customers N] [--instalments N] [--out FILE]\n')
  process.exit(2)
}

/** The targets are for a firm of this size: where a statement takes no time, its call is a multiple of nothing. */
const judged = size.customers >= 100_000 && size.instalments >= 1_000_000

/** Figures of a core of its own: what else was done leaves nothing in its memory, nor it in that of others. */
async function alone(dataDir: string, work: (seat: CoreSeat, file: BareFile) => Promise<Figure[]>): Promise<Figure[]> {
  const seat = await openSeat(dataDir)
  const file = await openBare(dataDir)
  try {
    await seat.checked
    return await work(seat, file)
  } finally {
    file.db.close()
    await seat.close()
  }
}

async function measure(dataDir: string): Promise<{ figures: Figure[]; fileBytes: number }> {
  // The count of a day.
  const counting = await alone(dataDir, measureCounting)
  const seat = await openSeat(dataDir)
  try {
    const file = await openBare(dataDir)
    const fileBytes = statSync(file.path).size
    const figures = startFigures(seat)
    if (fileBytes > 64 * 1024 * 1024) {
      bar('check of the file, beside the work', 0, 1)
      await seat.checked
      bar('check of the file, beside the work', 1, 1)
    }
    const started = seat.memory()
    figures.push(...(await measureLists(seat.client, file)))
    figures.push(...(await measurePalette(seat.client, file)))
    figures.push(...(await measureLedger(seat.client, file)))
    figures.push(...(await measureAgeing(seat.client, file)))
    const reading = seat.memory()
    figures.push(...(await measureContractPdf(seat.client)))
    figures.push(...(await measureLetters(seat, file)), ...counting)
    figures.push(
      memoryFigure('memory', 'memory of the core, lists and ageing', Math.max(reading.peak, started.now), true),
      memoryFigure('memory.start', '  its highest while starting and checking the file', started.peak, false),
    )
    file.db.close()
    return { figures, fileBytes }
  } finally {
    await seat.close()
  }
}

const dataDir = await bigFirmFolder(size)
const before = loadavg()[0] ?? 0
try {
  const measured = await measure(dataDir)
  measured.figures.push(...(await alone(dataDir, measurePerformance)))
  const { fileBytes } = measured
  const figures = judged ? measured.figures : measured.figures.map((figure) => ({ ...figure, met: null }))
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    threads: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    /** Other work on the machine, which every figure bears. */
    loadBefore: Number(before.toFixed(2)),
  }
  const out = resolve(values.out)
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(out, `${JSON.stringify({ ...size, fileBytes, machine, figures }, null, 2)}\n`)
  say('')
  say(`${size.customers} customers, ${size.instalments} instalments, file of ${Math.round(fileBytes / 1024 / 1024)} MB`)
  say(`${machine.cpu}, ${machine.threads} threads, Node ${machine.node}, load before ${machine.loadBefore}`)
  say('')
  say(
    `${''.padEnd(52)} ${'program'.padStart(11)} ${'bare'.padStart(11)} ${'ratio'.padStart(9)} ${'target'.padStart(11)}`,
  )
  for (const figure of figures) say(line(figure))
  const missed = figures.filter((figure) => figure.met === false).length
  say('')
  if (judged) say(`${figures.filter((figure) => figure.met !== null).length - missed} targets met, ${missed} missed`)
  else say('a smaller firm than the targets are for: this run only shows that the bench works')
  say(out)
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(0)
