import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { api, onStepUp, shownError, takeSeat } from '#renderer/rpc/api.ts'
import { touchedBy, useCommand } from '#renderer/rpc/queries.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { StepUpHost } from '#renderer/ui/step-up.tsx'
import { fakeCore, renderAt, sitDown } from './helpers.tsx'

const refusal = (code: string, data: object = {}) => Object.assign(new Error(code), { code, data })
const idOf = (call: unknown[] = []) => (call[1] as { context: { commandId: string } }).context.commandId

beforeEach(() => sitDown())

describe('a call', () => {
  test('without a connection fails with OFFLINE', async () => {
    takeSeat({ current: () => null })
    await expect(api.session.touch({})).rejects.toMatchObject({ code: 'OFFLINE' })
  })

  test('whose session is over takes the seat back to the log-in', async () => {
    fakeCore({ customers: { list: async () => Promise.reject(refusal('UNAUTHENTICATED')) } })
    await expect(api.customers.list({} as never)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(useSession.getState()).toMatchObject({ session: null, ended: 'ended', lastLogin: 'lina' })
  })

  test('that finds the data file closed shows the screen that says why', async () => {
    const recovery = { kind: 'damaged', fileVersion: null, dataDir: '/data' }
    fakeCore({
      session: {
        logIn: async () => Promise.reject(refusal('LOCKED', { recovery: 'damaged' })),
        status: async () => ({ state: 'recovery', recovery, session: null }),
      },
    })
    await expect(api.session.logIn({ login: 'lina', password: 'x' })).rejects.toMatchObject({ code: 'LOCKED' })
    expect(useSession.getState()).toMatchObject({ session: null, status: { state: 'recovery', recovery } })
  })

  test('that needs the password asks for it and goes on as the same command', async () => {
    const restore = vi
      .fn<(...args: unknown[]) => Promise<unknown>>()
      .mockRejectedValueOnce(refusal('STEP_UP_REQUIRED'))
      .mockResolvedValue({})
    const stepUp = vi
      .fn<(...args: unknown[]) => Promise<unknown>>()
      .mockRejectedValueOnce(refusal('SESSION_REFUSED', { retryAt: null }))
      .mockResolvedValue({})
    fakeCore({ backups: { restore }, session: { stepUp } })
    await renderAt(<StepUpHost />)
    const done = vi.fn()
    const restored = async () => {
      await api.backups.restore({ folder: 'data', name: 'x' } as never)
      done()
    }
    act(() => void restored())
    const password = await screen.findByLabelText('密码')
    fireEvent.change(password, { target: { value: 'wrong' } })
    fireEvent.click(screen.getByRole('button', { name: '确认身份' }))
    expect(await screen.findByText('登录名或密码不正确。')).toBeTruthy()
    expect(done).not.toHaveBeenCalled()
    fireEvent.change(password, { target: { value: 'right' } })
    fireEvent.click(await screen.findByRole('button', { name: '确认身份' }))
    await waitFor(() => expect(done).toHaveBeenCalledOnce())
    expect(restore).toHaveBeenCalledTimes(2)
    expect(idOf(restore.mock.calls[1])).toBe(idOf(restore.mock.calls[0]))
  })

  test('that is declined there was called off, and nothing was sent again', async () => {
    const restore = vi.fn(async () => Promise.reject(refusal('STEP_UP_REQUIRED')))
    fakeCore({ backups: { restore } })
    onStepUp(async () => false)
    await expect(api.backups.restore({} as never)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(restore).toHaveBeenCalledOnce()
    onStepUp(null)
  })

  test('two different calls are two commands', async () => {
    const touch = vi.fn<(...args: unknown[]) => Promise<unknown>>().mockResolvedValue({})
    fakeCore({ session: { touch } })
    await api.session.touch({})
    await api.session.touch({})
    expect(idOf(touch.mock.calls[0])).not.toBe(idOf(touch.mock.calls[1]))
  })

  test('what fails without a code is a broken connection; a bug keeps its reference', () => {
    expect(shownError(new TypeError('fetch failed')).code).toBe('OFFLINE')
    expect(shownError(refusal('INTERNAL_SERVER_ERROR')).code).toBe('INTERNAL')
    expect(shownError(refusal('INTERNAL', { reference: 'abc' })).data).toEqual({ reference: 'abc' })
  })
})

describe('a command behind a button', () => {
  const sign = vi.fn<(...args: unknown[]) => Promise<unknown>>()
  function SignButton() {
    const command = useCommand((input: { id: string }, options) => api.contracts.sign(input as never, options as never))
    return (
      <button type="button" onClick={() => void command.run({ id: 'k1' }).catch(() => undefined)}>
        {command.error?.code ?? 'sign'}
      </button>
    )
  }

  test('tried again after a lost connection is the same command; after a refusal it is another', async () => {
    sign
      .mockReset()
      .mockRejectedValueOnce(refusal('OFFLINE'))
      .mockRejectedValueOnce(refusal('CONTRACT_STATE'))
      .mockResolvedValue({})
    fakeCore({ contracts: { sign } })
    await renderAt(<SignButton />)
    fireEvent.click(screen.getByRole('button', { name: 'sign' }))
    fireEvent.click(await screen.findByRole('button', { name: 'OFFLINE' }))
    fireEvent.click(await screen.findByRole('button', { name: 'CONTRACT_STATE' }))
    await waitFor(() => expect(sign).toHaveBeenCalledTimes(3))
    const [first, second, third] = sign.mock.calls.map(idOf)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })
})

describe('the change feed', () => {
  test('makes stale the record, its module’s lists, and the pages that show its figures', () => {
    const event = { module: 'contracts', ids: ['k1'] }
    expect(touchedBy(event, ['contracts', 'get', 'k1'])).toBe(true)
    expect(touchedBy(event, ['contracts', 'get', 'k2'])).toBe(false)
    expect(touchedBy(event, ['contracts', 'list', 'contracts'])).toBe(true)
    expect(touchedBy(event, ['receivables', 'list', 'receivables'])).toBe(true)
    expect(touchedBy(event, ['home'])).toBe(true)
    expect(touchedBy(event, ['audit', 'list'])).toBe(false)
    expect(touchedBy({ module: 'contracts', ids: [] }, ['contracts', 'get', 'k2'])).toBe(true)
  })
})
