import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import type { TermsView } from '#shared/modules/claims/claims.interest.schema.ts'
import { useTerms } from '#renderer/modules/claims/claims.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Facts, Panel } from '#renderer/ui/parts.tsx'
import { basisWords } from './basis-words.ts'
import { TermsDrawer } from './terms-drawer.tsx'

/** How interest and limitation are counted under a signed contract, on its page. */
export function TermsPanel({ contractId }: { contractId: string }) {
  return useCan('claims.read') ? <Shown contractId={contractId} /> : null
}

function Shown({ contractId }: { contractId: string }) {
  const t = useT()
  const may = useCan('claims.decide')
  const found = useTerms(contractId)
  const [open, setOpen] = useState(false)
  const view = found.data
  return (
    <Panel
      title={t('claims:terms.title')}
      extra={
        may && view ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('claims:terms.choose')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {view ? <TermsFacts view={view} /> : null}
      <Link to={'/interest' as never} search={{ contract: contractId } as never}>
        {t('claims:sheet.title')}
      </Link>
      {view ? <TermsDrawer view={view} open={open} onClose={() => setOpen(false)} /> : null}
    </Panel>
  )
}

function TermsFacts({ view }: { view: TermsView }) {
  const t = useT()
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:sheet.${key}`, params)
  const { terms, callIn, takeBack } = view
  return (
    <>
      <Facts
        items={[
          {
            label: word('basis'),
            value: `${basisWords(terms.basis, t)} · ${t(`contracts:articles.${view.article}`)}`,
          },
          { label: word('dayCount'), value: word('days', { days: terms.dayCount }) },
          { label: word('paymentDay'), value: word(terms.paymentDayCounts ? 'counts' : 'countsNot') },
          { label: word('order'), value: word(`orders.${terms.order}`) },
          { label: t('claims:terms.limitationBy'), value: t(`claims:terms.by.${view.limitationBy}`) },
          {
            label: t('claims:terms.chosen'),
            value: view.chosen
              ? [view.chosen.byName, view.chosen.reason].filter(Boolean).join(' · ')
              : t('claims:terms.byRule'),
          },
          ...(callIn
            ? [
                {
                  label: t('claims:terms.callIn'),
                  value: callIn.triggered
                    ? t('claims:terms.mayCallIn', { due: formatYuan(callIn.dueUnpaid) })
                    : callIn.missing.map((one) => t(one.key, one.params)).join(t('claims:between')),
                },
              ]
            : []),
          ...(takeBack
            ? [
                {
                  label: t('claims:terms.takeBack'),
                  value: t(`claims:terms.takeBackIs.${takeBack.allowed ? 'yes' : 'no'}`, {
                    paid: formatYuan(takeBack.paid),
                    threshold: formatYuan(takeBack.threshold),
                  }),
                },
              ]
            : []),
        ]}
      />
      {view.warnings.map((one) => (
        <p key={one.key} className="muted">
          {t(one.key, one.params)}
        </p>
      ))}
    </>
  )
}
