import { Link } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { ChangedFigure, CorrectionRow } from '#shared/modules/performance/performance.corrections.schema.ts'
import { CorrectionDrawer, type Correcting } from '#renderer/modules/performance/parts/correction-drawer.tsx'
import { CorrectionTag, useFigureWords } from '#renderer/modules/performance/parts/correction-words.tsx'
import { MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** What was corrected in a locked month, and on demand where today's records would give another figure. */
export function CorrectionsPage() {
  const t = useT()
  const { month, go } = useMonth()
  const [correcting, setCorrecting] = useState<Correcting | null>(null)
  const found = useList('performance', ['corrections', month], () => api.performance.correction.list({ month }))
  const word = (key: string) => t(`performance:correction.${key}`)
  const { data } = found
  return (
    <Page
      title={word('title')}
      filters={
        <>
          <MonthPicker month={month} onMonth={go} />
          {data?.locked ? <StatusTag tone="done">{t('performance:workbook.locked')}</StatusTag> : null}
          <span className="spacer" />
          <Link to={'/performance' as never} search={{ month } as never}>
            {t('performance:title')}
          </Link>
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {data?.locked === false ? <EmptyState text={word('openMonth')} /> : null}
      {data?.locked ? (
        <>
          <Panel title={word('title')}>
            {data.rows.length === 0 ? <EmptyState text={word('none')} /> : <Corrections rows={data.rows} />}
          </Panel>
          <Panel title={word('changes')}>
            <Changes key={month} month={month} onCorrect={setCorrecting} />
          </Panel>
        </>
      ) : null}
      <CorrectionDrawer of={correcting} onClose={() => setCorrecting(null)} />
    </Page>
  )
}

function Corrections({ rows }: { rows: readonly CorrectionRow[] }) {
  const t = useT()
  const figure = useFigureWords()
  const head = (key: string) => t(`performance:correction.fields.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{head('person')}</th>
          <th scope="col">{head('indicator')}</th>
          <th scope="col" className="num">
            {head('held')}
          </th>
          <th scope="col" className="num">
            {head('value')}
          </th>
          {['reason', 'asked', 'decided', 'state'].map((key) => (
            <th key={key} scope="col">
              {head(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.userName}</td>
            <td>
              <Link to={`/performance/corrections/${row.id}` as never}>
                {t(`performance:indicators.${row.indicator}`)}
              </Link>
            </td>
            <td className="num">{figure(row.indicator, row.held)}</td>
            <td className="num">{figure(row.indicator, row.value)}</td>
            <td>{row.reason}</td>
            <td>{row.askedByName}</td>
            <td>{[row.decidedByName, row.decidedDay].filter(Boolean).join(' ')}</td>
            <td>
              <CorrectionTag state={row.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Changes(props: { month: PlainMonth; onCorrect: (of: Correcting) => void }) {
  const t = useT()
  const [asked, setAsked] = useState(false)
  const { month } = props
  if (asked) return <Compared month={month} onCorrect={props.onCorrect} />
  return (
    <>
      <p className="muted">{t('performance:correction.compareHint')}</p>
      <Button onClick={() => setAsked(true)}>{t('performance:correction.compare')}</Button>
    </>
  )
}

function Compared({ month, onCorrect }: { month: PlainMonth; onCorrect: (of: Correcting) => void }) {
  const t = useT()
  const figure = useFigureWords()
  const me = useSession((state) => state.session?.user.userId)
  const mayAsk = useCan('performance.targets')
  const found = useList('performance', ['changes', month], () => api.performance.correction.changes({ month }))
  const word = (key: string) => t(`performance:correction.${key}`)
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  if (found.isPending) return <Spin className="grid-spin" />
  const rows = found.data ?? []
  if (rows.length === 0) return <EmptyState text={word('noChanges')} />
  const begin = ({ userId, userName, indicator, held, now }: ChangedFigure) =>
    onCorrect({ month, userId, userName, indicator, param: null, held, now })
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{word('fields.person')}</th>
          <th scope="col">{word('fields.indicator')}</th>
          {['counts', 'now', 'difference'].map((key) => (
            <th key={key} scope="col" className="num">
              {word(key)}
            </th>
          ))}
          {mayAsk ? (
            <th scope="col">
              <span className="visually-hidden">{word('ask')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.userId} ${row.indicator}`}>
            <td>{row.userName}</td>
            <td>{t(`performance:indicators.${row.indicator}`)}</td>
            <td className="num">{figure(row.indicator, row.held)}</td>
            <td className="num">{figure(row.indicator, row.now)}</td>
            <td className="num">
              {row.held === null || row.now === null ? '' : figure(row.indicator, row.now - row.held)}
            </td>
            {mayAsk ? (
              <td>
                {row.userId === me ? null : (
                  <Button size="small" onClick={() => begin(row)}>
                    {word('ask')}
                  </Button>
                )}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
