import { BellOutlined, DownloadOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Input, Popover, Segmented, Select, Spin } from 'antd'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { DUE_GROUPS, TASK_KINDS, TASK_STATES } from '#shared/modules/tasks/tasks.rules.ts'
import { DUE_FILTERS, taskFilters, type TaskFilters, type TaskRow } from '#shared/modules/tasks/tasks.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { ReminderSettings } from '#renderer/modules/tasks/parts/reminder-settings.tsx'
import {
  CloseDrawer,
  HandOverDrawer,
  SnoozeDrawer,
  TaskDrawer,
  type TaskStepName,
} from '#renderer/modules/tasks/parts/task-drawers.tsx'
import { TaskGroup, type TaskAction } from '#renderer/modules/tasks/parts/task-group.tsx'
import '#renderer/modules/tasks/tasks.css'
import { sourcePlace, useMe, useTasks } from '#renderer/modules/tasks/tasks.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { useGridState, type GridHandle } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import { firmToday } from '#renderer/ui/firm-day.ts'

const VIEWS = ['mine', 'given', 'all'] as const
type View = (typeof VIEWS)[number]
const SORT = { key: 'dueDay', dir: 'asc' } as const
const SEARCH_AFTER_MS = 200

/** What the address asks for, as the core takes it; an address made by hand that makes no sense asks for one's own. */
function askedOf(filters: GridHandle['state']['filters'], me: string): { view: View; filters: TaskFilters } {
  const { view: given, ...others } = filters
  const parsed = taskFilters.safeParse(others)
  const view = VIEWS.find((name) => name === given) ?? 'mine'
  const base: TaskFilters = { state: 'open', ...(parsed.success ? parsed.data : {}) }
  if (view === 'mine') return { view, filters: { ...base, ownerId: me } }
  if (view === 'given') return { view, filters: { ...base, given: true } }
  return { view, filters: base }
}

/** The inbox: what is late, due today, this week and later. */
export function TaskListPage() {
  const t = useT()
  const me = useMe()
  const grid = useGridState(SORT)
  const { view, filters } = askedOf(grid.state.filters, me)
  const found = useTasks(grid.state.text, filters)
  const { rows } = found
  const inbox = useInbox(rows)
  const groups = useMemo(() => {
    const of = (group: TaskRow['group']) => rows.filter((row) => row.group === group)
    const parts = [
      ...DUE_GROUPS.map((group) => ({ group, rows: of(group) })),
      { group: 'closed' as const, rows: of(null) },
    ]
    return parts.filter((part) => part.rows.length > 0)
  }, [rows])
  const countOf = (part: (typeof groups)[number]) => {
    if (part.group === 'closed' || found.counts === null) return part.rows.length
    return found.counts[part.group]
  }
  const narrowed = grid.state.text !== '' || Object.keys(grid.state.filters).some((name) => name !== 'view')

  return (
    <Page
      title={t('tasks:title')}
      extra={<span className="muted task-keys">{t('tasks:keys')}</span>}
      action={
        <span className="action-bar">
          <Reminders />
          <Button type="primary" onClick={inbox.create}>
            {t('tasks:new')}
          </Button>
        </span>
      }
      filters={<Filters grid={grid} view={view} filters={filters} />}
    >
      {found.error ? <ErrorNotice error={found.error} onRetry={found.again} /> : null}
      {inbox.selected.length > 0 ? <BulkBar inbox={inbox} /> : null}
      {found.pending ? <Spin className="grid-spin" /> : null}
      <div className="task-list" role="group" aria-label={t('tasks:list')} onKeyDown={inbox.onKeyDown}>
        {groups.map((part) => (
          <TaskGroup
            key={part.group}
            group={part.group ?? 'closed'}
            count={countOf(part)}
            rows={part.rows}
            selected={inbox.selection}
            current={inbox.current?.id ?? null}
            onSelect={inbox.select}
            onCurrent={inbox.setCurrent}
            onAct={inbox.act}
          />
        ))}
        {found.more ? (
          <Button loading={found.loading} onClick={found.loadMore}>
            {t('tasks:more')}
          </Button>
        ) : null}
      </div>
      {!found.pending && !found.error && rows.length === 0 && !found.more ? (
        <EmptyState
          text={t(narrowed ? 'common:grid.noMatch' : view === 'mine' ? 'tasks:emptyMine' : 'tasks:empty')}
          action={
            narrowed ? (
              <Button onClick={() => grid.change({ f: { view } })}>{t('common:grid.clearFilters')}</Button>
            ) : (
              <Button onClick={inbox.create}>{t('tasks:new')}</Button>
            )
          }
        />
      ) : null}
      <Drawers inbox={inbox} />
    </Page>
  )
}

