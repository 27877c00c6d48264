import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { resources } from '#shared/i18n/resources.ts'
import { NAVIGATION } from '#renderer/app/navigation.ts'
import { GateFrame } from '#renderer/ui/gate-frame.tsx'
import { initialLocale, switchLocale, useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { DateField } from '#renderer/ui/fields/date-field.tsx'
import { renderAt, sitDown, wait } from './helpers.tsx'

beforeEach(async () => {
  localStorage.clear()
  await sitDown()
  await act(() => switchLocale('zh-CN', { remember: false }))
})

function Words() {
  const t = useT()
  return (
    <Page title={t('common:nav.customers')}>
      <DateField value="2026-11-23" placeholder="day" onChange={() => undefined} />
      <ErrorNotice error={{ code: 'STALE', data: {} }} />
    </Page>
  )
}

describe('language', () => {
  test('switches every word, the calendar and the page’s language at once, without a reload', async () => {
    await renderAt(<Words />)
    expect(screen.getByRole('heading', { name: '客户' })).toBeTruthy()
    for (const [locale, title] of [
      ['zh-TW', '客戶'],
      ['en', 'Customers'],
      ['zh-CN', '客户'],
    ] as const) {
      await act(() => switchLocale(locale))
      expect(screen.getByRole('heading', { name: title })).toBeTruthy()
      expect(screen.getByRole('alert').textContent).toContain(resources[locale].errors.STALE)
      expect(document.documentElement.lang).toBe(locale)
      expect(localStorage.getItem('yewutai.locale')).toBe(locale)
    }
    // antd's own words follow: the calendar names its months.
    await act(() => switchLocale('en'))
    fireEvent.mouseDown(screen.getByPlaceholderText('day'))
    fireEvent.click(screen.getByPlaceholderText('day'))
    await waitFor(() => expect(document.querySelector('.ant-picker-month-btn')?.textContent).toBe('Nov'))
  })

  test('is chosen from the screen before the log-in, each language in its own name', async () => {
    await renderAt(
      <GateFrame title="x">
        <p />
      </GateFrame>,
    )
    fireEvent.click(screen.getByRole('button', { name: /简体中文/ }))
    fireEvent.click(await screen.findByText('繁體中文'))
    await waitFor(() => expect(document.documentElement.lang).toBe('zh-TW'))
    await wait(10)
  })

  test('is the one chosen here, else the firm’s, else the system’s', () => {
    expect(initialLocale('zh-TW')).toBe('zh-TW')
    localStorage.setItem('yewutai.locale', 'en')
    expect(initialLocale('zh-TW')).toBe('en')
    localStorage.removeItem('yewutai.locale')
    expect(LOCALES).toContain(initialLocale(null))
  })
})

describe('words', () => {
  const flat = (node: object, prefix = ''): string[] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null ? flat(value as object, `${prefix}${key}.`) : [`${prefix}${key}`],
    )

  test.each(['common', 'session', 'home', 'office', 'jobs', 'search'] as const)(
    '%s has the same keys in all languages',
    (namespace) => {
      const keys = flat(resources['zh-CN'][namespace]).toSorted()
      expect(flat(resources['zh-TW'][namespace]).toSorted()).toEqual(keys)
      expect(flat(resources.en[namespace]).toSorted()).toEqual(keys)
    },
  )

  test.each(LOCALES)('every page of the navigation has a name in %s', (locale) => {
    const names = resources[locale].common.nav as Record<string, string>
    for (const entry of NAVIGATION) expect(names[entry.label.split('.')[1] ?? '']).toBeTruthy()
  })
})
