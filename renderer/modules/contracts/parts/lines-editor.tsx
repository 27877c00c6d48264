import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { memo, useCallback, useEffect, useRef } from 'react'
import { emptyLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { formatPrice, formatQuantity, parseDecimal } from '#shared/modules/contracts/contracts.format.ts'
import { lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractLine } from '#shared/modules/contracts/contracts.schema.ts'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'
import { NumberCell, SelectCell, TextCell } from '#renderer/ui/fields/cells.tsx'
import { countableLine } from './draft.ts'

const MAX = 1_000_000_000_000

/** The goods as a table: name, specification, unit, quantity, price with tax, rate; the amount is computed beside. */
export function LinesEditor(props: { rates: readonly { value: number; label: string }[] }) {
  const t = useT()
  const form = useForm()
  const lines = form.values['lines'] as ContractLine[]
  const head = (key: string) => t(`contracts:fields.line.${key}`)
  const latest = useRef(lines)
  useEffect(() => {
    latest.current = lines
  }, [lines])
  const { set } = form
  // The same function while rows are typed in, so that only the row at hand is drawn again.
  const remove = useCallback(
    (row: number) =>
      set(
        'lines',
        latest.current.filter((_other, index) => index !== row),
      ),
    [set],
  )
  const add = () => {
    const last = lines.at(-1)
    const line = emptyLine(last?.rate ?? props.rates[0]?.value ?? 0, last?.unit ?? t('contracts:defaults.unit'))
    form.set('lines', [...lines, line])
  }
  return (
    <div data-path="lines">
      <table className="plain-table cells">
        <colgroup>
          <col style={{ width: 28 }} />
          <col style={{ width: 84 }} />
          <col />
          <col />
          <col style={{ width: 92 }} />
          <col style={{ width: 128 }} />
          <col style={{ width: 34 }} />
        </colgroup>
        <thead>
          <tr>
            <td rowSpan={2} />
            <th colSpan={3}>{head('name')}</th>
            <th colSpan={2}>{head('spec')}</th>
            <td rowSpan={2} />
          </tr>
          <tr>
            <th>{head('unit')}</th>
            <th className="num">{head('quantity')}</th>
            <th className="num">{head('price')}</th>
            <th>{head('rate')}</th>
            <th className="num">{t('contracts:editor.lineAmount')}</th>
          </tr>
        </thead>
        {lines.map((_line, row) => (
          <LineRow key={row} row={row} rates={props.rates} onRemove={remove} />
        ))}
      </table>
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={add} disabled={lines.length >= 200}>
        {t('contracts:editor.addLine')}
      </Button>
      {form.values['kind'] === 'frame' ? <p className="muted">{t('contracts:hints.priceList')}</p> : null}
    </div>
  )
}

/** One kind of goods on two lines; drawn again only when something of its own changes. */
const LineRow = memo(function LineRow(props: {
  row: number
  rates: readonly { value: number; label: string }[]
  onRemove: (row: number) => void
}) {
  const t = useT()
  const { row } = props
  const line = useField<ContractLine>(`lines.${row}`).value
  const label = (key: string) => `${t(`contracts:fields.line.${key}`)} ${row + 1}`
  return (
    <tbody>
      <tr>
        <td className="muted" rowSpan={2}>
          {row + 1}
        </td>
        <td colSpan={3}>
          <TextCell name={`lines.${row}.name`} label={label('name')} max={80} />
        </td>
        <td colSpan={2}>
          <TextCell name={`lines.${row}.spec`} label={label('spec')} max={120} />
        </td>
        <td rowSpan={2}>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`${t('contracts:editor.removeLine')} ${row + 1}`}
            onClick={() => props.onRemove(row)}
          />
        </td>
      </tr>
      <tr>
        <td>
          <TextCell name={`lines.${row}.unit`} label={label('unit')} max={10} />
        </td>
        <td>
          <NumberCell
            name={`lines.${row}.quantity`}
            label={label('quantity')}
            parse={(text) => parseDecimal(text, 3, MAX)}
            format={formatQuantity}
          />
        </td>
        <td>
          <NumberCell
            name={`lines.${row}.price`}
            label={label('price')}
            parse={(text) => parseDecimal(text, 4, MAX)}
            format={formatPrice}
          />
        </td>
        <td>
          <SelectCell name={`lines.${row}.rate`} label={label('rate')} options={props.rates} />
        </td>
        <td className="num">
          <Amount fen={lineSums(countableLine(line)).amount} />
        </td>
      </tr>
    </tbody>
  )
})
