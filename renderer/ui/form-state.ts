import { createContext, useContext } from 'react'
import type { FieldIssue } from '#shared/kernel/app-error.ts'
import type { Translate } from '#shared/i18n/translate.ts'

export type FormValues = Record<string, unknown>
/** Errors by path (`invoice.taxId`, `contacts.0.name`), as words. */
export type FormErrors = Readonly<Record<string, string>>

export interface FormHandle {
  readonly values: FormValues
  readonly errors: FormErrors
  readonly disabled: boolean
  set(path: string, value: unknown): void
}

export const FormContext = createContext<FormHandle | null>(null)

export function useForm(): FormHandle {
  const form = useContext(FormContext)
  if (!form) throw new Error('a field stands outside its form')
  return form
}

/** Issues as words by path; the first one of a field is shown. */
export function issuesAsErrors(issues: readonly FieldIssue[], t: Translate): FormErrors {
  const found: Record<string, string> = {}
  for (const issue of issues) found[issue.path.join('.')] ??= t(issue.key, issue.params)
  return found
}

/** A field's value, error and setter by its path. */
export function useField<T>(path: string): {
  value: T
  error: string | undefined
  disabled: boolean
  set: (value: T) => void
} {
  const form = useForm()
  return {
    value: getPath(form.values, path) as T,
    error: form.errors[path],
    disabled: form.disabled,
    set: (value) => form.set(path, value),
  }
}

export function getPath(values: unknown, path: string): unknown {
  let node = values
  for (const key of path.split('.')) {
    if (node === null || typeof node !== 'object') return undefined
    node = (node as Record<string, unknown>)[key]
  }
  return node
}

/** The values with one path changed; nothing is changed in place. */
export function setPath(values: FormValues, path: string, value: unknown): FormValues {
  const [head, ...rest] = path.split('.')
  if (head === undefined) return values
  return setIn(values, [head, ...rest], value) as FormValues
}

function setIn(node: unknown, keys: readonly string[], value: unknown): unknown {
  const [head, ...rest] = keys
  if (head === undefined) return value
  if (Array.isArray(node)) {
    const copy = [...(node as unknown[])]
    copy[Number(head)] = setIn(copy[Number(head)], rest, value)
    return copy
  }
  const source = (node ?? {}) as Record<string, unknown>
  return { ...source, [head]: setIn(source[head], rest, value) }
}

/** Whether two values of a form say the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

export interface Conflict {
  readonly path: string
  readonly mine: unknown
  readonly theirs: unknown
}

/**
 * Three-way merge by field: what only I changed stays mine, what only they changed becomes theirs, what both changed
 * is asked. Nothing typed is ever dropped without an answer.
 */
export function mergeValues(
  base: FormValues,
  mine: FormValues,
  theirs: FormValues,
): { merged: FormValues; conflicts: Conflict[] } {
  const merged: FormValues = {}
  const conflicts: Conflict[] = []
  for (const key of Object.keys(mine)) {
    const changedByMe = !sameValue(base[key], mine[key])
    const changedByThem = key in theirs && !sameValue(base[key], theirs[key])
    if (changedByMe && changedByThem && !sameValue(mine[key], theirs[key])) {
      conflicts.push({ path: key, mine: mine[key], theirs: theirs[key] })
      merged[key] = mine[key]
    } else merged[key] = changedByMe || !(key in theirs) ? mine[key] : theirs[key]
  }
  return { merged, conflicts }
}
