import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { useGo } from '#renderer/ui/use-go.ts'
import { renderAt, sitDown } from './helpers.tsx'

/** A form that leads on once the core has answered. */
function Saving(props: { answer: Promise<void> }) {
  const go = useGo()
  return (
    <button type="button" onClick={() => void props.answer.then(() => go('/nowhere'))}>
      save
    </button>
  )
}

describe('leading on after saving', () => {
  beforeEach(() => sitDown())

  test('goes on while the page is open', async () => {
    const { router } = await renderAt(<Saving answer={Promise.resolve()} />)
    await act(async () => screen.getByRole('button', { name: 'save' }).click())
    await waitFor(() => expect(router.state.location.pathname).toBe('/nowhere'))
  })

  test('leaves whoever has gone elsewhere meanwhile where he is', async () => {
    let answered = () => {}
    const answer = new Promise<void>((resolve) => {
      answered = resolve
    })
    const { router } = await renderAt(<Saving answer={answer} />)
    screen.getByRole('button', { name: 'save' }).click()
    await act(() => router.navigate({ to: '/other' }))
    await act(async () => {
      answered()
      await answer
    })
    expect(router.state.location.pathname).toBe('/other')
  })
})
