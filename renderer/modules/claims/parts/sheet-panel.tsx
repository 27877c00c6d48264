import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import type { DebtSheet, SheetOf } from '#shared/modules/claims/claims.interest.schema.ts'
import { rateWords } from '#shared/modules/receivables/receivables.rates.rules.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { useSheet } from '#renderer/modules/claims/claims.queries.ts'
import { Figures } from '#renderer/modules/customers/parts/figures.tsx'
import { api } from '#renderer/rpc/api.ts'
import { DateField } from '#renderer/ui/fields/date-field.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { PdfDialog } from '#renderer/ui/pdf-preview.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'
import '../claims.css'

/** Interest as of a day, in segments that add up, with its basis, its article and the days of a year it was counted by. */
export function SheetPanel({ target }: { target: SheetOf }) {
  const t = useT()
  const notice = useNotice()
  const [asOf, setAsOf] = useState<string>(firmToday)
  const [paper, setPaper] = useState<{ fileId: string; name: string } | null>(null)
  const found = useSheet(target, asOf)
  const word = (key: string) => t(`claims:sheet.${key}`)
  const print = async () => {
    try {
      setPaper(await api.claims.interest.print({ target: target as never, asOf: asOf as never }))
    } catch (error) {
      notice.fail(error)
    }
  }
  const sheets = found.data?.debts ?? []
  const total = found.data?.total
  return (
    <Panel
      title={word('title')}
      extra={
        <>
          <span className="muted">{word('asOf')}</span>
          <DateField value={asOf} placeholder={word('asOf')} onChange={(day) => setAsOf(day ?? firmToday())} />
          <Button size="small" disabled={sheets.length === 0} onClick={() => void print()}>
            {word('print')}
          </Button>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {found.data && sheets.length === 0 ? <p className="muted">{word('none')}</p> : null}
      {total && sheets.length > 0 ? (
        <Figures
          items={[
            { label: word('principal'), value: formatYuan(total.principal) },
            { label: word('interest'), value: formatYuan(total.interest), late: total.interest > 0 },
            { label: word('costs'), value: formatYuan(total.costs) },
            ...(total.waived > 0 ? [{ label: word('waived'), value: formatYuan(total.waived) }] : []),
          ]}
        />
      ) : null}
      {sheets.map((debt) => (
        <DebtPart key={debt.instalmentId} debt={debt} />
      ))}
      <PdfDialog file={paper} onClose={() => setPaper(null)} />
    </Panel>
  )
}

function rateOf(segment: DebtSheet['sheet']['segments'][number], t: Translate): string {
  if (segment.paused) return t('claims:sheet.paused')
  if (segment.rate === null) return t('claims:sheet.noRate')
  const { key, params } = rateWords(segment.rate)
  return t(key, params)
}

function DebtPart({ debt }: { debt: DebtSheet }) {
  const t = useT()
  const { sheet, terms } = debt
  const word = (key: string, params?: Record<string, string | number>) => t(`claims:sheet.${key}`, params)
  const said = [
    `${word('basis')} ${t(`receivables:basis.kinds.${terms.basis.kind}`)} · ${t(`contracts:articles.${debt.article}`)}`,
    `${word('dayCount')} ${word('days', { days: terms.dayCount })}`,
    `${word('paymentDay')} ${word(terms.paymentDayCounts ? 'counts' : 'countsNot')}`,
    `${word('order')} ${word(`orders.${terms.order}`)}`,
  ]
  return (
    <div className="sheet-debt">
      <h3>
        {debt.contractNumber} {debt.label}{' '}
        <span className="muted">
          {word('amountDue')} {formatYuan(debt.amount)} · {word('dueDay')} {debt.dueDay}
        </span>
      </h3>
      <p className="sheet-terms">{said.join('　')}</p>
      {sheet.segments.length === 0 ? (
        <p className="muted">{word('notLate')}</p>
      ) : (
        <div className="sheet-scroll">
          <Segments debt={debt} />
        </div>
      )}
      <Payments debt={debt} />
      <p>
        {word('owedCosts')} <Amount fen={sheet.owed.costs} />
        {'　'}
        {word('owedInterest')} <Amount fen={sheet.owed.interest} />
        {'　'}
        {word('owedPrincipal')} <Amount fen={sheet.owed.principal} />
        {sheet.waived > 0 ? (
          <>
            {'　'}
            {word('waived')} <Amount fen={sheet.waived} />
          </>
        ) : null}
        {sheet.fixed > 0 ? (
          <>
            {'　'}
            {word('fixed')} <Amount fen={sheet.fixed} />
          </>
        ) : null}
      </p>
      {sheet.notes.length === 0 ? null : (
        <ul className="clock-notes">
          {sheet.notes.map((note, i) => (
            <li key={i}>{t(note.key, note.params)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Segments({ debt }: { debt: DebtSheet }) {
  const t = useT()
  const word = (key: string) => t(`claims:sheet.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{word('from')}</th>
          <th>{word('to')}</th>
          <th className="num">{word('dayNumber')}</th>
          <th className="num">{word('principal')}</th>
          <th>{word('rate')}</th>
          <th className="num">{word('interest')}</th>
        </tr>
      </thead>
      <tbody>
        {debt.sheet.segments.map((segment) => (
          <tr key={segment.from} className={segment.paused ? 'muted' : ''}>
            <td>{segment.from}</td>
            <td>{segment.to}</td>
            <td className="num">{segment.days}</td>
            <td className="num">
              <Amount fen={segment.principal} />
            </td>
            <td>{rateOf(segment, t)}</td>
            <td className="num">
              <Amount fen={segment.interest} />
            </td>
          </tr>
        ))}
        <tr className="total">
          <td colSpan={5}>{word('accrued')}</td>
          <td className="num">
            <Amount fen={debt.sheet.accrued} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

/** What came in and what it covered: costs, interest, principal in the order of the terms. */
function Payments({ debt }: { debt: DebtSheet }) {
  const t = useT()
  const { payments, reductions } = debt.sheet
  const word = (key: string) => t(`claims:sheet.${key}`)
  if (payments.length + reductions.length === 0) return null
  const rows = [
    ...payments.map((one) => ({ ...one, what: word('payment') })),
    ...reductions.map((one) => ({ ...one, costs: 0, interest: 0, principal: one.amount, what: word('reduction') })),
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{word('day')}</th>
          <th>{word('what')}</th>
          <th className="num">{word('amount')}</th>
          <th className="num">{word('costs')}</th>
          <th className="num">{word('interest')}</th>
          <th className="num">{word('principal')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            <td>{row.day}</td>
            <td>{row.what}</td>
            {[row.amount, row.costs, row.interest, row.principal].map((fen, k) => (
              <td key={k} className="num">
                <Amount fen={fen} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
