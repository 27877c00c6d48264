import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type MessagePortMain, type WebContents } from 'electron'
import { isTrustedSender } from './security.ts'

/** What the page may ask; each takes at most one short text. */
export const CHANNELS = [
  'host:choose-folder',
  'host:show-saved-file',
  'host:open-saved-file',
  'host:show-backups',
  'host:set-locale',
] as const
export type Channel = (typeof CHANNELS)[number]

const MAX_TEXT = 64

export type Handlers = Readonly<Record<Channel, (contents: WebContents, text: string) => unknown>>

/**
 * The only listeners for messages of pages. Whoever is not the top frame of one of our own windows on our own page
 * gets no answer, and no port.
 */
export function listen(
  windows: ReadonlySet<number>,
  handlers: Handlers,
  onPort: (port: MessagePortMain, contents: WebContents) => void,
): void {
  const trusted = (event: IpcMainEvent | IpcMainInvokeEvent) =>
    isTrustedSender({ frame: event.senderFrame, contentsId: event.sender.id }, windows)

  for (const channel of CHANNELS) {
    ipcMain.handle(channel, (event, text: unknown = '') => {
      if (!trusted(event) || typeof text !== 'string' || text.length > MAX_TEXT) throw new Error('refused')
      return handlers[channel](event.sender, text)
    })
  }
  ipcMain.on('host:port', (event) => {
    const [port] = event.ports
    if (!port) return
    if (trusted(event) && event.ports.length === 1) onPort(port, event.sender)
    else for (const given of event.ports) given.close()
  })
}
