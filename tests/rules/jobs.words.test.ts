import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { IMPORT_ENTITIES } from '#shared/modules/imports/imports.schema.ts'

/** What stands for the open part of a kind that is put together. */
const OPEN_PARTS: Readonly<Record<string, readonly string[]>> = {
  'imports.${adapter.entity}': IMPORT_ENTITIES,
  'claims.export.${list}': ['limitation', 'disputes', 'requests', 'statements', 'plans'],
}

/** Everything that starts a job says its kind, and only a job's kind has a dot. */
const sources = globSync('electron/core/modules/**/*.ts').map((path) => readFileSync(path, 'utf8'))
const written = sources
  .filter((text) => /jobs\.start\(|exportList</.test(text))
  .flatMap((text) => [...text.matchAll(/kind: ['`]([a-z]+\.[^'`]+)['`]/g)].map(([, kind]) => kind ?? ''))
const kinds = [
  ...new Set(
    written.flatMap((kind) => {
      const parts = OPEN_PARTS[kind]
      return parts ? parts.map((part) => kind.replace(/\$\{.*\}/, part)) : [kind]
    }),
  ),
].toSorted()

it('finds the kinds of jobs in the sources', () => {
  expect(kinds.length).toBeGreaterThan(35)
  expect(kinds.filter((kind) => kind.includes('$'))).toEqual([])
})

describe.each(LOCALES)('the job tray in %s', (locale) => {
  const t = makeTranslator(locale)
  it.each(kinds)('has a name for %s', (kind) =>
    expect(t(`jobs:kinds.${kind.replaceAll('.', '-')}`)).not.toMatch(/^kinds\.|^jobs:/),
  )
})
