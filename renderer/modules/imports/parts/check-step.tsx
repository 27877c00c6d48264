import { Button, Radio } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import {
  ROW_STATES,
  type ImportTable,
  type PlannedRow,
  type RowChoices,
} from '#shared/modules/imports/imports.schema.ts'
import { startRun, type WizardStep } from '#renderer/modules/imports/imports.queries.ts'
import { CountStrip, RowStateTag } from '#renderer/modules/imports/parts/import-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { saveFile } from '#renderer/ui/files.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Facts, Panel } from '#renderer/ui/parts.tsx'

type CheckedRow = PlannedRow & { cells: Record<string, string> }
type Choice = RowChoices[string]

/** The judged rows: list left, the row at hand right; choices for single rows, then all is written at once. */
export function CheckStep(props: {
  step: Extract<WizardStep, { at: 'checked' }>
  onRunning: (jobId: string) => void
  onBack: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const { result, job, table } = props.step
  const [row, setRow] = useState<CheckedRow | null>(null)
  const [choices, setChoices] = useState<RowChoices>({})
  const run = useCommand((asked: RowChoices, { context }) =>
    startRun(result.checkId, asked, { commandId: context.commandId ?? crypto.randomUUID() }),
  )
  const fixed = useMemo(() => ({ checkId: result.checkId }), [result.checkId])
  const onCursor = useCallback((next: CheckedRow | null) => setRow(next), [])
  const choose = (of: CheckedRow, choice: Choice | null) =>
    setChoices(({ [of.row]: _old, ...rest }) => (choice === null ? rest : { ...rest, [of.row]: choice }))
  const start = async () => {
    try {
      props.onRunning((await run.run(choices)).jobId)
    } catch (error) {
      notice.fail(error)
    }
  }
  const writable = result.created + result.updated
  const chosen = Object.values(choices).some((choice) => choice !== 'skip')
  const file = job.files[0]
  return (
    <>
      <CountStrip counts={result} />
      {run.error ? <ErrorNotice error={run.error} /> : null}
      <div className="action-bar">
        <Button type="primary" loading={run.busy} disabled={writable === 0 && !chosen} onClick={() => void start()}>
          {writable === 0 && !chosen ? t('imports:check.nothing') : t('imports:check.run', { count: writable })}
        </Button>
        <Button onClick={props.onBack}>{t('imports:check.back')}</Button>
        {file ? (
          <Button onClick={() => void saveFile(file.fileId).catch(notice.fail)}>{t('imports:check.errorSheet')}</Button>
        ) : null}
        {result.failed > 0 ? (
          <span className="muted">{t('imports:check.failedStay', { count: result.failed })}</span>
        ) : null}
        {result.joined > 0 ? (
          <span className="muted">{t('imports:check.joined', { count: result.joined })}</span>
        ) : null}
      </div>
      <div className="import-panes">
        <div className="page">
          <DataGrid<CheckedRow>
            id="import-rows"
            module="imports"
            columns={useColumns(table, choices)}
            filters={useFilters()}
            fixed={fixed}
            defaultSort={{ key: 'row', dir: 'asc' }}
            load={(input) => api.imports.rows(input as never)}
            summarise={(input) => api.imports.rowsSummary(input as never)}
            rowKey={(one) => String(one.row)}
            onCursor={onCursor}
            empty={{ text: t('imports:check.nothing') }}
          />
        </div>
        {row ? (
          <RowPane
            table={table}
            row={row}
            choice={choices[String(row.row)] ?? null}
            onChoice={(choice) => choose(row, choice)}
          />
        ) : null}
      </div>
    </>
  )
}

function useColumns(table: ImportTable, choices: RowChoices): GridColumn<CheckedRow>[] {
  const t = useT()
  const problems = useProblemText(table)
  const choiceOf = (row: CheckedRow) => {
    const choice = choices[String(row.row)]
    return choice === undefined ? '' : t(`imports:choice.${choice}`)
  }
  return [
    {
      key: 'row',
      title: t('imports:check.rows'),
      width: 70,
      sort: 'row',
      render: (row) => row.row,
      text: (row) => String(row.row),
    },
    {
      key: 'state',
      title: t('imports:columns.state'),
      width: 90,
      render: (row) => <RowStateTag state={row.state} />,
      text: (row) => t(`imports:row.${row.state}`),
    },
    {
      key: 'title',
      title: t('imports:check.record'),
      width: 200,
      render: (row) => row.title,
      text: (row) => row.title,
    },
    { key: 'choice', title: t('imports:check.choose'), width: 110, render: choiceOf, text: choiceOf },
    {
      key: 'problems',
      title: t('imports:check.problems'),
      width: 340,
      render: (row) => problems(row),
      text: (row) => problems(row),
    },
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  return [
    {
      kind: 'select',
      name: 'state',
      label: t('imports:columns.state'),
      options: ROW_STATES.map((value) => ({ value, label: t(`imports:row.${value}`) })),
    },
    {
      kind: 'select',
      name: 'matched',
      label: t('imports:check.match'),
      options: [{ value: true, label: t('imports:check.matched') }],
    },
  ]
}

function useProblemText(table: ImportTable): (row: CheckedRow) => string {
  const t = useT()
  const titles = useMemo(() => new Map(table.fields.map((field) => [field.key, field.title])), [table])
  return (row) =>
    row.problems
      .map(({ field, key, params }) => {
        const text = t(key, params)
        return field === null ? text : t('imports:problems.inField', { field: titles.get(field) ?? field, text })
      })
      .join(t('imports:problems.and'))
}

/** The row at hand: what is wrong with it, what it is like, what shall become of it, and what it says. */
function RowPane(props: {
  table: ImportTable
  row: CheckedRow
  choice: Choice | null
  onChoice: (choice: Choice | null) => void
}) {
  const t = useT()
  const { row, table } = props
  const { match } = row
  const blamed = new Map(row.problems.map((problem) => [problem.field, t(problem.key, problem.params)]))
  const general = row.problems.filter((problem) => problem.field === null)
  const offered: Choice[] = [
    ...(match?.sure ? [] : (['create'] as const)),
    ...(match !== null && match.id !== null ? (['update'] as const) : []),
    'skip',
  ]
  return (
    <Panel title={t('imports:check.rowTitle', { row: row.row })} extra={<RowStateTag state={row.state} />}>
      {general.map((problem) => (
        <p key={problem.key} className="import-problem">
          {t(problem.key, problem.params)}
        </p>
      ))}
      {match ? <MatchLine match={match} /> : null}
      {match ? (
        <Radio.Group
          value={props.choice ?? 'rule'}
          onChange={(event) => {
            const value = event.target.value as Choice | 'rule'
            props.onChoice(value === 'rule' ? null : value)
          }}
          options={[
            { value: 'rule', label: t('imports:choice.rule') },
            ...offered.map((value) => ({ value, label: t(`imports:choice.${value}`) })),
          ]}
        />
      ) : null}
      <Facts
        items={table.fields
          .filter((field) => (row.cells[field.key] ?? '') !== '' || blamed.has(field.key))
          .map((field) => ({
            label: field.title,
            value: (
              <>
                {row.cells[field.key]}
                {blamed.has(field.key) ? <span className="import-problem">{blamed.get(field.key)}</span> : null}
              </>
            ),
          }))}
      />
    </Panel>
  )
}

function MatchLine({ match }: { match: NonNullable<PlannedRow['match']> }) {
  const t = useT()
  if (match.row !== null) return <p>{t('imports:check.sameRow', { row: match.row })}</p>
  const name = match.visible
    ? [match.name, match.code, match.ownerName].filter(Boolean).join(' · ')
    : t('imports:check.hidden', { owner: match.ownerName ?? '' })
  return (
    <p>
      <span className="muted">{t(`imports:check.by.${match.by}`)}</span> {name}
    </p>
  )
}
