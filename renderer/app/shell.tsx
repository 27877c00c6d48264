import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Link, Outlet, useMatches, useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useEffect, useState } from 'react'
import { QuickLogDrawer } from '#renderer/modules/visits/parts/quick-log.tsx'
import { TaskReminder } from '#renderer/modules/tasks/parts/task-reminder.tsx'
import { useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { JobTray } from '#renderer/ui/job-tray.tsx'
import { useSeatSettings } from '#renderer/ui/settings.ts'
import { ShortcutHelp, useShortcut } from '#renderer/ui/shortcuts.tsx'
import { CommandPalette } from './command-palette.tsx'
import { lockSeat } from './idle-lock.ts'
import { NAVIGATION } from './navigation.ts'
import { TopBar } from './top-bar.tsx'

/** The frame of every page: navigation left, top bar, and the page. */
export function Shell() {
  const t = useT()
  const online = useSession((state) => state.online)
  const [palette, setPalette] = useState(false)
  const trail = useTrail()
  const title = trail.at(-1)?.title
  useShortcut('$mod+k', 'common:shortcuts.palette', () => setPalette(true))
  useShortcut('$mod+Shift+l', 'common:shortcuts.lock', () => void lockSeat())
  useEffect(() => {
    document.title = title === undefined ? t('common:appName') : `${t(title)} · ${t('common:appName')}`
  }, [title, t])
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('common:nav.skip')}
      </a>
      <Navigation />
      <div className="shell-main">
        <TopBar trail={trail} onSearch={() => setPalette(true)} />
        {online ? (
          <span />
        ) : (
          <div className="banner" role="status">
            {t('common:top.offline')}
          </div>
        )}
        <main className="shell-content" id="content" tabIndex={-1}>
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <CommandPalette open={palette} onClose={() => setPalette(false)} />
      <JobTray />
      <TaskReminder />
      <QuickLogDrawer />
      <ShortcutHelp />
    </div>
  )
}

/** The page at hand and the pages above it. */
function useTrail(): readonly { path: string; title: string }[] {
  const router = useRouter()
  const last = useMatches().at(-1)
  const trail: { path: string; title: string }[] = []
  let data = last?.staticData
  let path = last?.pathname ?? ''
  while (data?.title !== undefined) {
    trail.unshift({ path, title: data.title })
    path = data.parent ?? ''
    const above =
      data.parent === undefined
        ? undefined
        : (router.routesByPath as Record<string, { options: { staticData?: typeof data } }>)[path]
    data = above?.options.staticData
  }
  return trail
}

function Navigation() {
  const t = useT()
  const router = useRouter()
  const permissions = useSession((state) => state.session?.permissions ?? {})
  const { collapsed, set } = useSeatSettings()
  const known = router.routesByPath as Record<string, unknown>
  const entries = NAVIGATION.filter(
    ({ path, permit, unless }) =>
      known[path] !== undefined &&
      (permit === null || permissions[permit] !== undefined) &&
      (unless === undefined || permissions[unless] === undefined),
  )
  return (
    <nav className={collapsed ? 'shell-nav collapsed' : 'shell-nav'} aria-label={t('common:nav.main')}>
      <div className="shell-brand">
        <span className="shell-mark" aria-hidden>
          {t('common:appMark')}
        </span>
        {collapsed ? null : <span>{t('common:appName')}</span>}
      </div>
      <ul className="nav-list">
        {entries.map((entry, index) => (
          <li key={entry.path} className={entry.apart && index > 0 ? 'apart' : undefined}>
            <Link
              to={entry.path}
              className="nav-link"
              activeProps={{ className: 'active', 'aria-current': 'page' }}
              activeOptions={{ exact: entry.path === '/', includeSearch: false }}
              title={collapsed ? t(entry.label) : undefined}
            >
              <entry.icon aria-hidden />
              <span className={collapsed ? 'visually-hidden' : undefined}>{t(entry.label)}</span>
              {entry.badge ? <entry.badge /> : null}
            </Link>
          </li>
        ))}
      </ul>
      <Button
        type="text"
        className="nav-fold"
        icon={collapsed ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
        aria-label={t(collapsed ? 'common:nav.expand' : 'common:nav.collapse')}
        aria-expanded={!collapsed}
        onClick={() => set({ collapsed: !collapsed })}
      />
    </nav>
  )
}
