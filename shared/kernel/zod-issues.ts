import type { z } from 'zod'
import type { FieldIssue } from './app-error.ts'

const KEY = /^[a-zA-Z]+:[\w.-]+$/

/**
 * One zod issue as an i18n key with parameters. Schemas give keys as their messages; what zod says by itself is
 * mapped by the issue's code, so that no English sentence of a library reaches a reader.
 */
export function issueFromZod(issue: z.core.$ZodIssue): FieldIssue {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol')
  // A field that is not known is said by its name.
  if (issue.code === 'unrecognized_keys') path.push(...issue.keys.slice(0, 1).map((key) => key.slice(0, 60)))
  const params: Record<string, string | number> = {}
  const source = issue as unknown as Record<string, unknown>
  for (const name of ['minimum', 'maximum']) {
    const value = source[name]
    if (typeof value === 'number') params[name === 'minimum' ? 'min' : 'max'] = value
  }
  const custom = source['params']
  if (typeof custom === 'object' && custom !== null) {
    for (const [name, value] of Object.entries(custom)) {
      if (typeof value === 'string' || typeof value === 'number') params[name] = value
    }
  }
  const key = fitting(KEY.test(issue.message) ? issue.message : keyByCode(issue), issue, params)
  return { path, key, ...(Object.keys(params).length > 0 ? { params } : {}) }
}

/** Sentences that name a number are only used where there is one; a list has entries, a text has characters. */
function fitting(key: string, issue: z.core.$ZodIssue, params: Readonly<Record<string, unknown>>): string {
  const list = (issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'array'
  if (key === 'validation:tooLong') return 'max' in params ? (list ? 'validation:tooMany' : key) : 'validation:invalid'
  if (key === 'validation:tooShort') return 'min' in params ? (list ? 'validation:tooFew' : key) : 'validation:invalid'
  return key
}

function keyByCode(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? 'validation:required' : 'validation:wrongType'
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'validation:tooLong' : 'validation:tooLarge'
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'validation:tooShort' : 'validation:tooSmall'
    case 'unrecognized_keys':
      return 'validation:unknownField'
    case 'invalid_value':
      return 'validation:notAChoice'
    default:
      return 'validation:invalid'
  }
}
