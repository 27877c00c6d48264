import { Button } from 'antd'
import { formatRate } from '#shared/i18n/formatters.ts'
import { CURVE_KINDS } from '#shared/modules/performance/performance.curves.rules.ts'
import { parsePoints } from '#shared/modules/performance/performance.figures.sheet.ts'
import {
  CATALOGUE,
  INDICATOR_CODES,
  type Indicator,
} from '#shared/modules/performance/performance.indicators.schema.ts'
import type { GradeBand } from '#shared/modules/performance/performance.schemes.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { NumberCell, SelectCell, TextCell } from '#renderer/ui/fields/cells.tsx'
import { parseCount } from '#renderer/ui/fields/number-fields.tsx'
import { RemoveRow } from '#renderer/ui/fields/remove-row.tsx'
import { useField, useSet } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { FigureCell, RateCell } from './figure-fields.tsx'
import { newItem, type ItemForm } from './scheme-form.ts'

/** The indicators of a scheme: what each weighs, what is to be reached, and how it is scored. */
export function ItemFields() {
  const t = useT()
  const { value: items, error: wrong, set } = useField<readonly ItemForm[]>('items')
  const word = (key: string, params?: Record<string, string>) => t(`performance:schemes.item.${key}`, params)
  const sum = items.reduce((all, item) => all + (item.weight ?? 0), 0)
  const free = INDICATOR_CODES.filter((code) => !items.some((item) => item.indicator === code))
  return (
    <div data-path="items">
      <table className="plain-table cells scheme-items">
        <colgroup>
          {[180, 84, 124, 118, null, 132, 80].map((width, i) => (
            <col key={i} {...(width === null ? {} : { style: { width } })} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {['indicator', 'weight', 'target', 'curve', 'bounds', 'param'].map((key) => (
              <th key={key} scope="col">
                {word(key)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('common:remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, i) => (
            <ItemRow key={`${items.length}-${i}`} item={item} at={i} free={free} />
          ))}
        </tbody>
      </table>
      <p className="action-bar">
        <Button
          size="small"
          disabled={free.length === 0 || items.length >= 20}
          onClick={() => set([...items, newItem(free[0] as Indicator)])}
        >
          {word('add')}
        </Button>
        <span aria-live="polite" className={sum === 10_000 ? 'muted' : 'negative'}>
          {word('sum', { sum: formatRate(Number.isNaN(sum) ? 0 : sum) })}
        </span>
      </p>
      {wrong === undefined ? null : <p className="field-note error">{wrong}</p>}
    </div>
  )
}

function ItemRow({ item, at, free }: { item: ItemForm; at: number; free: readonly Indicator[] }) {
  const t = useT()
  const set = useSet()
  const { indicator } = item
  const name = `items.${at}`
  const words = t(`performance:indicators.${indicator}`)
  const label = (key: string) => `${words} ${t(`performance:schemes.item.${key}`)}`
  return (
    <tr>
      <td>
        <SelectCell<Indicator>
          name={`${name}.indicator`}
          label={label('indicator')}
          options={[indicator, ...free].map((value) => ({ value, label: t(`performance:indicators.${value}`) }))}
          onPicked={(picked) => set(name, { ...newItem(picked), weight: item.weight })}
        />
      </td>
      <td className="rate-cell">
        <RateCell name={`${name}.weight`} label={label('weight')} />
      </td>
      <td className="target-cell">
        <FigureCell key={indicator} name={`${name}.target`} label={label('target')} indicator={indicator} />
      </td>
      <td>
        <SelectCell
          name={`${name}.kind`}
          label={label('curve')}
          options={CURVE_KINDS.map((value) => ({ value, label: t(`performance:schemes.curve.${value}`) }))}
        />
      </td>
      <td>
        <CurveCells item={item} name={name} label={label} />
      </td>
      <td>
        {CATALOGUE[indicator].param === null ? null : (
          <span className="curve-cells">
            <NumberCell name={`${name}.param`} label={label('param')} parse={parseCount} format={String} />
            <span className="muted">
              {t(`performance:schemes.item.${indicator === 'newCustomers' ? 'months' : 'days'}`)}
            </span>
          </span>
        )}
      </td>
      <td>
        <RemoveRow list="items" at={at} label={`${t('common:remove')} ${words}`} />
      </td>
    </tr>
  )
}

function CurveCells(props: { item: ItemForm; name: string; label: (key: string) => string }) {
  const t = useT()
  const { item, name, label } = props
  const rate = (key: 'floor' | 'cap' | 'deduct' | 'floorAt' | 'floorGives' | 'stretchAt' | 'stretchGives') => (
    <>
      <span className="muted">{t(`performance:schemes.item.${key}`)}</span>
      <RateCell name={`${name}.${key}`} label={label(key)} />
    </>
  )
  switch (item.kind) {
    case 'linear':
      return (
        <span className="curve-cells">
          {rate('floor')}
          {rate('cap')}
        </span>
      )
    case 'tiers':
      return (
        <>
          <span className="curve-cells">
            {rate('floorAt')}
            {rate('floorGives')}
          </span>
          <span className="curve-cells">
            {rate('stretchAt')}
            {rate('stretchGives')}
          </span>
        </>
      )
    case 'steps':
      return <TextCell name={`${name}.steps`} label={label('steps')} max={200} />
    case 'deduction':
      return (
        <span className="curve-cells">
          <span className="muted">{t('performance:schemes.item.per')}</span>
          <FigureCell key={item.indicator} name={`${name}.per`} label={label('per')} indicator={item.indicator} />
          {rate('deduct')}
          {rate('floor')}
        </span>
      )
    case 'veto':
      return null
  }
}

/** From how many points on a grade begins, and what it does to the bonus. */
export function GradeFields() {
  const t = useT()
  const { value: grades, error: wrong, set } = useField<readonly GradeBand[]>('grades')
  const word = (key: string) => t(`performance:schemes.band.${key}`)
  return (
    <div data-path="grades">
      {grades.length === 0 ? null : (
        <table className="plain-table cells scheme-grades">
          <thead>
            <tr>
              {['name', 'from', 'coefficient', 'most'].map((key) => (
                <th key={key} scope="col">
                  {word(key)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('common:remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {grades.map((_band, i) => (
              <tr key={`${grades.length}-${i}`}>
                <td>
                  <TextCell name={`grades.${i}.name`} label={`${word('name')} ${i + 1}`} max={20} />
                </td>
                <td>
                  <NumberCell
                    name={`grades.${i}.from`}
                    label={`${word('from')} ${i + 1}`}
                    parse={parsePoints}
                    format={formatScore}
                  />
                </td>
                <td>
                  <RateCell name={`grades.${i}.coefficient`} label={`${word('coefficient')} ${i + 1}`} />
                </td>
                <td>
                  <RateCell name={`grades.${i}.most`} label={`${word('most')} ${i + 1}`} />
                </td>
                <td>
                  <RemoveRow list="grades" at={i} label={`${t('common:remove')} ${i + 1}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button
        size="small"
        disabled={grades.length >= 10}
        onClick={() => set([...grades, { name: '', from: 0, coefficient: 10_000, most: null }])}
      >
        {word('add')}
      </Button>
      {wrong === undefined ? null : <p className="field-note error">{wrong}</p>}
    </div>
  )
}
