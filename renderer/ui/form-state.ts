import { createContext, useCallback, useContext, useRef, useSyncExternalStore } from 'react'
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

/** A form as its fields see it: what it holds now, and when that changes. */
interface FormStore {
  current(): FormHandle
  subscribe(listener: () => void): () => void
  tell(form: FormHandle): void
}

export function formStore(first: FormHandle): FormStore {
  let form = first
  const listeners = new Set<() => void>()
  return {
    current: () => form,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(next) {
      if (next === form) return
      form = next
      for (const listener of listeners) listener()
    },
  }
}

/**
 * A store that stays the same, not the values: a context that changes makes React look through everything under it,
 * which with two hundred rows of fields takes longer than a key may.
 */
export const FormContext = createContext<FormStore | null>(null)

function useStore(): FormStore {
  const store = useContext(FormContext)
  if (!store) throw new Error('a field stands outside its form')
  return store
}

/** The whole form; who asks for it is drawn again at every key. */
export function useForm(): FormHandle {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, store.current)
}

/** Issues as words by path; the first one of a field is shown. */
export function issuesAsErrors(issues: readonly FieldIssue[], t: Translate): FormErrors {
  const found: Record<string, string> = {}
  for (const issue of issues) found[issue.path.join('.')] ??= t(issue.key, issue.params)
  return found
}

/** What is still wrong once a path is set: a value that is set as a whole takes along what was wrong with its parts. */
export function withoutErrors(errors: FormErrors, path: string): FormErrors {
  const kept = Object.entries(errors).filter(([name]) => name !== path && !name.startsWith(`${path}.`))
  return kept.length === Object.keys(errors).length ? errors : Object.fromEntries(kept)
}

interface FieldState<T> {
  readonly value: T
  readonly error: string | undefined
  readonly disabled: boolean
}

/** A field's value, error and setter by its path; drawn again only when one of them changes. */
export function useField<T>(path: string): FieldState<T> & { set: (value: T) => void } {
  const store = useStore()
  const last = useRef<FieldState<T> | null>(null)
  const state = useSyncExternalStore(store.subscribe, () => {
    const form = store.current()
    const next = { value: getPath(form.values, path) as T, error: form.errors[path], disabled: form.disabled }
    const known = last.current
    const same =
      known !== null &&
      Object.is(known.value, next.value) &&
      known.error === next.error &&
      known.disabled === next.disabled
    if (!same) last.current = next
    return same ? known : next
  })
  const set = useCallback((value: T) => store.current().set(path, value), [store, path])
  return { ...state, set }
}

/** Sets values by their paths; always the same function, and who only sets is not drawn again for what is typed. */
export function useSet(): FormHandle['set'] {
  const store = useStore()
  return useCallback((path, value) => store.current().set(path, value), [store])
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
