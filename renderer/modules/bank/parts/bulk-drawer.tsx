import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Spin } from 'antd'
import { useState } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import type { BulkView, LineFilters } from '#shared/modules/bank/bank.schema.ts'
import { api, shownError, type ShownError } from '#renderer/rpc/api.ts'
import { isOver, useJob } from '#renderer/rpc/jobs.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { JobCard } from '#renderer/ui/job-tray.tsx'
import { Amount, ErrorNotice } from '#renderer/ui/parts.tsx'
import '#renderer/modules/bank/bank.css'

interface Booked {
  readonly booked: number
  readonly sum: number
  readonly left: readonly { readonly id: string }[]
}

/** The sure lines with what would be booked; what is not wanted is left out, the rest booked in one go. */
export function BulkDrawer(props: { open: boolean; filters: LineFilters; onClose: () => void }) {
  const t = useT()
  const { filters } = props
  const [jobId, setJobId] = useState<string | null>(null)
  const [failure, setFailure] = useState<ShownError | null>(null)
  const close = () => {
    setJobId(null)
    setFailure(null)
    props.onClose()
  }
  // What is booked is what was shown: the list stands still while it is open.
  const shown = useQuery({
    queryKey: ['bank-bulk', filters],
    queryFn: () => api.bank.bulk({ filters }),
    enabled: props.open && jobId === null,
    staleTime: 0,
    gcTime: 0,
  })
  const book = async (lines: BulkView['lines']) => {
    setFailure(null)
    try {
      const input = lines.map(({ id, version, amount, suggestion }) => ({
        id,
        version,
        amount,
        customerId: suggestion.customerId,
        designated: suggestion.designated,
        items: suggestion.items.map(({ instalmentId, amount: paid }) => ({ instalmentId, amount: paid })),
      }))
      const started = await api.bank.confirmBulk({ lines: input } as never)
      setJobId(started.jobId)
    } catch (error) {
      setFailure(shownError(error))
    }
  }
  return (
    <Drawer open={props.open} onClose={close} title={t('bank:bulk.title')} size={860} destroyOnHidden>
      {failure ? <ErrorNotice error={failure} /> : null}
      {shown.isError ? <ErrorNotice error={shownError(shown.error)} onRetry={() => void shown.refetch()} /> : null}
      {jobId !== null ? <Running jobId={jobId} /> : null}
      {jobId === null && shown.isPending ? <Spin className="grid-spin" /> : null}
      {jobId === null && shown.data ? <Choice view={shown.data} onBook={book} /> : null}
    </Drawer>
  )
}

function Running({ jobId }: { jobId: string }) {
  const t = useT()
  const job = useJob(jobId)
  if (!job) return <Spin className="grid-spin" />
  if (!isOver(job)) {
    return (
      <>
        <p className="muted">{t('bank:bulk.running')}</p>
        <JobCard job={job} />
      </>
    )
  }
  if (job.state !== 'done') return <ErrorNotice error={job.error ?? { code: 'CANCELLED', data: {} }} />
  const { booked, sum, left } = job.result as Booked
  return (
    <div role="status">
      <p>{t('bank:bulk.done', { booked, sum: formatYuan(sum) })}</p>
      {left.length > 0 ? <p>{t('bank:bulk.left', { count: left.length })}</p> : null}
    </div>
  )
}

function Choice(props: { view: BulkView; onBook: (lines: BulkView['lines']) => Promise<void> }) {
  const t = useT()
  const { view } = props
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const chosen = view.lines.filter((line) => !without.has(line.id))
  const sum = chosen.reduce((all, line) => all + line.amount, 0)
  const toggle = (id: string) =>
    setWithout((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]))
  const head = (key: string) => t(`bank:columns.${key}`)
  return (
    <>
      <p className="muted">{t(view.lines.length === 0 ? 'bank:bulk.nothing' : 'bank:bulk.text')}</p>
      {view.lines.length === 0 ? null : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>
                <span className="visually-hidden">{t('bank:bulk.title')}</span>
              </th>
              <th>{head('day')}</th>
              <th>{head('customer')}</th>
              <th>{t('bank:line.pays')}</th>
              <th className="num">{head('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {view.lines.map((line) => (
              <tr key={line.id}>
                <td>
                  <Checkbox
                    checked={!without.has(line.id)}
                    aria-label={t('bank:bulk.line', { payer: line.payerName, amount: formatYuan(line.amount) })}
                    onChange={() => toggle(line.id)}
                  />
                </td>
                <td>{line.day}</td>
                <td>
                  {line.suggestion.customerName}
                  <div className="muted">
                    {line.suggestion.reasons.map(({ key, params }) => t(key, params)).join(' · ')}
                  </div>
                </td>
                <td>{line.suggestion.items.map((item) => `${item.contractNumber} ${item.label}`).join(' · ')}</td>
                <td className="num">
                  <Amount fen={line.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {view.more > 0 ? <p className="muted">{t('bank:bulk.more', { count: view.more })}</p> : null}
      {view.excluded.length > 0 ? (
        <p className="muted">
          {t('bank:bulk.excluded')}{' '}
          {view.excluded
            .map(({ stage, count }) => t('bank:bulk.excludedOne', { stage: t(`bank:stages.${stage}`), count }))
            .join(' · ')}
        </p>
      ) : null}
      {view.lines.length === 0 ? null : (
        <p className="action-bar">
          <Button
            type="primary"
            loading={busy}
            disabled={chosen.length === 0}
            onClick={() => {
              setBusy(true)
              void props.onBook(chosen).finally(() => setBusy(false))
            }}
          >
            {t('bank:bulk.run', { count: chosen.length })}
          </Button>
          <span aria-live="polite">{t('bank:bulk.sum', { count: chosen.length, sum: formatYuan(sum) })}</span>
        </p>
      )}
    </>
  )
}
