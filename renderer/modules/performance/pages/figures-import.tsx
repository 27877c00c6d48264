import { Button, Spin } from 'antd'
import { useState } from 'react'
import {
  FIGURE_STATES,
  type FigureLine,
  type FiguresCheck,
} from '#shared/modules/performance/performance.figures.schema.ts'
import { figureText } from '#shared/modules/performance/performance.words.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { MonthPicker, useMonth } from '#renderer/modules/performance/parts/month.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { FileDrop } from '#renderer/ui/file-drop.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { useAttempt } from '#renderer/ui/use-attempt.ts'
import '#renderer/modules/imports/imports.css'

/** A month's targets, entered figures and customers' ratings from a sheet; nothing is written before the last button. */
export function FiguresImportPage() {
  const t = useT()
  const notice = useNotice()
  const { month, go } = useMonth()
  const [check, setCheck] = useState<FiguresCheck | null>(null)
  const { attempt, busy, failure } = useAttempt()
  const template = useCommand((_: null, options) => api.performance.figures.template({ month }, options))
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:figures.${key}`, params)
  const read = (file: File) =>
    attempt(async () => {
      const { fileId } = await api.files.upload({ file })
      setCheck(await api.performance.figures.check({ month, fileId: fileId as never }))
    })
  return (
    <Page
      title={word('import')}
      filters={
        <>
          <MonthPicker
            month={month}
            onMonth={(next) => {
              setCheck(null)
              go(next)
            }}
          />
          <span className="spacer" />
          <Button
            loading={template.busy}
            onClick={() => void notice.tell(() => template.run(null), word('templateStarted'))}
          >
            {word('template')}
          </Button>
        </>
      }
    >
      {failure ? <ErrorNotice error={failure} /> : null}
      {check === null ? (
        <Panel>
          <p className="muted">{word('hint')}</p>
          {busy ? (
            <div className="import-reading" role="status">
              <Spin /> {t('imports:file.reading')}
            </div>
          ) : (
            <FileDrop
              accept=".xlsx,.csv"
              text={word('drop')}
              hint={t('imports:file.limits')}
              onFile={(file) => void read(file)}
            />
          )}
        </Panel>
      ) : (
        <CheckedSheet check={check} onBack={() => setCheck(null)} />
      )}
    </Page>
  )
}

function CheckedSheet({ check, onBack }: { check: FiguresCheck; onBack: () => void }) {
  const t = useT()
  const notice = useNotice()
  const { attempt, busy, failure } = useAttempt()
  const word = (key: string, params?: Record<string, string | number>) => t(`performance:figures.${key}`, params)
  const run = () =>
    attempt(async () => {
      const { written } = await api.performance.figures.run({ checkId: check.checkId as never })
      notice.done(word('done', { count: written }))
      onBack()
    })
  return (
    <>
      {failure ? <ErrorNotice error={failure} /> : null}
      <p>
        <strong>{check.fileName}</strong>{' '}
        {FIGURE_STATES.map((state) => `${word(`states.${state}`)} ${check[state]}`).join(' · ')}
      </p>
      {check.failed > 0 ? (
        <div className="notice" role="alert">
          {word('failedText', { count: check.failed })}
        </div>
      ) : null}
      <div className="action-bar">
        <Button
          type="primary"
          disabled={check.failed > 0 || check.change === 0}
          loading={busy}
          onClick={() => void run()}
        >
          {check.change === 0 ? word('nothing') : word('run', { count: check.change })}
        </Button>
        <Button onClick={onBack}>{word('again')}</Button>
      </div>
      <DataGrid<FigureLine>
        id="performance-figures"
        module="performance"
        columns={useColumns()}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: word('columns.state'),
            options: FIGURE_STATES.map((value) => ({ value, label: word(`states.${value}`) })),
          },
        ]}
        fixed={{ checkId: check.checkId }}
        defaultSort={{ key: 'row', dir: 'asc' }}
        load={(input) => api.performance.figures.checkRows(input as never)}
        summarise={(input) => api.performance.figures.checkSummary(input as never)}
        rowKey={(line) => String(line.row)}
        empty={{ text: word('nothing') }}
      />
    </>
  )
}

/** What a row changes, before and after. */
function changeText({ indicator, target, actual, customerName, sheet }: FigureLine, t: Translate): string {
  const word = (key: string, params?: Record<string, string>) => t(`performance:figures.${key}`, params)
  if (sheet === 'ratings') return customerName === '' ? '' : word('rating', { name: customerName })
  if (!indicator) return ''
  const shown = (value: number | null) => (value === null ? word('none') : figureText(indicator, value))
  return [
    target && { field: word('columns.target'), ...target },
    actual && { field: word('columns.actual'), ...actual },
  ]
    .flatMap((one) => (one ? [{ field: one.field, before: shown(one.before), after: shown(one.after) }] : []))
    .map((one) => word('becomes', one))
    .join(word('and'))
}

function problemText({ problems }: FigureLine, t: Translate): string {
  return problems
    .map(({ field, key, params }) =>
      field === null
        ? t(key, params)
        : t('performance:figures.inField', { field: t(`performance:figures.columns.${field}`), text: t(key, params) }),
    )
    .join(t('performance:figures.and'))
}

function useColumns(): GridColumn<FigureLine>[] {
  const t = useT()
  const word = (key: string) => t(`performance:figures.${key}`)
  const column = (key: string, width: number, of: (line: FigureLine) => string): GridColumn<FigureLine> => ({
    key,
    title: word(`columns.${key}`),
    width,
    render: of,
    text: of,
  })
  const state = (line: FigureLine) => word(`states.${line.state}`)
  return [
    { ...column('line', 64, (line) => String(line.line)), sort: 'row' },
    column('sheet', 130, (line) => word(`sheets.${line.sheet}`)),
    {
      ...column('state', 96, state),
      render: (line) => (
        <StatusTag tone={line.state === 'failed' ? 'danger' : line.state === 'change' ? 'active' : 'neutral'}>
          {state(line)}
        </StatusTag>
      ),
    },
    column('person', 110, (line) => line.userName),
    column('indicator', 120, (line) => (line.indicator ? t(`performance:indicators.${line.indicator}`) : '')),
    column('change', 300, (line) => changeText(line, t)),
    column('problems', 300, (line) => problemText(line, t)),
  ]
}
