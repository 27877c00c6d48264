import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { formatMoment, formatRate } from '#shared/i18n/formatters.ts'
import { isPlainDay } from '#shared/kernel/dates.ts'
import { provisionFields, type ProvisionView } from '#shared/modules/receivables/receivables.report.schema.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import '#renderer/modules/receivables/receivables.css'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { DateField, DayField } from '#renderer/ui/fields/date-field.tsx'
import { RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Page, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

/** What to set aside for bad debts as of a day, by the firm's own rates, and how those rates came about. */
export function ProvisionPage() {
  const t = useT()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const mayEdit = useCan('receivables.policy')
  const given = (useSearch({ strict: false }) as { asOf?: string }).asOf
  const asOf = given !== undefined && isPlainDay(given) ? given : firmToday()
  const word = (key: string) => t(`receivables:provision.${key}`)
  const found = useList('receivables', ['provision', asOf], () => api.receivables.provision({ asOf: asOf as never }))
  const view = found.data
  const button = mayEdit ? (
    <Button type="primary" onClick={() => setOpen(true)}>
      {word('setRates')}
    </Button>
  ) : null
  return (
    <Page
      title={word('title')}
      extra={<Link to={'/receivables/analysis' as never}>{t('receivables:analysis.title')}</Link>}
      action={view && view.history.length > 0 ? button : null}
      filters={
        <>
          <span className="muted">{t('receivables:ageing.asOf')}</span>
          <DateField
            value={asOf}
            placeholder={t('receivables:ageing.asOf')}
            onChange={(day) => void navigate({ to: '.', search: (day ? { asOf: day } : {}) as never, replace: true })}
          />
          <span className="muted">{word('hint')}</span>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {view && view.history.length === 0 ? <EmptyState text={word('empty')} action={button} /> : null}
      {view && view.history.length > 0 ? (
        <>
          <SumsPanel view={view} asOf={asOf} />
          <HistoryPanel view={view} />
        </>
      ) : null}
      {view ? <RatesForm view={view} open={open} onClose={() => setOpen(false)} /> : null}
    </Page>
  )
}

function SumsPanel({ view, asOf }: { view: ProvisionView; asOf: string }) {
  const t = useT()
  const word = (key: string, params?: Record<string, string>) => t(`receivables:provision.${key}`, params)
  return (
    <Panel
      title={word('sums')}
      extra={<span className="muted">{view.from === null ? word('noneThen') : word('since', { day: view.from })}</span>}
    >
      <table className="plain-table">
        <thead>
          <tr>
            <th>{word('bucket')}</th>
            <th className="num">{t('receivables:columns.outstanding')}</th>
            <th className="num">{word('rate')}</th>
            <th className="num">{word('amount')}</th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <tr key={row.bucket}>
              <td>
                <Link to={'/ageing' as never} search={{ asOf, cell: { bucket: row.bucket } } as never}>
                  {bucketWord(t, 'due', row.bucket)}
                </Link>
              </td>
              <td className="num">
                <Amount fen={row.amount} />
              </td>
              <td className="num">{formatRate(row.rate)}</td>
              <td className="num">
                <Amount fen={row.provision} />
              </td>
            </tr>
          ))}
          <tr className="total">
            <td>{t('receivables:list.sum')}</td>
            <td className="num">
              <Amount fen={view.outstanding} />
            </td>
            <td />
            <td className="num">
              <Amount fen={view.total} />
            </td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}

function HistoryPanel({ view }: { view: ProvisionView }) {
  const t = useT()
  const word = (key: string) => t(`receivables:provision.${key}`)
  return (
    <Panel title={word('history')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{word('from')}</th>
            <th>{word('rates')}</th>
            <th>{word('reason')}</th>
            <th>{word('madeBy')}</th>
          </tr>
        </thead>
        <tbody>
          {view.history.map((one) => (
            <tr key={one.id}>
              <td>{one.from}</td>
              <td>
                {Object.entries(one.rates)
                  .filter(([, rate]) => rate > 0)
                  .map(([key, rate]) => `${bucketWord(t, 'due', key)} ${formatRate(rate)}`)
                  .join(' · ')}
              </td>
              <td>{one.reason}</td>
              <td className="muted">
                {one.userName} {formatMoment(one.madeAt, SEAT_ZONE)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

/** Rates from a day on; what was in force is what one starts from. */
function RatesForm(props: { view: ProvisionView; open: boolean; onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { view } = props
  const word = (key: string) => t(`receivables:provision.${key}`)
  const last = view.history[0]?.rates ?? {}
  const keys = view.rows.map(({ bucket }) => bucket)
  return (
    <ActionForm
      title={word('setRates')}
      hint={word('setHint')}
      open={props.open}
      schema={provisionFields}
      initial={{
        from: firmToday(),
        rates: Object.fromEntries(keys.map((key) => [key, last[key] ?? 0])),
        reason: '',
      }}
      submitLabel={word('save')}
      onClose={props.onClose}
      submit={async (output) => {
        await api.receivables.provisionSave(output)
        notice.done(word('saved'))
      }}
    >
      <DayField name="from" label={word('from')} required />
      {keys.map((key) => (
        <RateField key={key} name={`rates.${key}`} label={bucketWord(t, 'due', key)} />
      ))}
      <TextAreaField name="reason" label={word('reason')} max={200} required rows={2} />
    </ActionForm>
  )
}
