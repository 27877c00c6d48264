import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import zhTW from 'antd/locale/zh_TW'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import 'dayjs/locale/zh-tw'
import { useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { Locale } from '#shared/i18n/locale.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useLocale } from '#renderer/ui/i18n.ts'
import { useImeGuard } from '#renderer/ui/ime.ts'
import { isDark, onSystemTheme, useSeatSettings } from '#renderer/ui/settings.ts'
import { antdTheme } from '#renderer/ui/theme.ts'
import { styleNonce } from './style-nonce.ts'

const ANTD: Readonly<Record<Locale, typeof en>> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en }
const DAYJS: Readonly<Record<Locale, string>> = { 'zh-CN': 'zh-cn', 'zh-TW': 'zh-tw', en: 'en' }

/** Menus and lists that pop up belong to the content: beside it they would lie outside every landmark. */
const mainLandmark = (): HTMLElement => document.querySelector('main') ?? document.body

/** Theme, density, language and the cache of questions, around everything. */
export function Providers(props: { queries: QueryClient; children: ReactNode }) {
  const locale = useLocale()
  const { theme, density } = useSeatSettings()
  const userId = useSession((state) => state.session?.user.userId ?? 'nobody')
  const dark = useSyncExternalStore(onSystemTheme, () => isDark(theme))
  useImeGuard()
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
    document.documentElement.dataset['density'] = density
  }, [dark, density])
  dayjs.locale(DAYJS[locale])
  const config = useMemo(() => antdTheme(dark, density), [dark, density])
  return (
    <QueryClientProvider client={props.queries}>
      <ConfigProvider
        theme={config}
        locale={ANTD[locale]}
        csp={{ nonce: styleNonce }}
        getPopupContainer={mainLandmark}
        button={{ autoInsertSpace: false }}
        input={{ autoComplete: 'off' }}
        warning={{ strict: false }}
      >
        {/* Whoever sits down next starts with nothing of the person before: no message, no dialog, no form. */}
        <AntApp
          key={userId}
          component={false}
          message={{ maxCount: 3 }}
          notification={{ placement: 'bottomRight', maxCount: 3 }}
        >
          {props.children}
        </AntApp>
      </ConfigProvider>
    </QueryClientProvider>
  )
}
