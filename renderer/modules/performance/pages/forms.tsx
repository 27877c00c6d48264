import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatMoment, formatRate } from '#shared/i18n/formatters.ts'
import { shiftMonth } from '#shared/kernel/dates.ts'
import { FORM_STATES, type FormRow } from '#shared/modules/performance/performance.forms.schema.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { FormDrawer } from '#renderer/modules/performance/parts/form-drawers.tsx'
import { api } from '#renderer/rpc/api.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import { firmMonth } from '#renderer/ui/firm-day.ts'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page, StatusTag } from '#renderer/ui/parts.tsx'

const TONES = { open: 'attention', answered: 'done', withdrawn: 'neutral' } as const

/** The present month and those before it. */
const MONTHS = Array.from({ length: 12 }, (_, back) => back)
type Sum = Awaited<ReturnType<typeof api.performance.form.summary>>

/** Forms that customers were asked to fill in, and what came back, the latest first. */
export function FormsPage() {
  const t = useT()
  const [chosen, setChosen] = useState<FormRow | null>(null)
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:forms.${key}`, params)
  const head = (key: string) => word(`fields.${key}`)
  const { text } = columnMaker<FormRow>(head)
  const state = (value: string) => word(`states.${value}`)
  const [sum, setSum] = useState<Sum | null>(null)
  const ratings = <Link to={'/performance/reviews' as never}>{t('performance:review.title')}</Link>
  return (
    <Page
      title={word('title')}
      action={
        <>
          {sum === null || sum.returned === null ? null : (
            <span className="muted">
              {word('returned')} <strong>{formatRate(sum.returned)}</strong> ·{' '}
              {word('returnedOf', { answered: sum.answered, open: sum.open })}
            </span>
          )}
          {ratings}
        </>
      }
    >
      <DataGrid<FormRow>
        id="performance-forms"
        module="performance"
        columns={[
          text('number', 120, (row) => row.number),
          text('month', 80, (row) => row.month),
          text('person', 90, (row) => row.userName),
          text('customer', 220, (row) => row.customerName),
          text('contact', 90, (row) => row.contactName),
          text('state', 100, (row) => state(row.state), {
            render: (row) => <StatusTag tone={TONES[row.state]}>{state(row.state)}</StatusTag>,
          }),
          text('dueDay', 116, (row) => row.dueDay),
          text('answeredDay', 98, (row) => row.answeredDay ?? ''),
          text('madeAt', 138, (row) => formatMoment(row.madeAt, SEAT_ZONE), { sort: 'madeAt' }),
          text('madeBy', 84, (row) => row.madeByName),
          text('email', 180, (row) => row.email),
          text('reason', 180, (row) => row.withdrawnReason),
        ]}
        filters={[
          choiceFilter(
            'month',
            head('month'),
            MONTHS.map((back) => shiftMonth(firmMonth(), -back)),
            (month) => month,
          ),
          choiceFilter('state', head('state'), FORM_STATES, state),
          { kind: 'select', name: 'userId', label: head('person'), options: usePeopleChoices() },
        ]}
        defaultSort={{ key: 'madeAt', dir: 'desc' }}
        load={(input) => api.performance.form.list(input as never)}
        summarise={async (input) => {
          const sum = await api.performance.form.summary(input as never)
          setSum(sum)
          return { count: sum.count }
        }}
        rowKey={(row) => row.id}
        onOpen={setChosen}
        exportRows={(asked: ExportAsked) => api.performance.form.exportRows(asked as never)}
        searchHint={word('searchList')}
        empty={{ text: word('empty'), action: ratings }}
      />
      <FormDrawer of={chosen} onClose={() => setChosen(null)} />
    </Page>
  )
}
