import { MenuFoldOutlined, MenuUnfoldOutlined, SearchOutlined } from '@ant-design/icons'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useSeatSettings } from '#renderer/ui/settings.ts'
import { useChangeFeed } from './change-feed.ts'
import { CommandPalette } from './command-palette.tsx'
import { JobTray } from './job-tray.tsx'
import { NAVIGATION, type NavigationItem } from './navigation.ts'
import { ShortcutList, useShortcuts } from './shortcuts.tsx'
import { useIdleLock } from './idle-lock.ts'
import { StepUpDialog } from '#renderer/ui/step-up.tsx'
import { TopMenus } from './top-menus.tsx'

/** The frame of every page: chapters left, search, jobs and person above. */
export function Shell() {
  const t = useT()
  const online = useSession((state) => state.online)
  const { collapsed, set } = useSeatSettings()
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  useChangeFeed()
  useIdleLock()
  useShortcuts({ onPalette: () => setPalette(true), onHelp: () => setHelp(true) })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const item = NAVIGATION.find((n) => (n.path === '/' ? path === '/' : path.startsWith(n.path)))
  const title = item ? t(`common:nav.${item.word}`) : t('common:appName')
  useEffect(() => {
    document.title = `${title} · ${t('common:appName')}`
  }, [title, t])

  return (
    <div className="shell">
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus() }}>
        {t('common:nav.skip')}
      </a>
      <nav className={collapsed ? 'shell-nav collapsed' : 'shell-nav'} aria-label={t('common:nav.main')}>
        <div className="shell-brand">
          <span className="shell-mark" aria-hidden>
            Y
          </span>
          {collapsed ? null : t('common:appName')}
        </div>
        <ul className="nav-list">
          {NAVIGATION.map((entry) => (
            <NavigationEntry key={entry.path} entry={entry} current={entry === item} collapsed={collapsed} />
          ))}
        </ul>
        <Button
          type="text"
          icon={collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          aria-label={collapsed ? t('common:nav.expand') : t('common:nav.collapse')}
          onClick={() => set({ collapsed: !collapsed })}
        />
      </nav>
      <div className="shell-main">
        <header className="shell-top">
          <span className="muted">{title}</span>
          <button type="button" className="shell-search" onClick={() => setPalette(true)}>
            <SearchOutlined aria-hidden />
            {t('search:placeholder')}
            <kbd>Ctrl K</kbd>
          </button>
          <JobTray />
          <TopMenus />
        </header>
        {online ? (
          <div />
        ) : (
          <div className="banner" role="status">
            {t('common:top.offline')}
          </div>
        )}
        <main className="shell-content" id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <CommandPalette open={palette} onClose={() => setPalette(false)} />
      <ShortcutList open={help} onClose={() => setHelp(false)} />
      <StepUpDialog />
    </div>
  )
}

function NavigationEntry(props: { entry: NavigationItem; current: boolean; collapsed: boolean }) {
  const t = useT()
  const allowed = useCan(props.entry.action)
  const Icon = props.entry.icon
  if (!allowed) return null
  const word = t(`common:nav.${props.entry.word}`)
  return (
    <li>
      <Link
        to={props.entry.path}
        className={props.current ? 'nav-link active' : 'nav-link'}
        aria-current={props.current ? 'page' : undefined}
        title={word}
        aria-label={word}
      >
        <Icon aria-hidden />
        {props.collapsed ? null : word}
      </Link>
    </li>
  )
}