type Step =
  | { readonly name: TaskStepName; readonly tasks: readonly TaskRow[] }
  | { readonly name: 'form'; readonly task: TaskRow | null }

/** Which task the keys are about, which are selected, and what is being done with them. */
function useInbox(rows: readonly TaskRow[]) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const [currentId, setCurrent] = useState<string | null>(null)
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const [step, setStep] = useState<Step | null>(null)
  const current = rows.find((row) => row.id === currentId) ?? null
  // What is no longer in the list is no longer selected.
  const selected = rows.filter((row) => row.state === 'open' && selection.has(row.id))

  const focusOn = (row: TaskRow | undefined) => {
    if (!row) return
    setCurrent(row.id)
    document.querySelector<HTMLElement>(`[data-task="${row.id}"] .task-title`)?.focus()
  }
  const move = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.id === currentId)
    focusOn(at === -1 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + by))])
  }
  const select = (ids: readonly string[], on: boolean) =>
    setSelection((old) => {
      const next = new Set(old)
      for (const id of ids) {
        if (on) next.add(id)
        else next.delete(id)
      }
      return next
    })
  /** A step with what is selected, otherwise with the one at hand. */
  const begin = (name: TaskStepName) => {
    const tasks = selected.length > 0 ? selected : current?.state === 'open' ? [current] : []
    if (tasks.length > 0) setStep({ name, tasks })
  }
  const reopen = async (task: TaskRow) => {
    try {
      await api.tasks.reopen({ items: [{ id: task.id, version: task.version }] })
      notice.done(t('tasks:said.reopen'))
    } catch (error) {
      notice.fail(error)
    }
  }
  const act = (action: TaskAction, task: TaskRow) => {
    const place = sourcePlace(task)
    if (action === 'open' && place !== null) void navigate(place as never)
    else if (action === 'reopen') void reopen(task)
    else if (action === 'open' || action === 'edit') {
      if (task.state === 'open') setStep({ name: 'form', task })
    } else setStep({ name: action, tasks: [task] })
  }
  const create = () => setStep({ name: 'form', task: null })
  const busy = step !== null

  useShortcut('j', 'tasks:actions.down', () => move(1), !busy)
  useShortcut('k', 'tasks:actions.up', () => move(-1), !busy)
  useShortcut('x', 'tasks:actions.mark', () => current && select([current.id], !selection.has(current.id)), !busy)
  useShortcut('d', 'tasks:actions.done', () => begin('done'), !busy)
  useShortcut('s', 'tasks:actions.snooze', () => begin('snooze'), !busy)
  useShortcut('n', 'tasks:new', create, !busy)

  return {
    current,
    setCurrent,
    selection,
    selected,
    select,
    clear: () => setSelection(new Set()),
    step,
    begin,
    act,
    create,
    /** The drawer is gone: the cursor stands on the list again. */
    close: () => {
      setStep(null)
      setTimeout(() => focusOn(current ?? undefined), 0)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    },
  }
}
type Inbox = ReturnType<typeof useInbox>

function BulkBar({ inbox }: { inbox: Inbox }) {
  const t = useT()
  return (
    <div className="grid-bar" role="status">
      <span>{t('common:grid.selected', { count: inbox.selected.length })}</span>
      {(['done', 'snooze', 'handOver'] as const).map((name) => (
        <Button key={name} size="small" onClick={() => inbox.begin(name)}>
          {t(`tasks:actions.${name}`)}
        </Button>
      ))}
      <Button size="small" type="text" onClick={inbox.clear}>
        {t('common:grid.clearSelection')}
      </Button>
    </div>
  )
}

