import { beforeEach, expect, test, vi } from 'vitest'
import { createQuietHistory } from '#renderer/app/quiet-history.ts'

const shown = () => window.location.pathname + window.location.search
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

beforeEach(() => window.history.replaceState(null, '', '/'))

test('the window never shows what somebody searched for; back and forward find it again', async () => {
  const history = createQuietHistory()
  history.push('/customers?q=长江商贸')
  await settled()
  expect(shown()).toBe('/customers')
  expect(JSON.stringify(window.history.state)).not.toContain('长江')
  expect(history.location).toMatchObject({ pathname: '/customers', search: '?q=长江商贸' })

  history.replace('/customers?q=长江商贸&sort=name')
  await settled()
  expect(shown()).toBe('/customers?sort=name')
  history.push('/contracts')
  await settled()
  expect(history.location.search).toBe('')
  history.back()
  await vi.waitFor(() => expect(history.location.search).toBe('?q=长江商贸&sort=name'))
  expect(shown()).toBe('/customers?sort=name')
  history.forward()
  await vi.waitFor(() => expect(history.location.pathname).toBe('/contracts'))
  history.destroy()
})

test('an entry that has no state, as a part behind the # makes one, is taken as it stands', async () => {
  const history = createQuietHistory()
  history.push('/contracts')
  await settled()
  const heard = vi.fn()
  history.subscribe(heard)
  window.history.replaceState(null, '', '/contracts#k=new')
  window.dispatchEvent(new PopStateEvent('popstate', { state: null }))
  await settled()
  expect(heard).toHaveBeenCalled()
  expect(history.location.pathname).toBe('/contracts')
  history.destroy()
})

test('what something else puts into the address counts as it stands', async () => {
  const history = createQuietHistory()
  for (const address of ['/contracts', '/dunning?sort=number']) {
    window.history.pushState({}, '', address)
    expect(history.location.href).toBe(address)
  }
  await settled()
  history.destroy()
})

test('an address that was typed counts with its search', () => {
  window.history.replaceState(null, '', '/receipts/new?customer=c1')
  const history = createQuietHistory()
  expect(history.location).toMatchObject({ pathname: '/receipts/new', search: '?customer=c1' })
  history.destroy()
})
