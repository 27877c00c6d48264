import { Link } from '@tanstack/react-router'
import { useT } from '#renderer/ui/i18n.ts'

/** From templates to clauses and back, and to the contracts that are written by them. */
export function LibraryLinks({ at }: { at: 'clauses' | 'templates' }) {
  const t = useT()
  return (
    <>
      {at === 'templates' ? (
        <Link to={'/clauses' as never}>{t('clauses:list.title')}</Link>
      ) : (
        <Link to={'/contract-templates' as never}>{t('clauses:list.templates')}</Link>
      )}
      <Link to={'/contracts' as never}>{t('clauses:list.contracts')}</Link>
    </>
  )
}
