import { useBlocker } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { z } from 'zod'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { fieldIssues, shownError, type FieldIssue, type ShownError } from '#renderer/rpc/api.ts'
import type { CallOptions } from '#renderer/rpc/connect.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { FormProvider } from './form-provider.tsx'
import {
  issuesAsErrors,
  mergeValues,
  sameValue,
  setPath,
  withoutErrors,
  type Conflict,
  type FormErrors,
  type FormHandle,
  type FormValues,
} from './form-state.ts'
import { useT } from './i18n.ts'
import { ErrorNotice } from './parts.tsx'
import { seatTime } from './seat-clock.ts'
import { useDraft } from './use-draft.ts'

/** How a form was saved, and what the command shall carry. */
export interface SaveOptions {
  /** Give it to the call: a second press after a lost connection is the same command, carried out once. */
  readonly context: CallOptions
  /** Ctrl/⌘+Enter: save and leave. */
  readonly close: boolean
}

export interface EntityFormProps<Output> {
  /** What is edited: names the draft together with `record`. */
  readonly form: string
  readonly record: string | null
  /** The same schema that the core judges by. */
  readonly schema: z.ZodType<Output>
  readonly initial: FormValues
  readonly version: number
  /**
   * Saves; `version` is the one the values were read at, or the newest after a conflict was settled. A form that stays
   * open answers with the new version.
   */
  readonly save: (output: Output, version: number, options: SaveOptions) => Promise<void | { version: number }>
  readonly onCancel: () => void
  readonly labelOf: (path: string) => string
  readonly saveLabel?: string
  readonly children: ReactNode
  /** Further buttons beside the save button. */
  readonly actions?: ReactNode
  /** Told of every change, for a live preview or hint. */
  readonly onValues?: (values: FormValues) => void
}

/**
 * A form over a record: judged by the shared schema beside each field, kept as a sealed draft while it is typed,
 * guarded on leaving, and merged field by field where somebody else saved first.
 */
