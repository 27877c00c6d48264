import { CloseOutlined, DownloadOutlined, SettingOutlined, StarOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Dropdown, Input, Popover, Select } from 'antd'
import { useEffect, useState } from 'react'
import { loadViews, removeView, saveView } from '#renderer/local/views.ts'
import { shownError } from '#renderer/rpc/api.ts'
import { DateField } from './fields/date-field.tsx'
import type { FilterValue, GridState, useGridState } from './grid-state.ts'
import { useT } from './i18n.ts'

export type GridFilter =
  | {
      readonly kind: 'select'
      readonly name: string
      readonly label: string
      readonly options: readonly { readonly value: FilterValue; readonly label: string }[]
    }
  | { readonly kind: 'day'; readonly name: string; readonly label: string }

interface ToolbarProps {
  readonly id: string
  readonly grid: ReturnType<typeof useGridState>
  readonly filters: readonly GridFilter[]
  readonly columns: readonly { readonly key: string; readonly title: string }[]
  readonly hidden: readonly string[]
  readonly onHidden: (hidden: readonly string[]) => void
  readonly onReset: () => void
  readonly exportRows?: (format: 'xlsx' | 'csv', state: GridState) => Promise<unknown>
  readonly searchHint?: string
}

/** The line above a list: search, filters, and as chips what is in force; views, columns and export at its end. */
export function GridToolbar(props: ToolbarProps) {
  const t = useT()
  const { grid } = props
  const { message } = App.useApp()
  const [text, setText] = useState(grid.state.text)

  useEffect(() => setText(grid.state.text), [grid.state.text])
  useEffect(() => {
    if (text === grid.state.text) return
    const timer = setTimeout(() => grid.setText(text), 200)
    return () => clearTimeout(timer)
  }, [text, grid])

  const labelOf = (filter: GridFilter, value: FilterValue): string =>
    filter.kind === 'select' ? (filter.options.find((o) => o.value === value)?.label ?? String(value)) : String(value)
  const inForce = props.filters.filter((filter) => grid.state.filters[filter.name] !== undefined)

  const runExport = async (format: 'xlsx' | 'csv') => {
    try {
      await props.exportRows?.(format, grid.state)
      message.info(t('common:grid.exportStarted'))
    } catch (error) {
      message.error(t(`errors:${shownError(error).code}`))
    }
  }

  return (
    <div className="page-filters" role="search">
      <Input
        allowClear
        className="grid-search"
        value={text}
        placeholder={props.searchHint ?? t('common:grid.search')}
        aria-label={props.searchHint ?? t('common:grid.search')}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
      {props.filters.map((filter) =>
        filter.kind === 'select' ? (
          <Select
            key={filter.name}
            className="grid-filter"
            value={grid.state.filters[filter.name] ?? null}
            placeholder={filter.label}
            aria-label={filter.label}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            options={[...filter.options]}
            onChange={(value: FilterValue | null | undefined) => grid.setFilter(filter.name, value ?? undefined)}
          />
        ) : (
          <DateField
            key={filter.name}
            value={String(grid.state.filters[filter.name] ?? '')}
            placeholder={filter.label}
            onChange={(day) => grid.setFilter(filter.name, day ?? undefined)}
          />
        ),
      )}
      {inForce.map((filter) => (
        <span className="chip" key={filter.name}>
          {filter.label}: {labelOf(filter, grid.state.filters[filter.name] as FilterValue)}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('common:grid.removeFilter', { name: filter.label })}
            onClick={() => grid.setFilter(filter.name, undefined)}
          />
        </span>
      ))}
      <span className="spacer" />
      <Views id={props.id} grid={grid} />
      <Popover
        trigger="click"
        placement="bottomRight"
        content={
          <div className="column-chooser">
            {props.columns.map((column) => (
              <div key={column.key}>
                <Checkbox
                  checked={!props.hidden.includes(column.key)}
                  onChange={(event) =>
                    props.onHidden(
                      event.target.checked
                        ? props.hidden.filter((key) => key !== column.key)
                        : [...props.hidden, column.key],
                    )
                  }
                >
                  {column.title}
                </Checkbox>
              </div>
            ))}
            <Button size="small" onClick={props.onReset}>
              {t('common:grid.resetColumns')}
            </Button>
          </div>
        }
      >
        <Button icon={<SettingOutlined />} aria-label={t('common:grid.columns')} />
      </Popover>
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
          <Button icon={<DownloadOutlined />}>{t('common:grid.export')}</Button>
        </Dropdown>
      ) : null}
    </div>
  )
}

/** Saved views: a name for an address. */
function Views(props: { id: string; grid: ReturnType<typeof useGridState> }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [views, setViews] = useState<Awaited<ReturnType<typeof loadViews>>>([])
  const refresh = () => void loadViews(props.id).then(setViews)
  useEffect(refresh, [props.id])
  const save = async () => {
    if (name.trim() === '') return
    await saveView(props.id, name.trim(), JSON.stringify(props.grid.search))
    setName('')
    refresh()
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="column-chooser">
          {views.length === 0 ? <p className="muted">{t('common:grid.noViews')}</p> : null}
          {views.map((view) => (
            <div key={view.id} className="view-row">
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  props.grid.change(JSON.parse(view.search) as never)
                  setOpen(false)
                }}
              >
                {view.name}
              </button>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('common:grid.removeView', { name: view.name })}
                onClick={() => void removeView(view.id).then(refresh)}
              />
            </div>
          ))}
          <Input
            size="small"
            value={name}
            maxLength={40}
            placeholder={t('common:grid.viewName')}
            aria-label={t('common:grid.viewName')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => void save()}
          />
          <Button size="small" onClick={() => void save()}>
            {t('common:grid.saveView')}
          </Button>
        </div>
      }
    >
      <Button icon={<StarOutlined />} aria-label={t('common:grid.views')} />
    </Popover>
  )
}
