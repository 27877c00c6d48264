import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { PAPER_GAPS } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { CONTRACT_STAGES, type ContractRow } from '#shared/modules/contracts/contracts.schema.ts'
import { collectionRate } from '#shared/modules/receivables/receivables.rules.ts'
import { StageTag } from '#renderer/modules/contracts/parts/stage-tag.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

const rateOf = (row: ContractRow): string => {
  const rate = row.state === 'signed' ? collectionRate(row.amount, row.settled) : null
  return rate === null ? '' : `${(rate / 100).toFixed(1)}%`
}

/** Every contract one may see, with what was received for it. */
export function ContractListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayCreate = useCan('contracts.create')
  const mayExport = useCan('contracts.export')
  const people = useQuery({ queryKey: ['people', 'briefs'], queryFn: () => api.people.briefs({}) })
  const head = (key: string) => t(`contracts:columns.${key}`)
  const create = () => void navigate({ to: '/contracts/new' as never })
  const { text, amount } = columnMaker<ContractRow>(head)
  const columns: GridColumn<ContractRow>[] = [
    text('number', 110, (row) => row.number, { sort: 'number' }),
    text('title', 112, (row) => row.title),
    text('buyerName', 184, (row) => row.buyerName, { sort: 'buyerName' }),
    text('stage', 94, (row) => t(`contracts:stages.${row.stage}`), { render: (row) => <StageTag stage={row.stage} /> }),
    text('signDay', 96, (row) => row.signDay ?? '', { sort: 'signDay' }),
    amount('amount', 104, (row) => row.amount, 'amount'),
    amount('settled', 104, (row) => row.settled),
    amount('outstanding', 104, (row) => row.outstanding),
    text('rate', 74, rateOf, { align: 'right' }),
    text('ownerName', 72, (row) => row.ownerName),
    text('endDay', 96, (row) => row.endDay ?? '', { sort: 'endDay' }),
    text('updatedAt', 138, (row) => formatMoment(row.updatedAt, ZONE), { sort: 'updatedAt' }),
  ]
  const filters: GridFilter[] = [
    {
      kind: 'select',
      name: 'stage',
      label: t('contracts:filters.stage'),
      options: CONTRACT_STAGES.map((value) => ({ value, label: t(`contracts:stages.${value}`) })),
    },
    {
      kind: 'select',
      name: 'ownerId',
      label: t('contracts:filters.owner'),
      options: (people.data ?? []).map((person) => ({ value: person.id, label: person.name })),
    },
    {
      kind: 'select',
      name: 'papers',
      label: t('contracts:filters.papers'),
      options: PAPER_GAPS.map((value) => ({ value, label: t(`contracts:paperGaps.${value}`) })),
    },
    { kind: 'number', name: 'expiresWithin', label: t('contracts:filters.expiresWithin') },
    { kind: 'number', name: 'unsignedFor', label: t('contracts:filters.unsignedFor') },
    { kind: 'day', name: 'signedFrom', label: t('contracts:filters.signedFrom') },
    { kind: 'day', name: 'signedTo', label: t('contracts:filters.signedTo') },
  ]
  return (
    <Page
      title={t('contracts:list.title')}
      extra={
        <>
          <Link to={'/contracts/seals' as never}>{t('contracts:list.seals')}</Link>
          <Link to={'/contract-templates' as never}>{t('common:nav.templates')}</Link>
          <Link to={'/word-templates' as never}>{t('wordtemplates:title')}</Link>
        </>
      }
      action={
        mayCreate ? (
          <Button type="primary" onClick={create}>
            {t('contracts:list.create')}
          </Button>
        ) : null
      }
    >
      <DataGrid
        id="contracts"
        module="contracts"
        columns={columns}
        filters={filters}
        defaultSort={{ key: 'updatedAt', dir: 'desc' }}
        load={(input) => api.contracts.list(input as never)}
        summarise={(input) => api.contracts.summary(input as never)}
        sums={[
          { key: 'amount', label: head('amount') },
          { key: 'settled', label: head('settled') },
          { key: 'outstanding', label: head('outstanding') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/contracts/${row.id}` as never })}
        {...(mayExport
          ? {
              exportRows: (asked: ExportAsked) => api.contracts.exportRows(asked as never),
            }
          : {})}
        searchHint={t('contracts:list.search')}
        empty={{
          text: t('contracts:list.empty'),
          ...(mayCreate ? { action: <Button onClick={create}>{t('contracts:list.create')}</Button> } : {}),
        }}
      />
    </Page>
  )
}
