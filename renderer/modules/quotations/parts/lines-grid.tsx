import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { formatPrice, formatQuantity, parseDecimal } from '#shared/modules/contracts/contracts.format.ts'
import { lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import { belowFloor, discounted, discountOf } from '#shared/modules/quotations/quotations.rules.ts'
import type { QuotationLine } from '#shared/modules/quotations/quotations.schema.ts'
import { NumberCell, SelectCell, TextCell } from '#renderer/ui/fields/cells.tsx'
import { parseRate } from '#renderer/ui/fields/number-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'
import { countableLines, emptyOfferLine } from './draft.ts'

const MAX = 1_000_000_000_000
const price = (text: string) => parseDecimal(text, 4, MAX)
const shownPrice = (value: number) => (value === 0 ? '' : formatPrice(value))

/**
 * The goods as a table, two lines for each: what it is, how many, list price with discount or the price itself, rate,
 * delivery, floor price and, for whoever may see it, the cost.
 */
export function LinesGrid(props: { rates: readonly { value: number; label: string }[]; seesCost: boolean }) {
  const t = useT()
  const form = useForm()
  const lines = form.values['lines'] as QuotationLine[]
  const head = (key: string) => t(`quotations:fields.line.${key}`)
  const add = () => {
    const last = lines.at(-1)
    const line = emptyOfferLine(last?.rate ?? props.rates[0]?.value ?? 0, last?.unit ?? t('quotations:lines.unit'))
    form.set('lines', [...lines, { ...line, deliveryDays: last?.deliveryDays ?? 0 }])
  }
  return (
    <div data-path="lines">
      <table className="plain-table cells offer">
        <colgroup>
          <col style={{ width: 28 }} />
          <col />
          <col style={{ width: 96 }} />
          <col style={{ width: 108 }} />
          <col style={{ width: 108 }} />
          <col style={{ width: 108 }} />
          <col style={{ width: 112 }} />
          <col style={{ width: 120 }} />
          <col style={{ width: 34 }} />
        </colgroup>
        <thead>
          <tr>
            <td rowSpan={2} />
            <th>{head('name')}</th>
            <th className="num">{head('quantity')}</th>
            <th className="num">{head('listPrice')}</th>
            <th className="num">{head('price')}</th>
            <th className="num">{head('floorPrice')}</th>
            <th className="num">{head('deliveryDays')}</th>
            <th className="num">{head('amount')}</th>
            <td rowSpan={2} />
          </tr>
          <tr>
            <th>{head('spec')}</th>
            <th>{head('unit')}</th>
            <th className="num">{head('discount')}</th>
            <th>{head('rate')}</th>
            {props.seesCost ? <th className="num">{head('cost')}</th> : <td />}
            <td />
            <td />
          </tr>
        </thead>
        {lines.map((_line, row) => (
          <Line
            key={row}
            row={row}
            {...props}
            onRemove={() =>
              form.set(
                'lines',
                lines.filter((_other, index) => index !== row),
              )
            }
          />
        ))}
      </table>
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={add} disabled={lines.length >= 200}>
        {t('quotations:lines.add')}
      </Button>
    </div>
  )
}

function Line(props: {
  row: number
  rates: readonly { value: number; label: string }[]
  seesCost: boolean
  onRemove: () => void
}) {
  const t = useT()
  const form = useForm()
  const { row } = props
  const counted = countableLines(form.values)[row]!
  const name = (key: string) => ({
    name: `lines.${row}.${key}`,
    label: `${t(`quotations:fields.line.${key}`)} ${row + 1}`,
  })
  const setPrice = (value: number) => form.set(`lines.${row}.price`, value)
  return (
    <tbody>
      <tr>
        <td className="muted" rowSpan={2}>
          {row + 1}
        </td>
        <td>
          <TextCell {...name('name')} max={80} />
        </td>
        <td>
          <NumberCell
            {...name('quantity')}
            parse={(text) => parseDecimal(text, 3, MAX)}
            format={(value) => (value === 0 ? '' : formatQuantity(value))}
          />
        </td>
        <td>
          <NumberCell
            {...name('listPrice')}
            parse={price}
            format={shownPrice}
            // The discount that was there holds for the new list price; without one, the price is the list price.
            onTyped={(list) => {
              const discount = discountOf(counted)
              if (discount > 0) setPrice(discounted(list, discount))
              else if (counted.price === 0 || counted.price === counted.listPrice) setPrice(list)
            }}
          />
        </td>
        <td>
          <NumberCell {...name('price')} parse={price} format={shownPrice} />
        </td>
        <td>
          <NumberCell {...name('floorPrice')} parse={price} format={shownPrice} />
        </td>
        <td>
          <NumberCell
            {...name('deliveryDays')}
            parse={wholeDays}
            format={(value) => (value === 0 ? '' : String(value))}
          />
        </td>
        <td className="num">
          <Amount fen={lineSums(counted).amount} />
        </td>
        <td rowSpan={2}>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`${t('quotations:lines.remove')} ${row + 1}`}
            onClick={props.onRemove}
          />
        </td>
      </tr>
      <tr>
        <td>
          <TextCell {...name('spec')} max={120} />
        </td>
        <td>
          <TextCell {...name('unit')} max={10} />
        </td>
        <td>
          <DiscountCell label={name('discount').label} line={counted} disabled={form.disabled} onPrice={setPrice} />
        </td>
        <td>
          <SelectCell {...name('rate')} options={props.rates} />
        </td>
        <td>{props.seesCost ? <NumberCell {...name('cost')} parse={price} format={shownPrice} /> : null}</td>
        <td />
        <td className="num below">{belowFloor([counted]).length > 0 ? t('quotations:lines.below') : ''}</td>
      </tr>
    </tbody>
  )
}

/** Whole days from `12`; null for anything else. */
function wholeDays(text: string): number | null {
  const plain = text.normalize('NFKC').trim()
  return /^\d{1,3}$/.test(plain) && Number(plain) <= 730 ? Number(plain) : null
}

/** The discount in percent: what is typed makes the price, and a price that is typed shows its discount. */
function DiscountCell(props: {
  label: string
  line: QuotationLine
  disabled: boolean
  onPrice: (price: number) => void
}) {
  const discount = discountOf(props.line)
  const shown = discount === 0 ? '' : String(discount / 100)
  const [text, setText] = useState(shown)
  const [focused, setFocused] = useState(false)
  useEffect(() => {
    if (!focused) setText(shown)
  }, [shown, focused])
  const parsed = text.trim() === '' ? 0 : parseRate(text)
  const wrong = parsed === null || parsed < 0 || parsed > 9999
  return (
    <Input
      aria-label={props.label}
      aria-invalid={wrong}
      {...(wrong ? { status: 'error' as const } : {})}
      size="small"
      className="money"
      inputMode="decimal"
      value={text}
      disabled={props.disabled || props.line.listPrice === 0}
      onFocus={(event) => {
        setFocused(true)
        event.target.select()
      }}
      onChange={(event) => {
        setText(event.target.value)
        const value = event.target.value.trim() === '' ? 0 : parseRate(event.target.value)
        if (value !== null && value >= 0 && value <= 9999) props.onPrice(discounted(props.line.listPrice, value))
      }}
      onBlur={() => setFocused(false)}
    />
  )
}
