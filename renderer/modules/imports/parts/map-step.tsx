import { Button, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { guessMapping } from '#shared/modules/imports/imports.rules.ts'
import {
  ON_MATCH,
  ON_SIMILAR,
  type CheckInput,
  type ImportEntity,
  type ImportTable,
} from '#shared/modules/imports/imports.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'

type Sheet = ImportTable['sheets'][number]
type Draft = Omit<CheckInput, 'tableId'>

/** One of these must be among the columns: without it no row is anybody's. */
const IDENTIFIED_BY: Readonly<Record<ImportEntity, readonly string[]>> = {
  customers: ['name', 'code'],
  invoices: ['digitalNumber', 'number'],
  receivables: ['customer', 'uscc'],
}
const SAMPLES = 3
const IGNORE = ''

const draftOf = (sheet: Sheet | undefined, at: number): Draft => ({
  sheet: at,
  headRow: sheet?.headRow ?? 0,
  mapping: [...(sheet?.mapping ?? [])],
  onMatch: 'update',
  onSimilar: 'skip',
})

/** Saying what each column of the file is; guessed, remembered, and always in a person's hands. */
export function MapStep(props: {
  entity: ImportEntity
  table: ImportTable
  input: CheckInput | null
  onCheck: (input: CheckInput) => void
  onBack: () => void
}) {
  const t = useT()
  const { table } = props
  const [draft, setDraft] = useState<Draft>(props.input ?? draftOf(table.sheets[0], 0))
  const sheet = table.sheets[draft.sheet]
  const change = (next: Partial<Draft>) => setDraft((old) => ({ ...old, ...next }))
  const setHeadRow = (headRow: number) =>
    change({ headRow, mapping: guessMapping(sheet?.top[headRow] ?? [], table.fields) })
  const setColumn = (column: number, key: string | null) =>
    change({
      // A field is one column: choosing it here takes it from where it was.
      mapping: Array.from({ length: sheet?.columns ?? 0 }, (_, i) =>
        i === column ? key : draft.mapping[i] === key ? null : (draft.mapping[i] ?? null),
      ),
    })
  const identified = IDENTIFIED_BY[props.entity].some((key) => draft.mapping.includes(key))
  return (
    <>
      <Panel>
        <div className="import-line">
          <strong>{table.fileName}</strong>
          {table.encoding ? (
            <span className="muted">{t('imports:map.encoding', { encoding: table.encoding.toUpperCase() })}</span>
          ) : null}
          {table.sheets.length > 1 ? (
            <Labelled label={t('imports:map.sheet')}>
              <Select
                value={draft.sheet}
                options={table.sheets.map((one, value) => ({ value, label: `${one.name} (${one.rows})` }))}
                popupMatchSelectWidth={false}
                onChange={(at) => setDraft(draftOf(table.sheets[at], at))}
              />
            </Labelled>
          ) : null}
          <Labelled label={t('imports:map.headRow')}>
            <Select
              value={draft.headRow}
              options={(sheet?.top ?? []).map((_, value) => ({
                value,
                label: t('imports:map.rowNumber', { row: value + 1 }),
              }))}
              onChange={setHeadRow}
            />
          </Labelled>
          {sheet?.remembered ? <StatusTag tone="active">{t('imports:map.remembered')}</StatusTag> : null}
        </div>
        {sheet ? <Columns table={table} sheet={sheet} draft={draft} onColumn={setColumn} /> : null}
      </Panel>
      <Panel>
        {props.entity === 'customers' ? (
          <Rules draft={draft} onChange={change} />
        ) : (
          <p className="muted">{t('imports:map.invoiceRows')}</p>
        )}
      </Panel>
      <div className="action-bar">
        <Button
          type="primary"
          disabled={!identified}
          onClick={() => props.onCheck({ ...draft, tableId: table.tableId })}
        >
          {t('imports:map.start')}
        </Button>
        <Button onClick={props.onBack}>{t('imports:map.back')}</Button>
        {identified ? null : <span className="muted">{t(`imports:map.needs.${props.entity}`)}</span>}
      </div>
    </>
  )
}

/** What becomes of rows that are customers already, or like one. */
function Rules(props: { draft: Draft; onChange: (next: Partial<Draft>) => void }) {
  const t = useT()
  return (
    <div className="import-line">
      <Labelled label={t('imports:map.onMatch')}>
        <Select
          value={props.draft.onMatch}
          popupMatchSelectWidth={false}
          options={ON_MATCH.map((value) => ({ value, label: t(`imports:choice.${value}`) }))}
          onChange={(onMatch) => props.onChange({ onMatch })}
        />
      </Labelled>
      <Labelled label={t('imports:map.onSimilar')}>
        <Select
          value={props.draft.onSimilar}
          popupMatchSelectWidth={false}
          options={ON_SIMILAR.map((value) => ({ value, label: t(`imports:choice.${value}`) }))}
          onChange={(onSimilar) => props.onChange({ onSimilar })}
        />
      </Labelled>
      <span className="muted">{t('imports:map.emptyCells')}</span>
      <span className="muted">{t('imports:map.contactRows')}</span>
    </div>
  )
}

function Labelled(props: { label: string; children: ReactNode }) {
  return (
    <label className="import-labelled">
      <span className="muted">{props.label}</span>
      {props.children}
    </label>
  )
}

function Columns(props: {
  table: ImportTable
  sheet: Sheet
  draft: Draft
  onColumn: (column: number, key: string | null) => void
}) {
  const t = useT()
  const { sheet, draft } = props
  const heading = (column: number) =>
    (sheet.top[draft.headRow]?.[column] ?? '').trim() || t('imports:map.noHeading', { column: column + 1 })
  const options = [
    { value: IGNORE, label: t('imports:map.ignore') },
    ...props.table.fields.map((field) => ({ value: field.key, label: field.title })),
  ]
  return (
    <div className="import-columns">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('imports:map.column')}</th>
            <th>{t('imports:map.field')}</th>
            <th>{t('imports:map.sample')}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: sheet.columns }, (_, column) => (
            <tr key={column}>
              <td>{heading(column)}</td>
              <td>
                <Select
                  className="import-field"
                  value={draft.mapping[column] ?? IGNORE}
                  options={options}
                  showSearch={{ optionFilterProp: 'label' }}
                  aria-label={t('imports:map.fieldOf', { heading: heading(column) })}
                  onChange={(key: string) => props.onColumn(column, key === IGNORE ? null : key)}
                />
              </td>
              <td className="muted import-sample">
                {sheet.top
                  .slice(draft.headRow + 1, draft.headRow + 1 + SAMPLES)
                  .map((row) => row[column] ?? '')
                  .filter((cell) => cell !== '')
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
