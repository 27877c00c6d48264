import { setTimeout as pause } from 'node:timers/promises'
import { addDays } from '#shared/kernel/dates.ts'
import { bareStatements, customersToDun, uncountedCustomers, type BareFile } from './bare-sql.ts'
import { BENCH_DAY } from './big-firm.ts'
import type { BenchClient, CoreSeat } from './core-seat.ts'
import { figure, type Figure } from './figures.ts'
import { COMMON_WORD, RARE_WORD } from './firm-words.ts'
import { bareLetters, letterModels, programLetters } from './letters.ts'
import { median, percentile, timedByTurns } from './statistics.ts'
import { bar } from './terminal.ts'

const CALLS = 60
const WARM = 8
const LETTERS = 1000
const PREVIEWED = 1000
const BY_RANK = { key: 'rank', dir: 'asc' } as const
const MB = 1024 * 1024

interface Question {
  readonly key: string
  readonly label: string
  readonly bare: () => { length: number }
  readonly whole: () => Promise<{ rows: { length: number } }>
}

/** First pages and searches through the whole path: socket, permission, checks of input and output, and back. */
export async function measureLists(client: BenchClient, file: BareFile): Promise<Figure[]> {
  const bare = bareStatements(file.db)
  const owner = (file.db.prepare("SELECT id FROM users WHERE login_key = 'sales3'").get() as { id: string }).id
  const limit = 50
  const byName = { key: 'name', dir: 'asc' } as const
  const questions: Question[] = [
    {
      key: 'list.name',
      label: 'first page, by stage and region, sorted by name',
      bare: () => bare.filteredByName('customer', COMMON_WORD),
      whole: () => client.customers.list({ limit, sort: byName, filters: { stage: 'customer', region: COMMON_WORD } }),
    },
    {
      key: 'list.created',
      label: 'first page, by owner and grade, sorted by date',
      bare: () => bare.filteredByCreated(owner, 'A'),
      whole: () =>
        client.customers.list({
          limit,
          sort: { key: 'createdAt', dir: 'desc' },
          filters: { ownerId: owner as never, grade: 'A' },
        }),
    },
    {
      key: 'search.common',
      label: 'search of two characters, many hits',
      bare: () => bare.search(COMMON_WORD),
      whole: () => client.customers.list({ limit, sort: byName, text: COMMON_WORD, filters: {} }),
    },
    {
      key: 'search.rare',
      label: 'search of two characters, few hits',
      bare: () => bare.search(RARE_WORD),
      whole: () => client.customers.list({ limit, sort: byName, text: RARE_WORD, filters: {} }),
    },
  ]
  const figures: Figure[] = []
  for (const [i, question] of questions.entries()) {
    bar('lists and searches', i, questions.length)
    const [expected, found] = [question.bare().length, (await question.whole()).rows.length]
    if (Math.min(expected, limit) !== found) throw new Error(`${question.key}: ${found} rows instead of ${expected}`)
    const samples = await timedByTurns(CALLS, WARM, question.bare, question.whole)
    const [value, plain] = [median(samples.whole), median(samples.bare)]
    const p95 = percentile(samples.whole, 0.95)
    figures.push(
      figure({
        key: question.key,
        label: question.label,
        value,
        unit: 'ms',
        bare: plain,
        ratio: value / plain,
        atMost: 3,
        more: { bareP95: percentile(samples.bare, 0.95), rows: found },
      }),
      figure({ key: `${question.key}.p95`, label: '  its 95th percentile', value: p95, unit: 'ms', atMost: 50 }),
    )
  }
  bar('lists and searches', questions.length, questions.length)
  return figures
}

/** What people type into the palette, in its own entry: every kind of record is looked through for each. */
export async function measurePalette(client: BenchClient, file: BareFile): Promise<Figure[]> {
  const one = (text: string) => (file.db.prepare(text).get() as { found: string }).found
  const asked: readonly (readonly [key: string, label: string, text: string])[] = [
    ['initials', 'palette: initials of a name', 'cqxc'],
    [
      'phone',
      'palette: last digits of a phone',
      one('SELECT substr(digits, -4) found FROM customer_phones LIMIT 1 OFFSET 500'),
    ],
    ['two', 'palette: two characters', RARE_WORD],
    ['number', 'palette: number of a contract', one('SELECT number found FROM contracts LIMIT 1 OFFSET 500')],
  ]
  const bare = bareStatements(file.db)
  const figures: Figure[] = []
  for (const [key, label, text] of asked) {
    if ((await client.search.query({ text })).length === 0) throw new Error(`the palette finds nothing for ${text}`)
    const samples = await timedByTurns(
      CALLS,
      WARM,
      () => bare.palette(text.toLowerCase()),
      () => client.search.query({ text }),
    )
    const [value, plain] = [median(samples.whole), median(samples.bare)]
    figures.push(
      figure({ key: `palette.${key}`, label, value, unit: 'ms', bare: plain, ratio: value / plain, atMost: 3 }),
      figure({
        key: `palette.${key}.p95`,
        label: '  its 95th percentile',
        value: percentile(samples.whole, 0.95),
        unit: 'ms',
        atMost: 50,
      }),
    )
  }
  return figures
}

