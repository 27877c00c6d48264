import { Link } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { ProposalDrawer, type Proposing } from '#renderer/modules/performance/parts/proposal-drawers.tsx'
import { figureOfSuggestion } from '#renderer/modules/performance/parts/suggestion-words.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'

/** What the latest locked months suggest; a leader makes a proposal of it, or does not. */
export function SuggestionsPage() {
  const t = useT()
  const [proposing, setProposing] = useState<Proposing | null>(null)
  const found = useList('performance', ['suggestions'], () => api.performance.proposal.suggestions({}))
  const word = (key: string) => t(`performance:proposals.${key}`)
  const rows = found.data
  return (
    <Page title={word('suggestions')} action={<Link to={'/performance/proposals' as never}>{word('title')}</Link>}>
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {rows?.length === 0 ? <EmptyState text={word('none')} /> : null}
      {rows && rows.length > 0 ? (
        <Panel>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{word('fields.person')}</th>
                <th scope="col">{word('why')}</th>
                <th scope="col">{word('mayBe')}</th>
                <th scope="col">
                  <span className="visually-hidden">{word('propose')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.userId} ${row.cause}`}>
                  <td>
                    <Link to={`/performance/people/${row.userId}` as never}>{row.userName}</Link>
                  </td>
                  <td>{figureOfSuggestion(row, t)}</td>
                  <td>{row.kinds.map((kind) => word(`kinds.${kind}`)).join(' · ')}</td>
                  <td>
                    <Button
                      size="small"
                      aria-label={`${word('propose')} ${row.userName}`}
                      onClick={() => setProposing({ suggestion: row })}
                    >
                      {word('propose')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ) : null}
      <ProposalDrawer of={proposing} onClose={() => setProposing(null)} />
    </Page>
  )
}
