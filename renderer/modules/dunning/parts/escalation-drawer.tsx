import type { EscalationView } from '#shared/modules/dunning/dunning.escalations.schema.ts'
import { escalationFields } from '#shared/modules/dunning/dunning.escalations.schema.ts'
import { PROPOSALS, type Proposal } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import { DELAY_REASONS, type DelayReason } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'

/** A debt that may be reported. Fen. */
export interface ReportedDebt {
  readonly instalmentId: string
  readonly contractNumber: string
  readonly label: string
  readonly dueDay: string | null
  readonly outstanding: number
}

/** What a report begins with; `again` is the one that came back. */
export interface Reporting {
  readonly customerId: string
  readonly customerName: string
  readonly debts: readonly ReportedDebt[]
  /** Which of them are chosen. */
  readonly chosen: readonly string[]
  readonly reason: DelayReason | null
  readonly again: EscalationView | null
}

/** Reports a customer's real difficulty to the superior: what was found, what was said, what is proposed. */
export function EscalationDrawer(props: { reporting: Reporting | null; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { reporting } = props
  const again = reporting?.again ?? null
  return (
    <ActionForm
      title={t('dunning:escalations.report')}
      hint={`${reporting?.customerName ?? ''} · ${t('dunning:escalations.reportHint')}`}
      open={reporting !== null}
      size={560}
      schema={escalationFields}
      initial={{
        customerId: reporting?.customerId ?? '',
        instalmentIds: reporting?.chosen ?? [],
        reason: again?.reason ?? reporting?.reason ?? 'cashShort',
        findings: again?.findings ?? '',
        said: again?.said ?? '',
        proposal: again?.proposal ?? 'plan',
        dueDay: again?.dueDay ?? null,
        keepsAccrued: again?.keepsAccrued ?? true,
        parts: again?.parts ?? 3,
        firstDay: again?.firstDay ?? null,
        everyMonths: again?.everyMonths ?? 1,
      }}
      submitLabel={t('dunning:escalations.submit')}
      onClose={props.onClose}
      submit={async (fields) => {
        if (again) await api.dunning.escalations.again({ id: again.id as never, version: again.version, fields })
        else await api.dunning.escalations.report(fields)
        notice.done(t('dunning:escalations.done'))
      }}
    >
      <Body debts={reporting?.debts ?? []} />
    </ActionForm>
  )
}

function Body({ debts }: { debts: readonly ReportedDebt[] }) {
  const t = useT()
  const label = (key: string) => t(`dunning:escalations.fields.${key}`)
  const proposal = useField<Proposal>('proposal').value
  return (
    <>
      <SelectField
        name="instalmentIds"
        label={label('debts')}
        required
        multiple
        options={debts.map((debt) => ({
          value: debt.instalmentId,
          label: [debt.contractNumber, debt.label, debt.dueDay ?? '', formatYuan(debt.outstanding)]
            .filter((part) => part !== '')
            .join(' · '),
        }))}
      />
      <SelectField
        name="reason"
        label={label('reason')}
        required
        options={DELAY_REASONS.map((value) => ({ value, label: t(`dunning:delayReasons.${value}`) }))}
      />
      <TextAreaField name="findings" label={label('findings')} max={1000} rows={4} required />
      <TextAreaField name="said" label={label('said')} max={1000} rows={2} />
      <SelectField
        name="proposal"
        label={label('proposal')}
        required
        hint={t(`dunning:escalations.proposalHints.${proposal}`)}
        options={PROPOSALS.map((value) => ({ value, label: t(`dunning:escalations.proposals.${value}`) }))}
      />
      {proposal === 'extension' ? (
        <div className="form-grid">
          <DayField name="dueDay" label={label('dueDay')} required />
          <CheckField name="keepsAccrued" label={label('keepsAccrued')} />
        </div>
      ) : null}
      {proposal === 'plan' ? (
        <div className="form-grid">
          <CountField name="parts" label={label('parts')} required />
          <DayField name="firstDay" label={label('firstDay')} required />
          <CountField name="everyMonths" label={label('everyMonths')} required />
        </div>
      ) : null}
    </>
  )
}
