import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { formatPrice, formatQuantity, parseDecimal } from '#shared/modules/contracts/contracts.format.ts'
import { lineSums } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractLine } from '#shared/modules/contracts/contracts.schema.ts'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'
import { NumberCell, SelectCell, TextCell } from './cells.tsx'
import { countable, emptyLine } from './draft.ts'

const MAX = 1_000_000_000_000

/** The goods as a table: name, specification, unit, quantity, price with tax, rate; the amount is computed beside. */
export function LinesEditor(props: { rates: readonly { value: number; label: string }[] }) {
  const t = useT()
  const form = useForm()
  const lines = form.values['lines'] as ContractLine[]
  const counted = countable(form.values).lines
  const head = (key: string) => t(`contracts:fields.line.${key}`)
  const label = (key: string, row: number) => `${head(key)} ${row + 1}`
  const add = () => {
    const last = lines.at(-1)
    const line = emptyLine(last?.rate ?? props.rates[0]?.value ?? 0, last?.unit ?? t('contracts:defaults.unit'))
    form.set('lines', [...lines, line])
  }
  return (
    <div data-path="lines">
      <table className="plain-table cells">
        <thead>
          <tr>
            <th style={{ width: 28 }} aria-label={t('contracts:document.lineNo')} />
            <th>{head('name')}</th>
            <th>{head('spec')}</th>
            <th style={{ width: 64 }}>{head('unit')}</th>
            <th style={{ width: 92 }} className="num">
              {head('quantity')}
            </th>
            <th style={{ width: 108 }} className="num">
              {head('price')}
            </th>
            <th style={{ width: 78 }}>{head('rate')}</th>
            <th style={{ width: 108 }} className="num">
              {t('contracts:editor.lineAmount')}
            </th>
            <th style={{ width: 34 }} aria-label={t('contracts:editor.removeLine')} />
          </tr>
        </thead>
        <tbody>
          {lines.map((_line, row) => (
            <tr key={row}>
              <td className="muted">{row + 1}</td>
              <td>
                <TextCell name={`lines.${row}.name`} label={label('name', row)} max={80} />
              </td>
              <td>
                <TextCell name={`lines.${row}.spec`} label={label('spec', row)} max={120} />
              </td>
              <td>
                <TextCell name={`lines.${row}.unit`} label={label('unit', row)} max={10} />
              </td>
              <td>
                <NumberCell
                  name={`lines.${row}.quantity`}
                  label={label('quantity', row)}
                  parse={(text) => parseDecimal(text, 3, MAX)}
                  format={formatQuantity}
                />
              </td>
              <td>
                <NumberCell
                  name={`lines.${row}.price`}
                  label={label('price', row)}
                  parse={(text) => parseDecimal(text, 4, MAX)}
                  format={formatPrice}
                />
              </td>
              <td>
                <SelectCell name={`lines.${row}.rate`} label={label('rate', row)} options={props.rates} />
              </td>
              <td className="num">
                <Amount fen={lineSums(counted[row]!).amount} />
              </td>
              <td>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={`${t('contracts:editor.removeLine')} ${row + 1}`}
                  onClick={() =>
                    form.set(
                      'lines',
                      lines.filter((_other, index) => index !== row),
                    )
                  }
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" icon={<PlusOutlined />} onClick={add} disabled={lines.length >= 200}>
        {t('contracts:editor.addLine')}
      </Button>
    </div>
  )
}
