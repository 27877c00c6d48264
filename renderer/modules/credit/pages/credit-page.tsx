import { Link, useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { useCredit } from '#renderer/modules/credit/credit.queries.ts'
import { CreditHistory, CreditPanel, ScoreTable } from '#renderer/modules/credit/parts/credit-card.tsx'
import { useCustomer } from '#renderer/modules/customers/customers.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'

/** The credit of one customer: what he is trusted with, by what score, and what was decided. */
export function CreditPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const customer = useCustomer(id)
  const found = useCredit(id)
  const error = customer.shownError ?? found.shownError
  if (error) {
    return (
      <Page title={t('credit:title')}>
        <ErrorNotice error={error} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (!customer.data || !found.isSuccess) return <Spin className="grid-spin" />
  const card = found.data
  return (
    <Page
      title={`${t('credit:title')} · ${customer.data.name}`}
      extra={<Link to={`/customers/${id}` as never}>{t('credit:openCustomer')}</Link>}
    >
      <div className="columns-main">
        <div className="page">
          {card ? (
            <>
              <ScoreTable card={card} />
              <CreditHistory card={card} />
            </>
          ) : (
            <Panel title={t('credit:score.none')}>
              <p className="muted">{t('credit:score.noneHint')}</p>
            </Panel>
          )}
        </div>
        <CreditPanel customerId={id} link={false} />
      </div>
    </Page>
  )
}
