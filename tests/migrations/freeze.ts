import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { MIGRATIONS } from '#core/store/migrations/index.ts'

const FOLDER = new URL('../../electron/core/store/migrations/', import.meta.url)
export const FROZEN = new URL('./frozen.json', import.meta.url)

/** The migrations in the order they run, each with the hash of its file's text (line ends do not count). */
export function migrationHashes(): { id: string; sha256: string }[] {
  return MIGRATIONS.map(({ id }) => {
    const text = readFileSync(new URL(`${id}.ts`, FOLDER), 'utf8').replaceAll('\r\n', '\n')
    return { id, sha256: createHash('sha256').update(text).digest('hex') }
  })
}

/** Files of migrations, whether they are listed or not. */
export function migrationFiles(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => /^\d{4}-/.test(file))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort()
}

// `node tests/migrations/freeze.ts` writes the list anew: when a version is about to be handed out, never afterwards.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(FROZEN, `${JSON.stringify(migrationHashes(), null, 2)}\n`)
}
