import { Checkbox } from 'antd'
import { useState } from 'react'
import { create } from 'zustand'
import { useT } from '#renderer/ui/i18n.ts'

interface ReminderChoices {
  readonly on: boolean
  /** Names of tasks and customers may stand in the reminder, where anybody passing by can read them. */
  readonly names: boolean
  readonly lastAt: number
}

const KEY = 'yewutai.reminders'

function load(): ReminderChoices {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<ReminderChoices>
    return {
      on: kept.on !== false,
      names: kept.names === true,
      lastAt: typeof kept.lastAt === 'number' && Number.isFinite(kept.lastAt) ? kept.lastAt : 0,
    }
  } catch {
    return { on: true, names: false, lastAt: 0 }
  }
}

/** How this computer reminds; holds nothing of the firm. */
export const useReminders = create<ReminderChoices & { set(change: Partial<ReminderChoices>): void }>((set, get) => ({
  ...load(),
  set(change) {
    set(change)
    const { on, names, lastAt } = get()
    localStorage.setItem(KEY, JSON.stringify({ on, names, lastAt }))
  },
}))

/** What the system says to reminders; `denied` where it knows none. */
export function reminderPermission(): string {
  return typeof Notification === 'undefined' ? 'denied' : Notification.permission
}

/** On or off, and with or without names: for this computer. */
export function ReminderSettings() {
  const t = useT()
  const { on, names, set } = useReminders()
  const [permission, setPermission] = useState(reminderPermission)
  const turn = async (next: boolean) => {
    set({ on: next })
    // Only a person's own click may ask the system.
    if (next && permission === 'default') setPermission(await Notification.requestPermission())
  }
  return (
    <div className="reminder-settings">
      <Checkbox checked={on && permission !== 'default'} onChange={(event) => void turn(event.target.checked)}>
        {t('tasks:reminder.on')}
      </Checkbox>
      <Checkbox checked={names} disabled={!on} onChange={(event) => set({ names: event.target.checked })}>
        {t('tasks:reminder.names')}
      </Checkbox>
      <p className="muted">{t(on && permission === 'denied' ? 'tasks:reminder.refused' : 'tasks:reminder.seat')}</p>
    </div>
  )
}