function Drawers({ inbox }: { inbox: Inbox }) {
  const { step } = inbox
  const tasksOf = (name: TaskStepName) => (step !== null && step.name === name && 'tasks' in step ? step.tasks : null)
  const common = { onClose: inbox.close, onDone: inbox.clear }
  const form = step?.name === 'form' ? step : null
  return (
    <>
      <CloseDrawer step="done" tasks={tasksOf('done')} {...common} />
      <CloseDrawer step="drop" tasks={tasksOf('drop')} {...common} />
      <SnoozeDrawer tasks={tasksOf('snooze')} {...common} />
      <HandOverDrawer tasks={tasksOf('handOver')} {...common} />
      <TaskDrawer
        key={form?.task?.id ?? 'new'}
        open={form !== null}
        task={form?.task ?? null}
        today={firmToday()}
        onClose={inbox.close}
      />
    </>
  )
}

function Reminders() {
  const t = useT()
  return (
    <Popover trigger="click" placement="bottomRight" content={<ReminderSettings />} destroyOnHidden>
      <Button icon={<BellOutlined aria-hidden />}>{t('tasks:reminder.settings')}</Button>
    </Popover>
  )
}

function Filters(props: { grid: GridHandle; view: View; filters: TaskFilters }) {
  const t = useT()
  const notice = useNotice()
  const { grid, view, filters } = props
  const people = usePeopleChoices()
  const reach = useSession((state) => state.session?.permissions['tasks.use'])
  const [text, setText] = useState(grid.state.text)
  const latest = useRef(grid)
  latest.current = grid
  useEffect(() => setText(grid.state.text), [grid.state.text])
  useEffect(() => {
    if (text.trim() === latest.current.state.text) return
    const timer = setTimeout(() => latest.current.setText(text.trim()), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  const select = (
    name: 'kind' | 'state' | 'due',
    label: string,
    values: readonly string[],
    value: string | undefined,
  ) => (
    <Select
      aria-label={label}
      placeholder={label}
      className="grid-filter"
      allowClear={name !== 'state'}
      value={value ?? null}
      popupMatchSelectWidth={false}
      options={values.map((one) => ({ value: one, label: t(`tasks:${name}.${one}`) }))}
      onChange={(next: string | null | undefined) => grid.setFilter(name, next ?? undefined)}
    />
  )
  const exportRows = async (format: 'xlsx' | 'csv') => {
    try {
      await api.tasks.exportRows({
        format,
        filters,
        sort: SORT,
        ...(grid.state.text === '' ? {} : { text: grid.state.text }),
      })
      notice.done(t('common:grid.exportStarted'))
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <div className="page-filters task-filters" role="search" aria-label={t('common:grid.filters')}>
      <Segmented
        aria-label={t('tasks:view.label')}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`tasks:view.${value}`) }))}
        onChange={(next) => grid.setFilter('view', next === 'mine' ? undefined : next)}
      />
      <Input
        allowClear
        className="grid-search"
        value={text}
        placeholder={t('tasks:search')}
        aria-label={t('tasks:search')}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
      {select('due', t('tasks:fields.due'), DUE_FILTERS, filters.due)}
      {select('kind', t('tasks:fields.kind'), TASK_KINDS, filters.kind)}
      {select('state', t('tasks:fields.state'), TASK_STATES, filters.state)}
      {view !== 'mine' && reach !== 'own' ? (
        <Select
          aria-label={t('tasks:fields.ownerId')}
          placeholder={t('tasks:fields.ownerId')}
          className="grid-filter"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          value={filters.ownerId ?? null}
          options={people}
          onChange={(next: string | null | undefined) => grid.setFilter('ownerId', next ?? undefined)}
        />
      ) : null}
      <span className="spacer" />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'xlsx', label: t('common:grid.exportXlsx') },
            { key: 'csv', label: t('common:grid.exportCsv') },
          ],
          onClick: ({ key }) => void exportRows(key as 'xlsx' | 'csv'),
        }}
      >
        <Button icon={<DownloadOutlined aria-hidden />}>{t('common:grid.export')}</Button>
      </Dropdown>
    </div>
  )
}
