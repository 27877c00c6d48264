import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startCore } from '#core/start-core.ts'
import { openPageTokens } from './page-tokens.ts'
import { startWebHost } from './web-host.ts'

/**
 * The program without Electron: the same core and the same pages, served on 127.0.0.1. Prints one line with a
 * one-time log-in link; `launch.mjs` opens it where a browser can be.
 */
const here = dirname(fileURLToPath(import.meta.url))
const bundled = existsSync(join(here, 'documents.worker.js'))
const projectRoot = bundled ? join(here, '..', '..') : join(here, '..', '..', '..')

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string', default: process.env['YEWUTAI_DATA_DIR'] ?? join(homedir(), '.local', 'share', 'yewutai') },
    root: { type: 'string', default: join(projectRoot, 'out', 'renderer') },
  },
})

const core = await startCore({
  dataDir: values.data,
  resourcesDir: join(projectRoot, 'resources'),
  host: 'web',
  appVersion: process.env['YEWUTAI_VERSION'] ?? '0.1.0',
  logToFile: true,
  ...(bundled
    ? {
        workerUrls: {
          documents: new URL('documents.worker.js', import.meta.url),
          spreadsheets: new URL('spreadsheets.worker.js', import.meta.url),
          drawings: new URL('drawings.worker.js', import.meta.url),
        },
      }
    : {}),
})

// A folder that is another program's, or no place for files, is left as it is.
const unusable = core.vault.state().state === 'recovery'
const tokens = await openPageTokens(unusable ? null : join(values.data, 'pages.json'), core.deps.clock)
const host = await startWebHost({
  tokens,
  core: {
    attachSocket: (socket, device) => core.attachSocket(socket, device),
    takeFile: (ticket) => core.takeFile(ticket),
  },
  root: values.root,
  port: Number(values.port),
})

process.stdout.write(`${host.oneTimeLink()}\n`)

let closing = false
const close = async () => {
  if (closing) return
  closing = true
  await host.close()
  await core.close()
  process.exit(0)
}
process.on('SIGINT', () => void close())
process.on('SIGTERM', () => void close())
process.on('SIGUSR2', () => process.stdout.write(`${host.oneTimeLink()}\n`))
