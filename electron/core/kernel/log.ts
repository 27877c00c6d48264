import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'

/**
 * The program's own log: JSON lines, one file a day, no business data. Values under these names never reach it.
 */
export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>

const redact = {
  paths: [
    'password',
    'current',
    'next',
    'token',
    'code',
    'recoveryCode',
    'key',
    '*.password',
    '*.current',
    '*.next',
    '*.token',
    '*.code',
    '*.recoveryCode',
    '*.key',
  ],
  censor: '[hidden]',
}

/** Opens the log in `dir`, written synchronously so that the last lines before a crash are kept; silent without. */
export function openLog(dir: string | null, day: string): Log {
  if (dir === null) return pino({ level: 'silent' })
  mkdirSync(dir, { recursive: true })
  const destination = pino.destination({ dest: join(dir, `yewutai-${day}.log`), sync: true, mkdir: true })
  return pino({ base: null, redact, level: 'info' }, destination)
}
