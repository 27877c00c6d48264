import { Link, useParams } from '@tanstack/react-router'
import { Spin } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { CorrectionView } from '#shared/modules/performance/performance.corrections.schema.ts'
import { ApprovalLines } from '#renderer/modules/claims/parts/approval-lines.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { CorrectionTag, useFigureWords } from '#renderer/modules/performance/parts/correction-words.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One correction: what counted and what shall count, why, who asked, and how its approval stands. */
export function CorrectionPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('performance', id, () => api.performance.correction.get({ id: id as never }))
  if (found.shownError) {
    return (
      <Page title={t('performance:correction.one')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: CorrectionView }) {
  const t = useT()
  const figure = useFigureWords()
  const field = (key: string) => t(`performance:correction.fields.${key}`)
  const indicator = t(`performance:indicators.${view.indicator}`)
  return (
    <Page
      title={`${t('performance:correction.one')} · ${view.userName} · ${indicator}`}
      extra={<CorrectionTag state={view.state} />}
    >
      <div className="columns-main">
        <Panel title={t('performance:correction.title')}>
          <Facts
            items={[
              {
                label: field('month'),
                value: (
                  <Link to={'/performance/corrections' as never} search={{ month: view.month } as never}>
                    {view.month}
                  </Link>
                ),
              },
              { label: field('person'), value: view.userName },
              { label: field('indicator'), value: indicator },
              { label: field('held'), value: figure(view.indicator, view.held) },
              { label: field('value'), value: <strong>{figure(view.indicator, view.value)}</strong> },
              { label: field('reason'), value: <span className="prose">{view.reason}</span> },
              { label: field('evidence'), value: view.evidence },
              { label: field('asked'), value: `${view.askedByName} ${formatMoment(view.askedAt, SEAT_ZONE)}` },
              { label: field('decided'), value: [view.decidedByName, view.decidedDay].filter(Boolean).join(' ') },
            ]}
          />
        </Panel>
        {view.approval ? <ApprovalLines status={view.approval} /> : null}
      </div>
    </Page>
  )
}
