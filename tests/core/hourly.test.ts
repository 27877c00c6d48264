import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { everyHour } from '#core/kernel/hourly.ts'
import { fixedClock } from '#core/kernel/clock.ts'

const MINUTE = 60_000
const clock = fixedClock(Date.UTC(2026, 0, 5))

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

async function pass(minutes: number) {
  for (let minute = 0; minute < minutes; minute += 1) {
    clock.set(clock.now() + MINUTE)
    await vi.advanceTimersByTimeAsync(MINUTE)
  }
}

function start(host: 'port' | 'local', isOpen: () => boolean, works: Record<string, () => Promise<number>>) {
  const warn = vi.fn()
  const deps = { clock, config: { host }, log: { warn } } as unknown as Parameters<typeof everyHour>[0]
  everyHour(
    deps,
    isOpen,
    Object.entries(works).map(([name, run]) => ({ name, run })),
  )
  return warn
}

it('is done within minutes of the data file’s opening, and every hour from then on', async () => {
  let open = false
  const run = vi.fn(async () => 0)
  start('port', () => open, { run })
  await pass(60)
  expect(run).not.toHaveBeenCalled()
  open = true
  await pass(5)
  expect(run).toHaveBeenCalledTimes(1)
  await pass(55)
  expect(run).toHaveBeenCalledTimes(1)
  await pass(5)
  expect(run).toHaveBeenCalledTimes(2)
})

it('goes one after the other; what fails stops no other, and what lasts is not begun twice', async () => {
  const order: string[] = []
  let release = (): void => undefined
  const warn = start('port', () => true, {
    fails: async () => {
      order.push('fails')
      throw new Error('no')
    },
    lasts: () => {
      order.push('lasts')
      return new Promise((resolve) => {
        release = () => resolve(1)
      })
    },
    last: async () => order.push('last'),
  })
  await pass(125)
  expect(order).toEqual(['fails', 'lasts'])
  expect(warn).toHaveBeenCalledOnce()
  release()
  await pass(0)
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['fails', 'lasts', 'last'])
})

it('is not done where nobody works', async () => {
  const run = vi.fn(async () => 0)
  start('local', () => true, { run })
  await pass(180)
  expect(run).not.toHaveBeenCalled()
})
