import { Link } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useClock, useSheet } from '#renderer/modules/claims/claims.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Facts, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import { basisWords } from './basis-words.ts'
import { LimitationTag } from './state-tags.tsx'

/** When a payment owed can no longer be claimed and what interest it bears as of today, on its page. */
export function DebtSummary({ instalmentId }: { instalmentId: string }) {
  return useCan('claims.read') ? <Shown instalmentId={instalmentId} /> : null
}

function Shown({ instalmentId }: { instalmentId: string }) {
  const t = useT()
  const clock = useClock(instalmentId)
  const sheet = useSheet({ of: 'instalment', id: instalmentId as never }, firmToday())
  const error = clock.shownError ?? sheet.shownError
  const debt = sheet.data?.debts[0]
  const limitation = clock.data?.clock
  return (
    <Panel
      title={t('claims:debt.summary')}
      extra={
        <>
          {clock.data ? <LimitationTag row={clock.data.row} /> : null}
          <span className="panel-links">
            <Link to={`/debts/${instalmentId}` as never}>{t('claims:debt.open')}</Link>
          </span>
        </>
      }
    >
      {error ? <ErrorNotice error={error} onRetry={() => void (clock.refetch(), sheet.refetch())} /> : null}
      {!error && (clock.isPending || sheet.isPending) ? <Spin className="grid-spin" /> : null}
      {limitation ? (
        <Facts
          items={[
            ...(limitation.endDay === null ? [] : [{ label: t('claims:clock.endDay'), value: limitation.endDay }]),
            ...(limitation.daysLeft === null
              ? []
              : [
                  {
                    label: t('claims:clock.daysLeft'),
                    value: <span className={limitation.daysLeft < 0 ? 'negative' : ''}>{limitation.daysLeft}</span>,
                  },
                ]),
            ...(debt
              ? [
                  { label: t('claims:sheet.owedInterest'), value: <Amount fen={debt.sheet.owed.interest} /> },
                  ...(debt.sheet.owed.costs > 0
                    ? [{ label: t('claims:sheet.owedCosts'), value: <Amount fen={debt.sheet.owed.costs} /> }]
                    : []),
                  {
                    label: t('claims:sheet.basis'),
                    value: `${basisWords(debt.terms.basis, t)} · ${t(`contracts:articles.${debt.article}`)}`,
                  },
                ]
              : []),
          ]}
        />
      ) : null}
    </Panel>
  )
}
