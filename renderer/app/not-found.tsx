import { Link } from '@tanstack/react-router'
import { EmptyState, Page } from '#renderer/ui/parts.tsx'
import { useT } from '#renderer/ui/i18n.ts'

/** An address without a page: says so and leads home. */
export function NotFound() {
  const t = useT()
  return (
    <Page title={t('common:notFound')}>
      <EmptyState text={t('common:notFoundText')} action={<Link to="/">{t('common:goHome')}</Link>} />
    </Page>
  )
}
