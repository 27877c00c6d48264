import { Link, useLocation } from '@tanstack/react-router'
import { useT } from '#renderer/ui/i18n.ts'
import '#renderer/modules/receivables/receivables.css'

const VIEWS = [
  { path: '/receivables', word: 'instalments' },
  { path: '/receipts', word: 'receipts' },
  { path: '/ageing', word: 'ageing' },
] as const

/** The three views of what is owed. */
export function ViewTabs() {
  const t = useT()
  const { pathname } = useLocation()
  return (
    <nav className="view-tabs" aria-label={t('receivables:list.title')}>
      {VIEWS.map((view) => (
        <Link key={view.path} to={view.path as never} {...(pathname === view.path ? { 'aria-current': 'page' as const } : {})}>
          {t(`receivables:tabs.${view.word}`)}
        </Link>
      ))}
    </nav>
  )
}
