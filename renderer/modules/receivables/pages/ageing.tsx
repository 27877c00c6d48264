import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Dropdown, Segmented, Spin } from 'antd'
import { useState } from 'react'
import { formatAmountShort } from '#shared/i18n/formatters.ts'
import { isPlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { AGE_BASES, AGEING_GROUPS } from '#shared/modules/receivables/receivables.schema.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import { AgeingMatrix, type OpenCell } from '#renderer/modules/receivables/parts/ageing-matrix.tsx'
import type { AgeingSearch } from '#renderer/modules/receivables/parts/ageing-search.ts'
import { PolicyDrawer } from '#renderer/modules/receivables/parts/policy-drawer.tsx'
import { CellDrawer } from '#renderer/modules/receivables/parts/cell-drawer.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { DateField } from '#renderer/ui/fields/date-field.tsx'
import { failureWords } from '#renderer/ui/failure-words.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const BY = {
  customer: 'byCustomer',
  owner: 'byOwner',
  department: 'byDepartment',
  team: 'byTeam',
  contract: 'byContract',
}

/** What is owed by age, as of a day, summed as one likes; each figure opens the instalments behind it. */
export function AgeingPage() {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const mayExport = useCan('receivables.export')
  const mayEdit = useCan('receivables.policy')
  const [editing, setEditing] = useState(false)
  const search = useSearch({ strict: false }) as AgeingSearch
  const asOf = search.asOf !== undefined && isPlainDay(search.asOf) ? search.asOf : firmToday()
  const by = search.by ?? 'customer'
  const policy = useQuery({ queryKey: ['receivables', 'policy'], queryFn: () => api.receivables.policy({}) })
  const basis = search.basis ?? policy.data?.value.basis ?? 'due'
  const known = search.basis !== undefined || policy.data !== undefined
  const change = (next: AgeingSearch) =>
    void navigate({ to: '.', search: { ...search, ...next } as never, replace: next.cell === undefined })
  const totals = useQuery({
    queryKey: ['receivables', 'ageing-totals', asOf, basis],
    queryFn: () => api.receivables.ageingTotals({ asOf: asOf as never, basis }),
    enabled: known,
  })
  const groups = useInfiniteQuery({
    queryKey: ['receivables', 'ageing', asOf, by, basis],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.receivables.ageing({ asOf: asOf as never, by, basis, limit: 100, cursor: pageParam }),
    getNextPageParam: (last) => last.nextCursor,
    enabled: known,
  })
  const failure = policy.error ?? totals.error ?? groups.error
  const rows = groups.data?.pages.flatMap((page) => page.rows) ?? []
  const columns = totals.data?.columns.map(({ key }) => key) ?? []
  const open: OpenCell = (row, bucket) =>
    change({ cell: { ...(row ? { id: row.id, name: row.name } : {}), ...(bucket ? { bucket } : {}) } })
  const download = async (format: 'xlsx' | 'csv') => {
    try {
      await api.receivables.exportAgeing({ asOf: asOf as never, by, basis, format })
      message.info(t('receivables:export.started'))
    } catch (error) {
      message.error(failureWords(t, shownError(error)))
    }
  }
  return (
    <Page
      title={t('receivables:ageing.title')}
      extra={
        <nav className="money-links" aria-label={t('receivables:receipts.lists')}>
          <Link to={'/receivables/analysis' as never}>{t('receivables:analysis.title')}</Link>
          <Link to={'/provision' as never}>{t('receivables:provision.title')}</Link>
        </nav>
      }
      filters={
        <>
          <span className="muted">{t('receivables:ageing.asOf')}</span>
          <DateField
            value={asOf}
            placeholder={t('receivables:ageing.asOf')}
            onChange={(day) => change({ asOf: day ?? undefined })}
          />
          <Segmented
            value={by}
            aria-label={t('receivables:ageing.by')}
            options={AGEING_GROUPS.map((value) => ({ value, label: t(`receivables:ageing.${BY[value]}`) }))}
            onChange={(value) => change({ by: value })}
          />
          <Segmented
            value={basis}
            aria-label={t('receivables:ageing.basis')}
            options={AGE_BASES.map((value) => ({ value, label: t(`receivables:bases.${value}`) }))}
            onChange={(value) => change({ basis: value })}
          />
          <span className="spacer" />
          {mayEdit && policy.data ? (
            <Button onClick={() => setEditing(true)}>{t('receivables:policy.title')}</Button>
          ) : null}
          {mayExport ? (
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  { key: 'xlsx', label: t('receivables:export.xlsx') },
                  { key: 'csv', label: t('receivables:export.csv') },
                ],
                onClick: ({ key }) => void download(key as 'xlsx' | 'csv'),
              }}
            >
              <Button>{t('common:grid.export')}</Button>
            </Dropdown>
          ) : null}
        </>
      }
    >
      {failure ? <ErrorNotice error={shownError(failure)} onRetry={() => void groups.refetch()} /> : null}
      <p className="muted ageing-rule">{t(`receivables:ageing.${basis === 'due' ? 'rule' : 'invoiceRule'}`)}</p>
      {totals.data && totals.data.outstanding > 0 ? (
        <Chart
          title={t('receivables:ageing.chart')}
          height={170}
          categories={columns.map((key) => bucketWord(t, basis, key))}
          series={[
            {
              name: t('receivables:columns.outstanding'),
              type: 'bar',
              color: 3,
              data: columns.map((key) => totals.data.buckets[key] ?? 0),
            },
          ]}
          format={(fen) => formatYuan(fen)}
          axisFormat={(fen) =>
            formatAmountShort(fen, locale, { large: t('common:units.large'), huge: t('common:units.huge') })
          }
          onPart={(index) => open(null, columns[index] ?? null)}
        />
      ) : null}
      {groups.isPending ? <Spin className="grid-spin" /> : null}
      {totals.data?.outstanding === 0 ? (
        <EmptyState text={t('receivables:ageing.empty')} />
      ) : totals.data && groups.data ? (
        <AgeingMatrix rows={rows} totals={totals.data} columns={columns} by={by} basis={basis} onOpen={open} />
      ) : null}
      {groups.hasNextPage ? (
        <Button loading={groups.isFetchingNextPage} onClick={() => void groups.fetchNextPage()}>
          {t('receivables:ageing.more')}
        </Button>
      ) : null}
      {totals.data && totals.data.advance > 0 ? (
        <p className="muted">{t('receivables:ageing.advance', { amount: formatYuan(totals.data.advance) })}</p>
      ) : null}
      {totals.data && totals.data.credits > 0 ? (
        <p className="muted">{t('receivables:ageing.credits', { amount: formatYuan(totals.data.credits) })}</p>
      ) : null}
      {policy.data ? <PolicyDrawer policy={policy.data} open={editing} onClose={() => setEditing(false)} /> : null}
      <CellDrawer
        cell={search.cell}
        asOf={asOf}
        by={by}
        basis={basis}
        onClose={() => void navigate({ to: '.', search: { ...search, cell: undefined } as never })}
      />
    </Page>
  )
}
