import { Select } from 'antd'
import type { ReactNode } from 'react'
import { guessMapping } from '#shared/modules/imports/imports.rules.ts'
import type { ImportTable } from '#shared/modules/imports/imports.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'

/** Which sheet, which row the headings are, and what its columns are. */
export interface SheetDraft {
  readonly sheet: number
  readonly headRow: number
  readonly mapping: (string | null)[]
}

const SAMPLES = 3
const IGNORE = ''

/** A sheet as the core read it: guessed, or as it was chosen for these headings before. */
export const draftOf = (sheet: ImportTable['sheets'][number] | undefined, at: number): SheetDraft => ({
  sheet: at,
  headRow: sheet?.headRow ?? 0,
  mapping: [...(sheet?.mapping ?? [])],
})

interface Choosing {
  readonly table: ImportTable
  readonly draft: SheetDraft
  readonly onDraft: (draft: SheetDraft) => void
}

/** Which file was read and how, its sheet and the row of its headings. */
export function SheetLine({ table, draft, onDraft }: Choosing) {
  const t = useT()
  const sheet = table.sheets[draft.sheet]
  return (
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
            onChange={(at) => onDraft(draftOf(table.sheets[at], at))}
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
          onChange={(headRow) =>
            onDraft({ ...draft, headRow, mapping: guessMapping(sheet?.top[headRow] ?? [], table.fields) })
          }
        />
      </Labelled>
      {sheet?.remembered ? <StatusTag tone="active">{t('imports:map.remembered')}</StatusTag> : null}
    </div>
  )
}

/** Every column with its first cells, and what it is to be. */
export function ColumnTable({ table, draft, onDraft }: Choosing) {
  const t = useT()
  const sheet = table.sheets[draft.sheet]
  if (!sheet) return null
  const setColumn = (column: number, key: string | null) =>
    onDraft({
      ...draft,
      // A field is one column: choosing it here takes it from where it was.
      mapping: Array.from({ length: sheet.columns }, (_, i) =>
        i === column ? key : draft.mapping[i] === key ? null : (draft.mapping[i] ?? null),
      ),
    })
  const heading = (column: number) =>
    (sheet.top[draft.headRow]?.[column] ?? '').trim() || t('imports:map.noHeading', { column: column + 1 })
  const options = [
    { value: IGNORE, label: t('imports:map.ignore') },
    ...table.fields.map((field) => ({ value: field.key, label: field.title })),
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
                  onChange={(key: string) => setColumn(column, key === IGNORE ? null : key)}
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

/** A choice with its name before it. */
export function Labelled(props: { label: string; children: ReactNode }) {
  return (
    <label className="import-labelled">
      <span className="muted">{props.label}</span>
      {props.children}
    </label>
  )
}
