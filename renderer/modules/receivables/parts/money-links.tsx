import { Link } from '@tanstack/react-router'
import { useT } from '#renderer/ui/i18n.ts'

const PLACES = { receipts: '/receipts', credits: '/credits', refunds: '/refunds', bills: '/bills' } as const

/** From one list of money to the others. */
export function MoneyLinks({ here }: { here: keyof typeof PLACES }) {
  const t = useT()
  return (
    <nav className="money-links" aria-label={t('receivables:receipts.lists')}>
      {(Object.keys(PLACES) as (keyof typeof PLACES)[])
        .filter((place) => place !== here)
        .map((place) => (
          <Link key={place} to={PLACES[place] as never}>
            {t(`receivables:${place}.title`)}
          </Link>
        ))}
    </nav>
  )
}
