import { RollbackOutlined, StopOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { shortText } from '#shared/kernel/text.ts'
import type { CaseDebt, CaseView } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** What is owed by instalment: principal, interest with its basis, the limitation clock, what went out about it. */
export function CaseDebts({ view, mayRun }: { view: CaseView; mayRun: boolean }) {
  const t = useT()
  const [leaving, setLeaving] = useState<CaseDebt | null>(null)
  const { debts, totals } = view
  const bases = [...new Map(debts.flatMap(({ basis }) => (basis ? [[t(basis.key, basis.params), basis]] : []))).keys()]
  const head = (key: string) => t(`dunning:columns.${key}`)
  return (
    <Panel title={t('dunning:work.debts')}>
      <div className="case-scroll">
        <table className="plain-table case-debts">
          <thead>
            <tr>
              <th scope="col">{t('dunning:letter.instalment')}</th>
              <th scope="col">{t('dunning:letter.dueDay')}</th>
              <th scope="col" className="num">
                {head('outstanding')}
              </th>
              <th scope="col" className="num">
                {t('dunning:letter.interest')}
              </th>
              <th scope="col">{head('limitationDay')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('dunning:work.leaveOut')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {debts.map((debt) => (
              <DebtRow key={debt.instalmentId} debt={debt} mayRun={mayRun} onLeaveOut={() => setLeaving(debt)} />
            ))}
            <tr className="total">
              <th scope="row">{t('dunning:work.total')}</th>
              <td />
              <td className="num">
                <Amount fen={totals.outstanding} />
              </td>
              <td className="num">{totals.interest === null ? '' : <Amount fen={totals.interest + totals.costs} />}</td>
              <td colSpan={2} className="num">
                {head('atRisk')} <Amount fen={totals.atRisk} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      {bases.map((text) => (
        <p key={text} className="muted">
          {text}
        </p>
      ))}
      {totals.advance > 0 ? (
        <p className="muted">{t('dunning:work.advance', { amount: formatYuan(totals.advance) })}</p>
      ) : null}
      <LeaveOutDrawer debt={leaving} onClose={() => setLeaving(null)} />
    </Panel>
  )
}

function DebtRow(props: { debt: CaseDebt; mayRun: boolean; onLeaveOut: () => void }) {
  const t = useT()
  const notice = useNotice()
  const mayOpen = useCan('contracts.read')
  const mayClaim = useCan('claims.read')
  const { debt } = props
  const action = t(debt.leftOut ? 'dunning:work.takeIn' : 'dunning:work.leaveOut')
  const takeIn = () => notice.tell(() => api.dunning.takeIn({ instalmentId: debt.instalmentId }), t('common:saved'))
  return (
    <tr>
      <td>
        <span className="whole">
          {debt.contractId !== null && mayOpen ? (
            <Link to={`/contracts/${debt.contractId}` as never}>{debt.contractNumber}</Link>
          ) : (
            debt.contractNumber
          )}
        </span>
        <span className="under">
          {mayClaim ? <Link to={`/debts/${debt.instalmentId}` as never}>{debt.label}</Link> : debt.label}
          {debt.sentLevel === null ? '' : ` · ${t('dunning:levelName', { level: debt.sentLevel })}`}
        </span>
        {debt.disputed > 0 ? (
          <div className="muted">{t('dunning:work.disputed', { amount: formatYuan(debt.disputed) })}</div>
        ) : null}
        {debt.leftOut ? (
          <div className="muted">{t('dunning:work.leftOut', { reason: debt.leftOut.reason })}</div>
        ) : null}
      </td>
      <td>
        {debt.dueDay ?? t('dunning:work.noDue')}
        <div className={debt.daysOverdue > 0 ? 'case-late' : 'muted'}>
          {debt.daysOverdue > 0
            ? t('dunning:work.days', { days: debt.daysOverdue })
            : debt.dueDay === null
              ? ''
              : t('dunning:work.notDue')}
        </div>
      </td>
      <td className="num">
        <Amount fen={debt.outstanding} />
      </td>
      <td className="num">{debt.interest === null ? '' : <Amount fen={debt.interest + debt.costs} />}</td>
      <td>
        <Limitation debt={debt} />
      </td>
      <td>
        {props.mayRun ? (
          <Button
            size="small"
            type="text"
            icon={debt.leftOut ? <RollbackOutlined aria-hidden /> : <StopOutlined aria-hidden />}
            title={action}
            aria-label={`${action}: ${debt.contractNumber} ${debt.label}`}
            onClick={() => (debt.leftOut ? void takeIn() : props.onLeaveOut())}
          />
        ) : null}
      </td>
    </tr>
  )
}

const SOON_DAYS = 91

function Limitation({ debt }: { debt: CaseDebt }) {
  const t = useT()
  const { limitationDay, limitationDays: left } = debt
  if (limitationDay === null || left === null) return <span className="muted">{t('dunning:work.noLimitation')}</span>
  return (
    <>
      {limitationDay}
      <div>
        {left < 0 ? (
          <StatusTag tone="danger">{t('dunning:work.limitationOver')}</StatusTag>
        ) : left <= SOON_DAYS ? (
          <StatusTag tone="attention">{t('dunning:work.limitationLeft', { days: left })}</StatusTag>
        ) : (
          <span className="muted">{t('dunning:work.limitationLeft', { days: left })}</span>
        )}
      </div>
    </>
  )
}

const leaveOutSchema = z.strictObject({ reason: shortText(200), untilDay: plainDay.nullable() })

function LeaveOutDrawer(props: { debt: CaseDebt | null; onClose: () => void }) {
  const t = useT()
  const { debt } = props
  return (
    <ActionForm
      title={t('dunning:work.leaveOut')}
      hint={debt ? `${debt.contractNumber} ${debt.label}` : ''}
      open={debt !== null}
      schema={leaveOutSchema}
      initial={{ reason: '', untilDay: null }}
      submitLabel={t('dunning:leaveOut.submit')}
      onClose={props.onClose}
      submit={async (output) => {
        if (debt) await api.dunning.leaveOut({ ...output, instalmentId: debt.instalmentId })
      }}
    >
      <TextField name="reason" label={t('dunning:exclude.reason')} max={200} required />
      <DayField name="untilDay" label={t('dunning:exclude.until')} />
    </ActionForm>
  )
}
