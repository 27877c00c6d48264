import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, SettingOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Popover } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { loadViews, removeView, saveView, type SavedView } from '#renderer/local/views.ts'
import { useSession } from '#renderer/rpc/session.ts'
import type { GridColumns } from './grid-columns.ts'
import { listSearch, type GridHandle } from './grid-state.ts'
import { useT } from './i18n.ts'

/** Which columns are shown and in which order; every move has a button, none needs dragging. */
export function ColumnChooser(props: { columns: GridColumns; titles: Readonly<Record<string, string>> }) {
  const t = useT()
  const { columns } = props
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="column-chooser">
          {columns.arranged.map((column, index) => {
            const name = props.titles[column.key] ?? column.key
            return (
              <div key={column.key} className="column-row">
                <Checkbox
                  checked={!columns.settings.hidden.includes(column.key)}
                  onChange={() => columns.toggle(column.key)}
                >
                  {name}
                </Checkbox>
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined aria-hidden />}
                  disabled={index === 0}
                  aria-label={t('common:grid.moveUp', { name })}
                  onClick={() => columns.move(column.key, -1)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowDownOutlined aria-hidden />}
                  disabled={index === columns.arranged.length - 1}
                  aria-label={t('common:grid.moveDown', { name })}
                  onClick={() => columns.move(column.key, 1)}
                />
              </div>
            )
          })}
          <Button size="small" onClick={columns.reset}>
            {t('common:grid.resetColumns')}
          </Button>
        </div>
      }
    >
      <Button
        icon={<SettingOutlined aria-hidden />}
        aria-label={t('common:grid.columns')}
        title={t('common:grid.columns')}
      />
    </Popover>
  )
}

/** Saved views: a name for the state that the address holds. */
export function ViewsMenu(props: { id: string; grid: GridHandle }) {
  const t = useT()
  const { id, grid } = props
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [views, setViews] = useState<readonly SavedView[]>([])
  const draftKey = useSession((s) => s.session?.draftKey ?? '')
  const userId = useSession((s) => s.session?.user.userId ?? '')
  const refresh = useCallback(() => {
    if (draftKey !== '') void loadViews({ draftKey, userId }, id).then(setViews)
  }, [draftKey, userId, id])
  useEffect(refresh, [refresh])
  const save = async () => {
    if (name.trim() === '') return
    await saveView({ draftKey, userId }, id, name.trim(), JSON.stringify(grid.search))
    setName('')
    refresh()
  }
  const apply = (search: string) => {
    grid.change(listSearch.parse(JSON.parse(search)))
    setOpen(false)
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
              <button type="button" className="link-button" onClick={() => apply(view.search)}>
                {view.name}
              </button>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
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
          <Button size="small" disabled={name.trim() === ''} onClick={() => void save()}>
            {t('common:grid.saveView')}
          </Button>
        </div>
      }
    >
      <Button icon={<StarOutlined aria-hidden />} aria-label={t('common:grid.views')} title={t('common:grid.views')} />
    </Popover>
  )
}
