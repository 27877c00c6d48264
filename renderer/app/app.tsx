import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntdApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import zhTW from 'antd/locale/zh_TW'
import 'dayjs/locale/zh-cn'
import 'dayjs/locale/zh-tw'
import { useEffect, useReducer } from 'react'
import { shownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { Gate } from '#renderer/modules/session/gate.tsx'
import { useLocale } from '#renderer/ui/i18n.ts'
import { useImeGuard } from '#renderer/ui/ime.ts'
import { isDark, onSystemTheme, useSeatSettings } from '#renderer/ui/settings.ts'
import { antdTheme } from '#renderer/ui/theme.ts'
import { router } from './router.ts'

const ANTD = { 'zh-CN': zhCN, 'zh-TW': zhTW, en } as const
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => shownError(error).code === 'OFFLINE' && count < 5,
    },
  },
})

/** Providers around the pages, or the gate while nobody is logged in. */
export function App() {
  const locale = useLocale()
  const { theme, density } = useSeatSettings()
  const session = useSession((state) => state.session)
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const dark = isDark(theme)
  useEffect(() => onSystemTheme(redraw), [])
  useImeGuard()
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
    document.documentElement.dataset['density'] = density
  }, [dark, density])
  // What one person has read must not be seen by the next at this seat.
  useEffect(() => {
    if (session === null) queries.clear()
  }, [session])

  return (
    <ConfigProvider locale={ANTD[locale]} theme={antdTheme(dark, density)} csp={{ nonce }}>
      <AntdApp>
        <QueryClientProvider client={queries}>
          {session === null || session.user.mustChangePassword ? <Gate /> : <RouterProvider router={router} />}
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  )
}
