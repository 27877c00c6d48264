import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Segmented, Select } from 'antd'
import { useEffect, useState } from 'react'
import { dealFilters } from '#shared/modules/deals/deals.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { Board } from '#renderer/modules/deals/parts/board.tsx'
import { DealList } from '#renderer/modules/deals/parts/deal-list.tsx'
import '#renderer/modules/deals/deals.css'
import { useCan } from '#renderer/rpc/session.ts'
import { useGridState, type GridHandle } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'

const VIEWS = ['board', 'list'] as const
const SORT = { key: 'expectedDay', dir: 'asc' } as const
const SEARCH_AFTER_MS = 200

/** The pipeline: as a board of what is open, or as a list of everything. */
export function DealsPage() {
  const t = useT()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const grid = useGridState(SORT)
  const mayWrite = useCan('deals.write')
  const maySet = useCan('customers.rules')
  const view = search['view'] === 'list' ? 'list' : 'board'
  const create = () => void navigate({ to: '/deals/new' as never })
  useShortcut('n', 'deals:new', create, mayWrite)
  // An address made by hand that makes no sense asks for everything.
  const { ownerId, customerId } = grid.state.filters
  const parsed = dealFilters.safeParse({ ...(ownerId ? { ownerId } : {}), ...(customerId ? { customerId } : {}) })
  return (
    <Page
      title={t('deals:title')}
      extra={
        <Segmented
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`deals:views.${value}`) }))}
          onChange={(next) =>
            void navigate({ to: '.', search: { ...search, view: next === 'list' ? 'list' : undefined } as never })
          }
        />
      }
      action={
        <span className="action-bar">
          {maySet ? <Link to={'/deals/stages' as never}>{t('deals:stages.title')}</Link> : null}
          <Link to={'/deals/forecast' as never}>{t('deals:forecastTitle')}</Link>
          {mayWrite ? (
            <Button type="primary" onClick={create}>
              {t('deals:new')}
            </Button>
          ) : null}
        </span>
      }
      filters={view === 'board' ? <BoardFilters grid={grid} /> : undefined}
    >
      {view === 'board' ? (
        <Board asked={{ text: grid.state.text, filters: parsed.success ? parsed.data : {} }} />
      ) : (
        <DealList onCreate={mayWrite ? create : null} />
      )}
    </Page>
  )
}

/** Text and owner; the list has all the other filters. */
function BoardFilters({ grid }: { grid: GridHandle }) {
  const t = useT()
  const people = usePeopleChoices()
  const [text, setText] = useState(grid.state.text)
  useEffect(() => setText(grid.state.text), [grid.state.text])
  useEffect(() => {
    if (text.trim() === grid.state.text) return
    const timer = setTimeout(() => grid.setText(text.trim()), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, grid])
  const hint = t('deals:search')
  return (
    <>
      <Input
        allowClear
        className="grid-search"
        value={text}
        placeholder={hint}
        aria-label={hint}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => grid.setText(text.trim())}
      />
      <Select
        allowClear
        className="board-owner"
        placeholder={t('deals:fields.ownerId')}
        aria-label={t('deals:fields.ownerId')}
        value={(grid.state.filters['ownerId'] as string | undefined) ?? null}
        options={people}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(value: string | null | undefined) => grid.setFilter('ownerId', value ?? undefined)}
      />
    </>
  )
}
