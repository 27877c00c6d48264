import { CloseOutlined, DownloadOutlined, FilterOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Popover, Select } from 'antd'
import { useEffect, useId, useState } from 'react'
import { ColumnChooser } from './grid-menus.tsx'
import { ViewsMenu } from './grid-views.tsx'
import type { GridViews } from './use-grid-views.ts'
import { DateField } from './fields/date-field.tsx'
import type { GridColumns } from './grid-columns.ts'
import { exportAsked, type ExportAsked, type FilterValue, type GridHandle } from './grid-state.ts'
import { useT } from './i18n.ts'
import { useNotice } from './notices.tsx'

export type GridFilter =
  | {
      readonly kind: 'select'
      readonly name: string
      readonly label: string
      readonly options: readonly { readonly value: FilterValue; readonly label: string }[]
    }
  | { readonly kind: 'day'; readonly name: string; readonly label: string }
  | { readonly kind: 'number'; readonly name: string; readonly label: string }

interface ToolbarProps {
  readonly grid: GridHandle
  readonly views: GridViews
  readonly columns: GridColumns
  readonly titles: Readonly<Record<string, string>>
  readonly filters: readonly GridFilter[]
  readonly exportRows?: (asked: ExportAsked) => Promise<unknown>
  readonly searchHint?: string
}

const SEARCH_AFTER_MS = 200
/** So many filters stand in the line; the others are behind a button and show as chips when in force. */
const IN_LINE = 2

/** The line above a list: search, filters, what is in force; views, columns and export at its end. */
export function GridToolbar(props: ToolbarProps) {
  const t = useT()
  const notice = useNotice()
  const { grid } = props
  const [text, setText] = useState(grid.state.text)

  useEffect(() => setText(grid.state.text), [grid.state.text])
  useEffect(() => {
    if (text.trim() === grid.state.text) return
    const timer = setTimeout(() => grid.setText(text.trim()), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, grid])

  const selects: readonly GridFilter[] = props.filters.filter((filter) => filter.kind === 'select').slice(0, IN_LINE)
  const others = props.filters.filter((filter) => !selects.includes(filter))
  const chips = others.filter((filter) => grid.state.filters[filter.name] !== undefined)
  const hint = props.searchHint ?? t('common:grid.search')

  const runExport = async (format: 'xlsx' | 'csv') => {
    try {
      await props.exportRows?.(exportAsked(format, grid.state))
      notice.done(t('common:grid.exportStarted'))
    } catch (error) {
      notice.fail(error)
    }
  }

  return (
    <div className="page-filters" role="search" aria-label={t('common:grid.filters')}>
      <Input
        allowClear
        className="grid-search"
        value={text}
        placeholder={hint}
        aria-label={hint}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => grid.setText(text.trim())}
      />
      {selects.map((filter) => (
        <FilterControl key={filter.name} filter={filter} grid={grid} />
      ))}
      {others.length > 0 ? (
        <Popover
          trigger="click"
          placement="bottomLeft"
          content={
            <div className="filter-list">
              {others.map((filter) => (
                <LabelledFilter key={filter.name} filter={filter} grid={grid} />
              ))}
            </div>
          }
        >
          <Button icon={<FilterOutlined aria-hidden />}>{t('common:grid.moreFilters')}</Button>
        </Popover>
      ) : null}
      {chips.map((filter) => (
        <span className="chip" key={filter.name}>
          {filter.label}: {labelOf(filter, grid.state.filters[filter.name] as FilterValue)}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('common:grid.removeFilter', { name: filter.label })}
            onClick={() => grid.setFilter(filter.name, undefined)}
          />
        </span>
      ))}
      <span className="spacer" />
      <ViewsMenu views={props.views} grid={grid} columns={props.columns} />
      <ColumnChooser columns={props.columns} titles={props.titles} />
      {props.exportRows ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'xlsx', label: t('common:grid.exportXlsx') },
              { key: 'csv', label: t('common:grid.exportCsv') },
            ],
            onClick: ({ key }) => void runExport(key as 'xlsx' | 'csv'),
          }}
        >
          <Button icon={<DownloadOutlined aria-hidden />}>{t('common:grid.export')}</Button>
        </Dropdown>
      ) : null}
    </div>
  )
}

function labelOf(filter: GridFilter, value: FilterValue): string {
  if (filter.kind !== 'select') return String(value)
  return filter.options.find((option) => option.value === value)?.label ?? String(value)
}

function LabelledFilter(props: { filter: GridFilter; grid: GridHandle }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{props.filter.label}</label>
      <FilterControl {...props} id={id} />
    </div>
  )
}

function FilterControl(props: { filter: GridFilter; grid: GridHandle; id?: string }) {
  const { filter, grid, id } = props
  const value = grid.state.filters[filter.name]
  if (filter.kind === 'day') {
    return (
      <DateField
        {...(id ? { id } : { placeholder: filter.label })}
        value={String(value ?? '')}
        onChange={(day) => grid.setFilter(filter.name, day ?? undefined)}
      />
    )
  }
  if (filter.kind === 'number') {
    return (
      <NumberControl
        id={id}
        label={filter.label}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => grid.setFilter(filter.name, next ?? undefined)}
      />
    )
  }
  return (
    <Select
      {...(id ? { id } : { 'aria-label': filter.label, 'placeholder': filter.label })}
      className="grid-filter"
      value={value ?? null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      options={[...filter.options]}
      onChange={(next: FilterValue | null | undefined) => grid.setFilter(filter.name, next ?? undefined)}
    />
  )
}

const readNumber = (text: string): number | null => {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? Number(plain) : null
}

/** A number to filter by, in force when it is left or Enter is pressed; what is no number is marked and not asked. */
function NumberControl(props: {
  id: string | undefined
  label: string
  value: number | null
  onChange: (value: number | null) => void
}) {
  const { value } = props
  const [text, setText] = useState(value === null ? '' : String(value))
  useEffect(() => setText(value === null ? '' : String(value)), [value])
  const wrong = text.trim() !== '' && readNumber(text) === null
  const settle = () => {
    if (!wrong) props.onChange(text.trim() === '' ? null : readNumber(text))
  }
  return (
    <Input
      {...(props.id ? { id: props.id } : { 'aria-label': props.label })}
      inputMode="decimal"
      value={text}
      aria-invalid={wrong}
      {...(wrong ? { status: 'error' as const } : {})}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
      onPressEnter={settle}
    />
  )
}
