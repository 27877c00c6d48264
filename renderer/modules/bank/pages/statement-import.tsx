import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Select, Spin, Steps } from 'antd'
import { useState } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import { mappingTells, withDay } from '#shared/modules/bank/bank.statement.rules.ts'
import {
  SHEET_ROW_STATES,
  type CheckStatement,
  type SheetRow,
  type StatementCheck,
} from '#shared/modules/bank/bank.schema.ts'
import type { ImportTable } from '#shared/modules/imports/imports.schema.ts'
import { ColumnTable, SheetLine, draftOf, type SheetDraft } from '#renderer/modules/imports/parts/column-table.tsx'
import '#renderer/modules/imports/imports.css'
import { api } from '#renderer/rpc/api.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { FileDrop } from '#renderer/ui/file-drop.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Amount, EmptyState, ErrorNotice, Page, Panel, StatusTag } from '#renderer/ui/parts.tsx'
import { useAttempt } from '#renderer/ui/use-attempt.ts'
import { useAccounts } from '#renderer/modules/bank/bank.queries.ts'
import '#renderer/modules/bank/bank.css'

type Step =
  | { readonly at: 'file' }
  | { readonly at: 'map'; readonly table: ImportTable; readonly draft: SheetDraft }
  | { readonly at: 'check'; readonly table: ImportTable; readonly draft: SheetDraft; readonly check: StatementCheck }

/** From a bank's file to its lines: columns, a check of every row, and nothing written before the last button. */
export function StatementImportPage() {
  const t = useT()
  const navigate = useNavigate()
  const [step, setStep] = useState<Step>({ at: 'file' })
  const { attempt, busy, failure } = useAttempt()
  const open = (accountId: string, file: File) =>
    attempt(async () => {
      const { fileId } = await api.files.upload({ file })
      const table = await api.bank.open({ accountId, fileId })
      setStep({ at: 'map', table, draft: draftOf(table.sheets[0], 0) })
    })
  const check = (table: ImportTable, draft: SheetDraft) =>
    attempt(async () => {
      const input = { ...draft, tableId: table.tableId } as CheckStatement
      const found = await api.bank.check(input)
      // The list of judged rows keeps its state in the address; another check begins with a clean one.
      await navigate({ to: '.', search: {} as never, replace: true })
      setStep({ at: 'check', table, draft, check: found })
    })
  return (
    <Page title={t('bank:import.title')}>
      <Steps
        size="small"
        current={{ file: 0, map: 1, check: 2 }[step.at]}
        items={(['file', 'map', 'check'] as const).map((key) => ({ title: t(`imports:wizard.${key}`) }))}
      />
      {failure ? <ErrorNotice error={failure} /> : null}
      {step.at === 'file' ? <FileStep busy={busy} onFile={(accountId, file) => void open(accountId, file)} /> : null}
      {step.at === 'map' ? (
        <MapStep
          {...step}
          busy={busy}
          onDraft={(draft) => setStep({ ...step, draft })}
          onCheck={() => void check(step.table, step.draft)}
          onBack={() => setStep({ at: 'file' })}
        />
      ) : null}
      {step.at === 'check' ? (
        <CheckStep check={step.check} onBack={() => setStep({ at: 'map', table: step.table, draft: step.draft })} />
      ) : null}
    </Page>
  )
}

function FileStep(props: { busy: boolean; onFile: (accountId: string, file: File) => void }) {
  const t = useT()
  const accounts = useAccounts()
  const rows = (accounts.data?.rows ?? []).filter((row) => row.closedDay === null)
  const [chosen, setChosen] = useState<string | null>(null)
  const accountId = chosen ?? (rows.length === 1 ? (rows[0]?.id ?? null) : null)
  if (accounts.shownError) return <ErrorNotice error={accounts.shownError} />
  if (!accounts.data) return <Spin className="grid-spin" />
  if (rows.length === 0) {
    return (
      <EmptyState
        text={t('bank:accounts.none')}
        action={<Link to={'/bank/accounts' as never}>{t('bank:accounts.title')}</Link>}
      />
    )
  }
  return (
    <Panel>
      <label className="import-labelled">
        <span className="muted">{t('bank:import.account')}</span>
        <Select
          value={accountId}
          popupMatchSelectWidth={false}
          options={rows.map(({ id, name, masked }) => ({ value: id, label: `${name} ${masked}` }))}
          onChange={setChosen}
        />
      </label>
      <p className="muted">{t('bank:import.fileFirst')}</p>
      {props.busy ? (
        <div className="import-reading" role="status">
          <Spin /> {t('imports:file.reading')}
        </div>
      ) : (
        <FileDrop
          accept=".xlsx,.csv,.txt,.tsv"
          text={t('imports:file.drop')}
          hint={t('imports:file.limits')}
          disabled={accountId === null}
          onFile={(file) => {
            if (accountId !== null) props.onFile(accountId, file)
          }}
        />
      )}
    </Panel>
  )
}

