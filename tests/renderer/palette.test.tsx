import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { CommandPalette } from '#renderer/app/command-palette.tsx'
import { findPages, recordItem } from '#renderer/app/palette-items.ts'
import { fakeCore, renderAt, sitDown } from './helpers.tsx'

const t = makeTranslator('zh-CN')
const titles = (text: string, allowed: (path: string) => boolean = () => true) =>
  findPages(text, t, allowed, [{ name: 'lock', label: 'session:lock' }]).map((item) => item.title)

describe('pages and actions', () => {
  test.each([
    ['客户', '客户'],
    ['kehu', '客户'],
    ['kh', '客户'],
    ['hetong', '合同'],
    ['ht', '合同'],
    ['ＨＴ', '合同'],
    ['ys', '应收'],
    ['ck', '催款'],
    ['jixiao', '绩效'],
    ['sd', '锁定'],
  ])('%s finds %s', (text, title) => expect(titles(text)).toContain(title))

  test('a page that the person may not use is not found', () =>
    expect(titles('kh', (path) => path !== '/customers')).not.toContain('客户'))

  test('without words all pages are there', () => expect(titles('').length).toBeGreaterThan(8))

  test('English names are found in English', () => {
    const found = findPages('cust', makeTranslator('en'), () => true, [])
    expect(found.map((item) => item.title)).toContain('Customers')
  })
})

describe('the list', () => {
  const query = vi.fn(async () => [
    { kind: 'customer' as const, id: 'c1', title: '重庆商贸', subtitle: 'KH00001 · 李娜' },
    { kind: 'contract' as const, id: 'k1', title: 'HT-2026-0001', subtitle: '重庆商贸' },
  ])
  const close = vi.fn()

  beforeEach(async () => {
    await sitDown('zh-CN', { 'search.use': 'own' })
    fakeCore({ search: { query } })
    query.mockClear()
    close.mockClear()
  })

  const box = () => screen.getByRole('combobox')
  const current = () => document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.textContent

  test('asks the core once typing rests, and shows records first', async () => {
    await renderAt(<CommandPalette open onClose={close} />)
    fireEvent.change(box(), { target: { value: 'c' } })
    fireEvent.change(box(), { target: { value: 'cqsm' } })
    expect(await screen.findByText('重庆商贸', { selector: 'span:first-child' })).toBeTruthy()
    expect(query).toHaveBeenCalledTimes(1)
    expect(query.mock.calls[0]?.[0 as never]).toEqual({ text: 'cqsm' })
    expect(current()).toContain('重庆商贸')
  })

  test('arrows go round, Enter opens the page of the record', async () => {
    const { router } = await renderAt(<CommandPalette open onClose={close} />)
    fireEvent.change(box(), { target: { value: 'cqsm' } })
    await screen.findByText('HT-2026-0001')
    fireEvent.keyDown(box(), { key: 'ArrowDown' })
    expect(current()).toContain('HT-2026-0001')
    fireEvent.keyDown(box(), { key: 'Enter' })
    expect(close).toHaveBeenCalledOnce()
    await waitFor(() => expect(router.state.location.pathname).toBe('/contracts/k1'))
  })

  test('an Enter of the IME chooses nothing', async () => {
    await renderAt(<CommandPalette open onClose={close} />)
    fireEvent.change(box(), { target: { value: 'cqsm' } })
    await screen.findByText('HT-2026-0001')
    fireEvent.compositionStart(box())
    fireEvent.keyDown(box(), { key: 'ArrowDown', isComposing: true })
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true })
    fireEvent.compositionEnd(box())
    fireEvent.keyDown(box(), { key: 'Enter' })
    expect(close).not.toHaveBeenCalled()
    expect(current()).toContain('重庆商贸')
  })

  test('whoever may not search gets pages only, and the core is not asked', async () => {
    await sitDown('zh-CN', {})
    await renderAt(<CommandPalette open onClose={close} />)
    fireEvent.change(box(), { target: { value: 'cqsm' } })
    expect(await screen.findByText(/没有匹配项/)).toBeTruthy()
    expect(query).not.toHaveBeenCalled()
  })

  test('each kind of record has its place', () => {
    const hit = { id: 'x', title: '', subtitle: '' }
    expect(recordItem({ kind: 'customer', ...hit }).target).toEqual({ path: '/customers/x' })
    expect(recordItem({ kind: 'contract', ...hit }).target).toEqual({ path: '/contracts/x' })
    const letter = recordItem({ kind: 'letter', ...hit, title: 'CK-1' }).target
    expect(letter).toEqual({ path: '/dunning/letters', search: { q: 'CK-1' } })
  })
})
