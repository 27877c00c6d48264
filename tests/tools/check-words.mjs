// Every key that code asks for exists, in all three languages; and no language has a key that another lacks.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const LOCALES = ['zh-CN', 'zh-TW', 'en']
const PLURAL = /_(zero|one|two|few|many|other)$/

const flat = (value, path = '') =>
  typeof value === 'string'
    ? [path.replace(PLURAL, '')]
    : Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`))

const words = new Map()
for (const locale of LOCALES) {
  const folder = join(root, 'shared/i18n/locales', locale)
  const keys = globSync('*.json', { cwd: folder }).flatMap((file) =>
    flat(JSON.parse(readFileSync(join(folder, file), 'utf8'))).map((key) => `${file.slice(0, -'.json'.length)}:${key}`),
  )
  words.set(locale, new Set(keys))
}

const problems = []
const all = new Set([...words.values()].flatMap((keys) => [...keys]))
for (const [locale, keys] of words) {
  for (const key of all) if (!keys.has(key)) problems.push(`${locale} has no ${key}`)
}

const namespaces = new Set([...all].map((key) => key.split(':', 1)[0]))
const ASKED = /['"`]([a-z][A-Za-z]*):([A-Za-z][\w.-]*)['"`]/g
const sources = ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'shared/**/*.ts'].flatMap((glob) =>
  globSync(glob, { cwd: root }),
)
for (const file of sources) {
  for (const [, namespace, key] of readFileSync(join(root, file), 'utf8').matchAll(ASKED)) {
    if (!namespaces.has(namespace)) continue
    const name = `${namespace}:${key}`
    // A key of a group is asked for by code that adds the rest of it.
    const known = all.has(name) || [...all].some((other) => other.startsWith(`${name}.`))
    if (!known) problems.push(`${file} asks for ${name}`)
  }
}

if (problems.length > 0) {
  console.log(problems.join('\n'))
  process.exitCode = 1
}
