import { Button, Checkbox, InputNumber } from 'antd'
import { useState } from 'react'
import { addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'
import { evenLines } from '#shared/modules/claims/claims.plans.rules.ts'
import { DayCell, NumberCell } from '#renderer/ui/fields/cells.tsx'
import { AmountCell } from '#renderer/ui/fields/amount-cell.tsx'
import { RemoveRow } from '#renderer/ui/fields/remove-row.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'

/** A debt that an agreement may take in. Fen. */
export interface OwedDebt {
  readonly instalmentId: string
  readonly contractNumber: string
  readonly label: string
  readonly dueDay: string | null
  readonly principal: number
  readonly interest: number
  readonly costs: number
}

interface TakenDebt {
  readonly instalmentId: string
  readonly interest: number
  readonly costs: number
}
interface PlanLine {
  readonly dueDay: string
  readonly amount: number | null
}

/** What the agreement fixes in all, of the debts taken in. Fen. */
export function takenSum(owed: readonly OwedDebt[], taken: readonly TakenDebt[]): number {
  const principals = new Map(owed.map((debt) => [debt.instalmentId, debt.principal]))
  return taken.reduce((sum, one) => sum + (principals.get(one.instalmentId) ?? 0) + one.interest + one.costs, 0)
}

/** Which debts, and what of interest and costs the agreement fixes. */
export function DebtFields({ owed }: { owed: readonly OwedDebt[] }) {
  const t = useT()
  const { value: taken, error: wrong, set } = useField<readonly TakenDebt[]>('debts')
  const head = (key: string) => t(`claims:columns.${key}`)
  const at = (id: string) => taken.find((one) => one.instalmentId === id)
  const whole = owed.length > 0 && owed.every((debt) => at(debt.instalmentId))
  const toggleAll = () =>
    set(
      whole
        ? []
        : owed.map(({ instalmentId, interest, costs }) => at(instalmentId) ?? { instalmentId, interest, costs }),
    )
  const toggle = (debt: OwedDebt) => {
    const { instalmentId, interest, costs } = debt
    const kept = new Set(taken.map((one) => one.instalmentId))
    if (!kept.delete(instalmentId)) kept.add(instalmentId)
    // In the order in which they fall due, whatever was ticked first.
    set(
      owed
        .filter((one) => kept.has(one.instalmentId))
        .map((one) => at(one.instalmentId) ?? { instalmentId: one.instalmentId, interest, costs }),
    )
  }
  const change = (id: string, key: 'interest' | 'costs', fen: number | null) =>
    set(taken.map((one) => (one.instalmentId === id ? { ...one, [key]: fen ?? 0 } : one)))
  return (
    <div data-path="debts">
      <table className="plain-table">
        <thead>
          <tr>
            <th>
              <Checkbox
                checked={whole}
                indeterminate={taken.length > 0 && !whole}
                aria-label={t('claims:statements.chooseAll')}
                onChange={toggleAll}
              />
            </th>
            <th>{head('contractNumber')}</th>
            <th>{head('label')}</th>
            <th>{head('dueDay')}</th>
            <th className="num">{head('principal')}</th>
            <th className="num">{head('interest')}</th>
            <th className="num">{head('costs')}</th>
          </tr>
        </thead>
        <tbody>
          {owed.map((debt) => {
            const one = at(debt.instalmentId)
            const name = `${debt.contractNumber} ${debt.label}`
            return (
              <tr key={debt.instalmentId} className={one ? '' : 'muted'}>
                <td>
                  <Checkbox checked={one !== undefined} aria-label={name} onChange={() => toggle(debt)} />
                </td>
                <td>{debt.contractNumber}</td>
                <td>{debt.label}</td>
                <td>{debt.dueDay ?? ''}</td>
                <td className="num">
                  <Amount fen={debt.principal} />
                </td>
                {(['interest', 'costs'] as const).map((key) => (
                  <td key={key} className="num">
                    {one ? (
                      <AmountCell
                        label={`${head(key)} ${name}`}
                        value={one[key]}
                        note={Number.isNaN(one[key]) ? t('validation:notANumber') : undefined}
                        onChange={(fen) => change(debt.instalmentId, key, fen)}
                      />
                    ) : (
                      <Amount fen={debt[key]} />
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
          <tr className="total">
            <td colSpan={4}>{t('claims:plans.fixes')}</td>
            <td className="num" colSpan={3}>
              <Amount fen={takenSum(owed, taken)} />
            </td>
          </tr>
        </tbody>
      </table>
      {wrong === undefined ? null : <p className="field-note error">{wrong}</p>}
    </div>
  )
}

const FIRST_PARTS = 3

/** What is paid when; equal parts may be put in, and what is missing is said. */
export function LineFields({ owed }: { owed: readonly OwedDebt[] }) {
  const t = useT()
  const { value: lines, error: wrong, set } = useField<readonly PlanLine[]>('lines')
  const sum = takenSum(owed, useField<readonly TakenDebt[]>('debts').value)
  const left = sum - lines.reduce((all, line) => all + (line.amount ?? 0), 0)
  const [parts, setParts] = useState(FIRST_PARTS)
  const word = (key: string, params?: Record<string, string>) => t(`claims:plans.${key}`, params)
  const day = useField<string>('day').value
  const first = lines[0]?.dueDay ?? ''
  const start = first === '' ? addMonths(day as PlainDay, 1) : first
  return (
    <div data-path="lines">
      <p className="action-bar">
        <span className="muted">{word('parts')}</span>
        <InputNumber
          size="small"
          min={1}
          max={60}
          value={parts}
          aria-label={word('parts')}
          onChange={(value) => setParts(value ?? 1)}
        />
        <Button
          size="small"
          disabled={sum < parts || day === ''}
          onClick={() => set(evenLines(sum, parts, start as PlainDay, 1))}
        >
          {word('spread')}
        </Button>
        <span aria-live="polite" className={left === 0 ? 'muted' : 'negative'}>
          {left === 0 ? word('fits') : word('left', { amount: formatYuan(left) })}
        </span>
      </p>
      <table className="plain-table cells plan-lines">
        <thead>
          <tr>
            <th>{t('claims:plan.no')}</th>
            <th>{t('claims:plan.lineDay')}</th>
            <th className="num">{t('claims:plan.lineAmount')}</th>
            <th>
              <span className="visually-hidden">{t('common:remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((_line, i) => (
            <tr key={`${lines.length}-${i}`}>
              <td>{i + 1}</td>
              <td>
                <DayCell name={`lines.${i}.dueDay`} label={`${t('claims:plan.lineDay')} ${i + 1}`} />
              </td>
              <td>
                <NumberCell
                  name={`lines.${i}.amount`}
                  label={`${t('claims:plan.lineAmount')} ${i + 1}`}
                  parse={parseYuan}
                  format={formatYuan}
                  empty={null}
                />
              </td>
              <td>
                <RemoveRow list="lines" at={i} label={`${t('common:remove')} ${i + 1}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        disabled={lines.length >= 60}
        onClick={() =>
          set([
            ...lines,
            { dueDay: lines.length === 0 ? start : addMonths(lines.at(-1)?.dueDay as PlainDay, 1), amount: null },
          ])
        }
      >
        {word('addLine')}
      </Button>
      {wrong === undefined ? null : <p className="field-note error">{wrong}</p>}
    </div>
  )
}
