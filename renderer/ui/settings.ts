import { create } from 'zustand'
import type { Density, ThemeChoice } from './theme.ts'

interface SeatSettings {
  readonly theme: ThemeChoice
  readonly density: Density
  readonly collapsed: boolean
  set(change: Partial<Pick<SeatSettings, 'theme' | 'density' | 'collapsed'>>): void
}

const KEY = 'yewutai.seat'

function load(): Pick<SeatSettings, 'theme' | 'density' | 'collapsed'> {
  const standard = { theme: 'system' as const, density: 'comfortable' as const, collapsed: false }
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<SeatSettings>
    return {
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : standard.theme,
      density: kept.density === 'dense' ? 'dense' : standard.density,
      collapsed: kept.collapsed === true,
    }
  } catch {
    return standard
  }
}

/** How this computer likes to look; holds nothing of the firm. */
export const useSeatSettings = create<SeatSettings>((set, get) => ({
  ...load(),
  set(change) {
    set(change)
    const { theme, density, collapsed } = get()
    localStorage.setItem(KEY, JSON.stringify({ theme, density, collapsed }))
  },
}))

const system = matchMedia('(prefers-color-scheme: dark)')

export function isDark(choice: ThemeChoice): boolean {
  return choice === 'system' ? system.matches : choice === 'dark'
}

/** Calls back when the system changes between light and dark. */
export function onSystemTheme(listener: () => void): () => void {
  system.addEventListener('change', listener)
  return () => system.removeEventListener('change', listener)
}
