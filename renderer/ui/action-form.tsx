import { Button, Drawer } from 'antd'
import { useState, type ReactNode } from 'react'
import type { z } from 'zod'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import { fieldIssues, shownError, type FieldIssue, type ShownError } from '#renderer/rpc/api.ts'
import { FormProvider } from './form-provider.tsx'
import { setPath, withoutErrors, type FormErrors, type FormValues } from './form-state.ts'
import { useT } from './i18n.ts'
import { ErrorNotice } from './parts.tsx'

/** A short form at the side for one step of a record; it keeps no draft and says beside the field what is wrong. */
export function ActionForm<Output>(props: {
  title: string
  hint: string
  open: boolean
  schema: z.ZodType<Output>
  initial: FormValues
  submitLabel: string
  danger?: boolean
  /** Width in pixels. */
  size?: number
  disabled?: boolean
  submit: (output: Output) => Promise<void>
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Drawer open={props.open} onClose={props.onClose} title={props.title} size={props.size ?? 420} destroyOnHidden>
      {props.open ? <Body {...props} /> : null}
    </Drawer>
  )
}

function Body<Output>(props: Parameters<typeof ActionForm<Output>>[0]) {
  const t = useT()
  const [values, setValues] = useState<FormValues>(props.initial)
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<ShownError | null>(null)
  const [busy, setBusy] = useState(false)
  const show = (issues: readonly FieldIssue[]) =>
    setErrors(Object.fromEntries(issues.map((issue) => [issue.path.join('.'), t(issue.key, issue.params)])))
  const submit = async () => {
    const parsed = props.schema.safeParse(values)
    if (!parsed.success) return show(parsed.error.issues.map((issue) => issueFromZod(issue) as FieldIssue))
    setBusy(true)
    setFailure(null)
    try {
      await props.submit(parsed.data)
      props.onClose()
    } catch (error) {
      const issues = fieldIssues(error)
      if (issues.length > 0) show(issues)
      else setFailure(shownError(error))
    } finally {
      setBusy(false)
    }
  }
  const form = {
    values,
    errors,
    disabled: busy,
    set: (path: string, value: unknown) => {
      setValues((old) => setPath(old, path, value))
      setErrors((old) => withoutErrors(old, path))
    },
  }
  return (
    <FormProvider form={form}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {props.hint === '' ? null : <p className="form-hint muted">{props.hint}</p>}
        {failure ? <ErrorNotice error={failure} /> : null}
        {props.children}
        <span className="action-bar">
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            danger={props.danger ?? false}
            disabled={props.disabled ?? false}
          >
            {props.submitLabel}
          </Button>
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
        </span>
      </form>
    </FormProvider>
  )
}
