import { Button } from 'antd'
import { parsePoints } from '#shared/modules/performance/performance.figures.sheet.ts'
import type { ConsequenceLine } from '#shared/modules/performance/performance.policy.schema.ts'
import { formatScore } from '#shared/modules/performance/performance.words.ts'
import { NumberCell, TextCell } from '#renderer/ui/fields/cells.tsx'
import { parseCount } from '#renderer/ui/fields/number-fields.tsx'
import { RemoveRow } from '#renderer/ui/fields/remove-row.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { RateCell } from './figure-fields.tsx'

const COLUMNS = ['from', 'bestMonths', 'weakMonths', 'weakRate', 'below'] as const

/** From which month on what suggests something; a later line takes the place of an earlier one from its month on. */
export function LineFields() {
  const t = useT()
  const { value: lines, error: wrong, set } = useField<readonly ConsequenceLine[]>('lines')
  const field = (key: string) => t(`performance:policy.fields.${key}`)
  const add = () => {
    const last = lines.at(-1)
    if (last) set([...lines, { ...last, from: '' as never }])
  }
  return (
    <div data-path="lines" className="wide-field">
      <table className="plain-table cells policy-lines">
        <thead>
          <tr>
            {COLUMNS.map((key) => (
              <th key={key} scope="col">
                {field(key)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('common:remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((_line, i) => {
            const cell = (key: string) => ({ name: `lines.${i}.${key}`, label: `${field(key)} ${i + 1}` })
            return (
              <tr key={`${lines.length}-${i}`}>
                <td>
                  <TextCell {...cell('from')} max={7} />
                </td>
                <td>
                  <NumberCell {...cell('bestMonths')} parse={parseCount} format={String} />
                </td>
                <td>
                  <NumberCell {...cell('weakMonths')} parse={parseCount} format={String} />
                </td>
                <td>
                  <RateCell {...cell('weakRate')} />
                </td>
                <td>
                  <NumberCell {...cell('below')} parse={parsePoints} format={formatScore} />
                </td>
                <td>
                  {lines.length > 1 ? (
                    <RemoveRow list="lines" at={i} label={`${t('performance:policy.remove')} ${i + 1}`} />
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {wrong ? <p className="field-note error">{wrong}</p> : null}
      <Button size="small" onClick={add}>
        {t('performance:policy.add')}
      </Button>
    </div>
  )
}
