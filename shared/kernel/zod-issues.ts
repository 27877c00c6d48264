import type { z } from 'zod'
import type { FieldIssue } from './app-error.ts'

const KEY = /^[a-zA-Z]+:[a-zA-Z.]+$/

/**
 * One zod issue as an i18n key with parameters. Schemas give keys as their messages; what zod says by itself is
 * mapped by the issue's code, so that no English sentence of a library reaches a reader.
 */
export function issueFromZod(issue: z.core.$ZodIssue): FieldIssue {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol')
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
  const key = KEY.test(issue.message) ? issue.message : keyByCode(issue)
  return { path, key, ...(Object.keys(params).length > 0 ? { params } : {}) }
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
