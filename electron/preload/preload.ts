import { contextBridge, ipcRenderer } from 'electron'
import type { HostApi } from './host-api.ts'

const versions = Object.freeze({
  app: process.argv.find((arg) => arg.startsWith('--app-version='))?.slice('--app-version='.length) ?? '',
  electron: process.versions['electron'] ?? '',
  chrome: process.versions['chrome'] ?? '',
  node: process.versions.node,
})

const host: HostApi = Object.freeze({
  platform: process.platform,
  versions,
  chooseFolder: () => ipcRenderer.invoke('host:choose-folder'),
  showSavedFile: () => ipcRenderer.invoke('host:show-saved-file'),
  openSavedFile: () => ipcRenderer.invoke('host:open-saved-file'),
  showBackups: () => ipcRenderer.invoke('host:show-backups'),
  setLocale: (locale: string) => ipcRenderer.invoke('host:set-locale', String(locale)),
  onLockRequest: (listener: () => void) => {
    // The event never reaches the page: it would bring ipcRenderer with it.
    const call = () => listener()
    ipcRenderer.on('host:lock', call)
    return () => void ipcRenderer.off('host:lock', call)
  },
})

contextBridge.exposeInMainWorld('host', host)

// The page says that it listens; one end of a new channel goes to it, the other to the core.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== window.location.origin || event.data !== 'yewutai:ready') return
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage('host:port', null, [port2])
  window.postMessage('yewutai:port', window.location.origin, [port1])
})
