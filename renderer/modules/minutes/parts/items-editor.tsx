import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { addDays } from '#shared/kernel/dates.ts'
import { formatPrice, formatQuantity, parseDecimal } from '#shared/modules/contracts/contracts.format.ts'
import {
  aboutGoods,
  TERM_LIMITS,
  TERM_UNITS,
  TERMS,
  type Term,
  type TermUnit,
} from '#shared/modules/minutes/minutes.rules.ts'
import type { AgreedItem, MinutesFields } from '#shared/modules/minutes/minutes.schema.ts'
import { DayCell, NumberCell, SelectCell, TextCell } from '#renderer/ui/fields/cells.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { parseRate } from '#renderer/ui/fields/number-fields.tsx'
import { useField, useSet } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { firmToday } from '#renderer/ui/firm-day.ts'

const MAX_ROWS = 60

/** Rows of one kind with a head, a line for each, and a button for a further one. */
function Rows<T>(props: {
  name: 'agreed' | 'open' | 'next'
  heads: readonly { readonly text: string; readonly width?: number }[]
  addLabel: string
  fresh: T
  /** The cells of a row, each with its `td`. */
  cells: (row: number, item: T) => ReactNode
}) {
  const t = useT()
  const { value: rows, set } = useField<T[]>(props.name)
  return (
    <div data-path={props.name}>
      {rows.length === 0 ? null : (
        <div className="cells-scroll">
          <table className="plain-table cells">
            <colgroup>
              <col style={{ width: 28 }} />
              {props.heads.map((head) => (
                <col key={head.text} style={head.width === undefined ? {} : { width: head.width }} />
              ))}
              <col style={{ width: 34 }} />
            </colgroup>
            <thead>
              <tr>
                <td />
                {props.heads.map((head) => (
                  <th key={head.text}>{head.text}</th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((item, row) => (
                <tr key={row}>
                  <td className="muted">{row + 1}</td>
                  {props.cells(row, item)}
                  <td>
                    <Button
                      type="text"
                      size="small"
                      icon={<DeleteOutlined aria-hidden />}
                      aria-label={`${t('minutes:rows.remove')} ${row + 1}`}
                      onClick={() => set(rows.filter((_other, index) => index !== row))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={rows.length >= MAX_ROWS}
        onClick={() => set([...rows, props.fresh])}
      >
        {props.addLabel}
      </Button>
    </div>
  )
}

/** What both sides agreed on: a term, its figure where it has one, and the words. */
export function AgreedEditor() {
  const t = useT()
  const set = useSet()
  const head = (key: string) => t(`minutes:fields.agreed.${key}`)
  const fresh: AgreedItem = { term: 'price', subject: '', text: '', value: null, day: null }
  return (
    <Rows<AgreedItem>
      name="agreed"
      heads={[
        { text: head('term'), width: 96 },
        { text: head('subject'), width: 180 },
        { text: head('value'), width: 170 },
        { text: head('text') },
      ]}
      addLabel={t('minutes:rows.addAgreed')}
      fresh={fresh}
      cells={(row, item) => {
        const at = (key: string) => ({ name: `agreed.${row}.${key}`, label: `${head(key)} ${row + 1}` })
        return (
          <>
            <td>
              <SelectCell<Term>
                {...at('term')}
                options={TERMS.map((value) => ({ value, label: t(`minutes:terms.${value}`) }))}
                // A figure of another term means something else.
                onPicked={(term) => set(`agreed.${row}`, { ...item, term, value: null, day: null })}
              />
            </td>
            <td>{aboutGoods(item.term) ? <TextCell {...at('subject')} max={80} /> : null}</td>
            <td>
              <Figure key={item.term} row={row} unit={TERM_UNITS[item.term]} />
            </td>
            <td>
              <TextCell {...at('text')} max={500} />
            </td>
          </>
        )
      }}
    />
  )
}

const READ: Readonly<Record<Exclude<TermUnit, 'day' | 'none'>, (text: string) => number | null>> = {
  price: (text) => parseDecimal(text, 4, TERM_LIMITS.price),
  quantity: (text) => parseDecimal(text, 3, TERM_LIMITS.quantity),
  days: whole,
  months: whole,
  perDay: parseRate,
}
const SHOW: Readonly<Record<Exclude<TermUnit, 'day' | 'none'>, (value: number) => string>> = {
  price: formatPrice,
  quantity: formatQuantity,
  days: String,
  months: String,
  perDay: (value) => String(value / 100),
}

function whole(text: string): number | null {
  const plain = text.normalize('NFKC').trim()
  return /^\d{1,4}$/.test(plain) ? Number(plain) : null
}

/** The figure of a term in its unit, named beside it. */
function Figure({ row, unit }: { row: number; unit: TermUnit }) {
  const t = useT()
  const label = `${t(`minutes:units.${unit}`)} ${row + 1}`
  if (unit === 'none') return null
  if (unit === 'day') return <DayCell name={`agreed.${row}.day`} label={label} />
  return (
    <NumberCell
      name={`agreed.${row}.value`}
      label={label}
      parse={READ[unit]}
      format={SHOW[unit]}
      empty={null}
      suffix={t(`minutes:suffix.${unit}`)}
    />
  )
}

/** What stays open, and who answers it. */
export function OpenEditor() {
  const t = useT()
  const head = (key: string) => t(`minutes:fields.open.${key}`)
  return (
    <Rows<MinutesFields['open'][number]>
      name="open"
      heads={[{ text: head('question') }, { text: head('owner'), width: 180 }]}
      addLabel={t('minutes:rows.addOpen')}
      fresh={{ question: '', owner: '' }}
      cells={(row) => (
        <>
          <td>
            <TextCell name={`open.${row}.question`} label={`${head('question')} ${row + 1}`} max={500} />
          </td>
          <td>
            <TextCell name={`open.${row}.owner`} label={`${head('owner')} ${row + 1}`} max={40} />
          </td>
        </>
      )}
    />
  )
}

/** What is done next, by one of ours (who gets a task) or by somebody of theirs, and by when. */
export function NextEditor() {
  const t = useT()
  const head = (key: string) => t(`minutes:fields.next.${key}`)
  const fresh = { text: '', ownerId: null, ownerName: '', day: addDays(firmToday(), 7) as never }
  return (
    <Rows<MinutesFields['next'][number]>
      name="next"
      heads={[
        { text: head('text') },
        { text: head('ownerId'), width: 150 },
        { text: head('ownerName'), width: 150 },
        { text: head('day'), width: 140 },
      ]}
      addLabel={t('minutes:rows.addNext')}
      fresh={fresh}
      cells={(row, item) => (
        <>
          <td>
            <TextCell name={`next.${row}.text`} label={`${head('text')} ${row + 1}`} max={200} />
          </td>
          <td>
            <OwnerCell name={`next.${row}.ownerId`} label={`${head('ownerId')} ${row + 1}`} />
          </td>
          <td>
            {item.ownerId === null ? (
              <TextCell name={`next.${row}.ownerName`} label={`${head('ownerName')} ${row + 1}`} max={40} />
            ) : null}
          </td>
          <td>
            <DayCell name={`next.${row}.day`} label={`${head('day')} ${row + 1}`} />
          </td>
        </>
      )}
    />
  )
}

/** One of our people, or nobody. */
function OwnerCell(props: { name: string; label: string }) {
  const t = useT()
  const people = usePeopleChoices()
  const field = useField<string | null>(props.name)
  return (
    <Select
      data-path={props.name}
      aria-label={props.label}
      aria-invalid={field.error !== undefined}
      {...(field.error === undefined ? {} : { status: 'error' as const, title: field.error })}
      size="small"
      className="cell-select"
      popupMatchSelectWidth={false}
      value={field.value}
      options={people}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('minutes:rows.ours')}
      disabled={field.disabled}
      onChange={(value: string | null | undefined) => field.set(value ?? null)}
    />
  )
}
