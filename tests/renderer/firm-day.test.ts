import { afterEach, expect, it, vi } from 'vitest'
import { useSession } from '#renderer/rpc/session.ts'
import { firmMonth, firmToday, firmYear } from '#renderer/ui/firm-day.ts'
import { sitDown } from './helpers.tsx'

afterEach(() => vi.useRealTimers())

it.each([
  ['Asia/Shanghai', '2027-01-01'],
  ['America/Los_Angeles', '2026-12-31'],
])('the day, month and year are those of the firm, in %s', async (zone, day) => {
  await sitDown()
  const { session } = useSession.getState()
  useSession.setState({ session: session && { ...session, zone } })
  vi.useFakeTimers({ now: Date.parse('2026-12-31T18:00:00Z'), toFake: ['Date'] })
  expect([firmToday(), firmMonth(), firmYear()]).toEqual([day, day.slice(0, 7), Number(day.slice(0, 4))])
})
