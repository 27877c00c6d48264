import type { AgeBasis, AgeingGroupKind, BucketSums } from '#shared/modules/receivables/receivables.schema.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { useT } from '#renderer/ui/i18n.ts'

export interface AgeingRow extends BucketSums {
  readonly id: string
  readonly name: string
}

/** Which row and which bucket of the ageing are opened; null for all of them. */
export type OpenCell = (row: AgeingRow | null, bucket: string | null) => void

/** The ageing as a table: the whole first, with its shares, then a row for each group. */
export function AgeingMatrix(props: {
  rows: readonly AgeingRow[]
  totals: BucketSums
  columns: readonly string[]
  by: AgeingGroupKind
  basis: AgeBasis
  onOpen: OpenCell
}) {
  const t = useT()
  const { totals, columns, by } = props
  const share = (fen: number) => `${((fen / totals.outstanding) * 100).toFixed(1)}%`
  const whole = t('receivables:ageing.total')
  const cells = (sums: BucketSums, name: string, row: AgeingRow | null) => (
    <Cells sums={sums} columns={columns} basis={props.basis} name={name} onOpen={(key) => props.onOpen(row, key)} />
  )
  return (
    <div className="ageing-scroll" tabIndex={0} role="group" aria-label={t('receivables:ageing.title')}>
      <table className="ageing">
        <thead>
          <tr>
            <th scope="col">{t(`receivables:ageing.heads.${by}`)}</th>
            <th scope="col">{t('receivables:ageing.totalOutstanding')}</th>
            {columns.map((key) => (
              <th key={key} scope="col">
                {bucketWord(t, props.basis, key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="total">
            <td>{whole}</td>
            {cells(totals, whole, null)}
          </tr>
          <tr className="ageing-share">
            <td>{t('receivables:ageing.share')}</td>
            <td>{share(totals.outstanding)}</td>
            {columns.map((key) => (
              <td key={key}>{share(totals.buckets[key] ?? 0)}</td>
            ))}
          </tr>
          {props.rows.map((row) => {
            const name = row.id === '' ? t(`receivables:ageing.none.${by}`) : row.name
            return (
              <tr key={row.id}>
                <td>{name}</td>
                {cells(row, name, { ...row, name })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const isLate = (key: string) => key !== 'not_due' && key !== 'no_due_day'

/** The figures of one row; nothing to open where there is nothing. */
function Cells(props: {
  sums: BucketSums
  columns: readonly string[]
  basis: AgeBasis
  name: string
  onOpen: (bucket: string | null) => void
}) {
  const t = useT()
  const cell = (fen: number, bucket: string | null, title: string) =>
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
      {props.columns.map((key) => (
        <td key={key} className={props.basis === 'due' && isLate(key) ? 'late' : undefined}>
          {cell(props.sums.buckets[key] ?? 0, key, bucketWord(t, props.basis, key))}
        </td>
      ))}
    </>
  )
}
