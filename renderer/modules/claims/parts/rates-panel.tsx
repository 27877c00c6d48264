import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'
import { useRates } from '#renderer/modules/claims/claims.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { RateField } from '#renderer/ui/fields/number-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const form = z
  .strictObject({
    through: plainDay,
    changed: z.boolean(),
    from: plainDay.nullable(),
    value: z.number('validation:notANumber').int().min(0).max(10_000, 'validation:tooLarge').nullable(),
    source: z.string().max(160),
  })
  .superRefine((it, ctx) => {
    if (!it.changed) return
    for (const key of ['from', 'value'] as const) {
      if (it[key] === null) ctx.addIssue({ code: 'custom', path: [key], message: 'validation:required' })
    }
    if (!shortText(160).safeParse(it.source).success) {
      ctx.addIssue({ code: 'custom', path: ['source'], message: 'validation:required' })
    }
  })

/** Published rates by day, and until when somebody has made sure that none is missing; out of date it says so. */
export function RatesPanel() {
  const t = useT()
  const notice = useNotice()
  const may = useCan('claims.policy')
  const found = useRates()
  const [open, setOpen] = useState(false)
  const word = (key: string, params?: Record<string, string>) => t(`claims:rates.${key}`, params)
  const { data } = found
  return (
    <Panel
      title={word('title')}
      extra={
        may ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {word('check')}
          </Button>
        ) : null
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {data ? (
        <>
          {data.stale ? (
            <div className="notice attention">{word('stale', { day: data.through })}</div>
          ) : (
            <p className="muted">{word('through', { day: data.through })}</p>
          )}
          <table className="plain-table">
            <thead>
              <tr>
                <th>{word('from')}</th>
                <th>{word('which')}</th>
                <th className="num">{word('value')}</th>
                <th>{word('source')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={`${row.key} ${row.from} ${row.own}`}>
                  <td>{row.from}</td>
                  <td>{t(`receivables:basis.kinds.${row.key === 'lpr1y' ? 'lpr' : 'benchmark'}`)}</td>
                  <td className="num">{`${(row.value / 100).toFixed(2)}%`}</td>
                  <td>
                    {row.source} {row.own ? <span className="tag neutral">{word('own')}</span> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
      <ActionForm
        title={word('check')}
        hint={word('hint')}
        open={open}
        schema={form}
        initial={{ through: firmToday(), changed: false, from: null, value: null, source: '' }}
        submitLabel={word('check')}
        onClose={() => setOpen(false)}
        submit={async ({ through, changed, from, value, source }) => {
          const rate = changed ? { from, value, source } : null
          await api.claims.policy.checkRates({ through, rate } as never)
          notice.done(word('checked'))
        }}
      >
        <DayField name="through" label={word('throughLabel')} required hint={word('throughHint')} />
        <CheckField name="changed" label={word('changed')} />
        <NewRate />
      </ActionForm>
    </Panel>
  )
}

function NewRate() {
  const t = useT()
  const { value: changed } = useField<boolean>('changed')
  const word = (key: string) => t(`claims:rates.${key}`)
  if (!changed) return null
  return (
    <>
      <DayField name="from" label={word('from')} required />
      <RateField name="value" label={word('value')} required />
      <TextField name="source" label={word('source')} max={160} required />
    </>
  )
}
