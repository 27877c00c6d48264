import { EllipsisOutlined, StarFilled, StarOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Popover } from 'antd'
import { useState } from 'react'
import { api } from '#renderer/rpc/api.ts'
import type { GridColumns } from './grid-columns.ts'
import { listSearch, viewOf, type GridHandle } from './grid-state.ts'
import { useT } from './i18n.ts'
import { useNotice } from './notices.tsx'
import type { GridViews, ListView } from './use-grid-views.ts'

interface ViewsProps {
  readonly views: GridViews
  readonly grid: GridHandle
  readonly columns: GridColumns
}

/** Saved views: a name for what the address holds and the columns; one's own, and those that the firm shares. */
export function ViewsMenu(props: ViewsProps) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const { active } = props.views
  const name = active === null ? '' : active.name
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={<Menu {...props} onClose={() => setOpen(false)} />}
    >
      <Button
        className="grid-view"
        icon={<StarOutlined aria-hidden />}
        aria-label={active === null ? t('common:grid.views') : t('common:grid.view', { name })}
        title={t('common:grid.views')}
      >
        {active === null ? null : <span className="grid-view-name">{name}</span>}
        {props.views.differs || props.columns.differ ? (
          <span className="muted">{t('common:grid.viewChanged')}</span>
        ) : null}
      </Button>
    </Popover>
  )
}

function Menu({ views, grid, columns, onClose }: ViewsProps & { onClose: () => void }) {
  const t = useT()
  const notice = useNotice()
  const [name, setName] = useState('')
  const { active, all } = views
  const own = all.filter((view) => view.mine)
  const others = all.filter((view) => !view.mine)
  const attempt = (work: Promise<unknown>) => work.catch((error: unknown) => notice.fail(error))
  const save = async (as: string) => {
    const { hidden, order, widths } = columns.settings
    const state = { hidden: [...hidden], order: [...order], widths: { ...widths } }
    const { id } = await api.views.save({
      grid: views.id,
      name: as,
      search: viewOf(grid.search) as never,
      columns: state,
    })
    grid.replace({ ...grid.search, saved: id })
    columns.forget()
    setName('')
    notice.done(t('common:grid.viewSaved'))
    onClose()
  }
  const apply = (view: ListView) => {
    grid.change({ ...listSearch.parse(view.search), saved: view.id })
    columns.forget()
    onClose()
  }
  const reset = () => {
    grid.change({})
    columns.forget()
    columns.resetOwn()
    onClose()
  }
  const typed = name.trim()
  const row = (view: ListView) => <ViewRow key={view.id} view={view} views={views} onApply={apply} attempt={attempt} />
  return (
    <div className="views-menu">
      {all.length === 0 ? <p className="muted">{t('common:grid.noViews')}</p> : null}
      {own.length > 0 ? <h3>{t('common:grid.ownViews')}</h3> : null}
      {own.map(row)}
      {others.length > 0 ? <h3>{t('common:grid.sharedViews')}</h3> : null}
      {others.map(row)}
      <span className="views-save">
        <Input
          size="small"
          value={name}
          maxLength={40}
          placeholder={t('common:grid.viewName')}
          aria-label={t('common:grid.viewName')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => (typed === '' ? undefined : void attempt(save(typed)))}
        />
        <Button size="small" disabled={typed === ''} onClick={() => void attempt(save(typed))}>
          {t('common:grid.saveView')}
        </Button>
      </span>
      <p className="muted">{t('common:grid.keepColumns')}</p>
      <span className="action-bar">
        {active?.mine && (views.differs || columns.differ) ? (
          <Button size="small" type="primary" onClick={() => void attempt(save(active.name))}>
            {t('common:grid.updateView')}
          </Button>
        ) : null}
        <Button size="small" onClick={reset}>
          {t('common:grid.resetView')}
        </Button>
      </span>
    </div>
  )
}

function ViewRow(props: {
  view: ListView
  views: GridViews
  onApply: (view: ListView) => void
  attempt: (work: Promise<unknown>) => Promise<unknown>
}) {
  const t = useT()
  const { view, views, attempt } = props
  const { id, version, name } = view
  const [typed, setTyped] = useState<string | null>(null)
  const word = (key: string) => t(`common:grid.${key}`, { name })
  const rename = () => {
    const next = (typed ?? '').trim()
    setTyped(null)
    if (next !== '' && next !== name) void attempt(api.views.rename({ id: id as never, version, name: next }))
  }
  const at = { id: id as never, version }
  const acts: Readonly<Record<string, () => void>> = {
    open: () => void attempt(api.views.open({ grid: views.id, id: view.opens ? null : at.id })),
    rename: () => setTyped(name),
    share: () => void attempt(api.views.share({ ...at, shared: !view.shared })),
    remove: () => void attempt(api.views.remove(at)),
  }
  const items = [
    { key: 'open', label: word(view.opens ? 'noDefault' : 'defaultView') },
    ...(view.mine ? [{ key: 'rename', label: word('renameView') }] : []),
    ...(views.mayShare && (view.mine || view.shared)
      ? [{ key: 'share', label: word(view.shared ? 'withdrawView' : 'shareView') }]
      : []),
    ...(view.mine ? [{ key: 'remove', label: word('removeView'), danger: true }] : []),
  ]
  if (typed !== null) {
    return (
      <Input
        size="small"
        autoFocus
        value={typed}
        maxLength={40}
        aria-label={word('renameView')}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={rename}
        onBlur={rename}
      />
    )
  }
  return (
    <div className="view-row">
      <button
        type="button"
        className={views.active?.id === id ? 'link-button current' : 'link-button'}
        onClick={() => props.onApply(view)}
      >
        {name}
      </button>
      <span className="muted">
        {view.opens ? <StarFilled aria-label={word('defaultView')} /> : null}{' '}
        {view.mine
          ? view.shared
            ? t('common:grid.sharedMark')
            : ''
          : t('common:grid.sharedBy', { name: view.byName })}
      </span>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => acts[key]?.() }}>
        <Button type="text" size="small" icon={<EllipsisOutlined aria-hidden />} aria-label={word('viewActions')} />
      </Dropdown>
    </div>
  )
}
