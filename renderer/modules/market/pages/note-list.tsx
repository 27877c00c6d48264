import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { ANSWERS, MARKET_SOURCES, type NoteRow } from '#shared/modules/market/market.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { AnswerTag } from '#renderer/modules/market/parts/answer-tag.tsx'
import { DigestDrawer } from '#renderer/modules/market/parts/digest-drawer.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'

/** What people heard of the market, the latest first. */
export function NoteListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayWrite = useCan('market.write')
  const [digest, setDigest] = useState(false)
  const create = () => void navigate({ to: '/market/new' as never })
  useShortcut('n', 'market:new', create, mayWrite)
  return (
    <Page
      title={t('market:title')}
      extra={<span className="muted">{t('market:hint')}</span>}
      action={
        <span className="action-bar">
          <Button onClick={() => setDigest(true)}>{t('market:makeDigest')}</Button>
          {mayWrite ? (
            <Button type="primary" onClick={create}>
              {t('market:new')}
            </Button>
          ) : null}
        </span>
      }
    >
      <DataGrid<NoteRow>
        id="market"
        module="market"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.market.list(input as never)}
        summarise={(input) => api.market.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/market/${row.id}` as never })}
        exportRows={(asked) => api.market.exportRows(asked as never)}
        searchHint={t('market:search')}
        empty={{
          text: t('market:empty'),
          ...(mayWrite ? { action: <Button onClick={create}>{t('market:new')}</Button> } : {}),
        }}
      />
      <DigestDrawer open={digest} onClose={() => setDigest(false)} />
    </Page>
  )
}

function useColumns(): GridColumn<NoteRow>[] {
  const t = useT()
  const column = (
    field: string,
    width: number,
    text: (row: NoteRow) => string,
    sort?: string,
  ): GridColumn<NoteRow> => ({
    key: field,
    title: t(`market:fields.${field}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('day', 100, (row) => row.day, 'day'),
    column('competitor', 120, (row) => row.competitor, 'competitor'),
    column('product', 140, (row) => row.product),
    {
      key: 'price',
      title: t('market:fields.price'),
      width: 96,
      align: 'right',
      render: (row) => (row.price === null ? '' : <Amount fen={row.price} />),
      text: (row) => (row.price === null ? '' : String(row.price / 100)),
    },
    column('content', 270, (row) => row.content),
    {
      key: 'answer',
      title: t('market:fields.answer'),
      width: 84,
      render: (row) => <AnswerTag answer={row.answer} />,
      text: (row) => t(`market:answer.${row.answer}`),
    },
    column('author', 76, (row) => row.authorName),
    column('addressedId', 80, (row) => row.addressedName),
    column('source', 80, (row) => t(`market:source.${row.source}`)),
    column('customerId', 180, (row) => row.customerName),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const people = usePeopleChoices()
  const select = (name: 'source' | 'answer', values: readonly string[]): GridFilter => ({
    kind: 'select',
    name,
    label: t(`market:fields.${name}`),
    options: values.map((value) => ({ value, label: t(`market:${name}.${value}`) })),
  })
  return [
    select('answer', ANSWERS),
    select('source', MARKET_SOURCES),
    { kind: 'select', name: 'authorId', label: t('market:fields.author'), options: people },
    { kind: 'select', name: 'addressedId', label: t('market:fields.addressedId'), options: people },
    { kind: 'day', name: 'from', label: t('market:from') },
    { kind: 'day', name: 'to', label: t('market:to') },
  ]
}
