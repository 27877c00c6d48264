import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { DUE_RULES, TRIGGERS, type PlanLine, type PlanShare } from '#shared/modules/contracts/contracts.schema.ts'
import { parseRate } from '#renderer/ui/fields/number-fields.tsx'
import { useForm, useSet } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'
import { CheckCell, DayCell, NumberCell, SelectCell, TextCell } from '#renderer/ui/fields/cells.tsx'
import { draftFigures } from './draft.ts'

const parseDays = (text: string): number | null => {
  const plain = text.normalize('NFKC').trim()
  return /^\d{1,4}$/.test(plain) ? Number(plain) : null
}
const parseMonthDay = (text: string): number | null => {
  const day = parseDays(text)
  return day !== null && day >= 1 && day <= 31 ? day : null
}
const notNegative = (value: number | null) => (value === null || value < 0 ? null : value)

const FRESH: Readonly<Record<PlanShare['kind'], PlanShare>> = {
  percent: { kind: 'percent', rate: 0 },
  amount: { kind: 'amount', amount: 0 as never },
  rest: { kind: 'rest' },
}

/** The payment clause as a table; each amount is computed from its share, the last takes the remainder. */
export function PlanEditor() {
  const t = useT()
  const form = useForm()
  const plan = form.values['plan'] as PlanLine[]
  const { amounts } = draftFigures(form.values).split
  const head = (key: string) => t(`contracts:fields.plan.${key}`)
  const label = (key: string, row: number) => `${head(key)} ${row + 1}`
  const triggers = TRIGGERS.map((value) => ({ value, label: t(`contracts:triggers.${value}`) }))
  const add = () => {
    // The remainder stays with the last instalment.
    const kept = plan.map((line) => (line.share.kind === 'rest' ? { ...line, share: FRESH.percent } : line))
    form.set('plan', [...kept, emptyPlanLine()])
  }
  return (
    <div data-path="plan">
      <table className="plain-table cells">
        <colgroup>
          <col style={{ width: 28 }} />
          <col style={{ width: 116 }} />
          <col />
          <col style={{ width: 186 }} />
          <col style={{ width: 94 }} />
          <col style={{ width: 30 }} />
        </colgroup>
        <thead>
          <tr>
            <td rowSpan={2} />
            <th colSpan={2}>{head('label')}</th>
            <th>{head('isDeposit')}</th>
            <th rowSpan={2} className="num">
              {head('amount')}
            </th>
            <td rowSpan={2} />
          </tr>
          <tr>
            <th>{head('trigger')}</th>
            <th>{head('days')}</th>
            <th>{head('share')}</th>
          </tr>
        </thead>
        {plan.map((line, row) => (
          <tbody key={row}>
            <tr>
              <td className="muted" rowSpan={2}>
                {row + 1}
              </td>
              <td colSpan={2}>
                <TextCell name={`plan.${row}.label`} label={label('label', row)} max={40} />
              </td>
              <td title={t('contracts:hints.deposit')}>
                <CheckCell name={`plan.${row}.isDeposit`} label={label('isDeposit', row)} text={head('isDeposit')} />
              </td>
              <td className="num" rowSpan={2}>
                <Amount fen={amounts[row] ?? 0} />
              </td>
              <td rowSpan={2}>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={`${t('contracts:editor.removePlan')} ${row + 1}`}
                  onClick={() =>
                    form.set(
                      'plan',
                      plan.filter((_other, index) => index !== row),
                    )
                  }
                />
              </td>
            </tr>
            <tr>
              <td>
                <SelectCell name={`plan.${row}.trigger`} label={label('trigger', row)} options={triggers} />
              </td>
              <td>
                <DueCells row={row} line={line} label={label} />
              </td>
              <td data-path={`plan.${row}.share`}>
                <ShareCells row={row} share={line.share} label={label} last={row === plan.length - 1} />
              </td>
            </tr>
          </tbody>
        ))}
      </table>
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={add} disabled={plan.length >= 36}>
        {t('contracts:editor.addPlan')}
      </Button>
    </div>
  )
}

/** When it is due: a fixed day, days after the event or after the end of its month, or a day of the next month. */
function DueCells(props: { row: number; line: PlanLine; label: (key: string, row: number) => string }) {
  const t = useT()
  const { row, line, label } = props
  if (line.trigger === 'fixed') return <DayCell name={`plan.${row}.fixedDay`} label={label('fixedDay', row)} />
  const rules = DUE_RULES.map((value) => ({ value, label: t(`contracts:dueRules.${value}`) }))
  const dayKinds = (['natural', 'working'] as const).map((value) => ({
    value,
    label: t(`contracts:dayKinds.${value}`),
  }))
  return (
    <span className="cell-pair due">
      <SelectCell name={`plan.${row}.dueRule`} label={label('dueRule', row)} options={rules} />
      {line.dueRule === 'monthDay' ? (
        <NumberCell
          name={`plan.${row}.monthDay`}
          label={label('monthDay', row)}
          parse={parseMonthDay}
          format={String}
        />
      ) : (
        <>
          <NumberCell name={`plan.${row}.days`} label={label('days', row)} parse={parseDays} format={String} />
          <SelectCell name={`plan.${row}.dayKind`} label={label('dayKind', row)} options={dayKinds} />
        </>
      )}
    </span>
  )
}

/** How much of the total: a percentage, an amount, or (the last) the remainder. */
function ShareCells(props: {
  row: number
  share: PlanShare
  last: boolean
  label: (key: string, row: number) => string
}) {
  const t = useT()
  const set = useSet()
  const { row, share, label } = props
  const kinds = (['percent', 'amount', 'rest'] as const)
    .filter((kind) => kind !== 'rest' || props.last || share.kind === 'rest')
    .map((value) => ({ value, label: t(`contracts:shares.${value}`) }))
  return (
    <span className="cell-pair share">
      <SelectCell
        name={`plan.${row}.share.kind`}
        label={label('share', row)}
        options={kinds}
        onPicked={(kind) => set(`plan.${row}.share`, FRESH[kind])}
      />
      {share.kind === 'percent' ? (
        <NumberCell
          name={`plan.${row}.share.rate`}
          label={label('rate', row)}
          parse={(text) => notNegative(parseRate(text))}
          format={(bp) => String(bp / 100)}
          suffix="%"
        />
      ) : null}
      {share.kind === 'amount' ? (
        <NumberCell
          name={`plan.${row}.share.amount`}
          label={label('amount', row)}
          parse={(text) => notNegative(parseYuan(text))}
          format={(fen) => formatYuan(fen)}
        />
      ) : null}
    </span>
  )
}