/** Everything that is owed by age, as things stand and as of a past day, against one aggregate over the same rows. */
export async function measureAgeing(client: BenchClient, file: BareFile): Promise<Figure[]> {
  const bare = bareStatements(file.db)
  const now = () => client.receivables.ageingTotals({ asOf: BENCH_DAY })
  const past = addDays(BENCH_DAY, -90)
  const then = () => client.receivables.ageingTotals({ asOf: past })
  if ((await now()).outstanding !== bare.ageing()[0]) throw new Error('the ageing and the bare sum differ')
  if ((await then()).outstanding !== bare.owedOn(past))
    throw new Error('the ageing of a past day and the journal differ')
  const figures: Figure[] = []
  const asked = [
    { key: 'ageing', label: 'ageing of all open instalments', atMost: 1.3, whole: now },
    { key: 'ageing.past', label: 'ageing as of 90 days ago', atMost: 3, whole: then },
  ]
  for (const { whole, ...one } of asked) {
    const samples = await timedByTurns(15, 2, bare.ageing, whole)
    const [value, plain] = [median(samples.whole), median(samples.bare)]
    figures.push(figure({ ...one, value, unit: 'ms', bare: plain, ratio: value / plain }))
  }
  return figures
}

async function timedOnce<T extends object>(call: () => Promise<T>): Promise<T & { ms: number }> {
  const begun = performance.now()
  const answer = await call()
  return { ...answer, ms: performance.now() - begun }
}

/** A batch on two threads with everything around it, against a plain loop over the same letters. */
export async function measureLetters(seat: CoreSeat, file: BareFile): Promise<Figure[]> {
  const { client } = seat
  const ids = customersToDun(file.db, LETTERS)
  const models = await letterModels(file, ids)
  const own = process.cpuUsage()
  const bareMs = await bareLetters(models)
  const { user, system } = process.cpuUsage(own)
  const asked = customersToDun(file.db, PREVIEWED)
  const preview = await timedOnce(() => client.dunning.preview({ customerIds: asked as never }))
  // Threads start and read their fonts with the first letter they are asked for.
  await Promise.all(
    ids.slice(0, 4).map((customerId) => client.dunning.previewLetter({ customerId: customerId as never })),
  )
  const cpuBefore = seat.cpuMs()
  seat.memory()
  let halfWay = 0
  const { ms, lettersMs, letters } = await programLetters(client, ids, (done) => {
    if (done <= LETTERS / 2) halfWay = Math.max(halfWay, seat.memory().peak)
  })
  if (letters !== models.length) throw new Error(`${letters} letters instead of ${models.length}`)
  const rate = (duration: number) => (letters * 1000) / duration
  return [
    figure({
      key: 'letters',
      label: `${letters} letters on two threads, numbered and kept`,
      value: rate(lettersMs),
      unit: '/s',
      bare: rate(bareMs),
      ratio: bareMs / lettersMs,
      atLeast: 1.5,
      more: { letters, cpuMs: seat.cpuMs() - cpuBefore, bareCpuMs: (user + system) / 1000 },
    }),
    figure({
      key: 'letters.preview',
      label: `  preview of ${preview.totals.letters} letters`,
      value: preview.ms,
      unit: 'ms',
      atMost: 3000,
    }),
    // The loop makes no such file: all letters once more, in one.
    figure({
      key: 'letters.merged',
      label: '  the whole run, with the merged file of all letters',
      value: rate(ms),
      unit: '/s',
      bare: rate(bareMs),
      ratio: bareMs / ms,
    }),
    memoryFigure('memory.batch', `  memory of the core, the first ${LETTERS / 2}`, halfWay, true),
    memoryFigure('memory.whole', '  memory of the core, all', Math.max(halfWay, seat.memory().peak), false),
  ]
}

/** The start as it was measured in the core's process: without hashing, with it, and the code's loading before. */
export function startFigures({ report }: CoreSeat): Figure[] {
  const { startMs, hashMs, loadMs } = report
  return [
    figure({
      key: 'start',
      label: 'start to first answer, beyond the password hash',
      value: startMs - hashMs,
      unit: 'ms',
      atMost: 1000,
    }),
    figure({ key: 'start.hash', label: '  the password hash alone', value: hashMs, unit: 'ms' }),
    figure({ key: 'start.all', label: '  both together', value: startMs, unit: 'ms' }),
    figure({ key: 'start.load', label: '  loading the code before that, bundled', value: loadMs, unit: 'ms' }),
  ]
}

/** The work list of a firm that was never counted: how long the page waits, and the rest behind it. */
export async function measureCounting(seat: CoreSeat, file: BareFile): Promise<Figure[]> {
  const begun = performance.now()
  const { rows, ms } = await timedOnce(() => seat.client.dunning.work({ limit: 100, sort: BY_RANK, filters: {} }))
  if (rows.length === 0) throw new Error('the work list is empty')
  const all = uncountedCustomers(file.db)
  for (let left = all; left > 0; left = uncountedCustomers(file.db)) {
    bar('work list', all - left, all)
    await pause(250)
  }
  bar('work list', all, all)
  return [
    figure({ key: 'counting', label: 'the work list, first asked for', value: ms, unit: 'ms', atMost: 3000 }),
    figure({
      key: 'counting.all',
      label: '  everybody counted behind it',
      value: (performance.now() - begun) / 1000,
      unit: 's',
    }),
    memoryFigure('counting.memory', '  memory of the core meanwhile', seat.memory().peak, false),
  ]
}

/** Resident memory of the core's process. */
export function memoryFigure(key: string, label: string, bytes: number, judged: boolean): Figure {
  return figure({ key, label, value: bytes / MB, unit: 'MB', ...(judged ? { atMost: 400 } : {}) })
}
