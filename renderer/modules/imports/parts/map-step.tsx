import { Button, Select } from 'antd'
import { useState } from 'react'
import {
  ON_MATCH,
  ON_SIMILAR,
  type CheckInput,
  type ImportEntity,
  type ImportTable,
} from '#shared/modules/imports/imports.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel } from '#renderer/ui/parts.tsx'
import { ColumnTable, Labelled, SheetLine, draftOf as sheetDraft } from './column-table.tsx'

type Draft = Omit<CheckInput, 'tableId'>

/** One of these must be among the columns: without it no row is anybody's. */
const IDENTIFIED_BY: Readonly<Record<ImportEntity, readonly string[]>> = {
  customers: ['name', 'code'],
  invoices: ['digitalNumber', 'number'],
  receivables: ['customer', 'uscc'],
}
const draftOf = (sheet: ImportTable['sheets'][number] | undefined, at: number): Draft => ({
  ...sheetDraft(sheet, at),
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
  const change = (next: Partial<Draft>) => setDraft((old) => ({ ...old, ...next }))
  const identified = IDENTIFIED_BY[props.entity].some((key) => draft.mapping.includes(key))
  return (
    <>
      <Panel>
        <SheetLine table={table} draft={draft} onDraft={change} />
        <ColumnTable table={table} draft={draft} onDraft={change} />
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
