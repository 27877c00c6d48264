import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { optionalText } from '#shared/kernel/text.ts'
import { loanFields, type LoanView } from '#shared/modules/contracts/contracts.papers.schema.ts'
import type { ContractView } from '#shared/modules/contracts/contracts.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { CountField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { StatusTag } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const lending = loanFields.omit({ id: true })
const returning = z.strictObject({ day: plainDay, note: optionalText(200) })

/** Lends originals out. */
export function LendDrawer(props: { view: ContractView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const word = (key: string) => t(`contracts:papers.${key}`)
  return (
    <ActionForm
      title={word('lend')}
      hint={word('lendHint')}
      open={props.open}
      schema={lending}
      initial={{ copies: 1, borrower: '', purpose: '', day: firmToday(), dueDay: null }}
      submitLabel={word('lend')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.contracts.papers.lend({ ...output, id: props.view.id as never })
        notice.done(word('lent'))
      }}
    >
      <TextField name="borrower" label={word('borrower')} max={60} required />
      <TextField name="purpose" label={word('purpose')} max={200} required />
      <CountField name="copies" label={word('lendCopies')} required />
      <DayField name="day" label={word('lentDay')} required />
      <DayField name="dueDay" label={word('dueDay')} />
    </ActionForm>
  )
}

/** What was lent out, and what came back. */
export function Loans({ view, loans, may }: { view: ContractView; loans: readonly LoanView[]; may: boolean }) {
  const t = useT()
  const notice = useNotice()
  const [back, setBack] = useState<LoanView | null>(null)
  const word = (key: string, params?: object) => t(`contracts:papers.${key}`, params as never)
  return (
    <>
      <table className="plain-table" aria-label={word('loans')}>
        <thead>
          <tr>
            <th>{word('borrower')}</th>
            <th>{word('purpose')}</th>
            <th className="num">{word('lendCopies')}</th>
            <th>{word('lentDay')}</th>
            <th>{word('dueDay')}</th>
            <th>{word('state')}</th>
          </tr>
        </thead>
        <tbody>
          {loans.map((loan) => (
            <tr key={loan.id}>
              <td>{loan.borrower}</td>
              <td>{loan.purpose}</td>
              <td className="num">{loan.copies}</td>
              <td>{loan.day}</td>
              <td>{loan.dueDay ?? ''}</td>
              <td>
                {loan.returned ? (
                  <>
                    <StatusTag tone="done">{word('returned')}</StatusTag> {loan.returned.day} {loan.returned.note}
                  </>
                ) : (
                  <>
                    <StatusTag tone={loan.dueDay !== null && loan.dueDay < firmToday() ? 'danger' : 'attention'}>
                      {word('out')}
                    </StatusTag>{' '}
                    {may ? (
                      <Button
                        size="small"
                        aria-label={word('takeBackOf', { name: loan.borrower })}
                        onClick={() => setBack(loan)}
                      >
                        {word('takeBack')}
                      </Button>
                    ) : null}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ActionForm
        title={word('takeBackTitle')}
        hint=""
        open={back !== null}
        schema={returning}
        initial={{ day: firmToday(), note: '' }}
        submitLabel={word('takeBackTitle')}
        onClose={() => setBack(null)}
        submit={async (output) => {
          if (!back) return
          await api.contracts.papers.takeBack({ ...output, id: view.id as never, loanId: back.id as never })
          notice.done(word('returned'))
        }}
      >
        <DayField name="day" label={word('returnDay')} required />
        <TextField name="note" label={word('returnNote')} max={200} />
      </ActionForm>
    </>
  )
}
