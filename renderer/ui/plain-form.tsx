import { Button } from 'antd'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import type { z } from 'zod'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { fieldIssues, shownError, type FieldIssue, type ShownError } from '#renderer/rpc/api.ts'
import { FormProvider } from './form-provider.tsx'
import {
  issuesAsErrors,
  setPath,
  withoutErrors,
  type FormErrors,
  type FormHandle,
  type FormValues,
} from './form-state.ts'
import { useT } from './i18n.ts'
import { ErrorNotice } from './parts.tsx'

export interface PlainFormProps<Output> {
  readonly schema: z.ZodType<Output>
  readonly initial: FormValues
  /** Verb and object. */
  readonly action: string
  /** Carries it out; what it throws is shown beside the field or above the form. */
  readonly submit: (output: Output) => Promise<void>
  readonly children: ReactNode
  /** Further buttons in the line of the action. */
  readonly extra?: ReactNode
  readonly block?: boolean
  /** A refusal in words of its own. */
  readonly explain?: (error: ShownError) => ReactNode
}

/** A short form without a draft: passwords, codes, a drawer with a few fields. Errors stand beside their fields. */
export function PlainForm<Output>(props: PlainFormProps<Output>) {
  const t = useT()
  const [values, setValues] = useState<FormValues>(props.initial)
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const root = useRef<HTMLFormElement>(null)
  const handle = useMemo<FormHandle>(
    () => ({
      values,
      errors,
      disabled: busy,
      set: (path, value) => {
        setValues((old) => setPath(old, path, value))
        setErrors((old) => withoutErrors(old, path))
      },
    }),
    [values, errors, busy],
  )
  const show = (issues: readonly FieldIssue[]) => {
    setErrors(issuesAsErrors(issues, t))
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const submit = async () => {
    if (busy) return
    const parsed = props.schema.safeParse(values)
    if (!parsed.success) return show(parsed.error.issues.map(issueFromZod))
    setErrors({})
    setFailure(null)
    setBusy(true)
    try {
      await props.submit(parsed.data)
    } catch (error) {
      const issues = fieldIssues(error)
      if (issues.length > 0) show(issues)
      else setFailure(shownError(error))
    } finally {
      setBusy(false)
    }
  }
  const explained = failure === null ? null : props.explain?.(failure)
  return (
    <FormProvider form={handle}>
      <form
        ref={root}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {failure === null ? null : explained ? (
          <div className="notice" role="alert">
            {explained}
          </div>
        ) : (
          <ErrorNotice error={failure} />
        )}
        {props.children}
        <div className="gate-actions">
          <Button type="primary" htmlType="submit" loading={busy} block={props.block ?? false}>
            {props.action}
          </Button>
          {props.extra}
        </div>
      </form>
    </FormProvider>
  )
}