export function EntityForm<Output>(props: EntityFormProps<Output>) {
  const t = useT()
  const { message, modal } = App.useApp()
  const [values, setValues] = useState<FormValues>(props.initial)
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([])
  const version = useRef(props.version)
  const base = useRef(props.initial)
  const typed = useRef(values)
  typed.current = values
  const done = useRef(false)
  const command = useRef<string | null>(null)
  const root = useRef<HTMLFormElement>(null)
  const dirty = !sameValue(values, base.current)
  const { onValues } = props

  const draft = useDraft(props.form, props.record, (found) => {
    // The record may have been saved by somebody else since the draft was typed.
    const { merged, conflicts: asked } = mergeValues(found.base, found.values, base.current)
    // What was typed before the draft came from the disk stays.
    setValues((now) => mergeValues(base.current, now, merged).merged)
    setConflicts(asked)
    message.info(t('common:form.draftRestored'))
  })
  const { savedAt, keep, drop } = draft

  useEffect(() => onValues?.(values), [values, onValues])
  useEffect(() => {
    command.current = null
    if (done.current) return
    if (dirty) keep({ values, base: base.current, version: version.current })
    else if (draft.exists.current) void drop()
  }, [values, dirty, keep, drop, draft.exists])

  useBlocker({
    shouldBlockFn: () => {
      if (!dirty || done.current) return false
      return new Promise<boolean>((resolve) => {
        modal.confirm({
          title: t('common:form.leaveTitle'),
          content: t('common:form.leaveText'),
          okText: t('common:form.leave'),
          cancelText: t('common:form.stay'),
          onOk: () => resolve(false),
          onCancel: () => resolve(true),
        })
      })
    },
    // The desktop window closes without asking: the draft is on disk. A browser's tab asks.
    enableBeforeUnload: () => dirty && !done.current && !('host' in window),
  })

  const focusFirst = () =>
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  const showIssues = (issues: readonly FieldIssue[]) => {
    setErrors(issuesAsErrors(issues, t))
    focusFirst()
  }

  /** Somebody else saved first: takes over what only they changed, asks about what both changed. */
  const merge = (current: FormValues) => {
    const theirs = (
      typeof current['value'] === 'object' && current['value'] !== null ? current['value'] : current
    ) as FormValues
    version.current = Number(current['version'])
    const mine = typed.current
    const { merged, conflicts: asked } = mergeValues(base.current, mine, theirs)
    base.current = Object.fromEntries(
      Object.keys(mine).map((key) => [key, key in theirs ? theirs[key] : base.current[key]]),
    )
    setValues(merged)
    setConflicts(asked)
    if (asked.length === 0) message.info(t('common:form.merged'))
  }

  const submit = async (close: boolean) => {
    if (busy) return
    const given = typed.current
    const parsed = props.schema.safeParse(given)
    if (!parsed.success) return showIssues(parsed.error.issues.map(issueFromZod))
    setErrors({})
    setFailure(null)
    setBusy(true)
    command.current ??= crypto.randomUUID()
    done.current = true
    try {
      const saved = await props.save(parsed.data, version.current, { context: { commandId: command.current }, close })
      await drop()
      if (saved) {
        version.current = saved.version
        base.current = given
        done.current = false
        setValues((now) => ({ ...now }))
      }
    } catch (error) {
      done.current = false
      const shown = shownError(error)
      if (shown.code !== 'OFFLINE') command.current = null
      const issues = fieldIssues(error)
      const current = shown.data['current']
      if (issues.length > 0) showIssues(issues)
      else if (shown.code === 'STALE' && typeof current === 'object' && current !== null && 'version' in current) {
        merge(current as FormValues)
      } else setFailure(shown)
    } finally {
      setBusy(false)
    }
  }

  const discard = async () => {
    done.current = true
    await drop()
    props.onCancel()
  }

  // The same function for the form's whole life: a part of it is not drawn again for what is typed elsewhere.
  const set = useCallback((path: string, value: unknown) => {
    setValues((old) => setPath(old, path, value))
    setErrors((old) => withoutErrors(old, path))
  }, [])
  const handle = useMemo<FormHandle>(() => ({ values, errors, disabled: busy, set }), [values, errors, busy, set])
  const wrong = Object.keys(errors)

  return (
    <FormProvider form={handle}>
      <form
        ref={root}
        className="panel entity-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit(false)
        }}
        onKeyDown={(event) => {
          if (!event.ctrlKey && !event.metaKey) return
          if (event.key !== 's' && event.key !== 'Enter') return
          event.preventDefault()
          void submit(event.key === 'Enter')
        }}
      >
        {wrong.length > 0 ? (
          <div className="form-errors" role="alert">
            <strong>{t('common:form.errors', { count: wrong.length })}</strong>{' '}
            {errors[''] ??
              wrong
                .slice(0, 6)
                .map((path) => props.labelOf(path))
                .join(' · ')}
          </div>
        ) : null}
        {failure ? <ErrorNotice error={failure} /> : null}
        {props.children}
        <div className="form-bar">
          <Button type="primary" htmlType="submit" loading={busy}>
            {props.saveLabel ?? t('common:save')}
          </Button>
          {props.actions}
          <Button onClick={() => void discard()}>{dirty ? t('common:form.discard') : t('common:cancel')}</Button>
          {savedAt !== null && dirty ? (
            <span className="muted" role="status" title={t('common:form.draftSealed')}>
              {t('common:form.draftSaved', { time: seatTime(savedAt) })}
            </span>
          ) : null}
        </div>
        <ConflictDialog
          conflicts={conflicts}
          labelOf={props.labelOf}
          onSettled={(choices) => {
            let next = typed.current
            for (const conflict of conflicts) {
              next = setPath(next, conflict.path, choices[conflict.path] === 'theirs' ? conflict.theirs : conflict.mine)
            }
            setValues(next)
            setConflicts([])
          }}
        />
      </form>
    </FormProvider>
  )
}

/** Fields that belong together, with a quiet heading. */
export function FormGroup(props: { title: string; children: ReactNode }) {
  return (
    <fieldset className="form-group">
      <legend>{props.title}</legend>
      <div className="form-grid">{props.children}</div>
    </fieldset>
  )
}
