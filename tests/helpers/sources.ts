import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/** Source files by pattern, with their text without comments, for rules that hold over all code. */
export function sources(...patterns: readonly string[]): readonly { path: string; text: string }[] {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: PROJECT }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)(node_modules|out|dist)\//.test(path))
    .map((path) => ({ path, text: withoutComments(readFileSync(join(PROJECT, path), 'utf8')) }))
}

/** Files whose text has `what`. */
export function filesWith(what: RegExp, ...patterns: readonly string[]): string[] {
  return sources(...patterns)
    .filter(({ text }) => what.test(text))
    .map(({ path }) => path)
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{(,])\/\/.*$/gm, '$1')
}
