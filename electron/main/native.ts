import { BrowserWindow, dialog, shell, type DownloadItem, type Session, type WebContents } from 'electron'
import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { safeFileName } from '#shared/kernel/filenames.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { OPENABLE_EXTENSIONS } from './security.ts'

/** Dialogs, and the files that windows saved; only those can be shown or opened. */
export interface Native {
  chooseFolder(contents: WebContents): Promise<string | null>
  showSavedFile(contents: WebContents): boolean
  openSavedFile(contents: WebContents): Promise<boolean>
  showFolder(path: string): Promise<boolean>
  watchDownloads(session: Session): void
}

export interface NativeOptions {
  readonly translate: () => Translate
  readonly downloadsDir: string
  /** Saves there without a dialog; for tests of the program from its source, null in every package. */
  readonly silentDir: string | null
}

export function createNative(options: NativeOptions): Native {
  const saved = new Map<number, string>()
  const lastSaved = (contents: WebContents) => {
    const path = saved.get(contents.id)
    return path !== undefined && existsSync(path) ? path : null
  }

  function place(item: DownloadItem): void {
    const name = safeFileName(item.getFilename())
    if (options.silentDir !== null) item.setSavePath(join(options.silentDir, name))
    else {
      item.setSaveDialogOptions({
        title: options.translate()('desktop:saveTitle'),
        defaultPath: join(options.downloadsDir, name),
      })
    }
  }

  return {
    async chooseFolder(contents) {
      const window = BrowserWindow.fromWebContents(contents)
      if (!window) return null
      const chosen = await dialog.showOpenDialog(window, {
        title: options.translate()('desktop:chooseFolder'),
        properties: ['openDirectory', 'createDirectory'],
      })
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
    },
    showSavedFile(contents) {
      const path = lastSaved(contents)
      if (path !== null) shell.showItemInFolder(path)
      return path !== null
    },
    async openSavedFile(contents) {
      const path = lastSaved(contents)
      if (path === null || !OPENABLE_EXTENSIONS.has(extname(path).toLowerCase())) return false
      return (await shell.openPath(path)) === ''
    },
    async showFolder(path) {
      return existsSync(path) && (await shell.openPath(path)) === ''
    },
    watchDownloads(session) {
      session.on('will-download', (_event, item, contents) => {
        place(item)
        item.once('done', (_done, state) => {
          if (state === 'completed') saved.set(contents.id, item.getSavePath())
        })
      })
    },
  }
}
