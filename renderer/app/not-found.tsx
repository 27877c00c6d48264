import { Link } from '@tanstack/react-router'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState } from '#renderer/ui/parts.tsx'

export function NotFoundPage() {
  const t = useT()
  return <EmptyState text={t('common:notFound')} action={<Link to="/">{t('common:nav.home')}</Link>} />
}
