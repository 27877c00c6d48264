import { Link } from '@tanstack/react-router'
import { Button, Modal, Spin } from 'antd'
import { useState } from 'react'
import { formatRate } from '#shared/i18n/formatters.ts'
import type { Indicator, PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import { formatFigure, formatScore, MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { SourcesDrawer, type SourcesOf } from '#renderer/modules/performance/parts/sources-drawer.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand, useList } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { Chart } from '#renderer/ui/chart.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'

/** The month's appraisal: ranking, and for each person every indicator; each actual opens the rows it counts. */
export function SheetPage() {
  const t = useT()
  const notice = useNotice()
  const { month, go } = useMonth()
  const mayLock = useCan('performance.lock')
  const mayTarget = useCan('performance.targets')
  const mayExport = useCan('performance.export')
  const [locking, setLocking] = useState(false)
  const [sources, setSources] = useState<SourcesOf | null>(null)
  const found = useList('performance', ['sheet', month], () => api.performance.sheet({ month }))
  const workbook = useCommand((_: null, options) => api.performance.workbook({ month }, options))
  const lock = useCommand((_: null, options) => api.performance.lock({ month }, options))
  const sheet = found.data
  const run = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work()
      notice.done(done)
    } catch (error) {
      notice.fail(error)
    }
  }

  return (
    <Page
      title={t('performance:title')}
      action={
        mayExport ? (
          <Button
            type="primary"
            loading={workbook.busy}
            onClick={() => void run(() => workbook.run(null), t('performance:exportStarted'))}
          >
            {t('performance:export')}
          </Button>
        ) : null
      }
      filters={
        <>
          <MonthPicker month={month} onMonth={go} />
          {sheet?.locked ? <StatusTag tone="done">{t('performance:workbook.locked')}</StatusTag> : null}
          <span className="spacer" />
          {mayTarget ? (
            <Link to={'/performance/targets' as never} search={{ month } as never}>
              {t('performance:targetsTitle')}
            </Link>
          ) : null}
          {mayLock && sheet && !sheet.locked ? (
            <Button onClick={() => setLocking(true)}>{t('performance:lock')}</Button>
          ) : null}
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Spin className="grid-spin" /> : null}
      {sheet && sheet.people.length === 0 ? <EmptyState text={t('performance:empty')} /> : null}
      {sheet && sheet.people.length > 1 ? (
        <Chart
          title={t('performance:workbook.ranking')}
          height={Math.max(140, sheet.people.length * 28)}
          horizontal
          categories={sheet.people.map((person) => `${person.rank} ${person.userName}`)}
          series={[{ name: t('performance:columns.total'), type: 'bar', data: sheet.people.map((p) => p.total) }]}
          format={formatScore}
          axisFormat={(score) => formatScore(score).replace(/\.00$/, '')}
          onPart={(index) => document.getElementById(`person-${sheet.people[index]?.userId ?? ''}`)?.scrollIntoView()}
        />
      ) : null}
      {sheet?.people.map((person) => (
        <PersonPanel
          key={person.userId}
          person={person}
          onActual={(indicator) => setSources({ month, userId: person.userId, userName: person.userName, indicator })}
        />
      ))}
      <SourcesDrawer of={sources} onClose={() => setSources(null)} />
      <Modal
        open={locking}
        title={t('performance:lock')}
        okText={t('performance:lock')}
        cancelText={t('common:cancel')}
        onCancel={() => setLocking(false)}
        onOk={() => {
          setLocking(false)
          void run(() => lock.run(null), t('performance:workbook.locked'))
        }}
      >
        {t('performance:lockConfirm')}
      </Modal>
    </Page>
  )
}

function PersonPanel(props: { person: PersonSheet; onActual: (indicator: Indicator) => void }) {
  const t = useT()
  const { person } = props
  const head = (key: string) => t(`performance:columns.${key}`)
  return (
    <div id={`person-${person.userId}`}>
      <Panel title={`${person.rank} · ${person.userName}`} extra={<span className="muted">{person.teamName}</span>}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{head('indicator')}</th>
              {['target', 'actual', 'rate', 'weight', 'score'].map((key) => (
                <th key={key} scope="col" className="num">
                  {head(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {person.indicators.map((result) => (
              <tr key={result.indicator}>
                <td>{t(`performance:indicators.${result.indicator}`)}</td>
                <td className="num">{formatFigure(result.indicator, result.target)}</td>
                <td className="num">
                  <button type="button" className="link-button" onClick={() => props.onActual(result.indicator)}>
                    {formatFigure(result.indicator, result.actual)}
                  </button>
                </td>
                <td className="num">{result.applicable ? formatRate(result.rate) : t('performance:notMeasured')}</td>
                <td className="num">{formatRate(result.weight)}</td>
                <td className="num">{result.applicable ? formatScore(result.score) : ''}</td>
              </tr>
            ))}
            <tr className="total">
              <td>{head('total')}</td>
              <td colSpan={4} />
              <td className="num">{formatScore(person.total)}</td>
            </tr>
          </tbody>
        </table>
      </Panel>
    </div>
  )
}
