import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import {
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
  type ProposalRow,
} from '#shared/modules/performance/performance.proposals.schema.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { ProposalDrawer, ProposalTag, type Proposing } from '#renderer/modules/performance/parts/proposal-drawers.tsx'
import { api } from '#renderer/rpc/api.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** What was proposed for people and what came of it, the latest first. */
export function ProposalsPage() {
  const t = useT()
  const navigate = useNavigate()
  const [proposing, setProposing] = useState<Proposing | null>(null)
  const word = (key: string) => t(`performance:proposals.${key}`)
  const head = (key: string) => word(`fields.${key}`)
  const { text } = columnMaker<ProposalRow>(head)
  const kind = (value: string) => word(`kinds.${value}`)
  const state = (value: string) => word(`states.${value}`)
  const begin = (
    <Button type="primary" onClick={() => setProposing({})}>
      {word('new')}
    </Button>
  )
  return (
    <Page
      title={word('title')}
      action={
        <>
          <Link to={'/performance/suggestions' as never}>{word('suggestions')}</Link>
          {begin}
        </>
      }
    >
      <DataGrid<ProposalRow>
        id="performance-proposals"
        module="performance"
        columns={[
          text('askedAt', 138, (row) => formatMoment(row.askedAt, SEAT_ZONE), { sort: 'askedAt' }),
          text('person', 90, (row) => row.userName),
          text('kind', 84, (row) => kind(row.kind)),
          text('subject', 160, (row) => row.subject),
          text('state', 132, (row) => state(row.state), { render: (row) => <ProposalTag row={row} /> }),
          text('untilDay', 98, (row) => row.untilDay, { sort: 'untilDay' }),
          text('reason', 220, (row) => row.reason),
          text('askedBy', 84, (row) => row.askedByName),
          text('decidedBy', 84, (row) => row.decidedByName),
          text('doneDay', 98, (row) => row.doneDay ?? ''),
          text('result', 180, (row) => row.result),
        ]}
        filters={[
          choiceFilter('kind', head('kind'), PROPOSAL_KINDS, kind),
          choiceFilter('state', head('state'), PROPOSAL_STATES, state),
          { kind: 'select', name: 'userId', label: head('person'), options: usePeopleChoices() },
        ]}
        defaultSort={{ key: 'askedAt', dir: 'desc' }}
        load={(input) => api.performance.proposal.list(input as never)}
        summarise={(input) => api.performance.proposal.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/performance/proposals/${row.id}` as never })}
        exportRows={(asked: ExportAsked) => api.performance.proposal.exportRows(asked as never)}
        searchHint={word('search')}
        empty={{ text: word('empty'), action: begin }}
      />
      <ProposalDrawer of={proposing} onClose={() => setProposing(null)} />
    </Page>
  )
}
