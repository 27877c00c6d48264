import { Modal } from 'antd'
import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { useT } from '#renderer/ui/i18n.ts'
import { belongsToIme } from '#renderer/ui/ime.ts'
import { lockSeat } from './idle-lock.ts'

const typing = (event: Event): boolean => {
  const target = event.target as HTMLElement
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Keys that work on every page. */
export function useShortcuts(on: { onPalette: () => void; onHelp: () => void }): void {
  useEffect(() => {
    const palette = (event: KeyboardEvent) => {
      if (belongsToIme(event)) return
      event.preventDefault()
      on.onPalette()
    }
    return tinykeys(window, {
      '$mod+KeyK': palette,
      '$mod+KeyL': (event) => {
        event.preventDefault()
        void lockSeat()
      },
      'Shift+?': (event) => {
        if (!typing(event)) on.onHelp()
      },
      '/': (event) => {
        if (typing(event)) return
        event.preventDefault()
        document.querySelector<HTMLInputElement>('.grid-search input')?.focus()
      },
    })
    // The handlers only set state; the first ones serve for good.
  }, [])
}

const LIST: readonly [keys: string, word: string][] = [
  ['Ctrl / ⌘ + K', 'palette'],
  ['/', 'search'],
  ['Ctrl / ⌘ + S', 'save'],
  ['Ctrl / ⌘ + L', 'lock'],
  ['?', 'help'],
]

export function ShortcutList(props: { open: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Modal open={props.open} title={t('common:shortcuts.title')} footer={null} onCancel={props.onClose} width={420}>
      <table className="plain-table">
        <tbody>
          {LIST.map(([keys, word]) => (
            <tr key={word}>
              <td>
                <kbd>{keys}</kbd>
              </td>
              <td>{t(`common:shortcuts.${word}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
