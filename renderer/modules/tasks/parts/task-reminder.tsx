import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { TaskRow } from '#shared/modules/tasks/tasks.schema.ts'
import { useDueNow } from '#renderer/modules/tasks/tasks.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { seatNow } from '#renderer/ui/seat-clock.ts'
import { newlyDue } from './reminder-rules.ts'
import { reminderPermission, useReminders } from './reminder-settings.tsx'

const NAMED = 3

/** Shows nothing on the page: tells the desktop, at most once an hour, of what became due. */
export function TaskReminder() {
  const t = useT()
  const navigate = useNavigate()
  const due = useDueNow()
  const { on, names, lastAt, set } = useReminders()
  const told = useRef(new Set<string>())
  useEffect(() => {
    if (due === null) return
    const now = seatNow()
    const fresh = newlyDue({ on, permission: reminderPermission(), lastAt, told: told.current }, due.rows, now)
    if (fresh.length === 0) return
    for (const task of due.rows) told.current.add(task.id)
    set({ lastAt: now })
    const count = t(due.count === 1 ? 'tasks:reminder.one' : 'tasks:reminder.many', { count: due.count })
    const body = names ? [count, ...fresh.slice(0, NAMED).map(lineOf)].join('\n') : count
    const shown = new Notification(t('tasks:reminder.title'), { body, tag: 'yewutai-tasks' })
    shown.addEventListener('click', () => {
      window.focus()
      void navigate({ to: '/tasks' as never })
    })
  }, [due, on, names, lastAt, set, t, navigate])
  return null
}

function lineOf(task: TaskRow): string {
  return [task.title, task.customerName].filter(Boolean).join(' · ')
}
