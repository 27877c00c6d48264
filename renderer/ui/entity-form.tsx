import { useBlocker } from '@tanstack/react-router'
import { App, Button, Modal, Radio } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { z } from 'zod'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { dropDraft, loadDraft, saveDraft } from '#renderer/local/drafts.ts'
import { fieldIssues, shownError, type FieldIssue, type ShownError } from '#renderer/rpc/api.ts'
import { useSession } from '#renderer/rpc/session.ts'
import {
  FormContext,
  mergeValues,
  sameValue,
  setPath,
  type Conflict,
  type FormErrors,
  type FormHandle,
  type FormValues,
} from './form-state.ts'
import { useT } from './i18n.ts'
import { ErrorNotice } from './parts.tsx'

export interface EntityFormProps<Output> {
  /** What is edited: names the draft together with `record`. */
  readonly form: string
  readonly record: string | null
  /** The same schema that the core judges by. */
  readonly schema: z.ZodType<Output>
  readonly initial: FormValues
  readonly version: number
  /** Saves; `version` is the one the values were read at, or the newest after a conflict was settled. */
  readonly save: (output: Output, version: number) => Promise<void>
  readonly onCancel: () => void
  readonly labelOf: (path: string) => string
  readonly saveLabel?: string
  readonly children: ReactNode
  /** Told of every change, for a live preview or hint. */
  readonly onValues?: (values: FormValues) => void
}

const DRAFT_AFTER_MS = 400

/**
 * A form over a record: judged by the shared schema beside each field, kept as a sealed draft while it is typed,
 * guarded on leaving, and merged field by field where somebody else saved first.
 */
