import { Modal } from 'antd'
import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { create } from 'zustand'
import { useT } from './i18n.ts'
import { belongsToIme } from './ime.ts'

interface Shortcut {
  readonly keys: string
  /** i18n key of what it does. */
  readonly label: string
}

interface Registry {
  readonly shortcuts: readonly Shortcut[]
  readonly helpOpen: boolean
  add(shortcut: Shortcut): void
  drop(shortcut: Shortcut): void
  showHelp(open: boolean): void
}

export const useShortcutList = create<Registry>((set) => ({
  shortcuts: [],
  helpOpen: false,
  add: (shortcut) => set((old) => ({ shortcuts: [...old.shortcuts, shortcut] })),
  drop: (shortcut) => set((old) => ({ shortcuts: old.shortcuts.filter((s) => s !== shortcut) })),
  showHelp: (helpOpen) => set({ helpOpen }),
}))

/** Where letters are words. A box that is ticked takes none: the keys of a list go on behind it. */
const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="combobox"]'

/**
 * A key of the page, listed under `?` as long as the page is there. A single letter is left alone while somebody
 * types (WCAG 2.1.4); `$mod` is Ctrl, on a Mac Command: `useShortcut('$mod+n', 'customers:new', create)`.
 */
export function useShortcut(keys: string, label: string, run: () => void, enabled = true): void {
  const latest = useRef(run)
  latest.current = run
  const { add, drop } = useShortcutList.getState()
  useEffect(() => {
    if (!enabled) return
    const shortcut = { keys, label }
    add(shortcut)
    const plain = !keys.includes('$mod') && !keys.includes('Alt') && !/^F\d/.test(keys)
    const off = tinykeys(
      window,
      {
        [keys]: (event) => {
          event.preventDefault()
          latest.current()
        },
      },
      // By itself the library leaves out every field; Ctrl+K shall work from within one.
      {
        ignore: (event) =>
          belongsToIme(event) || (plain && event.target instanceof Element && event.target.closest(TYPING) !== null),
      },
    )
    return () => {
      off()
      drop(shortcut)
    }
  }, [keys, label, enabled, add, drop])
}

const isMac = () => navigator.platform.startsWith('Mac')

/** `Ctrl+K`, on a Mac `⌘K`. */
export function shownKeys(keys: string): string {
  const parts = keys.split(/\+(?=.)/).map((part) => {
    if (part === '$mod') return isMac() ? '⌘' : 'Ctrl'
    return part.length === 1 ? part.toUpperCase() : part.replace(/^Arrow/, '')
  })
  return isMac() ? parts.join('') : parts.join('+')
}

/** Keys that the window itself knows, in the desktop program as in a browser. */
const OF_THE_WINDOW = [
  { keys: '$mod++', label: 'common:shortcuts.zoomIn' },
  { keys: '$mod+-', label: 'common:shortcuts.zoomOut' },
  { keys: '$mod+0', label: 'common:shortcuts.zoomReset' },
] as const

/** The list that `?` shows. */
export function ShortcutHelp() {
  const t = useT()
  const { shortcuts, helpOpen, showHelp } = useShortcutList()
  useShortcut('[Shift]+?', 'common:shortcuts.help', () => showHelp(true))
  const unique = [...new Map([...shortcuts, ...OF_THE_WINDOW].map((s) => [s.keys, s])).values()]
  return (
    <Modal open={helpOpen} title={t('common:shortcuts.title')} footer={null} onCancel={() => showHelp(false)}>
      <table className="plain-table">
        <tbody>
          {unique.map((shortcut) => (
            <tr key={shortcut.keys}>
              <td>{t(shortcut.label)}</td>
              <td className="num">
                <kbd>{shortcut.keys === '[Shift]+?' ? '?' : shownKeys(shortcut.keys)}</kbd>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
