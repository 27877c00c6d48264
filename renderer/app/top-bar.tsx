import { BgColorsOutlined, SearchOutlined, ThunderboltOutlined, UserOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Badge, Button, Dropdown } from 'antd'
import { Fragment } from 'react'
import { isOver, useJobs } from '#renderer/rpc/jobs.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { LanguageMenu } from '#renderer/ui/gate-frame.tsx'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useSeatSettings } from '#renderer/ui/settings.ts'
import { shownKeys, useShortcutList } from '#renderer/ui/shortcuts.tsx'
import type { Density, ThemeChoice } from '#renderer/ui/theme.ts'
import { lockSeat } from './idle-lock.ts'

/** Breadcrumb, search, jobs, language, appearance, and who is logged in. */
export function TopBar(props: { trail: readonly { path: string; title: string }[]; onSearch: () => void }) {
  const t = useT()
  const locale = useLocale()
  const running = useJobs((state) => state.jobs.filter((job) => !isOver(job)).length)
  const openJobs = useJobs((state) => state.setOpen)
  return (
    <header className="shell-top">
      <nav aria-label={t('common:top.trail')} className="trail">
        {props.trail.map((page, index) => (
          <Fragment key={page.path}>
            {index > 0 ? <span aria-hidden>/</span> : null}
            {index < props.trail.length - 1 ? (
              <Link to={page.path}>{t(page.title)}</Link>
            ) : (
              <span aria-current="page">{t(page.title)}</span>
            )}
          </Fragment>
        ))}
      </nav>
      <button type="button" className="shell-search" onClick={props.onSearch} aria-keyshortcuts="Control+K">
        <SearchOutlined aria-hidden />
        <span className="shell-search-words">{t('search:placeholder')}</span>
        <kbd>{shownKeys('$mod+k')}</kbd>
      </button>
      <Badge count={running} size="small" offset={[-4, 4]}>
        <Button
          type="text"
          icon={<ThunderboltOutlined aria-hidden />}
          aria-label={running > 0 ? t('common:top.jobsRunning', { count: running }) : t('common:top.jobs')}
          title={t('common:top.jobs')}
          onClick={() => openJobs(true)}
        />
      </Badge>
      <LanguageMenu locale={locale} compact />
      <AppearanceMenu />
      <AccountMenu />
    </header>
  )
}

const THEMES: readonly ThemeChoice[] = ['light', 'dark', 'system']
const DENSITIES: readonly Density[] = ['comfortable', 'dense']

function AppearanceMenu() {
  const t = useT()
  const { theme, density, set } = useSeatSettings()
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        multiple: true,
        selectedKeys: [theme, density],
        items: [
          ...THEMES.map((key) => ({ key, label: t(`common:theme.${key}`) })),
          { type: 'divider' as const },
          ...DENSITIES.map((key) => ({ key, label: t(`common:theme.${key}`) })),
        ],
        onClick: ({ key }) =>
          set(DENSITIES.includes(key as Density) ? { density: key as Density } : { theme: key as ThemeChoice }),
      }}
    >
      <Button type="text" icon={<BgColorsOutlined aria-hidden />} aria-label={t('common:top.appearance')} />
    </Dropdown>
  )
}

function AccountMenu() {
  const t = useT()
  const navigate = useNavigate()
  const user = useSession((state) => state.session?.user)
  const showHelp = useShortcutList((state) => state.showHelp)
  const actions: Readonly<Record<string, () => void>> = {
    password: () => void navigate({ to: '/account/password' }),
    shortcuts: () => showHelp(true),
    lock: () => void lockSeat(),
    logOut: () => void lockSeat('loggedOut'),
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: (user?.roles ?? []).map((role) => t(`policy:roles.${role}`)).join(' · '),
          },
          { key: 'password', label: t('session:changePassword.title') },
          { key: 'shortcuts', label: t('common:shortcuts.title') },
          { type: 'divider' },
          { key: 'lock', label: t('session:lock') },
          { key: 'logOut', label: t('session:logOut') },
        ],
        onClick: ({ key }) => actions[key]?.(),
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={`${t('common:top.me')}: ${user?.name ?? ''}`}>
        {user?.name}
      </Button>
    </Dropdown>
  )
}
