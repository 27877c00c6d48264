import { CheckOutlined, ClockCircleOutlined, EditOutlined, MoreOutlined, RedoOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Dropdown } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { DueGroup } from '#shared/modules/tasks/tasks.rules.ts'
import type { TaskRow } from '#shared/modules/tasks/tasks.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { StatusTag } from '#renderer/ui/parts.tsx'
import { useMe } from '#renderer/modules/tasks/tasks.queries.ts'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

export type TaskAction = 'open' | 'edit' | 'done' | 'drop' | 'snooze' | 'handOver' | 'reopen'

export interface TaskGroupProps {
  readonly group: DueGroup | 'closed'
  /** How many the whole list has in this group; those not loaded yet included. */
  readonly count: number
  readonly rows: readonly TaskRow[]
  readonly selected: ReadonlySet<string>
  readonly current: string | null
  readonly onSelect: (ids: readonly string[], on: boolean) => void
  readonly onCurrent: (id: string) => void
  readonly onAct: (action: TaskAction, task: TaskRow) => void
}

/** One group of the inbox with its heading. */
export function TaskGroup(props: TaskGroupProps) {
  const t = useT()
  const ids = props.rows.map((row) => row.id)
  const chosen = ids.filter((id) => props.selected.has(id)).length
  const title = t(`tasks:groups.${props.group}`)
  return (
    <section className="task-group" aria-label={title}>
      <div className="task-head">
        {props.group === 'closed' ? null : (
          <Checkbox
            aria-label={`${t('tasks:selectGroup')}: ${title}`}
            checked={chosen > 0 && chosen === ids.length}
            indeterminate={chosen > 0 && chosen < ids.length}
            onChange={(event) => props.onSelect(ids, event.target.checked)}
          />
        )}
        <h2 className={props.group === 'overdue' ? 'negative' : undefined}>{title}</h2>
        <span className="muted num">{props.count}</span>
      </div>
      <ul>
        {props.rows.map((row) => (
          <Row key={row.id} row={row} {...props} />
        ))}
      </ul>
    </section>
  )
}

function Row(props: TaskGroupProps & { row: TaskRow }) {
  const t = useT()
  const { row, onAct } = props
  const open = row.state === 'open'
  return (
    <li
      className={props.current === row.id ? 'task-row current' : 'task-row'}
      onFocus={() => props.onCurrent(row.id)}
      data-task={row.id}
    >
      {open ? (
        <Checkbox
          aria-label={t('tasks:select', { title: row.title })}
          checked={props.selected.has(row.id)}
          onChange={(event) => props.onSelect([row.id], event.target.checked)}
        />
      ) : (
        <span className="task-gap" />
      )}
      <span className="task-day num">{row.dueDay}</span>
      <span className="task-words">
        <button type="button" className="link-button task-title" onClick={() => onAct('open', row)}>
          {row.title}
        </button>
        <TaskMeta row={row} />
      </span>
      <span className="task-state">
        {row.late > 0 ? (
          <StatusTag tone="danger" icon>
            {t('tasks:late', { days: row.late })}
          </StatusTag>
        ) : null}
        {row.state === 'done' ? (
          <StatusTag tone="done" icon>
            {t('tasks:state.done')}
          </StatusTag>
        ) : null}
        {row.state === 'dropped' ? (
          <StatusTag tone="neutral" icon>
            {t('tasks:state.dropped')}
          </StatusTag>
        ) : null}
      </span>
      <span className="task-actions">
        {open ? <OpenActions {...props} /> : null}
        {open ? null : (
          <Button
            type="text"
            icon={<RedoOutlined aria-hidden />}
            aria-label={`${t('tasks:actions.reopen')}: ${row.title}`}
            title={t('tasks:actions.reopen')}
            onClick={() => onAct('reopen', row)}
          />
        )}
      </span>
    </li>
  )
}

function OpenActions({ row, onAct }: TaskGroupProps & { row: TaskRow }) {
  const t = useT()
  const button = (action: 'done' | 'snooze' | 'edit', icon: React.ReactNode, label: string) => (
    <Button
      type="text"
      icon={icon}
      aria-label={`${label}: ${row.title}`}
      title={label}
      onClick={() => onAct(action, row)}
    />
  )
  return (
    <>
      {button('done', <CheckOutlined aria-hidden />, t('tasks:actions.done'))}
      {button('snooze', <ClockCircleOutlined aria-hidden />, t('tasks:actions.snooze'))}
      {button('edit', <EditOutlined aria-hidden />, t('tasks:edit'))}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'handOver', label: t('tasks:actions.handOver') },
            { key: 'drop', label: t('tasks:actions.drop') },
          ],
          onClick: ({ key }) => onAct(key as TaskAction, row),
        }}
      >
        <Button
          type="text"
          icon={<MoreOutlined aria-hidden />}
          aria-label={`${t('tasks:moreActions')}: ${row.title}`}
        />
      </Dropdown>
    </>
  )
}

/** Kind, customer, where it came from, whose it is, and how it ended. */
function TaskMeta({ row }: { row: TaskRow }) {
  const t = useT()
  const me = useMe()
  const closed = row.closedAt === null ? '' : formatMoment(row.closedAt, ZONE)
  return (
    <span className="task-meta muted">
      <span>{t(`tasks:kind.${row.kind}`)}</span>
      {row.customerId !== null ? <Link to={`/customers/${row.customerId}` as never}>{row.customerName}</Link> : null}
      {row.source === null ? null : <span>{`${t('tasks:from')}: ${t(`tasks:source.${row.source.module}`)}`}</span>}
      {row.ownerId === me ? null : <span>{`${t('tasks:fields.ownerId')}: ${row.ownerName}`}</span>}
      {row.createdById === me || row.createdByName === null ? null : (
        <span>{`${t('tasks:fields.createdBy')}: ${row.createdByName}`}</span>
      )}
      {row.state === 'open' ? null : (
        <span>
          {t(row.state === 'done' ? 'tasks:doneBy' : 'tasks:droppedBy', { name: row.closedByName ?? '', at: closed })}
        </span>
      )}
      {row.result === '' ? null : <span>{row.result}</span>}
      {row.note === '' ? null : <span className="task-note">{row.note}</span>}
    </span>
  )
}