export function EntityForm<Output>(props: EntityFormProps<Output>) {
  const t = useT()
  const { message, modal } = App.useApp()
  const draftKey = useSession((s) => s.session?.draftKey ?? null)
  const userId = useSession((s) => s.session?.user.userId ?? '')
  const key = `${userId}:${props.form}:${props.record ?? 'new'}`
  const [values, setValues] = useState<FormValues>(props.initial)
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([])
  const version = useRef(props.version)
  const base = useRef(props.initial)
  const done = useRef(false)
  const root = useRef<HTMLFormElement>(null)
  const dirty = !sameValue(values, base.current)
  const { onValues } = props

  useEffect(() => onValues?.(values), [values, onValues])

  useEffect(() => {
    if (draftKey === null) return
    void loadDraft(draftKey, key).then((draft) => {
      if (draft === null || sameValue(draft.values, base.current)) return
      setValues(draft.values as FormValues)
      setSavedAt(draft.savedAt)
      message.info(t('common:form.draftRestored'))
    })
    // Only when the form opens: later drafts are this form's own.
  }, [draftKey, key])

  useEffect(() => {
    if (draftKey === null || !dirty || done.current) return
    const timer = setTimeout(() => {
      // The seat's own clock, for the badge only.
      const now = performance.timeOrigin + performance.now()
      void saveDraft(draftKey, key, values, now).then(() => setSavedAt(now))
    }, DRAFT_AFTER_MS)
    return () => clearTimeout(timer)
  }, [values, dirty, draftKey, key])

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
    enableBeforeUnload: () => dirty && !done.current,
  })

  const showIssues = useCallback(
    (issues: readonly FieldIssue[]) => {
      const found: Record<string, string> = {}
      for (const issue of issues) found[issue.path.join('.')] ??= t(issue.key, issue.params)
      setErrors(found)
      requestAnimationFrame(() => {
        root.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
      })
    },
    [t],
  )

  const submit = async (given: FormValues = values) => {
    if (busy) return
    const parsed = props.schema.safeParse(given)
    if (!parsed.success) return showIssues(parsed.error.issues.map((issue) => issueFromZod(issue) as FieldIssue))
    setErrors({})
    setFailure(null)
    setBusy(true)
    try {
      done.current = true
      await props.save(parsed.data, version.current)
      await dropDraft(key)
    } catch (error) {
      done.current = false
      const shown = shownError(error)
      const issues = fieldIssues(error)
      const current = shown.data['current']
      if (issues.length > 0) showIssues(issues)
      else if (shown.code === 'STALE' && typeof current === 'object' && current !== null && 'version' in current) {
        const theirs = current as FormValues
        version.current = Number(theirs['version'])
        const { merged, conflicts: asked } = mergeValues(base.current, given, theirs)
        base.current = { ...base.current, ...Object.fromEntries(Object.keys(given).map((k) => [k, theirs[k]])) }
        setValues(merged)
        setConflicts(asked)
        if (asked.length === 0) message.info(t('common:form.merged'))
      } else setFailure(shown)
    } finally {
      setBusy(false)
    }
  }

  const discard = async () => {
    done.current = true
    await dropDraft(key)
    props.onCancel()
  }

  const handle = useMemo<FormHandle>(
    () => ({
      values,
      errors,
      disabled: busy,
      set: (path, value) => {
        setValues((old) => setPath(old, path, value))
        setErrors((old) => (old[path] === undefined ? old : Object.fromEntries(Object.entries(old).filter(([p]) => p !== path))))
      },
    }),
    [values, errors, busy],
  )
  const count = Object.keys(errors).length

  return (
    <FormContext.Provider value={handle}>
      <form
        ref={root}
        className="panel"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
        onKeyDown={(event) => {
          const command = event.ctrlKey || event.metaKey
          if (command && (event.key === 's' || event.key === 'Enter')) {
            event.preventDefault()
            void submit()
          }
        }}
      >
        {count > 0 ? (
          <div className="form-errors" role="alert">
            {t('common:form.errors', { count })}
            {Object.entries(errors).some(([path]) => path === '') ? ` ${errors[''] ?? ''}` : ''}
          </div>
        ) : null}
        {failure ? <ErrorNotice error={failure} /> : null}
        {props.children}
        <div className="form-bar">
          <Button type="primary" htmlType="submit" loading={busy}>
            {props.saveLabel ?? t('common:save')}
          </Button>
          <Button onClick={() => void discard()}>{dirty ? t('common:form.discard') : t('common:cancel')}</Button>
          {savedAt !== null && dirty ? (
            <span className="muted" aria-live="polite">
              {t('common:form.draftSaved', { time: new Date(savedAt).toTimeString().slice(0, 5) })}
            </span>
          ) : null}
        </div>
        <ConflictDialog
          conflicts={conflicts}
          labelOf={props.labelOf}
          onSettled={(choices) => {
            let next = values
            for (const conflict of conflicts) {
              next = setPath(next, conflict.path, choices[conflict.path] === 'theirs' ? conflict.theirs : conflict.mine)
            }
            setValues(next)
            setConflicts([])
          }}
        />
      </form>
    </FormContext.Provider>
  )
}

/** Both texts side by side for every field that two people changed. */
function ConflictDialog(props: {
  conflicts: readonly Conflict[]
  labelOf: (path: string) => string
  onSettled: (choices: Readonly<Record<string, 'mine' | 'theirs'>>) => void
}) {
  const t = useT()
  const [choices, setChoices] = useState<Record<string, 'mine' | 'theirs'>>({})
  const show = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value))
  return (
    <Modal
      open={props.conflicts.length > 0}
      title={t('common:form.conflictTitle')}
      width={720}
      closable={false}
      mask={{ closable: false }}
      okText={t('common:form.conflictApply')}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={() => props.onSettled(choices)}
    >
      <p>{t('common:form.conflictText')}</p>
      {props.conflicts.map((conflict) => (
        <fieldset key={conflict.path} className="form-group">
          <legend>{props.labelOf(conflict.path)}</legend>
          <Radio.Group
            value={choices[conflict.path] ?? 'mine'}
            onChange={(event) => setChoices({ ...choices, [conflict.path]: event.target.value as 'mine' | 'theirs' })}
            options={[
              { value: 'mine', label: `${t('common:form.mine')}: ${show(conflict.mine)}` },
              { value: 'theirs', label: `${t('common:form.theirs')}: ${show(conflict.theirs)}` },
            ]}
          />
        </fieldset>
      ))}
    </Modal>
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
