import { Link, useParams } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { ProposalView } from '#shared/modules/performance/performance.proposals.schema.ts'
import { ApprovalLines } from '#renderer/modules/claims/parts/approval-lines.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { CloseDrawer, ProposalDrawer, ProposalTag } from '#renderer/modules/performance/parts/proposal-drawers.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useEntry } from '#renderer/rpc/queries.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Facts, Page, Panel } from '#renderer/ui/parts.tsx'

/** One proposal: for whom what, who decides it, and what came of it. */
export function ProposalPage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const found = useEntry('performance', id, () => api.performance.proposal.get({ id: id as never }))
  if (found.shownError) {
    return (
      <Page title={t('performance:proposals.one')}>
        <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  return found.data ? <Shown view={found.data} /> : <Spin className="grid-spin" />
}

function Shown({ view }: { view: ProposalView }) {
  const t = useT()
  const word = (key: string, params?: Record<string, string>) => t(`performance:proposals.${key}`, params)
  const field = (key: string) => word(`fields.${key}`)
  const prose = (text: string) => <span className="prose">{text}</span>
  const closed = view.doneDay !== null
  return (
    <Page
      title={word('of', { name: view.userName, kind: word(`kinds.${view.kind}`) })}
      extra={<ProposalTag row={view} />}
      action={<Actions view={view} />}
    >
      <div className="columns-main">
        <Panel title={word('one')}>
          <Facts
            items={[
              {
                label: field('person'),
                value: <Link to={`/performance/people/${view.userId}` as never}>{view.userName}</Link>,
              },
              { label: field('kind'), value: word(`kinds.${view.kind}`) },
              { label: field('subject'), value: view.subject },
              { label: field('reason'), value: prose(view.reason) },
              { label: field('basis'), value: prose(view.basis) },
              { label: field('untilDay'), value: view.untilDay },
              { label: field('askedBy'), value: `${view.askedByName} ${formatMoment(view.askedAt, SEAT_ZONE)}` },
              { label: field('decidedBy'), value: [view.decidedByName, view.decidedDay].filter(Boolean).join(' ') },
              ...(closed
                ? [
                    { label: field('doneDay'), value: view.doneDay },
                    { label: field('result'), value: prose(view.result) },
                    { label: field('evidence'), value: view.evidence },
                  ]
                : []),
            ]}
          />
        </Panel>
        {view.approval ? <ApprovalLines status={view.approval} /> : null}
      </div>
    </Page>
  )
}

function Actions({ view }: { view: ProposalView }) {
  const t = useT()
  const me = useSession((state) => state.session?.user.userId)
  const [doing, setDoing] = useState<'again' | 'close' | 'drop' | null>(null)
  const end = () => setDoing(null)
  const word = (key: string) => t(`performance:proposals.${key}`)
  if (view.userId === me) return null
  if (view.state === 'returned') {
    return (
      <>
        <Button type="primary" onClick={() => setDoing('again')}>
          {word('again')}
        </Button>
        <ProposalDrawer of={doing === 'again' ? { again: view } : null} onClose={end} />
      </>
    )
  }
  if (view.state !== 'approved') return null
  return (
    <>
      <Button onClick={() => setDoing('drop')}>{word('drop')}</Button>
      <Button type="primary" onClick={() => setDoing('close')}>
        {word('close')}
      </Button>
      {doing === 'close' || doing === 'drop' ? (
        <CloseDrawer of={view} carried={doing === 'close'} onClose={end} />
      ) : null}
    </>
  )
}
