import { formatRate } from '#shared/i18n/formatters.ts'
import { formatYuan, mulDiv } from '#shared/kernel/money.ts'
import { WON_NOW } from '#shared/modules/deals/deals.forecast.rules.ts'
import type { ForecastView } from '#shared/modules/deals/deals.schema.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel } from '#renderer/ui/parts.tsx'
import { shortYuan } from './short-yuan.ts'

/** A bucket as words: a month stays as it is. */
export function useBucketName() {
  const t = useT()
  return (bucket: string) => (/^\d/.test(bucket) ? bucket : t(`deals:forecast.${bucket}`))
}

const sumOf = (rows: readonly { weighted: number }[]) => rows.reduce((sum, row) => sum + row.weighted, 0)

/** Weighted amounts by month and person against the targets; each number opens the deals behind it. */
export function ForecastTable(props: {
  forecast: ForecastView
  onNumber: (bucket: string, userId: string | null) => void
}) {
  const t = useT()
  const bucketName = useBucketName()
  const { forecast } = props
  const cellsOf = (bucket: string | null, userId: string | null) =>
    forecast.cells.filter(
      (cell) => (bucket === null || cell.bucket === bucket) && (userId === null || cell.userId === userId),
    )
  const opening = (amount: number, bucket: string, userId: string | null) =>
    amount === 0 ? (
      <span className="muted">–</span>
    ) : (
      <button type="button" className="link-button num" onClick={() => props.onNumber(bucket, userId)}>
        {shortYuan(amount)}
      </button>
    )
  const number = (bucket: string | null, userId: string | null) =>
    opening(sumOf(cellsOf(bucket, userId)), bucket ?? 'total', userId)
  const targetOf = (bucket: string) =>
    (forecast.targets ?? []).filter((target) => target.month === bucket).reduce((sum, target) => sum + target.amount, 0)
  const wonOf = (userId: string | null) =>
    forecast.won.filter((row) => userId === null || row.userId === userId).reduce((sum, row) => sum + row.amount, 0)
  const now = forecast.today.slice(0, 7)
  const people = forecast.people.filter(({ id }) => cellsOf(null, id).length > 0 || wonOf(id) > 0)
  return (
    <Panel title={t('deals:forecast.byMonth')}>
      <div className="wide-table">
        <table className="plain-table forecast">
          <thead>
            <tr>
              <th scope="col">{t('deals:fields.ownerId')}</th>
              <th scope="col" className="num">
                {t('deals:forecast.wonNow')}
              </th>
              {forecast.buckets.map((bucket) => (
                <th key={bucket} scope="col" className="num">
                  {bucketName(bucket)}
                </th>
              ))}
              <th scope="col" className="num">
                {t('deals:sum')}
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id}>
                <th scope="row">{person.name}</th>
                <td className="num">{opening(wonOf(person.id), WON_NOW, person.id)}</td>
                {forecast.buckets.map((bucket) => (
                  <td key={bucket} className="num">
                    {number(bucket, person.id)}
                  </td>
                ))}
                <td className="num">{number(null, person.id)}</td>
              </tr>
            ))}
            <tr className="total">
              <th scope="row">{t('deals:sum')}</th>
              <td className="num">{opening(wonOf(null), WON_NOW, null)}</td>
              {forecast.buckets.map((bucket) => (
                <td key={bucket} className="num">
                  {number(bucket, null)}
                </td>
              ))}
              <td className="num">{number(null, null)}</td>
            </tr>
            {forecast.targets === null ? null : (
              <>
                <tr>
                  <th scope="row">{t('deals:forecast.target')}</th>
                  <td />
                  {forecast.buckets.map((bucket) => (
                    <td key={bucket} className="num">
                      {targetOf(bucket) > 0 ? shortYuan(targetOf(bucket)) : ''}
                    </td>
                  ))}
                  <td />
                </tr>
                <tr>
                  <th scope="row">{t('deals:forecast.cover')}</th>
                  <td />
                  {forecast.buckets.map((bucket) => {
                    const target = targetOf(bucket)
                    const brought = sumOf(cellsOf(bucket, null)) + (bucket === now ? wonOf(null) : 0)
                    return (
                      <td key={bucket} className="num">
                        {target > 0 ? formatRate(mulDiv(10_000, brought, target)) : ''}
                      </td>
                    )
                  })}
                  <td />
                </tr>
              </>
            )}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

const inTenThousands = (fen: number) => `${Math.round(fen / 10_000) / 100}`

/** The same by month as bars beside the targets. */
export function ForecastChart(props: { forecast: ForecastView; onNumber: (bucket: string) => void }) {
  const t = useT()
  const { forecast } = props
  const of = (bucket: string, key: 'weighted' | 'amount') =>
    forecast.cells.filter((cell) => cell.bucket === bucket).reduce((sum, cell) => sum + cell[key], 0)
  const targets = forecast.targets
  const months = forecast.buckets.filter((bucket) => /^\d/.test(bucket))
  return (
    <Chart
      title={t('deals:forecast.chart')}
      height={220}
      categories={months}
      series={[
        { name: t('deals:forecast.weighted'), type: 'bar', data: months.map((month) => of(month, 'weighted')) },
        { name: t('deals:forecast.unweighted'), type: 'bar', data: months.map((month) => of(month, 'amount')) },
        ...(targets === null
          ? []
          : [
              {
                name: t('deals:forecast.target'),
                type: 'line' as const,
                data: months.map((bucket) =>
                  targets.filter((target) => target.month === bucket).reduce((sum, target) => sum + target.amount, 0),
                ),
              },
            ]),
      ]}
      format={formatYuan}
      axisFormat={(fen) => t('deals:forecast.tenThousand', { figures: inTenThousands(fen) })}
      onPart={(category) => props.onNumber(months[category] ?? '')}
    />
  )
}
