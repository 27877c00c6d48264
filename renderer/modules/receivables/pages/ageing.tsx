import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Dropdown, Segmented, Spin } from 'antd'
import dayjs from 'dayjs'
import { formatAmountShort } from '#shared/i18n/formatters.ts'
import { isPlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { AGE_BASES, BUCKETS, type AgeBasis, type BucketKey } from '#shared/modules/receivables/receivables.schema.ts'
import { bucketKey } from '#renderer/modules/receivables/parts/ageing-words.ts'
import type { AgeingSearch } from '#renderer/modules/receivables/parts/ageing-search.ts'
import { CellDrawer } from '#renderer/modules/receivables/parts/cell-drawer.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { DateField } from '#renderer/ui/fields/date-field.tsx'
import { failureWords } from '#renderer/ui/failure-words.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'

const LATE: readonly BucketKey[] = ['d1_30', 'd31_60', 'd61_90', 'd91_180', 'd181_365', 'over_365']
type Row = Awaited<ReturnType<typeof api.receivables.ageing>>['rows'][number]

/** What is owed by age, as of a day, by customer or sales person; each figure opens the instalments behind it. */
export function AgeingPage() {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const mayExport = useCan('receivables.export')
  const search = useSearch({ strict: false }) as AgeingSearch
  const asOf = search.asOf !== undefined && isPlainDay(search.asOf) ? search.asOf : dayjs().format('YYYY-MM-DD')
  const by = search.by ?? 'customer'
  const basis = search.basis ?? 'due'
  const change = (next: AgeingSearch) =>
    void navigate({ to: '.', search: { ...search, ...next } as never, replace: next.cell === undefined })
  const totals = useQuery({
    queryKey: ['receivables', 'ageing-totals', asOf, basis],
    queryFn: () => api.receivables.ageingTotals({ asOf: asOf as never, basis }),
  })
  const groups = useInfiniteQuery({
    queryKey: ['receivables', 'ageing', asOf, by, basis],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.receivables.ageing({ asOf: asOf as never, by, basis, limit: 100, cursor: pageParam }),
    getNextPageParam: (last) => last.nextCursor,
  })
  const failure = totals.error ?? groups.error
  const rows = groups.data?.pages.flatMap((page) => page.rows) ?? []
  const open = (row: Row | null, bucket: BucketKey | null) =>
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
            options={[
              { value: 'customer', label: t('receivables:ageing.byCustomer') },
              { value: 'owner', label: t('receivables:ageing.byOwner') },
            ]}
            onChange={(value) => change({ by: value as 'customer' | 'owner' })}
          />
          <Segmented
            value={basis}
            aria-label={t('receivables:ageing.basis')}
            options={AGE_BASES.map((value) => ({ value, label: t(`receivables:bases.${value}`) }))}
            onChange={(value) => change({ basis: value })}
          />
          <span className="muted">{t(`receivables:ageing.${basis === 'due' ? 'rule' : 'invoiceRule'}`)}</span>
          <span className="spacer" />
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
      {totals.data && totals.data.outstanding > 0 ? (
        <Chart
          title={t('receivables:ageing.chart')}
          height={170}
          categories={BUCKETS.map((key) => t(bucketKey(basis, key)))}
          series={[
            {
              name: t('receivables:columns.outstanding'),
              type: 'bar',
              color: 3,
              data: BUCKETS.map((key) => totals.data.buckets[key]),
            },
          ]}
          format={(fen) => formatYuan(fen)}
          axisFormat={(fen) =>
            formatAmountShort(fen, locale, { large: t('common:units.large'), huge: t('common:units.huge') })
          }
          onPart={(index) => open(null, BUCKETS[index] ?? null)}
        />
      ) : null}
      {groups.isPending ? <Spin className="grid-spin" /> : null}
      {totals.data?.outstanding === 0 ? (
        <EmptyState text={t('receivables:ageing.empty')} />
      ) : totals.data && groups.data ? (
        <Matrix rows={rows} totals={totals.data} by={by} basis={basis} onOpen={open} />
      ) : null}
      {groups.hasNextPage ? (
        <Button loading={groups.isFetchingNextPage} onClick={() => void groups.fetchNextPage()}>
          {t('receivables:ageing.more')}
        </Button>
      ) : null}
      {totals.data && totals.data.advance > 0 ? (
        <p className="muted">{t('receivables:ageing.advance', { amount: formatYuan(totals.data.advance) })}</p>
      ) : null}
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

interface Totals {
  readonly outstanding: number
  readonly buckets: Readonly<Record<BucketKey, number>>
}

function Matrix(props: {
  rows: readonly Row[]
  totals: Totals
  by: 'customer' | 'owner'
  basis: AgeBasis
  onOpen: (row: Row | null, bucket: BucketKey | null) => void
}) {
  const t = useT()
  const { totals } = props
  const share = (fen: number) => `${((fen / totals.outstanding) * 100).toFixed(1)}%`
  return (
    <div className="ageing-scroll" tabIndex={0} role="group" aria-label={t('receivables:ageing.title')}>
      <table className="ageing">
        <thead>
          <tr>
            <th scope="col">{t(`receivables:columns.${props.by === 'customer' ? 'customerName' : 'ownerName'}`)}</th>
            <th scope="col">{t('receivables:ageing.totalOutstanding')}</th>
            {BUCKETS.map((key) => (
              <th key={key} scope="col">
                {t(bucketKey(props.basis, key))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="total">
            <td>{t('receivables:ageing.total')}</td>
            <Cells
              sums={totals}
              name={t('receivables:ageing.total')}
              basis={props.basis}
              onOpen={(bucket) => props.onOpen(null, bucket)}
            />
          </tr>
          <tr className="ageing-share">
            <td>{t('receivables:ageing.share')}</td>
            <td>{share(totals.outstanding)}</td>
            {BUCKETS.map((key) => (
              <td key={key}>{share(totals.buckets[key])}</td>
            ))}
          </tr>
          {props.rows.map((row) => (
            <tr key={row.id}>
              <td>{row.name}</td>
              <Cells sums={row} name={row.name} basis={props.basis} onOpen={(bucket) => props.onOpen(row, bucket)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The figures of one row; nothing to open where there is nothing. */
function Cells(props: { sums: Totals; name: string; basis: AgeBasis; onOpen: (bucket: BucketKey | null) => void }) {
  const t = useT()
  const cell = (fen: number, bucket: BucketKey | null, title: string) =>
    fen === 0 ? (
      <span className="zero">0.00</span>
    ) : (
      <button
        type="button"
        className="link-button"
        aria-label={`${props.name} ${title} ${formatYuan(fen)}`}
        onClick={() => props.onOpen(bucket)}
      >
        {formatYuan(fen)}
      </button>
    )
  return (
    <>
      <td>{cell(props.sums.outstanding, null, t('receivables:ageing.totalOutstanding'))}</td>
      {BUCKETS.map((key) => (
        <td key={key} className={props.basis === 'due' && LATE.includes(key) ? 'late' : undefined}>
          {cell(props.sums.buckets[key], key, t(bucketKey(props.basis, key)))}
        </td>
      ))}
    </>
  )
}
