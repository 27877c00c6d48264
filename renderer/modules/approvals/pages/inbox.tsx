import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Checkbox, Input, Segmented, Select, Spin } from 'antd'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { APPROVAL_KINDS } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import { OUTCOMES } from '#shared/modules/approvals/approvals.rules.ts'
import {
  APPROVAL_LISTS,
  APPROVAL_SORTS,
  approvalFilters,
  type ApprovalFilters,
  type ApprovalRow,
  type ApprovalSort,
} from '#shared/modules/approvals/approvals.schema.ts'
import { useApprovals, type ApprovalList } from '#renderer/modules/approvals/approvals.queries.ts'
import { OutcomeTag } from '#renderer/modules/approvals/parts/outcome-tag.tsx'
import { RequestPane } from '#renderer/modules/approvals/parts/request-pane.tsx'
import { SubstitutesDrawer } from '#renderer/modules/approvals/parts/substitutes-drawer.tsx'
import '#renderer/modules/approvals/approvals.css'
import { useCan } from '#renderer/rpc/session.ts'
import { useGridState, type GridHandle } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const SEARCH_AFTER_MS = 200
const DEFAULT_SORT = { key: 'dueDay', dir: 'asc' } as const
/** What is listed by is the amount and the moment of submission, the greatest and latest first; a deadline the next. */
const DIRECTIONS: Readonly<Record<ApprovalSort, 'asc' | 'desc'>> = {
  submittedAt: 'desc',
  dueDay: 'asc',
  amount: 'desc',
  updatedAt: 'desc',
}

/** What the address asks for, as the core takes it. */
function askedOf({ filters, sort }: GridHandle['state']): {
  list: ApprovalList
  filters: ApprovalFilters
  sort: ApprovalSort
} {
  const { list: given, ...others } = filters
  const parsed = approvalFilters.safeParse(others)
  const list = APPROVAL_LISTS.find((name) => name === given) ?? 'waiting'
  const key = APPROVAL_SORTS.find((name) => name === sort.key) ?? 'dueDay'
  return { list, filters: parsed.success ? parsed.data : {}, sort: key }
}

/** The inbox of approvals: the list at the left, the request at hand at the right. */
export function ApprovalsPage() {
  const t = useT()
  const navigate = useNavigate()
  const { id = null } = useParams({ strict: false }) as { id?: string }
  const mayDefine = useCan('approvals.define')
  const [leave, setLeave] = useState(false)
  const grid = useGridState(DEFAULT_SORT)
  const { list, filters, sort } = askedOf(grid.state)
  const found = useApprovals(list, grid.state.text, filters, { key: sort, dir: DIRECTIONS[sort] })
  const { rows } = found
  const current = id ?? rows[0]?.id ?? null
  const open = (next: string | undefined, focus = true) => {
    if (next === undefined) return
    void navigate({ to: `/approvals/${next}` as never, search: grid.search as never, replace: true })
    if (focus) setTimeout(() => document.querySelector<HTMLElement>(`[data-approval="${next}"]`)?.focus(), 0)
  }
  const move = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.id === current)
    open(at === -1 ? rows[0]?.id : rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.id)
  }
  /** What was decided leaves the list; the one after it is at hand. */
  const goOn = () => {
    if (list !== 'waiting') return
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[at + 1] ?? rows[at - 1]
    if (next) open(next.id)
  }
  useShortcut('j', 'approvals:down', () => move(1), !leave)
  useShortcut('k', 'approvals:up', () => move(-1), !leave)

  return (
    <Page
      title={t('approvals:title')}
      extra={<span className="muted">{t('approvals:keysHint')}</span>}
      action={
        <span className="action-bar">
          <Button onClick={() => setLeave(true)}>{t('approvals:substitutes.title')}</Button>
          {mayDefine ? (
            <Button onClick={() => void navigate({ to: '/approval-ways' as never })}>
              {t('approvals:define.title')}
            </Button>
          ) : null}
        </span>
      }
      filters={<Filters grid={grid} list={list} filters={filters} sort={sort} />}
    >
      {found.error ? <ErrorNotice error={found.error} onRetry={found.again} /> : null}
      {found.pending ? <Spin className="grid-spin" /> : null}
      {!found.pending && rows.length === 0 && id === null ? (
        <EmptyState text={t(`approvals:empty.${list}`)} />
      ) : (
        <div className="approval-panes">
          <div className="approval-side">
            <ApprovalRows rows={rows} current={current} onOpen={open} onMove={move} />
            {rows.length === 0 && !found.pending ? <p className="muted">{t(`approvals:empty.${list}`)}</p> : null}
            {found.more ? (
              <Button block loading={found.loading} onClick={found.loadMore}>
                {t('approvals:more')}
              </Button>
            ) : null}
            {found.count === null ? null : (
              <p className="muted" role="status">
                {t('approvals:count', { count: found.count })}
              </p>
            )}
          </div>
          <section className="approval-main" aria-label={t('approvals:view')}>
            {current === null ? (
              <p className="muted">{t('approvals:choose')}</p>
            ) : (
              <RequestPane id={current} onDecided={goOn} />
            )}
          </section>
        </div>
      )}
      <SubstitutesDrawer open={leave} onClose={() => setLeave(false)} />
    </Page>
  )
}

