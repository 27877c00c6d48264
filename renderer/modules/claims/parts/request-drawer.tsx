import { z } from 'zod'
import { addDays, addMonths, plainDay, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan, parseYuan } from '#shared/kernel/money.ts'
import { shortText } from '#shared/kernel/text.ts'
import { REQUEST_REASONS, type RequestFields } from '#shared/modules/claims/claims.decisions.schema.ts'
import type { RequestKind } from '#shared/modules/claims/claims.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckCell, DayCell, NumberCell } from '#renderer/ui/fields/cells.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '../claims.css'

/** A debt that something is asked about; `amount` (fen) is what may be asked for at most. */
export interface AskedDebt {
  readonly instalmentId: string
  readonly contractNumber: string
  readonly label: string
  readonly dueDay: string | null
  readonly amount: number
  /** As it was asked for before it came back. */
  readonly askedAmount?: number
  readonly askedDay?: string | null
  readonly keepsAccrued?: boolean
}

/** What is asked, about which debts; `again` is the request that came back. */
export interface Asking {
  readonly kind: RequestKind
  readonly debts: readonly AskedDebt[]
  readonly again: {
    readonly id: string
    readonly version: number
    readonly reasonCode: string
    readonly reason: string
  } | null
}

const line = z.strictObject({
  amount: z.number('validation:required').int().positive('validation:tooSmall').nullable(),
  dueDay: plainDay.nullable(),
  keepsAccrued: z.boolean(),
})
/** What the core would refuse of a line is said beside it. */
const formOf = (debts: readonly AskedDebt[]) =>
  z
    .strictObject({
      kind: z.enum(['writeOff', 'extension', 'waiver']),
      reasonCode: z.string(),
      reason: shortText(200),
      lines: z.array(line),
    })
    .superRefine(({ kind, lines }, ctx) => {
      lines.forEach((one, i) => {
        const debt = debts[i]
        const [field, value] = kind === 'extension' ? ['dueDay', one.dueDay] : ['amount', one.amount]
        const message =
          value === null
            ? 'validation:required'
            : typeof value === 'number'
              ? value > (debt?.amount ?? 0) && 'validation:tooLarge'
              : value < earliest(debt) && 'claims:errors.extension'
        if (message) ctx.addIssue({ code: 'custom', path: ['lines', i, field], message })
      })
    })

/** An extension leads beyond today and beyond the day on which the debt is due. */
const earliest = (debt: AskedDebt | undefined): PlainDay => {
  const due = debt?.dueDay ?? ''
  return addDays((due > firmToday() ? due : firmToday()) as PlainDay, 1)
}

/** Asks for a write-off, another due day or a waiver of interest; somebody else decides it. */
export function RequestDrawer(props: { asking: Asking | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { asking } = props
  const kind = asking?.kind ?? 'writeOff'
  const debts = asking?.debts ?? []
  return (
    <ActionForm
      title={t(`claims:ask.${kind}`)}
      hint={t(`claims:ask.hints.${kind}`)}
      open={asking !== null}
      schema={formOf(debts)}
      initial={{
        kind,
        reasonCode: asking?.again?.reasonCode ?? REQUEST_REASONS[kind][0],
        reason: asking?.again?.reason ?? '',
        lines: debts.map((debt) => ({
          amount: kind === 'extension' ? null : (debt.askedAmount ?? debt.amount),
          dueDay: kind === 'extension' ? (debt.askedDay ?? addMonths(earliest(debt), 1)) : null,
          keepsAccrued: debt.keepsAccrued ?? true,
        })),
      }}
      submitLabel={t('claims:ask.submit')}
      size={640}
      onClose={props.onClose}
      submit={async (output) => {
        const fields = {
          kind: output.kind,
          reasonCode: output.reasonCode,
          reason: output.reason,
          lines: output.lines.map((one, i) => ({
            instalmentId: debts[i]?.instalmentId,
            ...(output.kind === 'extension'
              ? { dueDay: one.dueDay, keepsAccrued: one.keepsAccrued }
              : { amount: one.amount }),
          })),
        } as unknown as RequestFields
        if (asking?.again) {
          const { id, version } = asking.again
          await api.claims.requests.again({ id: id as never, version, fields })
        } else {
          await api.claims.requests.ask(fields)
        }
        notice.done(t('claims:ask.done'))
      }}
    >
      <Lines debts={debts} />
      <SelectField
        name="reasonCode"
        label={t('claims:columns.reason')}
        options={REQUEST_REASONS[kind].map((value) => ({ value, label: t(`claims:reasons.${kind}.${value}`) }))}
      />
      <TextField name="reason" label={t('claims:columns.note')} max={200} required />
    </ActionForm>
  )
}

function Lines({ debts }: { debts: readonly AskedDebt[] }) {
  const t = useT()
  const { values, errors } = useForm()
  const kind = values['kind'] as RequestKind
  const extension = kind === 'extension'
  return (
    <table className="plain-table cells request-lines">
      <thead>
        <tr>
          <th>{t('claims:columns.contractNumber')}</th>
          <th>{t('claims:columns.label')}</th>
          <th>{t('claims:columns.dueDay')}</th>
          <th className="num">{t(`claims:ask.most.${kind}`)}</th>
          <th className={extension ? '' : 'num'}>{t(`claims:ask.value.${kind}`)}</th>
        </tr>
      </thead>
      <tbody>
        {debts.map((debt, i) => {
          const label = `${t(`claims:ask.value.${kind}`)} ${debt.contractNumber} ${debt.label}`
          const error = errors[`lines.${i}.amount`] ?? errors[`lines.${i}.dueDay`]
          return (
            <tr key={debt.instalmentId}>
              <td>{debt.contractNumber}</td>
              <td>{debt.label}</td>
              <td>{debt.dueDay ?? ''}</td>
              <td className="num">
                <Amount fen={debt.amount} />
              </td>
              <td>
                {extension ? (
                  <>
                    <DayCell name={`lines.${i}.dueDay`} label={label} />
                    <CheckCell
                      name={`lines.${i}.keepsAccrued`}
                      label={`${t('claims:approval.keepsAccrued')} ${debt.label}`}
                      text={t('claims:ask.keeps')}
                    />
                  </>
                ) : (
                  <NumberCell
                    name={`lines.${i}.amount`}
                    label={label}
                    parse={parseYuan}
                    format={formatYuan}
                    empty={null}
                  />
                )}
                {error === undefined ? null : <span className="field-note error">{error}</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