function MapStep(props: {
  table: ImportTable
  draft: SheetDraft
  busy: boolean
  onDraft: (draft: SheetDraft) => void
  onCheck: () => void
  onBack: () => void
}) {
  const t = useT()
  const { table, draft } = props
  const tells = mappingTells(withDay(draft.mapping))
  return (
    <>
      <Panel>
        <SheetLine table={table} draft={draft} onDraft={props.onDraft} />
        <ColumnTable table={table} draft={draft} onDraft={props.onDraft} />
      </Panel>
      <div className="action-bar">
        <Button type="primary" disabled={!tells} loading={props.busy} onClick={props.onCheck}>
          {t('bank:import.check')}
        </Button>
        <Button onClick={props.onBack}>{t('bank:import.toFile')}</Button>
        {tells ? null : <span className="muted">{t('bank:import.needs')}</span>}
      </div>
    </>
  )
}

function CheckStep({ check, onBack }: { check: StatementCheck; onBack: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const [reason, setReason] = useState('')
  const { attempt, busy, failure } = useAttempt()
  const ready = check.failed === 0 && check.lines > 0 && (check.breaks === 0 || reason.trim() !== '')
  const run = () =>
    attempt(async () => {
      const made = await api.bank.run({ checkId: check.checkId, breaksReason: reason } as never)
      notice.done(t('bank:import.done', { count: made.lines }))
      await navigate({ to: `/bank/statements/${made.statementId}` as never })
    })
  return (
    <>
      {failure ? <ErrorNotice error={failure} /> : null}
      <Found check={check} />
      {check.breaks > 0 && check.failed === 0 ? (
        <label className="import-labelled">
          <span>{t('bank:import.breaksReason')}</span>
          <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        </label>
      ) : null}
      <div className="action-bar">
        <Button type="primary" disabled={!ready} loading={busy} onClick={() => void run()}>
          {check.lines === 0 ? t('bank:import.nothing') : t('bank:import.run', { count: check.lines })}
        </Button>
        <Button onClick={onBack}>{t('bank:import.toMap')}</Button>
      </div>
      <DataGrid<SheetRow>
        id="bank-check"
        module="bank"
        columns={useColumns()}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('bank:columns.state'),
            options: SHEET_ROW_STATES.map((value) => ({ value, label: t(`bank:import.rowStates.${value}`) })),
          },
        ]}
        fixed={{ checkId: check.checkId }}
        defaultSort={{ key: 'row', dir: 'asc' }}
        load={(input) => api.bank.checkRows(input as never)}
        summarise={(input) => api.bank.checkSummary(input as never)}
        rowKey={(row) => String(row.row)}
        empty={{ text: t('bank:import.nothing') }}
      />
    </>
  )
}

/** Figures of the check, and what of it keeps the statement out or needs a look. */
function Found({ check }: { check: StatementCheck }) {
  const t = useT()
  const { gap, opening, closing } = check
  const word = (key: string) => t(`bank:import.${key}`)
  const sum = (key: string, fen: number | null) =>
    fen === null ? null : (
      <span>
        {word(key)} <Amount fen={fen} />
      </span>
    )
  return (
    <>
      <div className="bank-figures">
        {check.firstDay === null ? null : <span>{`${check.firstDay} – ${check.lastDay}`}</span>}
        {(['lines', 'known', 'passed', 'failed'] as const).map((key) =>
          check[key] === 0 ? null : <span key={key}>{`${word(key === 'lines' ? 'new' : key)} ${check[key]}`}</span>,
        )}
        {sum('opening', opening)}
        {sum('inSum', check.inSum)}
        {sum('outSum', check.outSum)}
        {sum('closing', closing)}
      </div>
      {check.failed > 0 ? (
        <div className="notice" role="alert">
          {t('bank:import.failedText', { count: check.failed })}
        </div>
      ) : null}
      {check.failed === 0 && check.breaks > 0 ? (
        <div className="notice">{t('bank:import.breaksText', { count: check.breaks })}</div>
      ) : null}
      {gap === null ? null : (
        <div className="notice">
          {t('bank:import.gapText', {
            day: gap.lastDay,
            closing: formatYuan(gap.closing),
            opening: formatYuan(opening ?? 0),
          })}
        </div>
      )}
    </>
  )
}

function useColumns(): GridColumn<SheetRow>[] {
  const t = useT()
  const text = (key: string, title: string, width: number, of: (row: SheetRow) => string): GridColumn<SheetRow> => ({
    key,
    title,
    width,
    render: of,
    text: of,
  })
  const head = (key: string) => t(`bank:columns.${key}`)
  const money = (fen: number | null) => (fen === null ? '' : formatYuan(fen))
  const state = (row: SheetRow) => t(`bank:import.rowStates.${row.state}`)
  return [
    { ...text('row', t('bank:import.row'), 64, (row) => String(row.row)), sort: 'row' },
    {
      ...text('state', head('state'), 96, state),
      render: (row) => (
        <StatusTag tone={row.state === 'failed' ? 'danger' : row.state === 'new' ? 'active' : 'neutral'}>
          {state(row)}
        </StatusTag>
      ),
    },
    text('day', head('day'), 100, (row) => row.day),
    { ...text('amount', head('amount'), 120, (row) => money(row.amount)), align: 'right' },
    text('payerName', head('payerName'), 210, (row) => row.payerName),
    text('text', head('text'), 220, (row) => row.text),
    text('problems', t('bank:import.problems'), 320, (row) =>
      row.problems.map(({ key, params }) => t(key, params)).join(' · '),
    ),
  ]
}
