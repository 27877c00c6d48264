import { renderHook, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useMadePdf } from '#renderer/ui/use-made-pdf.ts'
import { wait } from './helpers.tsx'

type Make = NonNullable<Parameters<typeof useMadePdf>[0]>
const page = (name: string): Awaited<ReturnType<Make>> => ({ bytes: new Uint8Array([1]), name })
const follow = (first: Make | null) =>
  renderHook(({ make }) => useMadePdf(make, 20), { initialProps: { make: first as Make | null } })

test('what is typed on is not made before typing rests', async () => {
  const [early, last] = [vi.fn<Make>(async () => page('early')), vi.fn<Make>(async () => page('last'))]
  const { result, rerender } = follow(early)
  rerender({ make: last })
  await waitFor(() => expect(result.current).toEqual({ ...page('last'), error: null }))
  expect(early).not.toHaveBeenCalled()
  rerender({ make: last })
  await wait(60)
  expect(last).toHaveBeenCalledOnce()
})

test('nothing to make and a failure leave the last good page standing', async () => {
  const { result, rerender } = follow(async () => page('good'))
  await waitFor(() => expect(result.current.name).toBe('good'))
  rerender({ make: null })
  await wait(60)
  expect(result.current).toEqual({ ...page('good'), error: null })
  const refusal = Object.assign(new Error('NOT_FOUND'), { code: 'NOT_FOUND', data: {} })
  rerender({ make: () => Promise.reject(refusal) })
  await waitFor(() => expect(result.current.error?.code).toBe('NOT_FOUND'))
  expect(result.current).toMatchObject(page('good'))
})

test('a newer request makes the answer of an older one void', async () => {
  const older = Promise.withResolvers<Awaited<ReturnType<Make>>>()
  const asked = vi.fn<Make>(() => older.promise)
  const newer = vi.fn<Make>(async () => page('newer'))
  const seen: string[] = []
  const { rerender } = renderHook(({ make }) => seen.push(useMadePdf(make, 20).name), { initialProps: { make: asked } })
  await waitFor(() => expect(asked).toHaveBeenCalled())
  rerender({ make: newer })
  expect(asked.mock.calls[0]?.[0].aborted).toBe(true)
  older.resolve(page('older'))
  await waitFor(() => expect(seen.at(-1)).toBe('newer'))
  expect(seen).not.toContain('older')
})
