import { BgColorsOutlined, GlobalOutlined, UserOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { switchLocale, useLocale, useT } from '#renderer/ui/i18n.ts'
import { useSeatSettings } from '#renderer/ui/settings.ts'
import { lockSeat } from './idle-lock.ts'

/** A language is named in itself. */
const NAMES: Readonly<Record<Locale, string>> = {
  'zh-CN': '\u7B80\u4F53\u4E2D\u6587',
  'zh-TW': '\u7E41\u9AD4\u4E2D\u6587',
  en: 'English',
}

/** Appearance, language and the person, at the right of the top bar. */
export function TopMenus() {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const user = useSession((state) => state.session?.user)
  const { theme, density, set } = useSeatSettings()
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [theme, density],
          items: [
            ...(['light', 'dark', 'system'] as const).map((key) => ({ key, label: t(`common:theme.${key}`) })),
            { type: 'divider' as const },
            ...(['comfortable', 'dense'] as const).map((key) => ({ key, label: t(`common:theme.${key}`) })),
          ],
          onClick: ({ key }) => {
            if (key === 'light' || key === 'dark' || key === 'system') set({ theme: key })
            if (key === 'comfortable' || key === 'dense') set({ density: key })
          },
        }}
      >
        <Button type="text" icon={<BgColorsOutlined />} aria-label={t('common:top.appearance')} />
      </Dropdown>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [locale],
          items: LOCALES.map((key) => ({ key, label: NAMES[key] })),
          onClick: ({ key }) => void switchLocale(key as Locale),
        }}
      >
        <Button type="text" icon={<GlobalOutlined />} aria-label={t('common:top.language')} />
      </Dropdown>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'password', label: t('session:changePassword.title') },
            { type: 'divider' },
            { key: 'lock', label: t('session:lock') },
            { key: 'logOut', label: t('session:logOut') },
          ],
          onClick: ({ key }) => {
            if (key === 'password') void navigate({ to: '/password' })
            else void lockSeat(key as 'lock' | 'logOut')
          },
        }}
      >
        <Button type="text" icon={<UserOutlined />} aria-label={t('common:top.me')}>
          {user?.name}
        </Button>
      </Dropdown>
    </>
  )
}
