import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { formatAmountShort, formatRate } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { collectionRate } from '#shared/modules/receivables/receivables.rules.ts'
import type { Pictures } from '#shared/modules/receivables/receivables.report.schema.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import '#renderer/modules/receivables/receivables.css'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useLocale, useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** What receivables look like over time: each part of a picture opens its rows. */
export function AnalysisPage() {
  const t = useT()
  const notice = useNotice()
  const mayExport = useCan('receivables.export')
  const found = useList('receivables', ['pictures'], () => api.receivables.pictures({}))
  const report = useCommand((asOf: string, options) => api.receivables.report({ asOf: asOf as never }, options))
  const start = async () => {
    try {
      await report.run(firmToday())
      notice.done(t('receivables:export.started'))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page
      title={t('receivables:analysis.title')}
      extra={<Link to={'/provision' as never}>{t('receivables:provision.title')}</Link>}
      action={
        mayExport ? (
          <Button type="primary" loading={report.busy} onClick={() => void start()}>
            {t('receivables:report.make')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <Charts data={found.data} /> : found.isPending ? <Spin className="grid-spin" /> : null}
    </Page>
  )
}

const HEIGHT = 210
/** At most five series in a picture: what is overdue for longer stands together. */
const AGES = 5

function Charts({ data }: { data: Pictures }) {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const word = (key: string, params?: Record<string, string | number>) => t(`receivables:analysis.${key}`, params)
  const short = (fen: number) =>
    formatAmountShort(fen, locale, { large: t('common:units.large'), huge: t('common:units.huge') })
  const rows = (f: Record<string, string>) =>
    void navigate({ to: '/receivables' as never, search: { f: { status: 'open', ...f } } as never })
  const ageing = (day: string | undefined) =>
    void navigate({ to: '/ageing' as never, search: (day ? { asOf: day } : {}) as never })
  const months = data.months.map(({ day }) => day.slice(2))
  const ages = stacked(data, (key) => bucketWord(t, 'due', key), word('longer'))
  return (
    <div className="picture-grid">
      <Chart
        title={word('forecast')}
        height={HEIGHT}
        categories={[word('overdue'), ...data.weeks.map((week) => week.from.slice(5))]}
        series={[
          {
            name: word('expected'),
            type: 'bar',
            color: 0,
            data: [data.overdue, ...data.weeks.map((week) => week.amount)],
          },
        ]}
        format={(fen) => formatYuan(fen)}
        axisFormat={short}
        onPart={(index) => {
          const week = data.weeks[index - 1]
          rows(week ? { dueFrom: week.from, dueTo: week.to } : { status: 'overdue' })
        }}
      />
      <Chart
        title={word('ageing')}
        height={HEIGHT}
        categories={months}
        series={ages}
        format={(fen) => formatYuan(fen)}
        axisFormat={short}
        onPart={(index) => ageing(data.months[index]?.day)}
      />
      <Chart
        title={word('reps', { from: data.from, to: data.to })}
        height={HEIGHT}
        categories={data.reps.map((rep) => repWord(rep))}
        series={[
          { name: word('due'), type: 'bar', color: 4, data: data.reps.map((rep) => rep.due) },
          { name: word('collected'), type: 'bar', color: 1, data: data.reps.map((rep) => rep.collected) },
        ]}
        format={(fen) => formatYuan(fen)}
        axisFormat={short}
        onPart={(index) => {
          const rep = data.reps[index]
          if (rep) rows({ status: 'all', ownerId: rep.ownerId, dueFrom: data.from, dueTo: data.to })
        }}
      />
      <Chart
        title={word('dso')}
        height={HEIGHT}
        categories={months}
        series={[{ name: word('dsoDays'), type: 'line', color: 0, data: data.months.map(({ dso }) => dso ?? 0) }]}
        format={(tenths) => (tenths / 10).toFixed(1)}
        onPart={(index) => ageing(data.months[index]?.day)}
      />
    </div>
  )
}

function repWord(rep: Pictures['reps'][number]): string {
  const rate = collectionRate(rep.due, rep.collected)
  return rate === null ? rep.name : `${rep.name} ${formatRate(rate)}`
}

/** The ages as series that stand on each other; from the fifth on they are one. */
function stacked(data: Pictures, wordOf: (key: string) => string, longer: string) {
  const keys = data.columns.map(({ key }) => key)
  const [shown, rest] = keys.length <= AGES ? [keys, []] : [keys.slice(0, AGES - 1), keys.slice(AGES - 1)]
  const sumOf = (some: readonly string[]) =>
    data.months.map(({ buckets }) => some.reduce((sum, key) => sum + (buckets[key] ?? 0), 0))
  const series = (name: string, data: readonly number[]) => ({ name, type: 'bar' as const, stack: 'ages', data })
  return [
    ...shown.map((key) => series(wordOf(key), sumOf([key]))),
    ...(rest.length > 0 ? [series(longer, sumOf(rest))] : []),
  ]
}