function ApprovalRows(props: {
  rows: readonly ApprovalRow[]
  current: string | null
  onOpen: (id: string, focus?: boolean) => void
  onMove: (by: 1 | -1) => void
}) {
  const t = useT()
  const today = firmToday()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    props.onMove(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <ul className="approval-list" aria-label={t('approvals:list')} onKeyDown={onKeyDown}>
      {props.rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            data-approval={row.id}
            className={row.id === props.current ? 'current' : ''}
            aria-current={row.id === props.current}
            onClick={() => props.onOpen(row.id, false)}
          >
            <span className="approval-title">{row.title}</span>
            <span className="approval-meta">
              <OutcomeTag outcome={row.outcome} />
              <span>{t(`approvals:kinds.${row.kind}`)}</span>
              <span className="spacer" />
              {row.amount === null ? null : <Amount fen={row.amount} />}
            </span>
            <span className="approval-meta muted">
              <span>{[row.applicantName, row.customerName].filter((word) => word !== '').join(' · ')}</span>
              <span className="spacer" />
              {row.dueDay === null ? null : (
                <span className={row.dueDay < today ? 'approval-late' : ''}>
                  {row.dueDay < today ? t('approvals:late') : t('approvals:dueBy', { day: row.dueDay })}
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Filters(props: { grid: GridHandle; list: ApprovalList; filters: ApprovalFilters; sort: ApprovalSort }) {
  const t = useT()
  const { grid, list, filters, sort } = props
  const [text, setText] = useState(grid.state.text)
  const latest = useRef(grid)
  latest.current = grid
  useEffect(() => setText(grid.state.text), [grid.state.text])
  useEffect(() => {
    if (text.trim() === latest.current.state.text) return
    const timer = setTimeout(() => latest.current.setText(text.trim()), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  const select = (name: 'kind' | 'outcome', values: readonly string[]) => (
    <Select
      aria-label={t(`approvals:fields.${name}`)}
      placeholder={t(`approvals:fields.${name}`)}
      className="grid-filter"
      allowClear
      popupMatchSelectWidth={false}
      value={filters[name] ?? null}
      options={values.map((value) => ({ value, label: t(`approvals:${name}s.${value}`) }))}
      onChange={(next: string | null | undefined) => grid.setFilter(name, next ?? undefined)}
    />
  )
  return (
    <div className="page-filters" role="search" aria-label={t('approvals:filters')}>
      <Segmented
        aria-label={t('approvals:title')}
        value={list}
        options={APPROVAL_LISTS.map((value) => ({ value, label: t(`approvals:tabs.${value}`) }))}
        onChange={(next) => grid.setFilter('list', next === 'waiting' ? undefined : next)}
      />
      <Input
        allowClear
        className="grid-search"
        value={text}
        placeholder={t('approvals:search')}
        aria-label={t('approvals:search')}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
      {select('kind', APPROVAL_KINDS)}
      {list === 'waiting' ? null : select('outcome', OUTCOMES)}
      <Checkbox
        checked={filters.overdue === true}
        onChange={(event) => grid.setFilter('overdue', event.target.checked ? true : undefined)}
      >
        {t('approvals:fields.overdue')}
      </Checkbox>
      <span className="spacer" />
      <Select
        aria-label={t('approvals:fields.sort')}
        className="grid-filter"
        popupMatchSelectWidth={false}
        value={sort}
        options={(['dueDay', 'submittedAt', 'amount'] as const).map((value) => ({
          value,
          label: t(`approvals:sorts.${value}`),
        }))}
        onChange={(key) => grid.setSort({ key, dir: DIRECTIONS[key] })}
      />
    </div>
  )
}
