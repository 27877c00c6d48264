import { app, dialog, protocol } from 'electron'
import { join } from 'node:path'
import { dataDir, devServer } from './places.ts'
import { prepareApp } from './security.ts'

/**
 * The desktop program's first lines. The lock belongs to the data folder, so the folder is named before the lock is
 * asked for; a second program hands over to the first and ends here, before anything else is loaded.
 */
const folder = dataDir()
app.setPath('userData', join(folder, 'profile'))
app.setPath('sessionData', join(folder, 'profile'))
if (!app.requestSingleInstanceLock()) {
  app.exit(0)
} else {
  prepareApp(app, protocol, devServer(app.isPackaged)?.host ?? null)
  app
    .whenReady()
    .then(() => import('./desktop.ts'))
    .then(({ runDesktop }) => runDesktop(folder))
    .catch((error: unknown) => {
      // A package with something missing: nothing of ours can be relied on to say it in words.
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      dialog.showErrorBox(app.name, String(error))
      app.exit(1)
    })
}
