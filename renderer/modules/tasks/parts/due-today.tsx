import { Link } from '@tanstack/react-router'
import '#renderer/modules/tasks/tasks.css'
import { sourcePlace, useDueNow } from '#renderer/modules/tasks/tasks.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'

const SHOWN = 8

/** What the person here has to do today, the latest first; each leads to where it is done. */
export function DueToday() {
  const t = useT()
  const due = useDueNow()
  if (due === null) return null
  return (
    <Panel
      title={t('tasks:panel.title')}
      extra={<Link to={'/tasks' as never}>{t('tasks:panel.all', { count: due.count })}</Link>}
    >
      {due.rows.length === 0 ? <p className="muted">{t('tasks:panel.none')}</p> : null}
      <table className="plain-table due-today">
        <tbody>
          {due.rows.slice(0, SHOWN).map((task) => (
            <tr key={task.id}>
              <td>{t(`tasks:kind.${task.kind}`)}</td>
              <td>
                <Link {...((sourcePlace(task) ?? { to: '/tasks' }) as { to: never })}>{task.title}</Link>
              </td>
              <td>{task.customerName}</td>
              <td>
                {task.late > 0 ? (
                  <StatusTag tone="danger" icon>
                    {t('tasks:late', { days: task.late })}
                  </StatusTag>
                ) : (
                  t('tasks:groups.today')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
