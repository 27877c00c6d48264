import { useDueNow } from '#renderer/modules/tasks/tasks.queries.ts'

/** How many tasks of the person here are due or late, beside the word in the navigation. */
export function DueBadge() {
  const count = useDueNow()?.count ?? 0
  if (count === 0) return null
  return <span className="nav-badge num">{count > 99 ? '99+' : count}</span>
}
