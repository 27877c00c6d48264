import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { memo, useCallback, useEffect, useRef } from 'react'
import { formatYuan, mulRate, parseYuan } from '#shared/kernel/money.ts'
import { sumLines } from '#shared/modules/invoices/invoices.rules.ts'
import type { InvoiceLine } from '#shared/modules/invoices/invoices.schema.ts'
import { NumberCell, TextCell } from '#renderer/ui/fields/cells.tsx'
import { useField, useForm, useSet } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, StatusTag } from '#renderer/ui/parts.tsx'
import { countable, emptyInvoiceLine } from './draft.ts'

type Rates = readonly { readonly value: number; readonly label: string }[]
const MAX_LINES = 200
const UNKNOWN = 'none'

/** The printed lines on two rows each; tax follows net and rate until it is typed, the total is computed beside. */
export function LinesEditor(props: { rates: Rates; children?: React.ReactNode }) {
  const t = useT()
  const { value: lines, set } = useField<InvoiceLine[]>('lines')
  const head = (key: string) => t(`invoices:fields.line.${key}`)
  const latest = useRef(lines)
  useEffect(() => {
    latest.current = lines
  }, [lines])
  // The same function while rows are typed in, so that only the row at hand is drawn again.
  const remove = useCallback((row: number) => set(latest.current.filter((_other, index) => index !== row)), [set])
  const add = () => set([...lines, emptyInvoiceLine(lines.at(-1)?.rate ?? props.rates[0]?.value ?? null)])
  return (
    <div data-path="lines" className="invoice-cells">
      <table className="plain-table cells">
        <colgroup>
          <col style={{ width: 26 }} />
          <col style={{ width: 56 }} />
          <col />
          <col />
          <col style={{ width: 112 }} />
          <col style={{ width: 78 }} />
          <col style={{ width: 98 }} />
          <col style={{ width: 102 }} />
          <col style={{ width: 32 }} />
        </colgroup>
        <thead>
          <tr>
            <td rowSpan={2} />
            <th colSpan={3}>{head('name')}</th>
            <th colSpan={4}>{head('spec')}</th>
            <td rowSpan={2} />
          </tr>
          <tr>
            <th>{head('unit')}</th>
            <th>{head('quantity')}</th>
            <th>{head('price')}</th>
            <th className="num">{head('net')}</th>
            <th>{head('rate')}</th>
            <th className="num">{head('tax')}</th>
            <th className="num">{head('amount')}</th>
          </tr>
        </thead>
        {lines.map((_line, row) => (
          <LineRow key={row} row={row} rates={props.rates} onRemove={remove} />
        ))}
      </table>
      <div className="invoice-bar">
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={add} disabled={lines.length >= MAX_LINES}>
          {t('invoices:form.addLine')}
        </Button>
        {props.children}
        <LineSums />
      </div>
    </div>
  )
}

/** What the lines add up to, and whether that is the printed total. */
function LineSums() {
  const t = useT()
  const { values, errors } = useForm()
  const sums = sumLines(countable(values))
  const printed = values['amount'] as number | null
  const known = printed !== null && Number.isSafeInteger(printed)
  const gap = known ? sums.amount - (printed ?? 0) : 0
  return (
    <span aria-live="polite">
      <span className="muted">{t('invoices:columns.net')}</span> {formatYuan(sums.net)}{' '}
      <span className="muted">{t('invoices:columns.tax')}</span> {formatYuan(sums.tax)}{' '}
      <span className="muted">{t('invoices:columns.amount')}</span> <strong>{formatYuan(sums.amount)}</strong>{' '}
      {known ? (
        <StatusTag tone={gap === 0 ? 'done' : 'danger'}>
          {gap === 0 ? t('invoices:form.fits') : t('invoices:form.difference', { amount: formatYuan(gap) })}
        </StatusTag>
      ) : null}
      {errors['lines'] === undefined ? null : <span className="field-note error">{errors['lines']}</span>}
    </span>
  )
}

const LineRow = memo(function LineRow(props: { row: number; rates: Rates; onRemove: (row: number) => void }) {
  const t = useT()
  const { row } = props
  const set = useSet()
  const line = useField<InvoiceLine>(`lines.${row}`).value
  const name = (key: string) => `lines.${row}.${key}`
  const label = (key: string) => `${t(`invoices:fields.line.${key}`)} ${row + 1}`
  const tax = (net: number, rate: number | null) => {
    if (rate !== null && Number.isSafeInteger(net)) set(name('tax'), mulRate(net, rate))
  }
  return (
    <tbody>
      <tr>
        <td className="muted" rowSpan={2}>
          {row + 1}
        </td>
        <td colSpan={3}>
          <TextCell name={name('name')} label={label('name')} max={100} />
        </td>
        <td colSpan={4}>
          <TextCell name={name('spec')} label={label('spec')} max={120} />
        </td>
        <td rowSpan={2}>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`${t('invoices:form.removeLine')} ${row + 1}`}
            onClick={() => props.onRemove(row)}
          />
        </td>
      </tr>
      <tr>
        <td>
          <TextCell name={name('unit')} label={label('unit')} max={20} />
        </td>
        <td>
          <TextCell name={name('quantity')} label={label('quantity')} max={30} />
        </td>
        <td>
          <TextCell name={name('price')} label={label('price')} max={30} />
        </td>
        <td>
          <NumberCell
            name={name('net')}
            label={label('net')}
            parse={parseYuan}
            format={formatYuan}
            onTyped={(net) => tax(net, line.rate)}
          />
        </td>
        <td>
          <RateCell
            name={name('rate')}
            label={label('rate')}
            rates={props.rates}
            onPicked={(rate) => tax(line.net, rate)}
          />
        </td>
        <td>
          <NumberCell name={name('tax')} label={label('tax')} parse={parseYuan} format={formatYuan} />
        </td>
        <td className="num">
          <Amount fen={sumLines(countable({ lines: [line] })).amount} />
        </td>
      </tr>
    </tbody>
  )
})

/** A rate, or that the list did not tell it. */
function RateCell(props: { name: string; label: string; rates: Rates; onPicked: (rate: number | null) => void }) {
  const t = useT()
  const field = useField<number | null>(props.name)
  return (
    <Select
      data-path={props.name}
      aria-label={props.label}
      size="small"
      className="cell-select"
      popupMatchSelectWidth={false}
      value={field.value ?? UNKNOWN}
      disabled={field.disabled}
      options={[...props.rates, { value: UNKNOWN, label: t('invoices:form.noRate') }]}
      onChange={(value: number | string) => {
        const rate = typeof value === 'number' ? value : null
        field.set(rate)
        props.onPicked(rate)
      }}
    />
  )
}
